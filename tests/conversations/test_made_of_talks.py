"""What was said becomes a conversation test, and the runner plays it."""

from pathlib import Path

import pytest
from sqlalchemy import select

from clinic.languages import Language
from conversations.tables import ConversationRow
from tests.conversations.play import play
from tests.conversations.stage import Stage
from tests.conversations.story import Story, read_stories, variations
from trainer.stories import Stories, StoryDraft

FOLDER = Path(__file__).parent


def _said(stage: Stage, file: str, story: str, language: Language, channel: str) -> StoryDraft:
    """Plays a story of ours and makes a test of what was said in it."""
    written = next(each for each in read_stories(FOLDER / file) if each["story"] == story)
    play(stage, Story(story, language, channel, written))
    services = stage.services
    with services.database.read() as session:
        newest = select(ConversationRow.id).order_by(ConversationRow.number.desc()).limit(1)
        talk = session.scalar(newest)
    assert talk is not None
    return Stories(
        services.settings,
        services.database,
        services.patients,
        services.catalogue,
        services.schedule,
    ).draft(talk)


@pytest.mark.engine
@pytest.mark.parametrize(
    ("file", "story", "language", "channel"),
    [
        (
            "test_cancel_appointment.yml",
            "the reason is kept in the patient's own words",
            "es",
            "sms",
        ),
        (
            "test_identification.yml",
            "name first and birth date after",
            "pt",
            "sms",
        ),
        (
            "test_cross_channel.yml",
            "begun by SMS and ended on WhatsApp",
            "en",
            "sms",
        ),
    ],
)
def test_a_talk_of_ours_made_into_a_test_passes(
    stage: Stage, tmp_path: Path, file: str, story: str, language: Language, channel: str
) -> None:
    draft = _said(stage, file, story, language, channel)
    path = tmp_path / draft.name
    path.write_text(draft.text, encoding="utf-8")
    (made,) = read_stories(path)
    assert variations(made) == [(language, channel)]
    assert "unknown" not in str(made["turns"])
    play(stage, Story(made["story"], language, channel, made))
