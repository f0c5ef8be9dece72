"""What the assistant says: every response by flow, reworded per language, shown per channel."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as Answer

from clinic.languages import LANGUAGES, Language
from console import language
from console.access import audit
from console.needs import Needs
from trainer.examples import BadFile
from trainer.response_checks import Problem, known_values, tidy
from trainer.responses import Response
from trainer.wording_desk import BadWording, NoSuchWording, Outdated, Shown, WordingDesk


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /training/responses."""
    desk = WordingDesk(needs.settings, needs.database, needs.catalogue)

    @blueprint.route("/training/responses", methods=["GET", "POST"])
    def show_responses() -> str:
        return _list(desk)

    @blueprint.get("/training/responses/<name>")
    def show_response(name: str) -> str:
        return _page(needs, desk, _response(desk, name))

    @blueprint.post("/training/responses/<name>")
    def reword_response(name: str) -> Answer | str | tuple[str, int]:
        response = _response(desk, name)
        if request.form.get("act") != "keep":
            return _page(needs, desk, response, typed=True)
        try:
            kept = _keep(needs, desk, response)
        except BadWording:
            return _page(needs, desk, response, typed=True, problem="responses_bad"), 409
        except (Outdated, NoSuchWording):
            return _page(needs, desk, response, typed=True, problem="responses_outdated"), 409
        back = url_for("console.show_response", name=name, lang=_language(), kept=int(kept))
        return redirect(back, 303)

    @blueprint.post("/training/rewordings/undo")
    def undo_rewording() -> Answer | tuple[str, int]:
        identifier = request.form.get("id", "")
        if not desk.rewordings.undo(identifier, current_user.name, needs.clock()):
            return _list(desk, language.say("training_undone_already")), 409
        audit.note(needs, "response_undone", "response", identifier[:32])
        return redirect(url_for("console.show_labels"), 303)


def _response(desk: WordingDesk, name: str) -> Response:
    try:
        found = desk.response(name)
    except BadFile:
        found = None
    if found is None:
        abort(404)
    return found


def _language() -> Language:
    """The one whose texts are shown: the page's own unless another is asked for."""
    asked = request.values.get("lang")
    return next((each for each in LANGUAGES if each == asked), language.current())


def _keep(needs: Needs, desk: WordingDesk, response: Response) -> bool:
    """Keeps what was typed, all of it or nothing; whether that changed anything."""
    changed = [
        (each, text)
        for each, text in _typed(desk, response)
        if each.wording.own and (tidy(text) != each.text or each.theirs is not None)
    ]
    for each, text in changed:
        against = desk.check(response, each.wording, text)
        if any(one.stops for one in against) and tidy(text) != each.wording.text:
            raise BadWording(against)
        if _sent(request.form.get(f"state-{_field(each)}", "")) != _sent(each.state):
            raise Outdated
    for each, text in changed:
        place = each.wording.place
        kept = desk.reword(place, text, current_user.name, needs.clock(), state=each.state)
        details = {"language": place.language, "channel": place.channel, "id": kept}
        details |= {"button": str(place.button)} if place.button else {}
        audit.note(needs, "response_reworded", "response", response.name, **details)
    return bool(changed)


def _typed(desk: WordingDesk, response: Response) -> Sequence[tuple[Shown, str]]:
    return [
        (each, request.form.get(f"text-{_field(each)}", each.text))
        for each in desk.shown(response, _language())
    ]


def _field(each: Shown) -> str:
    place = each.wording.place
    title = f"-button-{place.button}" if place.button else ""
    return f"{place.channel or 'all'}-{place.number}{title}"


def _sent(text: str) -> str:
    """A text as a form's field sends it back."""
    return " ".join(text.split())


def _list(desk: WordingDesk, problem: str = "") -> str:
    words, flow = request.form.get("words", "").strip()[:100], request.values.get("flow", "")
    try:
        everything = desk.responses()
        flows = list(dict.fromkeys(each.flow for each in everything))
        flow = flow if flow in flows else ""
        found = desk.search(words, flow)
        waiting = {place.response for place in desk.waiting()}
    except BadFile as error:
        found, flows, flow, waiting = [], [], "", set()
        problem = language.say("training_no_files", why=error)
    ordered = sorted(found, key=lambda each: flows.index(each.flow))
    return render_template(
        "console/training/responses.html",
        groups=[(name, list(own)) for name, own in groupby(ordered, lambda each: each.flow)],
        flows=flows,
        flow=flow,
        flow_word=_flow_word,
        words=words,
        waiting=waiting,
        lang=_language(),
        languages=LANGUAGES,
        problem=problem,
    )


def _flow_word(flow: str) -> str:
    """A flow's name; one that came later than this page by its own."""
    key = f"responses_flow_{flow}"
    return language.say(key) if key in language.catalogue() else flow


def _page(
    needs: Needs, desk: WordingDesk, response: Response, *, typed: bool = False, problem: str = ""
) -> str:
    lang = _language()
    both = _typed(desk, response) if typed else [(e, e.text) for e in desk.shown(response, lang)]
    texts = {each.wording.place: text for each, text in both}
    return render_template(
        "console/training/response.html",
        response=response,
        rows=[
            (each, text, _field(each), _against(desk, response, each, text)) for each, text in both
        ],
        sent=_sent,
        others=_others(desk, response, lang),
        taps={one.title.place: one.payload for each in response.wordings for one in each.buttons},
        elsewhere=desk.elsewhere(response),
        values=sorted(known_values(response)),
        previews=desk.preview(response, lang, texts, needs.clock()),
        lang=lang,
        languages=LANGUAGES,
        flow_word=_flow_word,
        problem=language.say(problem) if problem else "",
        kept=request.args.get("kept", ""),
        outdated=problem == "responses_outdated",
    )


def _against(desk: WordingDesk, response: Response, each: Shown, text: str) -> Sequence[Problem]:
    """What is pointed out of a text that is not the file's own."""
    same = tidy(text) == each.wording.text
    return [] if same else desk.check(response, each.wording, text)


def _others(
    desk: WordingDesk, response: Response, lang: Language
) -> Mapping[Language, Sequence[tuple[Shown, Sequence[Shown]]]]:
    """The texts in the other languages, each with the titles below it."""
    found: dict[Language, list[tuple[Shown, list[Shown]]]] = {}
    for code in (each for each in LANGUAGES if each != lang):
        found[code] = []
        for each in desk.shown(response, code):
            if each.wording.place.button:
                found[code][-1][1].append(each)
            else:
                found[code].append((each, []))
    return found
