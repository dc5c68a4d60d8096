"""What the editor asks while somebody types: saves, who else is there, what the compiler says. JSON both ways."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, TypeVar

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST
from msgspec import Meta

from ministry.console import doors
from ministry.console.here import Here, here
from ministry.database.transaction import Busy
from ministry.statutes.drafting.saving import MOST
from ministry.statutes.drafts import store, telling
from ministry.statutes.drafts.looking import TooMany, at_desk
from ministry.statutes.drafts.rates import LOOKS, SAVES
from ministry.statutes.models.drafts import Draft, Version
from writ.diagnostics import Severity
from writ.lsp.analysis import text as texts
from writ.lsp.analysis.completion import complete
from writ.lsp.analysis.hover import hover as hovering
from writ.syntax.formatter import format_text

File = Annotated[str, Meta(min_length=1, max_length=300)]
Text = Annotated[str, Meta(max_length=MOST)]
Name = Annotated[str, Meta(min_length=8, max_length=40, pattern=r"^[A-Za-z0-9_-]+\Z")]
Number = Annotated[int, Meta(ge=0, le=10_000_000)]


class Saving(msgspec.Struct):
    """A text as it was typed over a version; `save_id` is new with each save, and the same when it is sent again."""

    file: File
    text: Text
    based_on: Number
    save_id: Annotated[str, Meta(min_length=8, max_length=64)]


class Asked(msgspec.Struct):
    """The text of a file as it is in the browser, and where the cursor is."""

    file: File
    text: Text
    line: Number = 0
    column: Number = 0


class Here_(msgspec.Struct):
    """That somebody has a file open in a window, and which version of the draft they last heard of."""

    tab: Name
    file: File
    provision: Annotated[str, Meta(max_length=300)] = ""
    writing: bool = False
    seen: Number = 0
    leaving: bool = False


class Reading(msgspec.Struct):
    file: File


T = TypeVar("T", bound=msgspec.Struct)
Answering = Callable[[Here, Draft, T], dict[str, Any]]
PROBLEM = {
    404: gettext_noop("there is nothing here"),
    413: gettext_noop("this is more than is taken here"),
    422: gettext_noop("this is not what is taken here"),
    429: gettext_noop("this is asked too often"),
    503: gettext_noop("others are at it; try again in a moment"),
}


def problem(status: int, code: str = "", message: str = "") -> JsonResponse:
    said = {"problem": code or str(status), "message": message or PROBLEM.get(status, "")}
    response = JsonResponse(said, status=status)
    if status in (429, 503):
        response.headers["Retry-After"] = "3"
    return response


def asked(kind: type[T], rate: Any) -> Callable[[Answering[T]], Callable[..., HttpResponseBase]]:
    """An answer in JSON to one of a draft's own people; to anybody else there is no such draft."""
    read = msgspec.json.Decoder(kind).decode

    def made(view: Answering[T]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def answered(request: HttpRequest, key: str) -> HttpResponse:
            found = here(request)
            person = doors.acting_of(found).person
            draft = store.draft_of(key, person)
            if draft is None:
                return problem(404)
            if not rate.allows(person):
                return problem(429)
            try:
                given = read(request.body)
            except msgspec.ValidationError as error:
                return problem(422, message=str(error))
            except msgspec.DecodeError:
                return problem(422)
            try:
                return JsonResponse(view(found, draft, given))
            except store.NotKept as error:
                return problem(409 if error.code == "closed" else 422, error.code, str(error))
            except (TooMany, Busy):
                return problem(503)

        return require_POST(doors.in_office(answered))

    return made


@asked(Saving, SAVES)
def save(found: Here, draft: Draft, given: Saving) -> dict[str, Any]:
    """Keep a text. The answer has the text that now stands, which is another where somebody saved meanwhile."""
    person = doors.acting_of(found).person
    text = texts.whole(given.text)
    kept = store.save(draft, person, given.file, text, given.based_on, given.save_id)
    told: dict[str, Any] = {
        "version": kept.number,
        "clashes": kept.clashes,
        "blends": kept.blends,
        "merged": kept.text != given.text,
    }
    if kept.text != given.text:
        told["text"] = kept.text
    return told


@asked(Reading, LOOKS)
def text(found: Here, draft: Draft, given: Reading) -> dict[str, Any]:
    """A file as it was saved last."""
    held = store.held(draft, given.file)
    return {"version": held.number, "text": held.text}


@asked(Here_, LOOKS)
def beat(found: Here, draft: Draft, given: Here_) -> dict[str, Any]:
    """Say that one is there, and hear who else is and what was saved since."""
    person = doors.acting_of(found).person
    if given.leaving:
        store.is_gone(draft, person, given.tab)
        return {}
    others = store.is_here(
        draft, person, given.tab, given.file, given.provision, given.writing and not draft.closed
    )
    since = Version.objects.filter(draft=draft, number__gt=given.seen).values_list(
        "number", "file", "person"
    )
    files: dict[str, int] = {}
    by: dict[str, str] = {}
    for number, file, who in since:
        files[file], by[file] = number, who
    found.know({one.person for one in others} | set(by.values()))
    return {
        "closed": draft.closed is not None,
        "base": draft.base,
        "last": max(files.values(), default=given.seen),
        "files": files,
        "by": {file: found.person(who) for file, who in by.items() if who != person},
        "present": [
            {
                "name": found.person(one.person),
                "self": one.person == person,
                "file": one.file,
                "provision": one.provision,
                "writing": one.writing,
            }
            for one in others
        ],
    }


@asked(Asked, LOOKS)
def diagnostics(found: Here, draft: Draft, given: Asked) -> dict[str, Any]:
    """What is wrong in the draft with this text in place of the file's."""
    with at_desk(draft) as desk:
        snapshot = desk.check(draft, given.file, texts.whole(given.text))
    return telling.problems(snapshot, given.file)


@asked(Asked, LOOKS)
def completion(found: Here, draft: Draft, given: Asked) -> dict[str, Any]:
    """What may stand at the cursor. The names are those of the draft as it was last looked at."""
    typed = texts.Text(texts.whole(given.text))
    with at_desk(draft) as desk:
        snapshot = desk.follow(draft).snapshot
    offset = telling.offset(typed, given.line, given.column)
    return telling.completion(typed, complete(snapshot, given.file, typed.text, offset))


@asked(Asked, LOOKS)
def hover(found: Here, draft: Draft, given: Asked) -> dict[str, Any]:
    """What the name at a place is."""
    typed = texts.Text(texts.whole(given.text))
    with at_desk(draft) as desk:
        snapshot = desk.look(draft, given.file, typed.text)
    offset = telling.offset(typed, given.line, given.column)
    return telling.hovered(typed, hovering(snapshot, given.file, offset))


@asked(Asked, LOOKS)
def formatted(found: Here, draft: Draft, given: Asked) -> dict[str, Any]:
    """The text in the one style; blocks with a mistake are left as they stand."""
    text, said = format_text(given.file, given.text)
    return {"text": text, "left": any(one.severity is Severity.ERROR for one in said)}
