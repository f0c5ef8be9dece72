"""The engine tells how near two sentences are, to those who have its token."""

import pytest

from app.secrets import engine_token
from integrations.engine import HttpEngine
from integrations.engine.client import MOST_TEXTS
from integrations.engine.words import EngineFailed
from tests.conversations.stage import Stage
from trainer.meaning import _cosine


@pytest.mark.engine
def test_what_means_the_same_points_the_same_way(stage: Stage) -> None:
    settings = stage.services.settings
    engine = HttpEngine(settings.engine_url, engine_token(settings))
    texts = ["no voy a poder ir a mi cita", "no podré asistir a la cita", "¿cuánto cuesta?", ""]
    same, also, other, empty = engine.vectors(texts, timeout=20)
    assert len(same) == len(empty) == 512
    assert _cosine(same, same) == pytest.approx(1, abs=0.01)
    assert _cosine(same, also) > 0.6 > _cosine(same, other)
    with pytest.raises(EngineFailed):
        engine.vectors(["x"] * (MOST_TEXTS + 1), timeout=20)
    engine.close()
    stranger = HttpEngine(settings.engine_url, "another token")
    with pytest.raises(EngineFailed):
        stranger.vectors(["x"], timeout=20)
    stranger.close()
