"""The command line: what others' tools read, and what it says about bad input."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli import COMMANDS, cli
from clinic.clock import system_clock
from conversations.model import Inbound
from conversations.store import ConversationStore
from integrations.database import open_database
from integrations.demo import seed_demo
from integrations.patients import open_patients

ANA, BETO, JOAO, FAMILY = "+525500000001", "+525500000002", "+5511900000001", "+525500000006"
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The demo clinic as it is now, once for the tests that only read."""
    url = f"sqlite:///{tmp_path_factory.mktemp('cli')}/consulta.db"
    database = open_database(url)
    database.migrate()
    seed_demo(database, system_clock())
    ConversationStore(database).receive(
        Inbound("sms", "SM1", BETO, "+525550000100", "Hola", system_clock()),
        open_patients(database),
    )
    database.close()
    return url


@pytest.fixture
def run(seeded: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("DATABASE_URL", seeded)

    def invoke(*arguments: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(cli, list(arguments), input=stdin)

    return invoke


def parsed(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def names(rows: Sequence[dict[str, Any]]) -> list[str]:
    assert rows
    assert {tuple(row) for row in rows} == {tuple(rows[0])}
    return list(rows[0])


def test_appointments_have_exactly_the_agreed_shape(run: Run) -> None:
    rows = parsed(run("appointments", "--phone", ANA, "--json"))
    assert names(rows) == [
        *("id", "version", "status", "start", "end", "branch", "service"),
        *("practitioner", "patient"),
    ]
    (visit,) = rows
    assert visit["patient"] == "Ana Torres"
    assert visit["branch"] == "roma"
    assert visit["status"] in {"booked", "confirmed"}
    assert "T10:00:00-06:00" in visit["start"]


def test_appointments_are_in_the_branch_s_own_time(run: Run) -> None:
    (visit,) = parsed(run("appointments", "--phone", JOAO, "--json"))
    assert "T15:30:00-03:00" in visit["start"]


def test_appointments_of_a_shared_number_are_the_whole_family_s(run: Run) -> None:
    rows = parsed(run("appointments", "--phone", FAMILY, "--json"))
    assert len({row["patient"] for row in rows}) == 2
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)


def test_a_number_written_as_whatsapp_does_is_the_same_person(run: Run) -> None:
    usual = run("appointments", "--phone", ANA, "--json")
    assert run("appointments", "--phone", "+5215500000001", "--json").stdout == usual.stdout


def test_a_number_of_nobody_has_no_appointments(run: Run) -> None:
    assert parsed(run("appointments", "--phone", "+525599999999", "--json")) == []


def test_slots_have_exactly_the_agreed_shape(run: Run) -> None:
    rows = parsed(run("slots", "--branch", "roma", "--service", "dermatology-consult", "--json"))
    assert names(rows) == ["start", "end", "branch", "service", "practitioner"]
    for row in rows:
        assert datetime.fromisoformat(row["start"]).utcoffset() is not None


def test_slots_keep_within_the_asked_days(run: Run) -> None:
    every = parsed(run("slots", "--branch", "roma", "--service", "dermatology-consult", "--json"))
    day = every[-1]["start"][:10]
    asked = ("--branch", "roma", "--service", "dermatology-consult", "--from", day, "--to", day)
    rows = parsed(run("slots", *asked, "--json"))
    assert {row["start"][:10] for row in rows} == {day}


def test_messages_have_exactly_the_agreed_shape(run: Run) -> None:
    rows = parsed(run("messages", "--phone", BETO, "--json"))
    assert names(rows) == [
        *("at", "channel", "direction", "text", "intent", "confidence", "state"),
    ]
    assert (rows[0]["channel"], rows[0]["direction"], rows[0]["text"]) == ("sms", "in", "Hola")
    assert datetime.fromisoformat(rows[0]["at"]).utcoffset() is not None


def test_a_quote_is_in_minor_units_with_its_currency(run: Run) -> None:
    asked = ("--service", "dermatology-consult", "--branch", "roma")
    quote = parsed(run("quote", *asked, "--json"))
    assert isinstance(quote["total"], int)
    assert quote["currency"] == "MXN"


def test_match_service_prints_exactly_the_agreed_shape(run: Run) -> None:
    found = parsed(run("match-service", "ultrasonido abdominal", "--lang", "es", "--json"))
    assert list(found) == ["services", "ambiguous"]
    assert list(found["services"][0]) == ["code", "name", "score"]
    nothing = parsed(run("match-service", "una bicicleta roja", "--lang", "es"))
    assert nothing == {"services": [], "ambiguous": False}


NOW = ("--now", "2026-03-10T09:00:00-06:00", "--tz", "America/Mexico_City")


def test_when_prints_exactly_the_agreed_shape(run: Run) -> None:
    found = parsed(run("when", "mañana a las 10:30", "--lang", "es", *NOW))
    assert list(found) == ["start", "end", "grain", "text"]
    assert found["start"] == "2026-03-11T10:30:00-06:00"


def test_when_prints_null_where_there_is_no_time(run: Run) -> None:
    assert parsed(run("when", "hola", "--lang", "es", *NOW)) is None


def test_a_batch_answers_every_line_in_order(run: Run) -> None:
    asked = {"now": NOW[1], "tz": NOW[3]}
    texts = [("mañana a las 10:30", "es"), ("hola", "es"), ("tomorrow at 10:30", "en")]
    lines = [json.dumps({"text": text, "lang": lang, **asked}) for text, lang in texts]
    result = run("when", "--batch", stdin="\n".join(lines) + "\n")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [each and each["start"] for each in found] == [
        "2026-03-11T10:30:00-06:00",
        None,
        "2026-03-11T10:30:00-06:00",
    ]


def test_a_bad_line_of_a_batch_keeps_its_place(run: Run) -> None:
    good = json.dumps({"text": "ultrasonido", "lang": "es"})
    result = run("match-service", "--batch", stdin=f"{good}\nnonsense\n{good}\n")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 2
    assert ["error" in each for each in found] == [False, True, False]


@pytest.mark.parametrize(
    "arguments",
    [
        ("appointments",),
        ("appointments", "--phone", "Ana"),
        ("messages", "--phone", "12"),
        ("slots", "--branch", "atlantis", "--service", "dermatology-consult"),
        ("slots", "--branch", "roma", "--service", "zzz"),
        ("slots", "--branch", "roma", "--service", "dermatology-consult", "--from", "soon"),
        ("quote", "--service", "dermatology-consult", "--branch", "roma", "--plan", "zzz"),
        ("match-service", "x"),
        ("match-service", "x", "--lang", "fr"),
        ("when", "x", "--lang", "es", "--now", "now", "--tz", "America/Mexico_City"),
        ("when", "x", "--lang", "es", "--now", "2026-03-10T09:00", "--tz", "Mars/Base"),
        ("when", "x", "--lang", "es"),
        ("seed",),
        ("worker",),
        ("import-catalogue", "no-such-file.csv"),
        ("import-outreach", "no-such-file.csv"),
        ("no-such-command",),
    ],
)
def test_bad_input_ends_with_2_and_one_clear_word(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    assert result.stderr.strip()


def test_people_get_a_table(run: Run) -> None:
    lines = run("appointments", "--phone", ANA).stdout.splitlines()
    assert lines[0].split()[0] == "id"
    assert "Ana Torres" in lines[1]


def test_a_store_without_tables_says_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/empty.db")
    result = CliRunner().invoke(cli, ["appointments", "--phone", ANA])
    assert result.exit_code == 1
    assert "seed --demo" in result.output


def test_seeding_and_adding_a_user_on_an_empty_store(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new.db")
    for _ in range(2):
        assert CliRunner().invoke(cli, ["seed", "--demo"]).exit_code == 0
    add = ["user", "add", "rosa", "--role", "reception", "--password-stdin"]
    first = CliRunner().invoke(cli, add, input="long enough 1\n")
    assert first.exit_code == 0, first.output
    assert CliRunner().invoke(cli, add, input="long enough 1\n").exit_code == 2


def test_every_command_can_be_loaded_and_has_help() -> None:
    for name in COMMANDS:
        result = CliRunner().invoke(cli, [name, "--help"])
        assert result.exit_code == 0, name
        assert result.stdout.splitlines()[2].strip(), name


def test_bad_settings_end_with_2_and_are_named(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "appointments", "--phone", ANA],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PORT": "x"},
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("PORT: ")


def test_asking_for_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from app.cli import cli;"
        "import app.cli; CliRunner().invoke(cli, ['--version']);"
        "print([m for m in ('flask', 'sqlalchemy', 'twilio', 'huey') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


NEW_PRICE = "service,branch,plan,amount,currency,tax_included,valid_from\n"
NEW_PRICE += "blood-test,roma,public,{amount},MXN,yes,2199-01-01\n"


def test_a_catalogue_file_can_be_looked_at_before_it_is_taken(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text(NEW_PRICE.format(amount="190.00"), encoding="utf-8")
    for _ in range(2):  # and nothing is changed by looking
        shown = parsed(run("import-catalogue", str(path), "--preview", "--json"))
        assert set(shown) == {"differences", "unchanged", "told"}
        (difference,) = shown["differences"]
        assert (difference["change"], difference["what"]) == ("added", "price")
        assert difference["key"] == ["blood-test", "roma", "public", "2199-01-01"]
        assert difference["fields"]["amount"] == [None, 19000]
    said = run("import-catalogue", str(path), "--preview").stdout
    assert "added price blood-test roma public 2199-01-01" in said
    assert "amount: - -> 19000" in said
    assert said.endswith("1 differences, 0 unchanged\n")


def test_faults_of_a_catalogue_file_are_told_as_json_too(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text(NEW_PRICE.format(amount="1.234,00"), encoding="utf-8")
    result = run("import-catalogue", str(path), "--preview", "--json")
    assert result.exit_code == 2
    faults = json.loads(result.stdout)["faults"]
    assert {(each["line"], each["code"]) for each in faults} >= {(2, "more_cells")}
    assert "line 2" in result.stderr
