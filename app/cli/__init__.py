"""The command line `consulta`. Each command is imported when it is asked for, not before."""

import importlib
import io
import sys
from typing import Final, cast

import click

from app import rooms
from app.settings import BadSettings

COMMANDS: Final = {
    "add-result": "app.cli.results:add_result",
    "appointments": "app.cli.reading:appointments",
    "import-catalogue": "app.cli.writing:import_catalogue_file",
    "import-outreach": "app.cli.writing:import_outreach_file",
    "match-service": "app.cli.understanding:match_service",
    "messages": "app.cli.reading:messages",
    "outreach": "app.cli.running:outreach",
    "quote": "app.cli.reading:quote",
    "seed": "app.cli.writing:seed",
    "serve": "app.cli.running:serve",
    "slots": "app.cli.reading:slots",
    "user": "app.cli.writing:user",
    "when": "app.cli.understanding:when",
    "worker": "app.cli.running:worker",
}
"""Every command of this room and where it is; the rooms above announce theirs."""

BAD_INPUT = 2
"""The exit code for what the caller can put right."""


class LazyGroup(click.Group):
    """Knows its commands by name and loads only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names, in order."""
        return sorted([*COMMANDS, *rooms.names(rooms.COMMANDS)])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, loaded now."""
        if cmd_name in rooms.names(rooms.COMMANDS):
            return cast("click.Command", rooms.offer(rooms.COMMANDS, cmd_name))
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="consulta")
def cli() -> None:
    """Consulta: what the clinic's engineers and others' tools call."""


def main() -> None:
    """The entry point; 2 for bad input or settings. Words are UTF-8 whatever the locale says."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        cli()
    except BadSettings as problem:
        click.echo(str(problem), err=True)
        sys.exit(BAD_INPUT)
