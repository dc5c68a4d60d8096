"""The editor's page. Without a script it is a form: a text, a button that saves it, and what is wrong in it below."""

from __future__ import annotations

import json
import re
from typing import Any

from csp.constants import NONCE, SELF
from csp.decorators import csp_update
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from ministry.console import doors
from ministry.console.fields import Wrong
from ministry.console.here import Here
from ministry.console.views.errors import answer
from ministry.statutes.drafting.saving import FILE, MOST, SAVE_ID, plain
from ministry.statutes.drafts import store, telling
from ministry.statutes.drafts.looking import TooMany, at_desk
from ministry.statutes.drafts.rates import SAVES
from ministry.statutes.editor_words import editor_words
from ministry.statutes.models import Draft
from ministry.statutes.views.drafts import FORM, TEMPLATES, edit_address, overview, theirs
from writ.editions.provisions import Provision, provisions_of
from writ.syntax.parser import parse_text

SCRIPT = "console/editor.js"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MOST_PROVISIONS = 2_000


# Styles that the editor makes as it goes carry this answer's nonce; scripts do not need it, and nothing else has it.
@csp_update({"style-src": [SELF, NONCE]})  # type: ignore[arg-type]  # it hands on what the address has
@FORM
@doors.in_office
def page(request: HttpRequest, key: str) -> HttpResponse:
    found, draft = theirs(request, key)
    given = request.POST if request.method == "POST" else request.GET
    files = store.files_of(draft)
    file = given.get("file", "") or next(iter(files), "book.md")
    held = store.held(draft, file)
    if not FILE.fullmatch(file) or (file not in files and not held.number):
        raise Http404
    wrong: list[Wrong] = []
    notes: list[str] = []
    text, based_on = held.text, held.number
    save_id = store.new_save_id()
    status = 200
    if request.method == "POST":
        person = doors.acting_of(found).person
        if not SAVES.allows(person):
            return answer(request, 429)
        sent = given.get("save_id", "")
        text = plain(given.get("text", ""))[: MOST + 1]
        try:
            kept = store.save(
                draft,
                person,
                file,
                text,
                number(given.get("based_on", "")),
                sent if SAVE_ID.fullmatch(sent) else save_id,
            )
        except store.NotKept as error:
            wrong.append(Wrong(gettext("Not saved: {error}").format(error=error)))
            based_on, status = number(given.get("based_on", "")), 409
        else:
            notes.append(gettext("Saved as version {number}.").format(number=kept.number))
            if kept.clashes:
                notes.append(
                    gettext("Somebody else changed the same words. Both texts stand below; decide.")
                )
            elif kept.text != text:
                notes.append(
                    gettext("Somebody else saved meanwhile. Below is what both of you wrote.")
                )
            text, based_on = kept.text, kept.number
    told = problems(draft, file, text)
    provisions = outline(file, text)
    said = {
        "draft": draft,
        "file": file,
        "name": called(file, text),
        "text": text,
        "based_on": based_on,
        "save_id": save_id,
        "seen": max((one.number for one in store.heads(draft).values()), default=0),
        "wrongs": wrong,
        "notes": notes,
        "told": told,
        "files": [(path, edit_address(draft, path), path == file) for path in files],
        "provisions": [
            (one, edit_address(draft, file, one.label), line_of(text, one)) for one in provisions
        ],
        "at": given.get("at", "")[:300],
        "line": number(given.get("line", "")),
        "words": editor_words(),
        "script": static(SCRIPT) if finders.find(SCRIPT) or collected() else "",
        "home": f"/statutes/drafts/{draft.key}/",
        "person": doors.acting_of(found).person,
    }
    return render(request, f"{TEMPLATES}/edit.html", said, status=status)


def collected() -> bool:
    """Whether `ministry up` has collected the script under a name with its hash."""
    from django.contrib.staticfiles.storage import staticfiles_storage

    return staticfiles_storage.exists(SCRIPT)


def problems(draft: Draft, file: str, text: str) -> dict[str, Any]:
    try:
        with at_desk(draft) as desk:
            return telling.problems(desk.check(draft, file, text), file)
    except TooMany:
        return {}


def called(file: str, text: str) -> str:
    """What a file says that it is called."""
    front = parse_text(file, text)[0].front
    title = front.values.get("title") if front is not None else None
    return title if isinstance(title, str) and title.strip() else file


def outline(file: str, text: str) -> list[Provision]:
    return [one for one in provisions_of(file, text) if one.level][:MOST_PROVISIONS]


def line_of(text: str, one: Provision) -> int:
    return text.count("\n", 0, one.start) + 1


def number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


@require_POST
@doors.in_office
def add(request: HttpRequest, key: str) -> HttpResponse:
    """Add an instrument to a draft, or leave the changes to a file."""
    found, draft = theirs(request, key, still_open=True)
    person = doors.acting_of(found).person
    undo = request.POST.get("undo", "")[:300]
    if undo:
        if FILE.fullmatch(undo):
            store.as_in_edition(draft, person, undo)
        return HttpResponseRedirect(f"/statutes/drafts/{draft.key}/")
    name = request.POST.get("name", "").strip()[:60]
    title = " ".join(request.POST.get("title", "").split())[:200]
    rank = request.POST.get("rank", "")
    file = f"{name}.md"
    wrong = ""
    if not _NAME.fullmatch(name):
        wrong = gettext("A short name is small letters and figures, with hyphens between")
    elif not title:
        wrong = gettext("Say what the instrument is called")
    elif rank not in found.law.book.ranks:
        wrong = gettext("Choose its rank")
    elif file in store.files_of(draft) or name in found.law.book.instruments:
        wrong = gettext("There is an instrument {name} already").format(name=name)
    if wrong:
        return overview(request, found, draft, (Wrong(wrong),), status=422)
    store.save(draft, person, file, beginning(found, name, title, rank), 0, store.new_save_id())
    return HttpResponseRedirect(edit_address(draft, file))


def beginning(found: Here, name: str, title: str, rank: str) -> str:
    """The text that a new instrument begins with: what every instrument says of itself, and a first provision."""
    told = json.dumps(title, ensure_ascii=False)
    return (
        f"---\nid: {name}\ntitle: {told}\nkind: {rank}\n"
        f"in-force: {found.today.replace(year=found.today.year + 1, day=1):%Y-%m-%d}\n---\n\n"
        f"# {title}\n\n## 1. \n\n"
    )
