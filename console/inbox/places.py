"""In whose wall time a thread is shown."""

from collections.abc import Sequence

from clinic.catalogue import Branch
from console.needs import Needs
from console.patients.numbers import country
from console.schedule.visits import Visit
from conversations.threads import Thread


def branch_of(needs: Needs, visits: Sequence[Visit], *addresses: str) -> Branch:
    """That of the next or last visit, else one in the country of the number."""
    if visits:
        return visits[0].branch
    return by_number(needs.catalogue.branches(), *addresses)


def by_number(branches: Sequence[Branch], *addresses: str) -> Branch:
    """A branch in the country of one of the numbers, else the first."""
    countries = {country(address) for address in addresses}
    return next((one for one in branches if one.country in countries), branches[0])


def of_thread(needs: Needs, thread: Thread) -> Branch:
    """The branch whose wall time the whole thread is written out in."""
    if thread.patient_id is None:
        return by_number(needs.catalogue.branches(), thread.address or "")
    visits = needs.schedule.appointments(thread.patient_id)
    if visits:
        code = visits[-1].branch
        return next(one for one in needs.catalogue.branches() if one.code == code)
    return by_number(needs.catalogue.branches(), *needs.patients.addresses(thread.patient_id))
