"""Publishing a model: the running engines take it, and it is what every later start begins with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.model_files import ROOT, MissingSource, fingerprint
from app.published import open_models
from app.secrets import engine_token
from app.settings import Settings
from integrations.database import Database
from integrations.engine.control import EngineControl, SwapFailed
from integrations.engine.models import Kind, Model, Models, UnknownModel
from trainer.models.gate import fallen, is_open


class GateClosed(Exception):
    """It may not be published; fell: what does not hold, none where it was never measured."""

    def __init__(self, fell: list[dict[str, Any]]) -> None:
        super().__init__("the gate is closed")
        self.fell = fell


class NotPublished(Exception):
    """An engine did not take it; all of them answer with the one before. The text says why."""


class NothingBefore(Exception):
    """No other model was published before whose archive is still kept."""


@dataclass(frozen=True, slots=True)
class Press:
    """What publishes."""

    settings: Settings
    models: Models
    engines: EngineControl

    def may_publish(self, model: Model) -> bool:
        """Whether the gate lets it through. What has answered patients before may do so again."""
        known = {each.model_id for each in self.models.publications(500)}
        return model.id in known or is_open(model.evaluation)

    def publish(self, model: Model, by: str, at: datetime, override: str = "") -> None:
        """The model answers from now on. override: why, although the gate is closed.

        Raises GateClosed, UnknownModel, PublishingNow and NotPublished.
        """
        passes = self.may_publish(model)
        if not passes and not override:
            raise GateClosed(fallen(model.evaluation))
        self._publish(model, by, at, "publish", "" if passes else override)

    def before(self) -> Model:
        """The model that answered before this one. Raises NothingBefore."""
        published = self.models.published()
        for each in self.models.publications(500):
            found = self.models.find(each.model_id)
            if found and found.kept and (published is None or found.id != published.id):
                return found
        raise NothingBefore

    def back(self, by: str, at: datetime) -> Model:
        """The model before answers again. Raises as `publish` and `before`."""
        model = self.before()
        self._publish(model, by, at, "back", "")
        return model

    def _publish(self, model: Model, by: str, at: datetime, kind: Kind, reason: str) -> None:
        archive, before = self.models.archive(model), self.models.published()
        number = self.models.begin(model, by, kind, reason, at)
        swapped: list[str] = []
        try:
            for url in self.engines.urls:
                self.engines.swap(url, archive)
                swapped.append(url)
        except SwapFailed as error:
            self._put_back(swapped, before)
            self.models.withdraw(number)
            raise NotPublished(str(error)) from None
        except BaseException:
            self.models.withdraw(number)
            raise
        self.models.settle(number, at)
        self._know_files(at)

    def _put_back(self, urls: list[str], before: Model | None) -> None:
        for url in urls if before else ():
            try:
                assert before is not None
                self.engines.swap(url, self.models.archive(before))
            except (SwapFailed, UnknownModel):
                continue  # the page of the models shows which engine answers with what

    def _know_files(self, at: datetime) -> None:
        """A restart must not take what the files say now for somebody's newer wish."""
        for project in (ROOT, self.settings.training_data.absolute()):
            try:
                self.models.know(fingerprint(ROOT, project), at)
            except MissingSource:
                continue


def open_press(settings: Settings, database: Database) -> Press:
    """What publishes the models of this instance."""
    engines = EngineControl(settings.engine_urls, engine_token(settings))
    return Press(settings, open_models(settings, database), engines)
