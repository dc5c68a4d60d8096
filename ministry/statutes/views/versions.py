"""The history of a draft: every save, what it changed, and an older text put back."""

from __future__ import annotations

from difflib import SequenceMatcher, unified_diff
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from ministry.console import doors
from ministry.statutes.drafting.three_way import words_of
from ministry.statutes.drafts import store
from ministry.statutes.models import Version
from ministry.statutes.views.drafts import TEMPLATES, edit_address, theirs
from ministry.statutes.views.editing import number

MOST = 100
MOST_LINES = 600


class Line(msgspec.Struct, frozen=True):
    """A line of a difference: `how` is what became of it; its parts are words, with whether they differ."""

    how: str
    parts: tuple[tuple[str, bool], ...]


@require_safe
@doors.in_office
def listed(request: HttpRequest, key: str) -> HttpResponse:
    """The versions, the last first; of one of them (`?version=`) what it changed, and its text as it was typed."""
    found, draft = theirs(request, key)
    rows = Version.objects.filter(draft=draft).defer("content", "as_typed").order_by("-number")
    file = request.GET.get("file", "")[:300]
    if file:
        rows = rows.filter(file=file)
    before = number(request.GET.get("before", ""))
    if before:
        rows = rows.filter(number__lt=before)
    page = list(rows[: MOST + 1])
    chosen = None
    said: dict[str, Any] = {}
    if wanted := number(request.GET.get("version", "")):
        chosen = Version.objects.filter(draft=draft, number=wanted).first()
        if chosen is None:
            raise Http404
        was = store.held(draft, chosen.file, chosen.number - 1).text
        lines, more = difference(was, chosen.text)
        said = {
            "lines": lines,
            "more": more,
            "typed": chosen.typed if chosen.as_typed else "",
            "clashes": (chosen.found or {}).get("clashes", []),
            "blends": (chosen.found or {}).get("blends", []),
            "edit": edit_address(draft, chosen.file),
        }
    found.know({one.person for one in page} | ({chosen.person} if chosen else set()))
    said |= {
        "draft": draft,
        "versions": page[:MOST],
        "earlier": page[MOST - 1].number if len(page) > MOST else 0,
        "file": file,
        "chosen": chosen,
    }
    return render(request, f"{TEMPLATES}/history.html", said)


def difference(was: str, now: str) -> tuple[list[Line], int]:
    """What was taken out and put in, with two lines around and the words that differ; and how much is left out."""
    found: list[Line] = []
    gone: list[str] = []
    come: list[str] = []

    def flush() -> None:
        for at in range(max(len(gone), len(come))):
            pair = gone[at] if at < len(gone) else None, come[at] if at < len(come) else None
            if None not in pair:
                old, new = words(str(pair[0]), str(pair[1]))
                found.extend((Line("gone", old), Line("come", new)))
            elif pair[0] is not None:
                found.append(Line("gone", ((pair[0], False),)))
            else:
                found.append(Line("come", ((str(pair[1]), False),)))
        gone.clear()
        come.clear()

    for each in unified_diff(was.split("\n"), now.split("\n"), n=2, lineterm=""):
        if each.startswith(("---", "+++")) and not found and not gone and not come:
            continue
        if each.startswith("-"):
            gone.append(each[1:])
        elif each.startswith("+"):
            come.append(each[1:])
        else:
            flush()
            found.append(Line("jump" if each.startswith("@@") else "same", ((each[1:], False),)))
    flush()
    return found[:MOST_LINES], max(len(found) - MOST_LINES, 0)


def words(old: str, new: str) -> tuple[tuple[tuple[str, bool], ...], tuple[tuple[str, bool], ...]]:
    """The words of two lines, with whether they differ."""
    one, other = words_of(old), words_of(new)
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        left.append(("".join(one[a:b]), tag != "equal"))
        right.append(("".join(other[c:d]), tag != "equal"))
    return tuple(left), tuple(right)


@require_POST
@doors.in_office
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Put an older version on top again."""
    found, draft = theirs(request, key, still_open=True)
    wanted = number(request.POST.get("version", ""))
    old = Version.objects.filter(draft=draft, number=wanted).first()
    if old is None:
        raise Http404
    store.restored(draft, doors.acting_of(found).person, wanted)
    return HttpResponseRedirect(edit_address(draft, old.file))
