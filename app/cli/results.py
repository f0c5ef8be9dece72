"""Bringing in patients' reports from the clinic's own system."""

from datetime import datetime
from pathlib import Path

import click

from app.cli.clinic import opened, read_patient, read_service
from clinic.results import BadReport, ReleasePolicy, ReportStatus
from integrations.results import open_results


@click.command("add-result")
@click.option("--phone", required=True, help="A number on the patient's file, E.164.")
@click.option(
    "--birth-date",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    help="Tells apart who shares the number.",
)
@click.option("--service", required=True, help="What was studied: its code or name.")
@click.option(
    "--file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A PDF, PNG or JPEG.",
)
@click.option(
    "--release",
    type=click.Choice([str(policy) for policy in ReleasePolicy]),
    default=str(ReleasePolicy.AUTO),
    show_default=True,
    help="auto: by link once it is final; manual: once the staff release it; in_person: never.",
)
@click.option(
    "--status",
    type=click.Choice([str(status) for status in ReportStatus]),
    default=str(ReportStatus.FINAL),
    show_default=True,
    help="Where the report stands, in FHIR's words.",
)
def add_result(
    phone: str, birth_date: datetime, service: str, file: Path, release: str, status: str
) -> None:
    """Keep a patient's report; prints its id. The patient is told of it by the next sweep."""
    with opened(migrate=True) as clinic:
        patient = read_patient(clinic.database, phone, birth_date.date())
        try:
            report = open_results(clinic.database).add(
                patient.id,
                read_service(clinic.catalogue, service).code,
                file.read_bytes(),
                clinic.clock(),
                status=ReportStatus(status),
                policy=ReleasePolicy(release),
            )
        except BadReport as problem:
            raise click.BadParameter(str(problem), param_hint="--file") from None
    click.echo(report.id)
