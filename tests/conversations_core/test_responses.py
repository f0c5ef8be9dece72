"""What is shown as the bot's words is what the engine makes of domain.yml."""

import json
import subprocess
from pathlib import Path

import pytest

from clinic.languages import LANGUAGES
from conversations.answers import Answer
from conversations.model import Choice
from conversations.responses import NoResponses, Responses

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = ROOT / "domain.yml"
ENGINE = ROOT / ".venv-engine" / "bin" / "python"
CHANNELS = ("sms", "whatsapp", "voice")
VALUES = {
    "service": "Ultrasonido {abdominal}",
    "branch": "Roma",
    "total": "$1,234.50 MXN",
    "plan": "Público",
    "until": "jueves 5 de marzo",
    "preparation": "Ayuno de 8 horas.\nTraiga su orden.",
    "service_code": "abdominal-ultrasound",
    "branch_code": "roma",
}
SAID = (
    *("utter_price", "utter_price_until", "utter_no_price", "utter_not_at_branch"),
    *("utter_preparation", "utter_no_preparation", "utter_service_unknown", "utter_ask_where"),
)
_ASK = """
import json, sys
from ruamel.yaml import YAML
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
names, languages, channels, values = json.load(sys.stdin)
responses = YAML(typ="safe").load(open(sys.argv[1], encoding="utf-8"))["responses"]
nlg = TemplatedNaturalLanguageGenerator(responses)
said = {}
for name in names:
    for language in languages:
        for channel in channels:
            said["%s %s %s" % (name, language, channel)] = nlg.generate_from_slots(
                name, {"language": language}, channel, **values
            )
print(json.dumps(said))
"""


@pytest.mark.engine
@pytest.mark.skipif(not ENGINE.exists(), reason="the engine's environment is not there")
def test_every_answer_reads_as_the_engine_says_it() -> None:
    asked = json.dumps([SAID, LANGUAGES, CHANNELS, VALUES])
    done = subprocess.run(
        [str(ENGINE), "-W", "ignore", "-c", _ASK, str(DOMAIN)],
        input=asked,
        capture_output=True,
        text=True,
        check=True,
    )
    engine = json.loads(done.stdout.splitlines()[-1])
    responses = Responses(DOMAIN)
    for name in SAID:
        for language in LANGUAGES:
            for channel in CHANNELS:
                said = responses.say(Answer(name, VALUES), language, channel)
                theirs = engine[f"{name} {language} {channel}"]
                assert said.text == theirs["text"].strip()
                assert [(each.title, each.payload) for each in said.choices] == [
                    (each["title"], each["payload"])
                    for each in sorted(theirs.get("buttons", []), key=lambda b: "aside" in b)
                ]


def test_values_are_said_as_they_are_whatever_signs_they_hold() -> None:
    said = Responses(DOMAIN).say(Answer("utter_price", VALUES), "es", "sms")
    assert said.text.startswith("Ultrasonido {abdominal} en Roma: $1,234.50 MXN, impuestos")
    assert said.text.endswith("Ayuno de 8 horas.\nTraiga su orden.")
    assert said.choices[0].payload == (
        '/book_appointment{"service": "abdominal-ultrasound", "branch": "roma"}'
    )


def test_a_channel_s_own_words_go_before_those_of_all() -> None:
    responses = Responses(DOMAIN)
    sms, whatsapp = (
        responses.say(Answer("utter_ask_where"), "es", each) for each in ("sms", "whatsapp")
    )
    assert "📎" in whatsapp.text
    assert "📎" not in sms.text


def test_choices_of_an_action_come_with_the_response() -> None:
    there = Choice("Paulista", '/ask_price{"branch": "paulista"}', "São Paulo")
    answer = Answer("utter_not_at_branch", VALUES, (there,))
    assert Responses(DOMAIN).say(answer, "pt", "whatsapp").choices == (there,)


@pytest.mark.parametrize("content", [None, "", "responses", "responses:\n  - x: [", "intents: []"])
def test_a_file_without_responses_says_so(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "domain.yml"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(NoResponses, match=r"domain\.yml"):
        Responses(path)


def test_a_response_that_is_not_there_says_which() -> None:
    with pytest.raises(NoResponses, match="utter_nothing"):
        Responses(DOMAIN).say(Answer("utter_nothing"), "en", "sms")
