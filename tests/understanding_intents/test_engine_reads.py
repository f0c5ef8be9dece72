"""What the engine makes of patients' words, with the model that `make test` has trained."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.nlu_examples import HELD_APART, read_examples  # noqa: E402

ENGINE = ROOT / ".venv-engine" / "bin" / "python"
HERE = Path(__file__).parent
pytestmark = pytest.mark.engine

# Pairs that stock set-ups mix up; none of these sentences is trained on.
CONTRASTS = """
no puedo ir el martes, ¿tendrán otro día?            reschedule_appointment
el martes no voy a poder ir, cancélenla              cancel_appointment
na terça não posso, teria outro dia?                 reschedule_appointment
na terça não vou poder ir, pode cancelar             cancel_appointment
Tuesday doesn't work, have you got another day?      reschedule_appointment
I can't come Tuesday, please cancel it               cancel_appointment
a qué hora es mi consulta del lunes                  check_appointment
a qué hora abren el lunes                            ask_hours
que horas é minha consulta de segunda                check_appointment
que horas vocês abrem na segunda                     ask_hours
what time is my visit on Monday                      check_appointment
what time do you open on Monday                      ask_hours
cuánto cuesta el perfil hormonal                     ask_price
puedo pagar el perfil hormonal con tarjeta           ask_payment
quanto custa o perfil hormonal                       ask_price
posso pagar o exame no cartão                        ask_payment
how much is the hormone panel                        ask_price
can I pay for the test by credit card                ask_payment
no quiero más mensajes de ustedes                    stop_messages
não quero mais mensagens de vocês                    stop_messages
I don't want any more messages from you              stop_messages
voy a llegar veinte minutos tarde a mi cita          running_late
vou chegar vinte minutos atrasada na consulta        running_late
I'll be twenty minutes late for my appointment       running_late
sí                                                   affirm
sim                                                  affirm
yes                                                  affirm
no                                                   deny
não                                                  deny
"""
EMERGENCIES = """
me duele muchísimo el pecho
mi mamá se desmayó y no despierta
no puedo respirar bien, ayúdenme
quiero suicidarme
estou com muita dor no peito
minha mãe desmaiou e não acorda
não tô conseguindo respirar
quero me matar
I have terrible chest pain
my mother fainted and isn't waking up
I can't breathe
I want to kill myself
"""


def run_engine(script: str, *arguments: str, given: str = "") -> None:
    """Runs a script of this folder in the engine's environment; its last words shown on failure."""
    if not ENGINE.exists():
        pytest.fail("no engine environment: run `make environments`")
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    command = [str(ENGINE), "-W", "ignore", str(HERE / script), *arguments]
    done = subprocess.run(
        command, env=environment, input=given, capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.fixture(scope="session")
def probed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    answers = tmp_path_factory.mktemp("probe") / "answers.json"
    run_engine("probe_model.py", str(answers))
    told: dict[str, Any] = json.loads(answers.read_text(encoding="utf-8"))
    return told


def pairs(table: str) -> list[tuple[str, str]]:
    lines = (line.rsplit(maxsplit=1) for line in table.strip().splitlines())
    return [(text.strip(), intent) for text, intent in lines]


@pytest.fixture(scope="session")
def read(trained_model: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Every text of this module and of the held-apart set, with the engine's answer."""
    texts = [example.text for example in read_examples(HELD_APART)]
    texts += [text for text, _ in pairs(CONTRASTS)] + EMERGENCIES.strip().splitlines()
    answers = tmp_path_factory.mktemp("read") / "answers.json"
    run_engine("read_with_engine.py", str(trained_model), str(answers), given=json.dumps(texts))
    return dict(zip(texts, json.loads(answers.read_text(encoding="utf-8")), strict=True))


def best(answer: dict[str, Any]) -> str:
    """The best reading, also where the engine would rather ask."""
    names = [each["name"] for each in answer["intent_ranking"]]
    return str(next(name for name in names if name != "nlu_fallback"))


def test_the_same_examples_give_the_same_model(probed: dict[str, Any]) -> None:
    assert probed["same_again"]


def test_a_saved_model_answers_as_before_and_holds_no_pickle(probed: dict[str, Any]) -> None:
    assert probed["same_loaded"]
    assert probed["files"] == [".json", ".npz"]
    assert probed["nothing_saved"]


def test_confidences_are_probabilities_even_for_nonsense(probed: dict[str, Any]) -> None:
    assert probed["finite"]
    assert probed["sums"] == pytest.approx([1.0] * len(probed["sums"]), abs=1e-4)


def test_a_text_reads_the_same_alone_and_among_others(probed: dict[str, Any]) -> None:
    assert probed["alone_or_in_a_batch"] < 1e-4


def test_case_accents_and_stretched_letters_change_nothing(probed: dict[str, Any]) -> None:
    assert probed["read"] == ["price", "cancel"]
    assert probed["normalised"] == ["¡hola!", "café", "cuanto cuesta"]


def test_every_intent_is_in_the_ranking(read: dict[str, Any]) -> None:
    for answer in read.values():
        names = [
            each["name"] for each in answer["intent_ranking"] if each["name"] != "nlu_fallback"
        ]
        assert len(names) == len(set(names)) == 26


@pytest.mark.parametrize(("text", "intent"), pairs(CONTRASTS))
def test_close_wishes_are_told_apart(read: dict[str, Any], text: str, intent: str) -> None:
    assert best(read[text]) == intent


@pytest.mark.parametrize("text", EMERGENCIES.strip().splitlines())
def test_an_emergency_is_never_taken_for_anything_else(read: dict[str, Any], text: str) -> None:
    assert read[text]["intent"]["name"] == "emergency"


def test_wording_never_seen_is_understood_in_each_language(read: dict[str, Any]) -> None:
    right = defaultdict(list)
    for example in read_examples(HELD_APART):
        right[example.language].append(best(read[example.text]) == example.intent)
    shares = {language: sum(marks) / len(marks) for language, marks in right.items()}
    assert min(shares.values()) >= 0.86
    assert sum(map(sum, right.values())) / sum(map(len, right.values())) >= 0.88


def test_few_changes_to_a_visit_are_read_wrongly_and_surely(read: dict[str, Any]) -> None:
    changes = {"cancel_appointment", "confirm_appointment", "reschedule_appointment"}
    wrong = [
        example.text
        for example in read_examples(HELD_APART)
        if (found := read[example.text]["intent"])["name"] in changes
        and found["name"] != example.intent
        and found["confidence"] >= 0.9
    ]
    assert len(wrong) <= 0.01 * len(read)
