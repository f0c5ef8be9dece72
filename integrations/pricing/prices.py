"""Prices, read from the database at every question."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic.catalogue import (
    NoPrice,
    Quote,
    ServiceNotAtBranch,
    UnknownPlan,
    UnknownService,
)
from clinic.hours import local_day
from clinic.money import total_and_tax
from integrations.database import Database
from integrations.scheduling.catalogue import read_branch
from integrations.tables import KeptQuoteRow, PlanRow, PriceRow, ServiceBranchRow, ServiceRow


class DatabasePrices:
    """`clinic.ports.Prices` over the clinic's own tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def quote(self, service: str, branch: str, plan: str, at: datetime) -> Quote:
        """The price in force at the instant `at`, by the branch's calendar.

        Raises UnknownService, UnknownBranch, UnknownPlan, ServiceNotAtBranch or NoPrice.
        """
        with self._database.read() as session:
            if session.get(ServiceRow, service) is None:
                raise UnknownService(service)
            day = local_day(at, read_branch(session, branch).zone)
            if session.get(PlanRow, plan) is None:
                raise UnknownPlan(plan)
            if session.get(ServiceBranchRow, (service, branch)) is None:
                raise ServiceNotAtBranch(service, branch)
            rows = _price_list(session, service, branch, plan)
            row = _in_force(rows, day)
            if row is None:
                raise NoPrice(service, branch, plan)
            return _quote(row, _last_day(rows, row, day))

    def keep(self, quote: Quote, conversation_id: str, at: datetime) -> str:
        """Records that this price was told in that conversation; returns the record's id."""
        kept = uuid4().hex
        with self._database.begin() as session:
            session.add(
                KeptQuoteRow(
                    id=kept,
                    conversation_id=conversation_id,
                    at=at,
                    price_id=quote.price_id,
                    version=quote.version,
                    service=quote.service,
                    branch=quote.branch,
                    plan=quote.plan,
                    total=quote.total,
                    tax=quote.tax,
                    currency=quote.currency,
                    valid_until=quote.valid_until,
                )
            )
        return kept


def _price_list(session: Session, service: str, branch: str, plan: str) -> list[PriceRow]:
    query = select(PriceRow).filter_by(service=service, branch=branch, plan=plan)
    return list(session.scalars(query.order_by(PriceRow.valid_from)))


def _in_force(rows: list[PriceRow], day: date) -> PriceRow | None:
    """Of the prices that hold that day, the one that began last."""
    for row in reversed(rows):
        if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to):
            return row
    return None


def _last_day(rows: list[PriceRow], row: PriceRow, day: date) -> date | None:
    """The last day on which it holds: its own, or the day before another price begins."""
    ends = [other.valid_from - timedelta(days=1) for other in rows if other.valid_from > day]
    if row.valid_to is not None:
        ends.append(row.valid_to)
    return min(ends, default=None)


def _quote(row: PriceRow, valid_until: date | None) -> Quote:
    total, tax = total_and_tax(row.amount, row.tax_rate, included=row.tax_included)
    return Quote(
        service=row.service,
        branch=row.branch,
        plan=row.plan,
        total=total,
        tax=tax,
        currency=row.currency,
        valid_until=valid_until,
        price_id=row.id,
        version=row.version,
    )
