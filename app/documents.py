"""What docs/settings.md and .env.example say, made from the settings themselves.

`python -m app.documents` writes both; a test fails when they lag behind.
"""

from pathlib import Path

from pydantic import SecretStr
from pydantic_core import PydanticUndefined

from app.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
SETTINGS_PAGE = ROOT / "docs" / "settings.md"
EXAMPLE = ROOT / ".env.example"

_PAGE_HEAD = """\
# Settings

Each is an environment variable, or a line in `.env` in the folder where Consulta is started. None
is needed to try it. A bad value refuses to start and says which. This page is made from
`app/settings.py`: `.venv/bin/python -m app.documents`.

| Setting | Default | What it is |
|---|---|---|
"""
_EXAMPLE_HEAD = """\
# Copy to .env and set what differs; what is left out holds as it stands here.
# Made from app/settings.py: .venv/bin/python -m app.documents
"""


def _default(name: str) -> str:
    value = Settings.model_fields[name].default
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if value is PydanticUndefined:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _description(name: str) -> str:
    return Settings.model_fields[name].description or ""


def settings_page() -> str:
    """The whole of docs/settings.md."""
    rows = []
    for name in Settings.model_fields:
        default = f"`{_default(name)}`" if _default(name) else ""
        rows.append(f"| `{name.upper()}` | {default} | {_description(name)} |\n")
    return _PAGE_HEAD + "".join(rows)


def env_example() -> str:
    """The whole of .env.example."""
    lines = [
        f"\n# {_description(name)}\n#{name.upper()}={_default(name)}\n"
        for name in Settings.model_fields
    ]
    return _EXAMPLE_HEAD + "".join(lines)


def write() -> None:
    """Writes both files."""
    SETTINGS_PAGE.write_text(settings_page(), encoding="utf-8")
    EXAMPLE.write_text(env_example(), encoding="utf-8")


if __name__ == "__main__":
    write()
