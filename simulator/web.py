"""The simulator's web side: the phones' page at /simulator/ and the local Twilio under it."""

from collections.abc import Sequence
from typing import Protocol

from flask import Blueprint, Response, abort, jsonify
from werkzeug.exceptions import HTTPException

from app.rooms import TEMPLATES, announced
from app.settings import Settings
from channels.whatsapp.templates import content_request
from clinic.clock import Clock
from integrations.twilio import TwilioAccount
from simulator import phone_api
from simulator.clinic_view import ClinicServices, cast, clinic_view
from simulator.guard import check_local, check_same_origin
from simulator.phones import Phones
from simulator.twilio import LocalTwilio, Setup
from simulator.twilio import create_blueprint as create_twilio_blueprint
from simulator.twilio.contents import create_content, submit_for_approval

_CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class SimulatorServices(ClinicServices, Protocol):
    """What the simulator needs of the app's services."""

    @property
    def settings(self) -> Settings:
        """The settings."""

    @property
    def clock(self) -> Clock:
        """The present moment."""

    @property
    def account(self) -> TwilioAccount:
        """The account that the local Twilio plays."""


def create_blueprints(services: SimulatorServices) -> Sequence[Blueprint]:
    """The page and the local Twilio; nothing when a real Twilio account is set."""
    if not services.settings.simulated:
        return ()
    twilio = LocalTwilio(setup_of(services), services.clock)
    submit_templates(twilio, services.settings.clinic_name)
    page = create_page(services, twilio)
    api = create_twilio_blueprint(twilio)
    api.before_request(check_local)
    return (page, api)


def submit_templates(twilio: LocalTwilio, clinic: str) -> None:
    """Has WhatsApp review what the rooms say of their own accord, as if long before the start."""
    for texts_of in announced(TEMPLATES).values():
        for text in texts_of(clinic):
            content = create_content(twilio.state, content_request(text).to_dict())
            request = {"name": text.name, "category": text.category}
            submit_for_approval(twilio.state, content, request)


def setup_of(services: SimulatorServices) -> Setup:
    """The local Twilio's account: the one through which the channels send."""
    account, settings = services.account, services.settings
    return Setup(
        account_sid=account.account_sid,
        auth_token=account.auth_token,
        public_base_url=settings.public_base_url or settings.local_url,
        sms_from=account.sms_from,
        whatsapp_from=account.whatsapp_from,
        voice_from=account.voice_from,
        messaging_service_sid=account.messaging_service_sid,
    )


def create_page(services: ClinicServices, twilio: LocalTwilio) -> Blueprint:
    """The phones' page and its JSON, for this machine only."""
    page = Blueprint(
        "simulator",
        __name__,
        url_prefix="/simulator",
        static_folder="static",
        static_url_path="/static",
    )
    phones = Phones(twilio)

    page.before_request(check_local)
    page.before_request(check_same_origin)

    @page.after_request
    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = _CONTENT_POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response

    @page.errorhandler(HTTPException)
    def refused(error: HTTPException) -> tuple[Response, int]:
        return jsonify(error=error.description), error.code or 500

    @page.get("/")
    def show() -> Response:
        return page.send_static_file("index.html")

    @page.get("/api/config")
    def config() -> Response:
        numbers = {
            "sms": twilio.setup.sms_from,
            "whatsapp": twilio.setup.whatsapp_from,
            "voice": twilio.setup.voice_from,
        }
        return jsonify(numbers=numbers, cast=cast(services))

    @page.get("/api/phones/<phone>/clinic")
    def see_clinic(phone: str) -> Response:
        holder = phones.phone(phone)
        if holder is None:
            abort(404, "there is no such phone")
        return jsonify(clinic_view(services, holder.number))

    phone_api.mount(page, twilio, phones)
    return page
