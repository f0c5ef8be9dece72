"""What the actions answer, checked by one validator that is made once.

Rasa checks its schema of an answer, which never changes, anew with every answer: by far the most of
what an answer costs (``.venv-engine/bin/python -m benchmarks.action_answers`` shows both).
"""

from typing import Any, Dict, Text

from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction


def check_with_one_validator() -> None:
    """From now on in this process. A bad answer raises jsonschema's ValidationError as before."""
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)

    def check(_action: RemoteAction, answer: Dict[Text, Any]) -> bool:
        validator.validate(answer)
        return True

    RemoteAction._validate_action_result = check  # noqa: SLF001
