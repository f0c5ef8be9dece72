"""`consulta trainer`: everything that the training pages do, from the command line."""

import click

from trainer.command import labelling, models, testing, training, wording


@click.group()
def trainer() -> None:
    """Teach the assistant: review, label, train, compare, publish."""


for _command in (
    labelling.review,
    labelling.label,
    labelling.undo,
    labelling.diff,
    labelling.write,
    training.train,
    training.runs,
    training.stop,
    training.work,
    models.models,
    models.compare,
    models.publish,
    models.back,
    wording.responses,
    wording.response,
    testing.test_of,
):
    trainer.add_command(_command)
