"""From the working set to the files: what was shown is what is written, and nothing is lost."""

from pathlib import Path

import pytest

from tests.console.conftest import House
from tests.trainer.said import hear
from trainer.desk import Choice, Desk
from trainer.examples import Example, read_examples, read_intents
from trainer.writing import NEW_INTENT_NEEDS, Changed, Draft, draft, show, write

TEXT = "uy no alcanzo a llegar pasado mañana, ni modo"


def _label(
    clinic: House, desk: Desk, text: str, intent: str = "cancel_appointment", **more: object
) -> str:
    message = hear(clinic, text, *more.pop("ranking", (("deny", 0.3),)))  # type: ignore[misc]
    choice = Choice(message, text, more.pop("language", "es"))  # type: ignore[arg-type]
    return desk.decide([choice], intent, "eva", clinic.time.now, **more)  # type: ignore[arg-type]


def _written(project: Path) -> bytes:
    return (project / "data" / "nlu.yml").read_bytes()


def _write(clinic: House, desk: Desk) -> Draft:
    return write(
        desk.project,
        desk.labels,
        desk.rewordings,
        show(desk.project, desk.labels, desk.rewordings).token,
        clinic.time.now,
    )


def _findings(desk: Desk) -> list[str]:
    return [
        each.kind for each in draft(desk.project, desk.labels, desk.rewordings).findings.values()
    ]


def test_what_is_decided_is_shown_written_and_taken_out_again(
    clinic: House, desk: Desk, project: Path
) -> None:
    before = _written(project)
    batch = _label(clinic, desk, TEXT)
    shown = show(desk.project, desk.labels, desk.rewordings)
    assert [line for line in shown.diff.splitlines() if line[:2] in {"+ ", "- "}] == [
        f"+      - {TEXT}"
    ]
    assert _written(project) == before, "showing writes nothing"
    write(desk.project, desk.labels, desk.rewordings, shown.token, clinic.time.now)
    assert Example("cancel_appointment", "es", TEXT) in read_examples(_written(project))
    assert desk.labels.to_write() == []
    desk.labels.undo(batch, "eva", clinic.time.now)
    _write(clinic, desk)
    assert _written(project) == before
    assert desk.labels.to_write() == []


def test_an_engineer_s_edit_meanwhile_is_shown_and_both_changes_come_together(
    clinic: House, desk: Desk, project: Path
) -> None:
    _label(clinic, desk, TEXT)
    shown = show(desk.project, desk.labels, desk.rewordings)
    edited = _written(project).replace(b"- confirmar cita\n", b"- confirmar la cita ya\n", 1)
    (project / "data" / "nlu.yml").write_bytes(edited)
    with pytest.raises(Changed) as changed:
        write(desk.project, desk.labels, desk.rewordings, shown.token, clinic.time.now)
    assert "+      - confirmar la cita ya" in (changed.value.theirs or "")
    assert _written(project) == edited
    assert len(desk.labels.to_write()) == 1
    _write(clinic, desk)
    assert b"confirmar la cita ya" in _written(project)
    assert TEXT.encode() in _written(project)


@pytest.mark.parametrize("token", ["", "x", "../../etc/passwd", "0" * 64])
def test_a_forged_token_writes_nothing(
    clinic: House, desk: Desk, project: Path, token: str
) -> None:
    before = _written(project)
    _label(clinic, desk, TEXT)
    with pytest.raises(Changed) as changed:
        write(desk.project, desk.labels, desk.rewordings, token, clinic.time.now)
    assert changed.value.theirs is None
    assert _written(project) == before


def test_what_repeats_or_contradicts_is_pointed_out_and_not_written(
    clinic: House, desk: Desk, project: Path
) -> None:
    before = _written(project)
    _label(clinic, desk, "Sí, confirmo la cita de MAÑANA!", "confirm_appointment")
    _label(clinic, desk, "sí, confirmo la cita de mañana", "cancel_appointment")
    assert _findings(desk) == ["repeated", "conflict"]
    assert draft(desk.project, desk.labels, desk.rewordings).diff == ""
    _write(clinic, desk)
    assert _written(project) == before
    assert len(desk.labels.to_write()) == 2


def test_two_decisions_that_contradict_each_other_are_pointed_out(
    clinic: House, desk: Desk
) -> None:
    _label(clinic, desk, TEXT)
    _label(clinic, desk, TEXT.upper().lower() + "!", "deny")
    assert _findings(desk) == ["conflict"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("quiero confirmar mi cita por favor", "cancel_appointment"),
        ("cancelar la cita", "confirm_appointment"),
    ],
)
def test_what_is_nearly_an_example_of_another_intent_is_pointed_out_and_written(
    clinic: House, desk: Desk, text: str, intent: str
) -> None:
    _label(clinic, desk, text, intent)
    assert _findings(desk) == ["near_conflict"]
    assert f"+      - {text}" in draft(desk.project, desk.labels, desk.rewordings).diff


def test_what_is_read_right_already_beside_a_neighbour_adds_little(
    clinic: House, desk: Desk
) -> None:
    _label(
        clinic,
        desk,
        "si confirmo la consulta de mañana",
        "confirm_appointment",
        ranking=[("confirm_appointment", 0.95), ("affirm", 0.9)],
    )
    assert _findings(desk) == ["adds_little"]
    assert draft(desk.project, desk.labels, desk.rewordings).diff, "a hint stops nothing"


def test_a_repeated_example_that_is_undone_stays_the_engineer_s(
    clinic: House, desk: Desk, project: Path
) -> None:
    before = _written(project)
    batch = _label(clinic, desk, "sí, confirmo la cita de mañana", "confirm_appointment")
    _write(clinic, desk)
    desk.labels.undo(batch, "eva", clinic.time.now)
    _write(clinic, desk)
    assert _written(project) == before


def test_a_new_intent_waits_for_enough_examples_in_every_language(
    clinic: House, desk: Desk, project: Path
) -> None:
    words = ("auto", "coche", "moto", "camioneta", "bicicleta", "carro")[:NEW_INTENT_NEEDS]
    for place, word in enumerate(words):
        new = place == 0
        _label(clinic, desk, f"guardan mi {word} allá?", "ask_parking", new=new)
    waiting = draft(desk.project, desk.labels, desk.rewordings)
    assert waiting.lacking == {"ask_parking": {"pt": NEW_INTENT_NEEDS, "en": NEW_INTENT_NEEDS}}
    assert waiting.diff == ""
    for word in words:
        _label(clinic, desk, f"tem vaga pro {word} aí?", "ask_parking", language="pt")
        _label(clinic, desk, f"parking space for {word}?", "ask_parking", language="en")
    _write(clinic, desk)
    assert read_intents((project / "domain.yml").read_bytes())[-1] == "ask_parking"
    added = [each for each in read_examples(_written(project)) if each.intent == "ask_parking"]
    assert len(added) == 3 * NEW_INTENT_NEEDS


def test_written_files_keep_their_mode_and_leave_nothing_beside_them(
    clinic: House, desk: Desk, project: Path
) -> None:
    path = project / "data" / "nlu.yml"
    path.chmod(0o640)
    _label(clinic, desk, TEXT)
    _write(clinic, desk)
    assert path.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in path.parent.iterdir()] == ["nlu.yml"]
