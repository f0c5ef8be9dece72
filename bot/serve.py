"""``python -m bot.serve --model FILE``: the engine's server.

``rasa run`` takes its token on the command line, where every user of the machine can read it; here
it comes from the environment: ENGINE_TOKEN, ENGINE_PORT, ENGINE_HOST, ACTIONS_URL, ENGINE_STORE
(the file of the trackers). Several engines share REDIS_URL (locks) and ENGINE_DATABASE_URL (a
PostgreSQL database of their own for the trackers).
"""

import argparse
import logging
import os
import sys
from typing import Text

from bot.endpoints import read_endpoints

HOST = "127.0.0.1"


class BadSetting(ValueError):
    """A variable of the environment is missing; the text names it."""


def serve(model: Text) -> None:
    """Serves the model until it is stopped. Raises BadSetting."""
    token = _needed("ENGINE_TOKEN")
    port = int(os.environ.get("ENGINE_PORT", "5005"))
    _needed("ACTIONS_URL")
    if os.environ.get("ENGINE_DATABASE_URL"):
        os.environ.setdefault("ENGINE_STORE", "unused")  # endpoints.yml names it all the same
    _needed("ENGINE_STORE")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    # The last Rasa and what it needs are old for good: nobody here can act on their deprecations.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)

    import rasa.utils.tensorflow.environment as tensorflow
    from rasa.core.run import serve_application
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    from bot.action_answers import check_with_one_validator

    level = getattr(logging, os.environ.get("ENGINE_LOG_LEVEL", "WARNING"))
    configure_logging_and_warnings(level, None, warn_only_once=True, filter_repeated_logs=True)
    configure_structlog(level)
    tensorflow.setup_tf_environment()
    check_with_one_validator()
    serve_application(
        model,
        interface=os.environ.get("ENGINE_HOST", HOST),
        port=port,
        credentials="credentials.yml",
        auth_token=token,
        enable_api=True,
        endpoints=read_endpoints(),
    )


def _needed(name: Text) -> Text:
    value = os.environ.get(name, "")
    if not value:
        raise BadSetting(f"{name} must be set")
    return value


def main() -> int:
    """The command line; 2 for a setting that is missing."""
    parser = argparse.ArgumentParser(prog="bot.serve", description="The dialogue engine.")
    parser.add_argument("--model", required=True, help="the trained model")
    try:
        serve(parser.parse_args().model)
    except BadSetting as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
