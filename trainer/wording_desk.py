"""Everything that rewording needs, opened for one use."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.settings import Settings
from clinic.languages import Language
from clinic.ports import Catalogue
from integrations.database import Database
from trainer.models.waiting import project_of
from trainer.previews import ExampleValues, Previews, preview
from trainer.response_checks import Problem, problems, tidy
from trainer.responses import Place, Response, Wording, read_responses, wordings
from trainer.rewordings import AlreadyReworded, Rewording, Rewordings
from understanding.words import bare


class BadWording(Exception):
    """A text that cannot be kept. problems: why, those that stop it among them."""

    def __init__(self, found: Sequence[Problem]) -> None:
        super().__init__(", ".join(each.kind for each in found if each.stops))
        self.problems = found


class Outdated(Exception):
    """The text was another by then than what was shown. Nothing was kept."""


class NoSuchWording(Exception):
    """There is no such place, or its text cannot be changed by itself."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A wording as it stands: in the file, or as it waits to be written.

    theirs: what the file says by now, where that is not what the waiting text was to replace.
    """

    wording: Wording
    waiting: Rewording | None
    theirs: str | None = None

    @property
    def text(self) -> str:
        """What will be said."""
        return self.waiting.text if self.waiting else self.wording.text

    @property
    def state(self) -> str:
        """Stands for what is shown: whoever keeps another text says on top of what."""
        return f"{self.waiting.id if self.waiting else ''}:{self.wording.text}"


class WordingDesk:
    """Where responses are reworded."""

    def __init__(self, settings: Settings, database: Database, catalogue: Catalogue) -> None:
        self.project = project_of(settings, database)
        self.rewordings = Rewordings(database)
        self._catalogue = catalogue

    def responses(self) -> Sequence[Response]:
        """What domain.yml says. Raises BadFile."""
        return read_responses(self.project.read().domain)

    def response(self, name: str) -> Response | None:
        """One of them. Raises BadFile."""
        return next((each for each in self.responses() if each.name == name), None)

    def search(self, words: str, flow: str = "") -> list[Response]:
        """Those of a flow, "" for all, in whose name or texts, waiting ones too, the words are."""
        wanted, waiting = bare(words), self.waiting()
        return [
            each
            for each in self.responses()
            if flow in {"", each.flow} and wanted in _searchable(each, waiting)
        ]

    def waiting(self) -> dict[Place, Rewording]:
        """What waits to be written, by place."""
        return {each.place: each for each in self.rewordings.to_write()}

    def shown(self, response: Response, language: Language) -> list[Shown]:
        """Its texts in a language, each followed by the titles of its choices.

        Titles that are repeated by an alias are shown where they are written, and once.
        """
        waiting = self.waiting()
        there = {
            each.begin: each
            for each in reversed(response.all_said)
            if each.place.language == language
        }
        return [_shown(each, waiting.get(each.place)) for each in reversed(there.values())]

    def elsewhere(self, response: Response) -> Mapping[Place, Sequence[str]]:
        """By place, the other responses that have the same title: it is changed in all of them.

        Of a title that another one writes, that one alone.
        """
        users: defaultdict[int, list[tuple[str, bool]]] = defaultdict(list)
        for other in self.responses():
            for title in other.titles:
                users[title.begin].append((other.name, title.own))
        found: dict[Place, Sequence[str]] = {}
        for title in response.titles:
            names = [name for name, own in users[title.begin] if title.own or own]
            found[title.place] = sorted({*names} - {response.name})
        return found

    def check(self, response: Response, wording: Wording, text: str) -> Sequence[Problem]:
        """What speaks against a text in the place of a wording."""
        return problems(response, wording, tidy(text))

    def preview(
        self, response: Response, language: Language, texts: Mapping[Place, str], now: datetime
    ) -> Previews | None:
        """As the channels show it, with what waits, and over that with these texts by place."""
        waiting = {place: each.text for place, each in self.waiting().items()}
        wanted = waiting | {place: tidy(text) for place, text in texts.items()}
        there = wordings(self.project.read().domain)
        other = {there[place].begin: text for place, text in wanted.items() if place in there}
        return preview(response, language, other, ExampleValues(self._catalogue, now))

    def reword(
        self, place: Place, text: str, by: str, at: datetime, *, state: str | None = None
    ) -> str:
        """Keeps what is to be said at a place; returns its id, "" where the file says so already.

        state: what was shown of it, None for whatever it is. Raises NoSuchWording, Outdated,
        BadWording and BadFile.
        """
        response = self.response(place.response)
        said = response.all_said if response else ()
        found = [each for each in said if each.place == place]
        if response is None or not found or not found[0].own:
            raise NoSuchWording
        present = _shown(found[0], self.waiting().get(place))
        if state is not None and state != present.state:
            raise Outdated
        over = present.waiting.id if present.waiting else ""
        tidied = tidy(text)
        if tidied == present.wording.text:
            return self._leave_as_it_is(over, by, at)
        against = self.check(response, found[0], tidied)
        if any(each.stops for each in against):
            raise BadWording(against)
        try:
            return self.rewordings.keep(place, present.wording.text, tidied, by, at, over)
        except AlreadyReworded:
            raise Outdated from None

    def _leave_as_it_is(self, waiting: str, by: str, at: datetime) -> str:
        if waiting and not self.rewordings.undo(waiting, by, at):
            raise Outdated
        return ""


def _shown(wording: Wording, waiting: Rewording | None) -> Shown:
    meanwhile = waiting is not None and waiting.was != wording.text
    return Shown(wording, waiting, wording.text if meanwhile else None)


def _searchable(response: Response, waiting: dict[Place, Rewording]) -> str:
    texts = [each.text for each in response.all_said]
    texts += [each.text for place, each in waiting.items() if place.response == response.name]
    return " ".join(map(bare, [response.name.replace("_", " "), response.name, *texts]))
