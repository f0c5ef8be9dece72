"""The action server: our actions, with the clinic's services, on the loopback."""

import logging
import warnings
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic

from actions.about_clinic import (
    TellHours,
    TellLocation,
    TellNearestBranch,
    TellPayment,
    TellServices,
)
from actions.accept_offer import AcceptOffer, DeclineOffer
from actions.action import BotAction
from actions.answer_follow_up import GoOn, LeaveIt, NoMoreRecalls, NotNeeded, PutOffRecall
from actions.ask_preparation import AskPreparationFlow, TellPreparation
from actions.ask_price import AskPriceFlow, TellPrice
from actions.ask_results import AskResultsFlow, TellResults
from actions.book_appointment import BookAppointment, BookAppointmentFlow
from actions.cancel_appointment import (
    AfterCancel,
    AfterCancelFlow,
    CancelAppointment,
    CancelAppointmentFlow,
)
from actions.check_appointment import CheckAppointment, CheckAppointmentFlow
from actions.confirm_appointment import ConfirmAppointment, ConfirmAppointmentFlow
from actions.emergency import Emergency
from actions.give_feedback import GiveFeedback, GiveFeedbackFlow
from actions.join_waitlist import JoinWaitlist, JoinWaitlistFlow, LeaveWaitlist
from actions.news import JoinNews, LeaveNews
from actions.reschedule_appointment import RescheduleAppointment, RescheduleAppointmentFlow
from actions.small_talk import (
    CannotRead,
    ChangeLanguage,
    Farewell,
    Greet,
    LanguageChanged,
    Menu,
    NotUnderstood,
    OldChoice,
)
from actions.stop_messages import StopMessages
from actions.talk_to_human import (
    Complaint,
    RunningLate,
    TalkToHuman,
)
from actions.undo import Undo
from app.services import Services

ACTIONS: tuple[type[BotAction], ...] = (
    ConfirmAppointmentFlow, ConfirmAppointment,
    CancelAppointmentFlow, CancelAppointment, AfterCancelFlow, AfterCancel,
    RescheduleAppointmentFlow, RescheduleAppointment,
    BookAppointmentFlow, BookAppointment,
    CheckAppointmentFlow, CheckAppointment,
    AskPriceFlow, TellPrice,
    AskPreparationFlow, TellPreparation,
    JoinWaitlistFlow, JoinWaitlist, LeaveWaitlist, AcceptOffer, DeclineOffer,
    GiveFeedbackFlow, GiveFeedback, GoOn, LeaveIt, NotNeeded, PutOffRecall, NoMoreRecalls,
    TellHours, TellLocation, TellNearestBranch, TellServices, TellPayment,
    TalkToHuman, AskResultsFlow, TellResults, Complaint, RunningLate, Undo,
    JoinNews, LeaveNews,
    StopMessages, Emergency, ChangeLanguage, LanguageChanged,
    Greet, Menu, Farewell, OldChoice, NotUnderstood, CannotRead,
)  # fmt: skip


class ClinicExecutor(ActionExecutor):  # type: ignore[misc]
    """Runs actions that need no domain, so that the engine need not send it each time."""

    def update_and_return_domain(
        self,
        payload: dict[str, Any],  # noqa: ARG002 the SDK's own signature
        action_name: str,  # noqa: ARG002
    ) -> dict[str, Any]:
        """Our actions never read the domain that the engine holds."""
        return {}


def create_server(services: Services) -> Sanic[Any, Any]:
    """The server with all actions registered under the names of domain.yml."""
    # The engine is the last open-source release and the SDK is current: their wire format is the
    # same, and the SDK would say at every call that their versions differ.
    warnings.filterwarnings("ignore", message=".*version.*", module=r"rasa_sdk\.utils")
    logging.getLogger("rasa_sdk.executor").setLevel(logging.WARNING)
    executor = ClinicExecutor()
    for action in ACTIONS:
        executor.register_action(action(services))
    server: Sanic[Any, Any] = create_app(executor)
    return server
