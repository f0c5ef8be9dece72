"""The rules of the house that nobody has to remember: layers, sizes, and what no file holds."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = (
    *("actions", "app", "bot", "channels", "clinic", "console", "conversations", "integrations"),
    *("outreach", "scripts", "simulator", "trainer", "understanding"),
)
_GENERATED = {"__pycache__", "node_modules", "build", "var", "models", "results"}
_TEXT = {
    *(".py", ".yml", ".yaml", ".toml", ".md", ".html", ".css", ".js", ".csv", ".sh", ".txt"),
    *(".in", ".example", ".json", ".cfg", ".ini", ""),
}
# Written with a gap ("~"), so that this file does not hold what it looks for.
_FORBIDDEN = {
    "a machine's own path": r"(?<![\w.])/(?:ro~ot|wo~rk|Use~rs|ho~me/\w)/",
    "a registry": r"files\.python~hosted|pypi\.or~g/simple|--index~-url",
    "the workshop": r"\.\./sha~red|\bCla~ude\b|\bAnth~ropic\b|\bCha~tGPT\b",
}


def files() -> Iterator[Path]:
    """Every file of ours that holds text."""
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") and part not in {".ci", ".github"} for part in parts[:-1])
        if hidden or _GENERATED & set(parts) or any(part.endswith(".egg-info") for part in parts):
            continue
        if path.is_file() and path.suffix in _TEXT and parts[0] != ".git":
            yield path


def modules() -> Iterator[Path]:
    for folder in (*CODE, "tests", "benchmarks"):
        yield from (ROOT / folder).rglob("*.py")


def test_imports_go_one_way_down() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules()
    }
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_the_domain_is_not_longer_than_1200_lines() -> None:
    assert len((ROOT / "domain.yml").read_text(encoding="utf-8").splitlines()) <= 1200


def test_no_function_is_longer_than_60_lines() -> None:
    long = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > 60:
                    long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name} {lines}")
    assert long == []


@pytest.mark.parametrize("what", _FORBIDDEN)
def test_no_file_names(what: str) -> None:
    pattern = re.compile(_FORBIDDEN[what].replace("~", ""))
    found = []
    for path in files():
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert found == []


def test_no_log_call_formats_its_own_text() -> None:
    call = re.compile(r"\b(?:log|logger|_log)\.\w+\(\s*f[\"']")
    assert [str(path) for path in modules() if call.search(path.read_text("utf-8"))] == []
