"""What one look at what is due reads of the catalogue."""

from sqlalchemy import update

from integrations.tables import BranchRow
from outreach.look import for_one_look
from tests.outreach.world import World


def test_a_look_reads_a_branch_once_and_the_next_look_reads_it_anew(world: World) -> None:
    look = for_one_look(world.services).catalogue
    assert look.branch("centro").name == "Centro"
    with world.services.database.begin() as session:
        session.execute(update(BranchRow).where(BranchRow.code == "centro").values(name="Sur"))
    assert look.branch("centro").name == "Centro"
    assert for_one_look(world.services).catalogue.branch("centro").name == "Sur"


def test_a_look_sees_the_whole_catalogue(world: World) -> None:
    look, catalogue = for_one_look(world.services).catalogue, world.services.catalogue
    assert look.branches() == catalogue.branches()
    assert look.services() == catalogue.services()
    assert look.service("consult") == catalogue.service("consult")
    assert look.practitioners("centro") == catalogue.practitioners("centro")
    assert look.practitioners() == catalogue.practitioners()
    assert look.practitioner("centro-hernandez") == catalogue.practitioner("centro-hernandez")
    assert look.plans() == catalogue.plans()
