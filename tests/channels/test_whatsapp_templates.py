"""What goes out on WhatsApp when free text may not, and how it comes to be approved."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from channels import open_channels
from channels.base import Approval, TemplateText
from channels.twilio_messages import Messages
from channels.whatsapp import WhatsAppChannel
from channels.whatsapp.rules import problems
from channels.whatsapp.templates import FRESH_FOR, WhatsAppTemplates
from conversations.model import Choice, Outbound, Template
from conversations.ports import SendFailed
from integrations.twilio import TwilioAccount
from tests.channels import payloads
from tests.channels.double import Trouble, Twilio, content_problems, form_problems, openapi_folder

TEXT = TemplateText(
    name="consulta_reminder_es_1",
    language="es",
    body="Clínica Aurora le recuerda su cita: {{1}}. Para no recibir más mensajes escriba ALTO.",
    samples=("mañana a las 10:00",),
    buttons=("Confirmar", "Cambiar fecha"),
)
IN_PORTUGUESE = replace(TEXT, name="consulta_reminder_pt_1", language="pt")
CONFIRM = '/confirm_appointment{"visit": "v1:1"}'
CHOICES = (Choice("Confirmar", CONFIRM), Choice("Cambiar fecha", "/menu"))
TEMPLATE = Template(TEXT.name, ("mañana, a las 10:00 a.m.",), CHOICES)
A_DAY = timedelta(hours=24)


def account(double: Twilio) -> TwilioAccount:
    return TwilioAccount(
        payloads.ACCOUNT,
        payloads.TOKEN,
        double.url,
        whatsapp_from=payloads.CLINIC,
        public_base_url="https://clinic.example",
    )


def channel(double: Twilio) -> WhatsAppChannel:
    opened = open_channels(account(double))["whatsapp"]
    assert isinstance(opened, WhatsAppChannel)
    return opened


def message(silence: timedelta | None, template: Template | None = TEMPLATE) -> Outbound:
    return Outbound(
        id="m1",
        channel="whatsapp",
        to="whatsapp:+5215500000001",
        sender="",
        text="Clínica Aurora le recuerda su cita: mañana, a las 10:00 a.m.",
        language="es",
        choices=CHOICES,
        template=template,
        silence=silence,
    )


@pytest.fixture
def approved(twilio: Twilio) -> Twilio:
    assert channel(twilio).templates.push([TEXT, IN_PORTUGUESE]) == {}
    twilio.review("approved")
    return twilio


# --- sending -------------------------------------------------------------------------------------


@pytest.mark.parametrize("silence", [A_DAY, A_DAY - timedelta(minutes=5), timedelta(90), None])
def test_outside_the_window_the_template_goes_by_its_content(
    approved: Twilio, silence: timedelta | None
) -> None:
    channel(approved).send(message(silence))
    (form,) = approved.messages
    variables = form.pop("ContentVariables")
    assert form == {
        "To": "whatsapp:+5215500000001",
        "From": f"whatsapp:{payloads.CLINIC}",
        "ContentSid": approved.contents[0]["sid"],
        "StatusCallback": "https://clinic.example/twilio/status?message=m1",
    }
    assert json.loads(variables) == {"1": "mañana, a las 10:00 a.m.", "2": CONFIRM, "3": "/menu"}


def test_within_the_window_free_text_goes(approved: Twilio) -> None:
    channel(approved).send(message(A_DAY - timedelta(minutes=11)))
    (form,) = approved.messages
    assert form["ContentSid"] not in approved.approvals


def test_what_has_no_template_goes_as_free_text(approved: Twilio) -> None:
    channel(approved).send(message(None, template=None))
    assert len(approved.messages) == 1


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("received", "63016"),
        ("pending", "63016"),
        ("rejected", "63040"),
        ("paused", "63041"),
        ("disabled", "63042"),
    ],
)
def test_what_is_not_approved_is_not_sent_and_the_sender_is_told(
    approved: Twilio, status: str, code: str
) -> None:
    approved.review(status)
    with pytest.raises(SendFailed) as refused:
        channel(approved).send(message(A_DAY))
    assert (refused.value.code, refused.value.retryable, refused.value.unknown) == (
        code,
        False,
        False,
    )
    assert approved.messages == []


def test_a_template_that_twilio_does_not_have_is_refused(twilio: Twilio) -> None:
    with pytest.raises(SendFailed) as refused:
        channel(twilio).send(message(A_DAY))
    assert refused.value.code == "63016"
    assert twilio.messages == []


def test_words_too_long_for_a_variable_are_refused(approved: Twilio) -> None:
    with pytest.raises(SendFailed) as refused:
        channel(approved).send(message(A_DAY, replace(TEMPLATE, variables=("x" * 251,))))
    assert refused.value.code == "63016"


def test_a_content_gone_at_twilio_is_looked_for_again(approved: Twilio) -> None:
    there = channel(approved)
    approved.fail("/Messages.json", Trouble(400, 21655))
    with pytest.raises(SendFailed):
        there.send(message(A_DAY))
    approved.approvals.clear()
    assert not there.templates.approved(TEXT.name)


# --- what is known -------------------------------------------------------------------------------


def looks(double: Twilio) -> int:
    return len([r for r in double.requests if r.path.endswith("/ContentAndApprovals")])


@pytest.fixture
def known(approved: Twilio) -> tuple[WhatsAppTemplates, list[float]]:
    """Templates on a clock of the test's own, in seconds."""
    seconds = [0.0]
    approved.requests.clear()
    return WhatsAppTemplates(Messages(account(approved)), lambda: seconds[0]), seconds


Known = tuple[WhatsAppTemplates, list[float]]


def test_twilio_is_asked_once_in_five_minutes(known: Known, approved: Twilio) -> None:
    templates, seconds = known
    assert all(templates.approved(TEXT.name) for _ in range(5))
    approved.review("paused")
    assert templates.approved(TEXT.name)
    assert looks(approved) == 1
    seconds[0] = FRESH_FOR
    assert not templates.approved(TEXT.name)
    assert looks(approved) == 2


def test_what_was_heard_last_holds_while_twilio_is_away(known: Known, approved: Twilio) -> None:
    templates, seconds = known
    assert templates.approved(TEXT.name)
    seconds[0] = FRESH_FOR
    approved.fail("/ContentAndApprovals", Trouble(503))
    assert templates.sid(TEXT.name) == approved.contents[0]["sid"]


def test_who_never_heard_of_any_sends_later_and_does_not_ask_at_once_again(
    known: Known, approved: Twilio
) -> None:
    templates, seconds = known
    approved.fail("/ContentAndApprovals", Trouble(503))
    for _ in range(3):
        assert not templates.approved(TEXT.name)
    with pytest.raises(SendFailed) as away:
        templates.sid(TEXT.name)
    assert away.value.retryable
    assert looks(approved) == 1
    seconds[0] = 30.0
    assert templates.approved(TEXT.name)


# --- approval ------------------------------------------------------------------------------------


def test_a_template_is_created_and_submitted_once(twilio: Twilio) -> None:
    for _ in range(3):
        assert channel(twilio).templates.push([TEXT, IN_PORTUGUESE]) == {}
    spanish, portuguese = twilio.contents
    assert (spanish["friendly_name"], spanish["language"]) == (TEXT.name, "es")
    assert portuguese["language"] == "pt_BR"
    assert spanish["variables"] == {
        "1": "mañana a las 10:00",
        "2": "/choice-1",
        "3": "/choice-2",
    }
    assert spanish["types"]["twilio/quick-reply"] == {
        "body": TEXT.body,
        "actions": [
            {"type": "QUICK_REPLY", "title": "Confirmar", "id": "{{2}}"},
            {"type": "QUICK_REPLY", "title": "Cambiar fecha", "id": "{{3}}"},
        ],
    }
    asked = [r.body for r in twilio.requests if r.path.endswith("/whatsapp")]
    assert asked == [{"name": each.name, "category": "UTILITY"} for each in (TEXT, IN_PORTUGUESE)]


def test_one_that_cannot_be_submitted_is_named_and_tried_again(twilio: Twilio) -> None:
    twilio.fail("/ApprovalRequests/whatsapp", Trouble(400, 20001))
    failed = channel(twilio).templates.push([TEXT, IN_PORTUGUESE])
    assert failed == {TEXT.name: "Twilio's error 20001: Unable to create record: no"}
    assert channel(twilio).templates.push([TEXT, IN_PORTUGUESE]) == {}
    assert len(twilio.contents) == 2
    assert len(twilio.approvals) == 2


def test_whatsapps_word_is_told_with_its_reason(approved: Twilio) -> None:
    approved.review("rejected", "INVALID_FORMAT", TEXT.name)
    assert channel(approved).templates.approvals() == {
        TEXT.name: Approval("rejected", "UTILITY", "INVALID_FORMAT"),
        IN_PORTUGUESE.name: Approval("approved", "UTILITY"),
    }


def test_templates_of_others_are_not_ours(approved: Twilio) -> None:
    approved.contents[0]["friendly_name"] = "billing_es"
    assert list(channel(approved).templates.approvals()) == [IN_PORTUGUESE.name]


def test_requests_fit_twilios_own_description(approved: Twilio) -> None:
    folder = openapi_folder()
    if folder is None:
        pytest.skip("TWILIO_OPENAPI_DIR is not set")
    channel(approved).send(message(A_DAY))
    assert form_problems(folder, approved.messages[0]) == []
    made = [r.body for r in approved.requests if r.path.endswith("/Content")]
    assert [content_problems(folder, body) for body in made] == [[], []]


# --- WhatsApp's rules ----------------------------------------------------------------------------

BROKEN: list[tuple[str, dict[str, Any]]] = [
    ("begins or ends", {"body": "{{1}} es la hora de su cita en la clínica"}),
    ("begins or ends", {"body": "La hora de su cita en la clínica es {{1}}."}),
    ("no word between", {"body": "Su cita es {{1}}, {{2}} y aquí le esperamos", "samples": "ab"}),
    ("in this order", {"body": "Su cita es {{2}} y aquí le esperamos"}),
    ("in this order", {"body": "Su cita es {{name}} y aquí le esperamos"}),
    ("too few", {"body": "Cita {{1}} aquí"}),
    ("a sample", {"samples": ()}),
    ("a sample", {"samples": (" ",)}),
    ("line break", {"body": "Su cita:\n{{1}} y aquí le esperamos"}),
    ("longer than 250", {"samples": ("x" * 251,)}),
    ("longer than 1024", {"body": "Su cita {{1}} " + "y aquí " * 200}),
    ("more than 10", {"buttons": tuple(f"Opción {n}" for n in range(11))}),
    ("same title", {"buttons": ("Sí", "Sí")}),
    ("longer than 20", {"buttons": ("Cancelar todas mis citas",)}),
    ("or variable", {"buttons": ("Confirmar {{2}}",)}),
    ("lower case", {"name": "Consulta-1"}),
]


def test_words_that_keep_the_rules_have_no_problem() -> None:
    assert problems(TEXT) == []


@pytest.mark.parametrize(("problem", "change"), BROKEN)
def test_words_that_break_a_rule_are_told_which(problem: str, change: dict[str, Any]) -> None:
    changed: Callable[..., TemplateText] = replace
    found = problems(changed(TEXT, **change))
    assert any(problem in each for each in found), found
