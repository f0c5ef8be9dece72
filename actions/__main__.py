"""`python -m actions` serves the actions on ACTIONS_PORT, loopback only."""

from actions.server import create_server
from app.logs import set_up_logs
from app.services import open_services
from app.settings import load_settings
from understanding import times


def main() -> None:
    """Runs until it is stopped."""
    settings = load_settings()
    set_up_logs()
    # The libraries that read times load slowly: once, before the first patient waits for them.
    times.warm_up()
    server = create_server(open_services(settings))
    server.run(
        host="127.0.0.1",
        port=settings.actions_port,
        single_process=True,
        access_log=False,
        motd=False,
    )


if __name__ == "__main__":
    main()
