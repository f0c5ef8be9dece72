"""`consulta trainer`: everything that the training pages do, from the command line."""

import click

from trainer.command import labelling


@click.group()
def trainer() -> None:
    """Teach the assistant: review, label, train, compare, publish."""


for _command in (
    labelling.review,
    labelling.label,
    labelling.undo,
    labelling.diff,
    labelling.write,
):
    trainer.add_command(_command)
