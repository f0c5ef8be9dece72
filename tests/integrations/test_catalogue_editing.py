"""The catalogue is changed as a whole or not at all, and what it was is kept."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from clinic.catalogue import Texts, UnknownPlan, UnknownService
from clinic.definitions import ServiceDefinition
from clinic.editing import By, EditRefused, EditStale, PriceEdit
from clinic.languages import Language
from clinic.ports import CatalogueEditor
from clinic.price_list import ListedPrice, PriceTerms
from integrations.catalogue_files import import_catalogue, preview_catalogue
from integrations.csv_lines import FaultyFile
from integrations.database import Database
from integrations.editing import open_editor
from integrations.pricing import open_prices
from integrations.scheduling import open_catalogue
from tests.integrations.small_clinic import NOW, SmallClinic, open_small_clinic

EVA = By("eva", "console", NOW)
PRICE = "service,branch,plan,amount,currency,tax_included,valid_from\n"


@pytest.fixture
def small(database: Database) -> SmallClinic:
    return open_small_clinic(database)


@pytest.fixture
def editor(database: Database, small: SmallClinic) -> CatalogueEditor:
    return open_editor(database)


def _definition(editor: CatalogueEditor, code: str = "blood") -> ServiceDefinition:
    return editor.entry(code).definition


def _price(editor: CatalogueEditor, amount: int, service: str = "blood") -> ListedPrice:
    return next(each for each in editor.prices(service) if each.terms.amount == amount)


def _terms(first: date, amount: int, last: date | None = None) -> PriceTerms:
    return PriceTerms("blood", "centro", "public", first, last, amount, "MXN", 1600, True)


def _edit(terms: PriceTerms | None, replaces: str = "") -> PriceEdit:
    return PriceEdit("blood", "centro", "public", terms, replaces)


def _do(editor: CatalogueEditor, edit: PriceEdit, reason: str = "") -> None:
    shown = editor.preview_price(edit, NOW)
    editor.change_price(edit, shown.token, replace(EVA, reason=reason))


def _tell(small: SmallClinic, conversation: str = "talk-1", at: datetime = NOW) -> None:
    quote = small.prices.quote("blood", "centro", "public", at)
    small.prices.keep(quote, conversation, at)


def test_a_changed_service_is_told_at_once_and_its_past_is_kept(
    database: Database, editor: CatalogueEditor
) -> None:
    was = _definition(editor)
    prepared: Texts = {"es": "Ayuno de 10 horas.", "pt": "Jejum de 10 horas."}
    made = editor.define(replace(was, fasting_hours=10, preparation=prepared), 1, EVA)
    assert [(each.what, each.kind) for each in made] == [("service", "changed")]
    preparation = open_catalogue(database).service("blood").preparation
    assert preparation is not None
    assert (preparation.fasting_hours, preparation.version) == (10, 2)
    assert preparation.texts == prepared
    entry = editor.entry("blood")
    assert (entry.version, entry.definition.preparation) == (2, prepared)
    kept = editor.history("blood")[0]
    assert (kept.actor, kept.at, kept.version) == ("eva", NOW, 2)
    assert kept.difference.before is not None
    assert kept.difference.before["preparation"] == was.preparation


def test_a_service_saved_as_it_was_changes_nothing(editor: CatalogueEditor) -> None:
    assert editor.define(_definition(editor), 1, EVA) == []
    assert editor.entry("blood").version == 1
    assert editor.history("blood") == []


def test_a_stale_form_is_told_what_changed_meanwhile(editor: CatalogueEditor) -> None:
    was = _definition(editor)
    editor.define(replace(was, minutes=10), 1, EVA)
    with pytest.raises(EditStale) as refused:
        editor.define(replace(was, minutes=5), 1, EVA)
    assert [each.difference.fields for each in refused.value.since] == [[("minutes", 15, 10)]]
    assert _definition(editor).minutes == 10


def test_a_service_longer_than_the_slots_of_who_does_it_is_refused(
    editor: CatalogueEditor,
) -> None:
    with pytest.raises(EditRefused) as refused:
        editor.define(replace(_definition(editor), minutes=20), 1, EVA)
    assert [(each.field, each.code) for each in refused.value.wrong] == [
        ("minutes", "slots_too_short")
    ]


def test_a_new_service_is_offered_once_it_has_a_place(
    database: Database, editor: CatalogueEditor
) -> None:
    new = replace(_definition(editor), code="tsh", names={"es": "TSH"})
    editor.define(new, None, EVA)
    assert "tsh" not in {each.code for each in open_catalogue(database).services()}
    editor.place("tsh", {"centro": ["centro-laboratory"]}, 1, EVA)
    assert open_catalogue(database).service("tsh").branches == {"centro"}
    with pytest.raises(EditRefused, match="code_taken"):
        editor.define(new, None, EVA)


def test_a_service_taken_off_a_branch_keeps_its_visits_and_gets_no_new_ones(
    small: SmallClinic, editor: CatalogueEditor
) -> None:
    visit = small.booked(service="blood")
    small.waitlist.join(small.beto, "blood", "centro", NOW)
    usage = editor.usage("blood", NOW)
    assert (usage["centro"].visits, usage["centro"].waiting) == (1, 1)
    editor.place("blood", {}, 1, EVA)
    assert small.schedule.appointment(visit.id).status == visit.status
    assert small.free("blood", "centro") == []
    assert "blood" not in {each.code for each in small.catalogue.services()}
    assert small.catalogue.service("blood").branches == frozenset()
    assert editor.entry("blood").places == {}
    editor.place("blood", {"centro": ["centro-laboratory"]}, 2, EVA)
    assert small.free("blood", "centro") != []


def test_a_freed_time_of_a_service_no_longer_done_there_is_offered_to_nobody(
    small: SmallClinic, editor: CatalogueEditor
) -> None:
    visit = small.booked(service="blood")
    small.waitlist.join(small.beto, "blood", "centro", NOW)
    small.schedule.cancel(visit.ref, small.change())
    since, starting = NOW - timedelta(hours=1), NOW
    assert len(small.waitlist.freed(since, starting)) == 1
    editor.place("blood", {"centro": []}, 1, EVA)
    assert small.waitlist.freed(since, starting) == []
    editor.place("blood", {}, 2, EVA)
    assert small.waitlist.freed(since, starting) == []


@pytest.mark.parametrize(
    ("places", "code"),
    [
        ({"norte": []}, "no_branch"),
        ({"centro": ["frontera-perez"]}, "not_at_branch"),
        ({"centro": ["nobody"]}, "not_at_branch"),
    ],
)
def test_places_that_cannot_be_are_refused(
    editor: CatalogueEditor, places: dict[str, list[str]], code: str
) -> None:
    with pytest.raises(EditRefused, match=code):
        editor.place("blood", places, 1, EVA)
    assert set(editor.entry("blood").places) == {"centro"}


def test_a_coming_price_is_told_from_its_first_day(
    database: Database, editor: CatalogueEditor
) -> None:
    _do(editor, _edit(_terms(date(2026, 6, 1), 20000)))
    prices = open_prices(database)
    assert prices.quote("blood", "centro", "public", NOW).valid_until == date(2026, 5, 31)
    june = datetime(2026, 6, 2, 12, tzinfo=UTC)
    assert prices.quote("blood", "centro", "public", june).total == 20000
    assert editor.history("blood")[0].difference.key[1:] == ("centro", "public", "2026-06-01")


def test_two_prices_from_one_day_are_refused(editor: CatalogueEditor) -> None:
    with pytest.raises(EditRefused, match="price_twice"):
        editor.preview_price(_edit(_terms(date(2026, 1, 1), 20000)), NOW)


def test_a_price_that_ended_is_kept(editor: CatalogueEditor) -> None:
    price = _price(editor, 18000)
    _do(editor, _edit(replace(price.terms, valid_to=date(2026, 12, 31)), price.id))
    ended = _price(editor, 18000)
    assert (ended.id, ended.version) == (price.id, 2)
    assert ended.terms.valid_to == date(2026, 12, 31)


def test_a_told_price_is_not_altered_without_a_word(
    small: SmallClinic, editor: CatalogueEditor
) -> None:
    _tell(small)
    _tell(small)
    _tell(small, "talk-2")
    price = _price(editor, 18000)
    assert price.told == 2
    edit = _edit(replace(price.terms, amount=19000), price.id)
    shown = editor.preview_price(edit, NOW)
    assert [each.told for each in shown.broken] == [2]
    with pytest.raises(EditRefused, match="reason"):
        editor.change_price(edit, shown.token, EVA)
    assert _price(editor, 18000).version == 1
    editor.change_price(edit, shown.token, replace(EVA, reason="typed wrongly"))
    assert editor.history("blood")[0].reason == "typed wrongly"
    assert small.prices.quote("blood", "centro", "public", NOW).version == 2


def test_what_was_previewed_is_done_and_nothing_else(editor: CatalogueEditor) -> None:
    edit = _edit(_terms(date(2026, 6, 1), 20000))
    shown = editor.preview_price(edit, NOW)
    _do(editor, _edit(_terms(date(2026, 5, 1), 19000)))
    with pytest.raises(EditStale):
        editor.change_price(edit, shown.token, EVA)
    other = _edit(_terms(date(2026, 6, 1), 1))
    with pytest.raises(EditStale):
        editor.change_price(other, editor.preview_price(edit, NOW).token, EVA)


def test_only_a_price_that_has_not_begun_is_taken_back(
    small: SmallClinic, editor: CatalogueEditor
) -> None:
    begun = _price(editor, 18000)
    with pytest.raises(EditRefused, match="in_use"):
        editor.preview_price(_edit(None, begun.id), NOW)
    _do(editor, _edit(_terms(date(2026, 6, 1), 20000)))
    coming = _price(editor, 20000)
    _do(editor, _edit(None, coming.id))
    assert coming.id not in {each.id for each in editor.prices("blood")}
    assert editor.history("blood")[0].difference.kind == "removed"
    _do(editor, _edit(_terms(date(2026, 6, 1), 20000)))
    _tell(small, at=datetime(2026, 6, 3, tzinfo=UTC))
    with pytest.raises(EditRefused, match="in_use"):
        editor.preview_price(_edit(None, _price(editor, 20000).id), NOW)


def test_what_is_not_there_cannot_be_changed(editor: CatalogueEditor) -> None:
    with pytest.raises(UnknownService):
        editor.entry("nothing")
    with pytest.raises(UnknownService):
        editor.preview_price(PriceEdit("nothing", "centro", "public", None), NOW)
    with pytest.raises(UnknownPlan):
        editor.preview_price(PriceEdit("blood", "centro", "nobody", None), NOW)
    with pytest.raises(EditStale):
        editor.preview_price(_edit(_terms(date(2026, 6, 1), 1), "gone"), NOW)


def test_the_export_read_again_changes_nothing(editor: CatalogueEditor) -> None:
    text = editor.export()
    shown = editor.preview_file(text.encode())
    assert list(shown.differences) == []
    assert shown.unchanged == 3 + 6


def test_what_begins_like_a_formula_survives_the_round_trip_and_is_never_calculated(
    editor: CatalogueEditor,
) -> None:
    names: Texts = {"es": '=HYPERLINK("http://x")', "pt": "'=x", "en": "'quoted'"}
    words: Mapping[Language, list[str]] = {"es": ["+52", "@sum"], "pt": ["-1"], "en": []}
    odd = replace(_definition(editor), names=names, synonyms=words)
    editor.define(odd, 1, EVA)
    text = editor.export()
    assert all(not cell.startswith(("=", "+", "-", "@")) for cell in _cells(text))
    assert list(editor.preview_file(text.encode()).differences) == []
    again = text.replace("'+52|@sum", "'+53|@sum")
    shown = editor.preview_file(again.encode())
    assert [each.fields[0][2]["es"] for each in shown.differences] == [["+53", "@sum"]]


def _cells(text: str) -> list[str]:
    return [cell.strip('"') for line in text.splitlines() for cell in line.split(",")]


def test_a_service_taken_off_a_branch_stays_off_when_the_export_is_read(
    editor: CatalogueEditor,
) -> None:
    editor.place("blood", {}, 1, EVA)
    text = editor.export()
    assert "blood," in text
    assert list(editor.preview_file(text.encode()).differences) == []


def test_a_preview_says_what_was_and_what_will_be_and_changes_nothing(
    database: Database, editor: CatalogueEditor, tmp_path: Path
) -> None:
    path = tmp_path / "catalogue.csv"
    lines = PRICE + "blood,centro,public,190.00,MXN,yes,2026-01-01\n"
    path.write_text(lines + "scan,centro,public,500.00,MXN,yes,2026-01-01\n", encoding="utf-8")
    shown = preview_catalogue(database, path)
    assert [(each.kind, each.what, each.key) for each in shown.differences] == [
        ("added", "place", ("scan", "centro")),
        ("changed", "price", ("blood", "centro", "public", "2026-01-01")),
        ("added", "price", ("scan", "centro", "public", "2026-01-01")),
    ]
    assert ("amount", 18000, 19000) in shown.differences[1].fields
    assert _price(editor, 18000).version == 1
    import_catalogue(database, path, NOW)
    assert list(preview_catalogue(database, path).differences) == []
    assert [each.source for each in editor.history("scan")] == ["command", "command"]


def test_a_file_is_taken_as_it_was_shown_or_not_at_all(editor: CatalogueEditor) -> None:
    content = (PRICE + "blood,centro,public,190.00,MXN,yes,2026-01-01\n").encode()
    shown = editor.preview_file(content)
    price = _price(editor, 18000)
    _do(editor, _edit(replace(price.terms, amount=18500), price.id))
    with pytest.raises(EditStale):
        editor.take_file(content, shown.token, EVA)
    assert _price(editor, 18500).version == 2
    editor.take_file(content, editor.preview_file(content).token, EVA)
    assert _price(editor, 19000).version == 3


def test_a_file_that_alters_a_told_price_needs_a_reason(
    small: SmallClinic, editor: CatalogueEditor
) -> None:
    _tell(small)
    content = (PRICE + "blood,centro,public,190.00,MXN,yes,2026-01-01\n").encode()
    shown = editor.preview_file(content)
    assert [each.told for each in shown.broken] == [1]
    with pytest.raises(EditRefused, match="reason"):
        editor.take_file(content, shown.token, EVA)
    editor.take_file(content, shown.token, replace(EVA, reason="the list was wrong"))
    assert _price(editor, 19000).version == 2


def test_a_faulty_file_is_not_taken_even_with_a_token(editor: CatalogueEditor) -> None:
    content = (PRICE + "blood,centro,public,190.00,MXN,yes,2026-01-01\n").encode()
    token = editor.preview_file(content).token
    with pytest.raises(FaultyFile):
        editor.take_file(content + b"blood,norte,public,1.00,MXN,yes,2026-01-01\n", token, EVA)
    assert _price(editor, 18000).version == 1


def test_of_two_who_change_a_service_at_once_one_is_told(
    editor: CatalogueEditor, at_once: Callable[..., list[BaseException | None]]
) -> None:
    was = _definition(editor)
    tries = [
        lambda m=minutes: editor.define(replace(was, minutes=m), 1, EVA) for minutes in (5, 10)
    ]
    outcomes = at_once(*tries)
    assert sorted(type(each) is EditStale for each in outcomes) == [False, True]
    assert editor.entry("blood").version == 2
    assert len(editor.history("blood")) == 1


@pytest.fixture
def at_once() -> Callable[..., list[BaseException | None]]:
    """Does things at the same time; what each raised, None for nothing."""

    def run(*things: Callable[[], object]) -> list[BaseException | None]:
        outcomes: list[BaseException | None] = [None] * len(things)
        start = threading.Barrier(len(things))

        def one(place: int, thing: Callable[[], object]) -> None:
            start.wait()
            try:
                thing()
            except Exception as error:  # noqa: BLE001 what came of it is the test's to judge
                outcomes[place] = error

        threads = [threading.Thread(target=one, args=each) for each in enumerate(things)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return outcomes

    return run


def test_prices_are_promised_until_the_day_they_were_told_for(
    small: SmallClinic, editor: CatalogueEditor
) -> None:
    _tell(small)
    price = _price(editor, 18000)
    assert price.promised == NOW.date()
    _do(editor, _edit(_terms(date(2026, 6, 1), 20000)))
    _tell(small, at=NOW + timedelta(days=1))
    assert _price(editor, 18000).promised == date(2026, 5, 31)
    early = _edit(_terms(date(2026, 5, 1), 21000))
    assert [each.id for each in editor.preview_price(early, NOW).broken] == [price.id]
