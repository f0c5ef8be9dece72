"""What every catalogue behind `clinic.ports.Catalogue` must do."""

from datetime import time

import pytest

from clinic.catalogue import CatalogueError, OpenHours, UnknownBranch, UnknownService
from tests.integrations.small_clinic import SmallClinic


def test_branches_come_by_name_with_zone_and_hours(clinic: SmallClinic) -> None:
    centro, frontera = clinic.catalogue.branches()
    assert (centro.code, frontera.code) == ("centro", "frontera")
    assert frontera.zone.key == "America/Tijuana"
    assert frontera.hours[0] == OpenHours(0, time(8), time(12))
    assert len(frontera.hours) == 7
    assert frontera.aliases == ("el frontera",)
    assert clinic.catalogue.branch("centro") == centro


def test_services_are_those_offered_somewhere(clinic: SmallClinic) -> None:
    blood, consult = clinic.catalogue.services()
    assert (blood.code, consult.code) == ("blood", "consult")
    assert blood.branches == {"centro"}
    assert consult.branches == {"centro", "frontera"}
    assert clinic.catalogue.service("scan").branches == frozenset()


def test_a_service_tells_names_synonyms_and_preparation(clinic: SmallClinic) -> None:
    blood = clinic.catalogue.service("blood")
    assert blood.name("pt") == "Biometría"
    assert blood.synonyms["es"] == ("biometría",)
    assert blood.preparation is not None
    assert blood.preparation.fasting_hours == 8
    assert blood.preparation.texts["es"] == "Ayuno de 8 horas."
    assert clinic.catalogue.service("consult").preparation is None


def test_practitioners_of_one_branch_or_all(clinic: SmallClinic) -> None:
    assert [one.code for one in clinic.catalogue.practitioners("frontera")] == ["frontera-perez"]
    assert len(clinic.catalogue.practitioners()) == 3
    perez = clinic.catalogue.practitioner("frontera-perez")
    assert (perez.title, perez.name, perez.branch) == ("Dra.", "Pérez", "frontera")


def test_the_public_plan_is_among_the_plans(clinic: SmallClinic) -> None:
    plans = {plan.code: plan for plan in clinic.catalogue.plans()}
    assert plans["public"].aliases == ("particular",)


def test_an_unknown_code_says_so(clinic: SmallClinic) -> None:
    with pytest.raises(UnknownBranch):
        clinic.catalogue.branch("nowhere")
    with pytest.raises(UnknownService):
        clinic.catalogue.service("nothing")
    with pytest.raises(CatalogueError):
        clinic.catalogue.practitioner("nobody")
