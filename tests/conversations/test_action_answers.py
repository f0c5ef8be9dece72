"""What the actions answer is judged as Rasa judges it, by a validator that is made once."""

import json
import subprocess

import pytest

from scripts.environments import DIALOGUE
from scripts.progress import ROOT
from scripts.training import engine_environment

pytestmark = pytest.mark.engine

PROBE = """
import json, sys
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from bot.action_answers import check_with_one_validator

def passes(answer):
    try:
        return RemoteAction("action_x", None)._validate_action_result(answer)
    except ValidationError:
        return False

answers = json.load(sys.stdin)
theirs = [passes(each) for each in answers]
check_with_one_validator()
print(json.dumps([theirs, [passes(each) for each in answers]]))
"""
GOOD: list[object] = [
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "name": "branch", "value": None}]},
    {"responses": [{"response": "utter_greet", "buttons": []}]},
]
BAD: list[object] = [
    "cancelled",
    {"events": {"event": "slot"}},
    {"events": [{"event": "slot", "value": "no name"}]},
    {"events": [{"event": "nothing_that_rasa_knows"}]},
    {"responses": ["utter_greet"]},
]


def test_an_answer_of_the_actions_is_judged_as_rasa_judges_it() -> None:
    done = subprocess.run(
        [str(DIALOGUE.python), "-W", "ignore", "-c", PROBE],
        env=engine_environment(),
        input=json.dumps(GOOD + BAD),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    theirs, ours = json.loads(done.stdout.splitlines()[-1])
    assert ours == theirs == [True] * len(GOOD) + [False] * len(BAD)
