"""The patient's page at /r/<token>: a code to the phone on file, then the reports.

It opens without signing in, and shows nothing to who holds the link alone. Whatever is wrong with a
link, the page is the same: nobody learns whether it ever was one.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, cast

from babel.dates import format_date
from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.results.links import send_code
from app.results.words import PAGE
from app.services import Services
from clinic.languages import LANGUAGES, Language
from clinic.results import CodeAnswer, Report, ReportUnknown, ResultLink, suffix_of

_OPENED: Final = "results"
"""In the cookie: the link that was opened with its code, and until when."""
_OPEN_SECONDS: Final = 900
_LOCALES: Final[dict[Language, str]] = {"es": "es_MX", "pt": "pt_BR", "en": "en_US"}
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}

Answer = AnyResponse | tuple[str, int] | str


def create_results_pages(services: Services) -> Blueprint:
    """`/r/<token>` and what its forms do."""
    blueprint = Blueprint(
        "results",
        __name__,
        url_prefix="/r",
        template_folder="templates",
        static_folder="static",
        static_url_path="/static",
    )
    door = _Door(services)

    @blueprint.get("/<token>")
    def enter(token: str) -> Answer:
        link = door.link(token)
        if link is None:
            return door.gone()
        return door.reports_page(token, link) if door.is_open(link) else door.ask_page(token, link)

    @blueprint.post("/<token>/code")
    def send(token: str) -> Answer:
        link = door.link(token)
        return door.gone() if link is None else door.send(token, link)

    @blueprint.post("/<token>")
    def unlock(token: str) -> Answer:
        link = door.link(token)
        return door.gone() if link is None else door.unlock(token, link)

    @blueprint.get("/<token>/<report_id>")
    def download(token: str, report_id: str) -> Answer:
        link = door.link(token)
        if link is None:
            return door.gone()
        if not door.is_open(link):
            return redirect(url_for("results.enter", token=token), 303)
        return door.download(link, report_id)

    blueprint.after_request(_harden)
    blueprint.context_processor(lambda: {"clinic_name": services.settings.clinic_name})
    return blueprint


@dataclass(frozen=True, slots=True)
class _Door:
    """What the views do with a link."""

    services: Services

    def link(self, token: str) -> ResultLink | None:
        return self.services.result_links.find(token, self.services.clock())

    def is_open(self, link: ResultLink) -> bool:
        opened, until = session.get(_OPENED) or ("", 0.0)
        return bool(opened == link.id and self.services.clock().timestamp() < until)

    def gone(self) -> tuple[str, int]:
        return _page("gone.html", _language()), 404

    def ask_page(
        self, token: str, link: ResultLink, problem: str = "", *, sent: bool = False
    ) -> str:
        return _page(
            "code.html" if sent else "ask.html",
            self._language_of(link),
            token=token,
            ending=link.phone[-2:],
            shared=self._is_shared(link),
            problem=problem,
        )

    def send(self, token: str, link: ResultLink) -> Answer:
        now = self.services.clock()
        code = self.services.result_links.new_code(link.id, now)
        if isinstance(code, CodeAnswer):
            return self.ask_page(token, link, str(code), sent=True), 429
        send_code(self.services, link, code, self._language_of(link), now)
        return self.ask_page(token, link, sent=True)

    def unlock(self, token: str, link: ResultLink) -> Answer:
        now = self.services.clock()
        code = "".join(request.form.get("code", "").split())[:12]
        if self._is_shared(link) and not self._birth_is_right(link):
            code = ""  # a wrong date counts as a wrong code: neither can be guessed alone
        answer = self.services.result_links.try_code(link.id, code, now)
        if answer is not CodeAnswer.RIGHT:
            return self.ask_page(token, link, str(answer), sent=True), 403
        session[_OPENED] = [link.id, now.timestamp() + _OPEN_SECONDS]
        return redirect(url_for("results.enter", token=token), 303)

    def reports_page(self, token: str, link: ResultLink) -> str:
        language = self._language_of(link)
        lines = [
            (report, self._name(report, language), _day(report.at, language))
            for report in self.services.results.reports(link.patient_id)
            if report.is_open
        ]
        return _page("reports.html", language, token=token, lines=lines)

    def download(self, link: ResultLink, report_id: str) -> Answer:
        try:
            report = self.services.results.report(report_id)
        except ReportUnknown:
            return self.gone()
        if report.patient_id != link.patient_id or not report.is_open:
            return self.gone()
        self.services.results.opened(report, link.id, self.services.clock())
        answer = Response(self.services.results.content(report.id), mimetype=report.media_type)
        name = f"{report.at.date().isoformat()}.{suffix_of(report.media_type)}"
        answer.headers.set("Content-Disposition", "attachment", filename=name)
        return answer

    def _is_shared(self, link: ResultLink) -> bool:
        return len(self.services.patients.at_address(link.phone)) > 1

    def _birth_is_right(self, link: ResultLink) -> bool:
        try:
            said = date.fromisoformat(request.form.get("birth", ""))
        except ValueError:
            return False
        return said == self.services.patients.patient(link.patient_id).birth_date

    def _language_of(self, link: ResultLink) -> Language:
        return _language(self.services.patients.patient(link.patient_id).language)

    def _name(self, report: Report, language: Language) -> str:
        services = {each.code: each for each in self.services.catalogue.services()}
        known = services.get(report.service)
        return known.name(language) if known else report.service


def _language(otherwise: Language | None = None) -> Language:
    """What the reader chose here, else the patient's, else what the browser prefers."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        return asked
    if otherwise is not None:
        return otherwise
    return cast("Language", request.accept_languages.best_match(LANGUAGES, "es"))


def _day(at: datetime, language: Language) -> str:
    return format_date(at.date(), "long", locale=_LOCALES[language])


def _page(template: str, language: Language, **values: object) -> str:
    return render_template(
        f"results/{template}",
        language=language,
        languages={"es": "Español", "pt": "Português", "en": "English"},
        words=PAGE[language],
        **values,
    )


def _harden(response: Response) -> Response:
    if request.endpoint != "results.static":
        for name, value in _HEADERS.items():
            response.headers[name] = value
    return response
