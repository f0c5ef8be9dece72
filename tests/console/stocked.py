"""A console with something to sell: plans, an ultrasound done at Roma, and its price there."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from flask.testing import FlaskClient

from clinic.definitions import ServiceDefinition
from clinic.editing import By, PriceEdit
from clinic.price_list import PriceTerms
from console.access.users import add_user
from console.tables import UserBranchRow
from integrations.tables import PlanRow
from tests.console.conftest import NOW, PASSWORD, House

SignIn = Callable[..., str]
ROOT = Path(__file__).resolve().parents[2]
EVA = By("eva", "console", NOW)
ULTRASOUND = ServiceDefinition(
    "ultrasound",
    "study",
    30,
    {"es": "Ultrasonido abdominal", "pt": "Ultrassom abdominal", "en": "Abdominal ultrasound"},
    {"es": ["usg abdomen"], "pt": [], "en": []},
    8,
    {"es": "Ayuno de 8 horas.\nTraiga su orden.", "en": "Fast for 8 hours."},
)
SERVICE = "/console/catalogue/services/ultrasound"
PRICE = f"{SERVICE}/prices/roma/public"


def stock(house: House) -> House:
    """Plans, an ultrasound done at Roma, and its price there."""
    with house.database.begin() as session:
        names = {"es": "Público", "pt": "Particular", "en": "Public"}
        session.add(PlanRow(code="public", names=names, aliases=[]))
        session.add(PlanRow(code="plus", names={"es": "Aurora Plus"}, aliases=[]))
    house.editor.define(ULTRASOUND, None, EVA)
    house.editor.place("ultrasound", {"roma": ["derma-roma"]}, 1, EVA)
    price(house, date(2026, 1, 1), 95000)
    return house


def price(house: House, first: date, amount: int, last: date | None = None) -> None:
    terms = PriceTerms("ultrasound", "roma", "public", first, last, amount, "MXN", 1600, True)
    edit = PriceEdit("ultrasound", "roma", "public", terms)
    house.editor.change_price(edit, house.editor.preview_price(edit, NOW).token, EVA)


def enter_as(house: House, sign_in: SignIn, role: str, *branches: str) -> FlaskClient:
    add_user(house.database, role, PASSWORD, role, clock=house.clock)
    with house.database.begin() as session:
        session.add_all(UserBranchRow(user_name=role, branch=branch) for branch in branches)
    client = house.app().test_client()
    sign_in(client, role)
    return client


def fields(page: str) -> dict[str, str]:
    """The hidden fields of a page's main form, its last text areas and inputs as they stand."""
    main = page.split('<main id="content"', 1)[1]
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', main))
    found |= dict(re.findall(r'<input name="(\w+)"[^>]*? value="([^"]*)"', main))
    areas = re.findall(r'<textarea name="(\w+)"[^>]*>\n?(.*?)</textarea>', main, re.DOTALL)
    return found | dict(areas)
