"""`make run`: the engine, the actions and the web in the foreground, together or not at all."""

import argparse
import multiprocessing
import os
import shlex
import signal
import socket
import sys
from pathlib import Path

import httpx
from sqlalchemy.exc import DBAPIError

from app.logs import set_up_logs
from app.model_files import ROOT
from app.processes import end_with_parent
from app.published import model_to_serve
from app.secrets import engine_token
from app.settings import BadSettings, Settings, load_settings
from app.start import Prepared, password_file, prepare_database
from app.supervisor import Supervisor, say
from clinic.clock import system_clock
from integrations.database import open_database


class CannotStart(Exception):
    """Something stands in the way; the text says what."""


def run(settings: Settings, model: Path) -> int:
    """Runs until it is stopped (0) or one of the processes ends (1). Raises CannotStart."""
    check_ports(settings)
    try:
        prepared = prepare_database(settings)
        model = _serve(settings, model)
    except DBAPIError as error:  # its text may hold the address with a password
        raise CannotStart(f"the database cannot be used ({type(error.orig).__name__})") from None
    supervisor = Supervisor(
        waiting_for=lambda: waiting_for(settings), welcome=lambda: welcome(settings, prepared)
    )
    for name, (command, env) in processes(settings, model).items():
        supervisor.add_process(name, command, env=env, cwd=str(ROOT))
    supervisor.loop()
    if supervisor.first_to_end is not None:
        say(f"{supervisor.first_to_end} ended by itself; everything was stopped.")
        return 1
    return 0


def _serve(settings: Settings, given: Path) -> Path:
    """The archive that the engine starts with. Raises CannotStart."""
    database = open_database(settings.database_url)
    try:
        return model_to_serve(settings, database, given, system_clock())
    except OSError as error:
        raise CannotStart(f"the model cannot be kept ({type(error).__name__}: {given})") from None
    finally:
        database.close()


def check_ports(settings: Settings) -> None:
    """Raises CannotStart for a port that something else has."""
    wanted = {
        "PORT": (settings.host, settings.port),
        "ENGINE_PORT": ("127.0.0.1", settings.engine_port),
        "ACTIONS_PORT": ("127.0.0.1", settings.actions_port),
    }
    for name, (host, port) in wanted.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                raise CannotStart(
                    f"port {port} is taken: choose another one with {name}=..."
                ) from None


def processes(settings: Settings, model: Path) -> dict[str, tuple[str, dict[str, str]]]:
    """Each process's command line and environment; secrets are in the environment alone."""
    common = {
        **os.environ,
        "CONSULTA_HOME": str(settings.consulta_home),
        "PYTHONUNBUFFERED": "1",
        "RASA_TELEMETRY_ENABLED": "false",
    }
    engine = {
        **common,
        "ACTIONS_URL": settings.actions_url,
        "ENGINE_PORT": str(settings.engine_port),
        "ENGINE_STORE": str(settings.consulta_home / "engine.db"),
        "ENGINE_TOKEN": engine_token(settings),
        "PYTHONPATH": str(ROOT),
        "REDIS_URL": settings.redis_url,
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    own, theirs = shlex.quote(sys.executable), shlex.quote(str(settings.engine_python))
    return {
        "engine": (f"exec {theirs} -m bot.serve --model {shlex.quote(str(model))}", engine),
        "actions": (f"exec {own} -m actions", {**common, "SANIC_HOST": "127.0.0.1"}),
        "web": (f"exec {own} -m app.cli serve", common),
        "trainer": (f"exec {own} -m app.cli trainer work", common),
    }


def waiting_for(settings: Settings) -> str:
    """What is not ready yet, by name; empty once all is."""
    host = "127.0.0.1" if settings.host in {"", "0.0.0.0"} else settings.host  # noqa: S104
    try:
        with httpx.Client(trust_env=False, timeout=10) as client:
            answer = client.get(f"http://{host}:{settings.port}/readyz")
        if answer.status_code == httpx.codes.OK:
            return ""
        return ", ".join(name for name, well in answer.json().items() if not well)
    except (httpx.HTTPError, ValueError):
        return "web"


def welcome(settings: Settings, prepared: Prepared) -> str:
    """Where to go, once it runs."""
    base = settings.public_base_url
    lines = ["", "Consulta is ready.", f"  Start page  {base}/"]
    if settings.simulated:
        lines.append(f"  Simulator   {base}/simulator/  (text or call as a patient)")
    lines.append(f"  Console     {base}/console/")
    if prepared.password is not None:
        lines.append(f"  Sign in     demo / {prepared.password}  (shown this once)")
    elif prepared.demo and password_file(settings).is_file():
        lines.append(f"  Sign in     demo, with the password in {password_file(settings)}")
    return "\n".join([*lines, "  Ctrl-C stops everything.", ""])


def main() -> int:
    """The command line: 2 for bad settings, 1 for what stands in the way."""
    parser = argparse.ArgumentParser(prog="app.run", description="Runs all of Consulta.")
    parser.add_argument("--model", type=Path, required=True, help="the trained model")
    parser.add_argument("--with-parent", action="store_true", help="end when the parent ends")
    arguments = parser.parse_args()
    if arguments.with_parent:
        end_with_parent(signal.SIGTERM)
    multiprocessing.set_start_method("fork")  # the watchers must be our own children
    set_up_logs()
    try:
        return run(load_settings(), arguments.model)
    except BadSettings as problem:
        say(str(problem))
        return 2
    except CannotStart as problem:
        say(f"Cannot start: {problem}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
