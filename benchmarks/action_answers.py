"""What checking an action's answer costs the engine: as Rasa does it, and by one validator.

`.venv-engine/bin/python -m benchmarks.action_answers` prints both, in milliseconds of
the processor.
"""

import statistics
import time

from rasa.core.actions.action import RemoteAction

from bot.action_answers import check_with_one_validator

TIMES = 50
ANSWER = {
    "events": [{"event": "slot", "name": "branch", "value": None}] * 6,
    "responses": [{"response": "utter_offer_times", "buttons": [{"title": "1", "payload": "/x"}]}],
}


def cost() -> float:
    """The median of one check, in milliseconds."""
    action = RemoteAction("action_x", None)
    took = []
    for _ in range(TIMES):
        began = time.process_time()
        action._validate_action_result(ANSWER)  # noqa: SLF001
        took.append((time.process_time() - began) * 1000)
    return statistics.median(took)


def main() -> None:
    """Measures and tells."""
    print(f"as Rasa does it: {cost():.1f} ms")
    check_with_one_validator()
    print(f"by one validator: {cost():.1f} ms")


if __name__ == "__main__":
    main()
