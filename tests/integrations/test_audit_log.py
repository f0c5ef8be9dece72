"""The console's audit log only grows: the database itself refuses anything else."""

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from console.tables import AuditRow
from integrations.database import Database
from tests.integrations.small_clinic import NOW


@pytest.mark.parametrize("change", [update(AuditRow).values(user_name="eva"), delete(AuditRow)])
def test_what_is_noted_can_neither_be_altered_nor_deleted(
    database: Database, change: object
) -> None:
    row = AuditRow(
        at=NOW,
        user_name="ana",
        role="reception",
        action="patient_viewed",
        subject="patient",
        subject_id="p1",
        details={},
    )
    with database.begin() as session:
        session.add(row)
    with pytest.raises(DBAPIError, match="only ever added to"), database.begin() as session:
        session.execute(change)  # type: ignore[call-overload]
    with database.read() as session:
        assert list(session.scalars(select(AuditRow.user_name))) == ["ana"]
