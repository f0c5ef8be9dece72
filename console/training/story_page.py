"""A conversation becomes a conversation test: looked at, mended, downloaded or written."""

from flask import Blueprint, Response, abort, render_template, request

from console import language
from console.access import audit, scope
from console.needs import Needs
from conversations.store import ConversationUnknown
from trainer.examples import BadFile
from trainer.stories import FOLDER, LONGEST, Stories, StoryDraft, StoryRefused


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /training/test-of."""
    stories = Stories(
        needs.settings, needs.database, needs.patients, needs.catalogue, needs.schedule
    )

    @blueprint.get("/training/test-of/<conversation_id>")
    def show_story(conversation_id: str) -> str:
        draft = _draft(needs, stories, conversation_id)
        audit.note(needs, "story_viewed", "conversation", conversation_id)
        return _page(stories, conversation_id, draft.name, draft.text)

    @blueprint.post("/training/test-of/<conversation_id>")
    def keep_story(conversation_id: str) -> Response | str | tuple[str, int]:
        _draft(needs, stories, conversation_id)
        name = request.form.get("name", "").strip()
        text = request.form.get("text", "").replace("\r\n", "\n")
        try:
            if request.form.get("act") == "download":
                stories.check(text)
                made: Response | str = _file(text)
            else:
                path = stories.write(name, text)
                made = _page(stories, conversation_id, name, text, done=str(FOLDER / path.name))
        except StoryRefused as refused:
            why = language.say(f"story_bad_{refused.key}", about=refused.about)
            return _page(stories, conversation_id, name, text, problem=why), 409
        except (BadFile, OSError) as error:
            why = language.say("training_no_files", why=type(error).__name__)
            return _page(stories, conversation_id, name, text, problem=why), 409
        audit.note(needs, "story_kept", "conversation", conversation_id, file=name[:80])
        return made


def _draft(needs: Needs, stories: Stories, conversation_id: str) -> StoryDraft:
    """Ends the request where there is no such conversation, or it is of another branch."""
    try:
        draft = stories.draft(conversation_id)
    except (ConversationUnknown, BadFile):
        abort(404)
    if not scope.sees_patient(needs, draft.patient_id):
        abort(404)
    return draft


def _file(text: str) -> Response:
    headers = {"Content-Disposition": 'attachment; filename="test_said.yml"'}
    return Response(text, mimetype="application/yaml", headers=headers)


def _page(
    stories: Stories,
    conversation_id: str,
    name: str,
    text: str,
    *,
    problem: str = "",
    done: str = "",
) -> str:
    return render_template(
        "console/training/story.html",
        conversation_id=conversation_id,
        name=name[:80],
        text=text[:LONGEST],
        writable=stories.has_folder,
        folder=FOLDER,
        problem=problem,
        done=done,
    )
