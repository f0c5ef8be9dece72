"""`consulta simulate`: a month of the clinic with and without outreach."""

import tempfile
from pathlib import Path

import click

from app.cli.output import as_json, show_json
from integrations.twilio.prices import read_prices
from outreach.simulation.drawing import draw
from outreach.simulation.figures import Figures, figures_of
from outreach.simulation.month import Month, Wanted
from outreach.simulation.population import ClinicFull
from outreach.simulation.rates import load_rates
from outreach.simulation.report import Compared, json_of, lines_of


@click.command()
@click.option("--days", default=30, show_default=True, type=click.IntRange(1, 60))
@click.option("--patients", default=10_000, show_default=True, type=click.IntRange(1))
@click.option("--seed", default=1, show_default=True, help="The same seed is the same month.")
@click.option(
    "--picture",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Also draw it there, as SVG.",
)
@as_json
def simulate(
    *, days: int, patients: int, seed: int, picture: Path | None, json_wanted: bool
) -> None:
    """Play a month of the demo clinic with and without outreach; touches nothing of yours."""
    if picture is not None and picture.suffix.lower() != ".svg":
        raise click.BadParameter("is drawn as .svg", param_hint="--picture")
    wanted = Wanted(days, patients, seed)
    compared = _compare(wanted)
    if picture is not None:
        picture.write_text(draw(compared, wanted), encoding="utf-8")
    if json_wanted:
        show_json({"days": days, "patients": patients, "seed": seed, **json_of(compared)})
    else:
        click.echo("\n".join(lines_of(compared)))


def _compare(wanted: Wanted) -> Compared:
    rates = load_rates()
    with tempfile.TemporaryDirectory() as home:
        click.echo(f"{wanted.patients:,} patients, {wanted.days} days: without outreach", err=True)
        try:
            month = Month(Path(home), wanted, rates)
        except ClinicFull as problem:
            raise click.BadParameter(str(problem), param_hint="--patients") from None
        without = _play(month, wanted, outreach=False)
        click.echo("and with outreach", err=True)
        return Compared(without, _play(month, wanted, outreach=True), rates.published)


def _play(month: Month, wanted: Wanted, *, outreach: bool) -> Figures:
    played = month.play(outreach=outreach)
    try:
        return figures_of(played, wanted, read_prices())
    finally:
        played.services.close()
