"""A catalogue file: what it would change is shown, every fault told; all is taken or nothing."""

import base64
import binascii
import zlib
from contextlib import closing
from typing import Any, Final

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from clinic.editing import Difference, EditRefused, EditStale, FilePreview
from console import language, shown
from console.access import audit
from console.catalogue import forms, words
from console.catalogue.needed import by, names_of
from console.needs import Needs
from console.sent import whole
from integrations.csv_lines import Fault, FaultyFile

Answer = Response | str | tuple[str, int]
LARGEST: Final = 512 * 1024
"""Bytes of a file that the page takes; the command line takes larger ones."""
_PACKED: Final = 400 * 1024
_SHOWN: Final = 200
"""So many faults and services are shown on one page."""


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds choosing a file, what it would change, and taking it in."""

    @blueprint.get("/catalogue/import")
    def show_import() -> str:
        taken = whole(request.args.get("taken", ""))
        if taken is None:
            return _page(needs)
        return _page(needs, done=language.say("catalogue_taken", count=taken))

    @blueprint.post("/catalogue/import")
    def preview_import() -> Answer:
        content = _uploaded()
        if not content:
            return _page(needs, problem=language.say("catalogue_no_file")), 409
        if len(content) > LARGEST or len(_pack(content)) > _PACKED:
            size = LARGEST // 1024
            return _page(needs, problem=language.say("catalogue_too_large", size=size)), 409
        return _preview(needs, content)

    @blueprint.post("/catalogue/import/take")
    def take_import() -> Answer:
        content = _unpack(request.form.get("content", ""))
        if not content:
            abort(400)
        return _take(needs, content)


def _uploaded() -> bytes:
    """What was sent, as far as it is looked at; nothing where there is no file."""
    file = request.files.get("file")
    if file is None:
        return b""
    with closing(file):
        return file.stream.read(LARGEST + 1)


def _pack(content: bytes) -> str:
    """The file as it travels with the form that confirms it: nothing of it is kept meanwhile."""
    return base64.b64encode(zlib.compress(content, 9)).decode()


def _unpack(text: str) -> bytes:
    """The file again; nothing for what was never packed here, or would be too large."""
    try:
        packed = base64.b64decode(text, validate=True)
        opened = zlib.decompressobj()
        content = opened.decompress(packed, LARGEST)
    except (binascii.Error, ValueError, zlib.error):
        return b""
    return content if opened.eof else b""


def _preview(needs: Needs, content: bytes, **more: Any) -> Answer:
    try:
        found = needs.editor.preview_file(content)
    except FaultyFile as faulty:
        return _page(needs, faults=faulty.faults), 409
    if faults := _not_theirs(found):
        return _page(
            needs, problem=language.say("catalogue_not_yours", what=", ".join(faults))
        ), 409
    return _page(needs, preview=found, content=_pack(content), **more)


def _take(needs: Needs, content: bytes) -> Answer:
    reason, token = forms.read_reason(request.form), request.form.get("token", "")
    try:
        found = needs.editor.preview_file(content)
        if found.token != token:
            return _again(needs, content, stale=True)
        if _not_theirs(found):
            return _preview(needs, content)
        made = needs.editor.take_file(content, token, by(needs, reason, "file"))
    except FaultyFile as faulty:
        return _page(needs, faults=faulty.faults, stale=True), 409
    except EditStale:
        return _again(needs, content, stale=True)
    except EditRefused:
        return _again(needs, content, unreasoned=True)
    kinds = [f"{each.kind}_{each.what}" for each in made.differences]
    counts = {kind: kinds.count(kind) for kind in sorted(set(kinds))}
    audit.note(needs, "catalogue_imported", "catalogue", token[:32], **counts)
    return redirect(url_for("console.show_import", taken=len(made.differences)), 303)


def _again(needs: Needs, content: bytes, **more: Any) -> Answer:
    answer = _preview(needs, content, **more)
    return (answer, 409) if isinstance(answer, str) else answer


def _not_theirs(found: FilePreview) -> list[str]:
    """What whoever is signed in may not change: other branches, and what holds for all of them."""
    if not current_user.branches:
        return []
    refused = [
        each.service if each.branch is None else f"{each.service} ({each.branch})"
        for each in found.differences
        if each.branch not in current_user.branches
    ]
    return [shown.harmless(each) for each in list(dict.fromkeys(refused))[:10]]


def _page(
    needs: Needs, *, faults: tuple[Fault, ...] = (), preview: FilePreview | None = None, **more: Any
) -> str:
    by_service: dict[str, list[Difference]] = {}
    for each in preview.differences if preview else ():
        by_service.setdefault(each.service, []).append(each)
    return render_template(
        "console/catalogue/import.html",
        faults=faults[:_SHOWN],
        more_faults=max(0, len(faults) - _SHOWN),
        preview=preview,
        services=list(by_service.items())[:_SHOWN],
        more_services=max(0, len(by_service) - _SHOWN),
        reason=request.form.get("reason", ""),
        longest=forms.LONGEST_REASON,
        size=LARGEST // 1024,
        words=words,
        names=names_of(needs),
        **{"problem": "", "done": "", "content": "", "stale": False, "unreasoned": False, **more},
    )
