"""What the actions answer, checked by one validator that is made once.

Rasa checks its schema of an answer, which never changes, anew with every answer: that took more
than half of the engine's time for a turn.
"""

from functools import lru_cache
from typing import Any, Dict, Text

from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction


@lru_cache(maxsize=1)
def _validator() -> Validator:
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    made: Validator = kind(schema)
    return made


def _validate(_action: RemoteAction, answer: Dict[Text, Any]) -> bool:
    _validator().validate(answer)
    return True


def check_with_one_validator() -> None:
    """From now on in this process. A bad answer raises jsonschema's ValidationError as before."""
    RemoteAction._validate_action_result = _validate  # noqa: SLF001
