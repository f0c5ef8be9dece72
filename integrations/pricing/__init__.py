"""The clinic's own price list, behind `clinic.ports`."""

from clinic.ports import Prices
from integrations.database import Database
from integrations.pricing.prices import DatabasePrices


def open_prices(database: Database) -> Prices:
    """The price list kept in the database."""
    return DatabasePrices(database)
