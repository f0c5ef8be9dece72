"""What is written about the settings is what they are."""

from app.documents import EXAMPLE, SETTINGS_PAGE, env_example, settings_page
from app.settings import Settings


def test_docs_settings_tells_of_every_setting_as_it_is() -> None:
    assert SETTINGS_PAGE.read_text(encoding="utf-8") == settings_page()


def test_env_example_has_every_setting_as_it_is() -> None:
    assert EXAMPLE.read_text(encoding="utf-8") == env_example()


def test_every_setting_says_what_it_is() -> None:
    assert [n for n, field in Settings.model_fields.items() if not field.description] == []
