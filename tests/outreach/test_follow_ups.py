"""All kinds together: each can be left out, and one that fails keeps no other from running."""

import pytest

from app.settings import Settings
from outreach import run_due
from outreach.follow_ups import wanted
from tests.outreach.after_visits import HOUR, completed, missed
from tests.outreach.world import DAY, World


@pytest.mark.parametrize(
    ("setting", "kinds"),
    [
        ("none", []),
        ("feedback", ["ask_for_feedback"]),
        ("feedback,no_show", ["invite_again", "ask_for_feedback"]),
        (
            "feedback,no_show,recall,nudge",
            ["nudge_silent", "invite_again", "ask_for_feedback", "recall_patients"],
        ),
    ],
)
def test_a_clinic_chooses_its_follow_ups(setting: str, kinds: list[str]) -> None:
    assert [each.__name__ for each in wanted(Settings(follow_ups=setting))] == kinds


@pytest.mark.parametrize("setting", ["", "feedbacks", "feedback,", "none,feedback"])
def test_a_follow_up_that_does_not_exist_refuses_to_start(setting: str) -> None:
    with pytest.raises(ValueError, match="follow_ups"):
        Settings(follow_ups=setting)


def test_what_is_due_is_begun_together_and_once(world: World) -> None:
    seen = completed(world, world.ana, world.at(DAY, 10))
    absent = missed(world, world.beto, world.at(DAY, 10, 30))
    world.now[0] = at = absent.end + 3 * HOUR
    begun = {each["kind"]: each["about"] for each in run_due(world.services, at)}
    assert begun == {"feedback": seen.id, "no_show": absent.id}
    assert run_due(world.services, at) == []


def test_a_kind_that_fails_keeps_no_other_from_running(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(type(world.services.waitlist), "settle", broken)
    seen = completed(world, world.ana, world.at(DAY, 10))
    world.now[0] = at = seen.end + 3 * HOUR
    assert [each["about"] for each in run_due(world.services, at)] == [seen.id]
