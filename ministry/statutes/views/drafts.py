"""Drafts: which there are, one of them with what it changes, who writes in it, and how it is proposed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ministry.console import doors
from ministry.console.fields import Field, Wrong, wrongs
from ministry.console.forms import key_of
from ministry.console.here import Here, here
from ministry.editions.apply import deposit
from ministry.editions.content import NotABook
from ministry.editions.queries import law_of
from ministry.gate.deed import NotPossible
from ministry.statutes import acts
from ministry.statutes.data import Proposing, Revising
from ministry.statutes.drafts import store
from ministry.statutes.drafts.effects import effects
from ministry.statutes.drafts.looking import TooMany
from ministry.statutes.models import Draft, Proposal
from writ.book.model import Book
from writ.cli.diff_data import line as line_of_change

TEMPLATES = "statutes/drafts"
FORM = require_http_methods(["GET", "HEAD", "POST"])


def theirs(request: HttpRequest, key: str, still_open: bool = False) -> tuple[Here, Draft]:
    """A draft of whoever asks.

    Raises:
        Http404: there is none, or it is not theirs to see.
        NotPossible: it is closed, and something is to be done on it.
    """
    found = here(request)
    draft = store.draft_of(key, doors.acting_of(found).person)
    if draft is None:
        raise Http404
    if still_open and draft.closed is not None:
        raise NotPossible(gettext("the draft is closed"), "", gettext("open a new one"))
    return found, draft


@require_safe
@doors.in_office
def listed(request: HttpRequest) -> HttpResponse:
    found = here(request)
    rows = store.drafts_of(doors.acting_of(found).person)
    found.know({one.owner for one in rows})
    said = {
        "open": [one for one in rows if one.closed is None],
        "closed": [one for one in rows if one.closed is not None],
    }
    return render(request, f"{TEMPLATES}/listed.html", said)


@FORM
@doors.in_office
def new(request: HttpRequest) -> HttpResponse:
    """Open a draft: of a provision (`?provision=INSTRUMENT/LABEL`), of a proposed edition (`?edition=`), of all."""
    found = here(request)
    person = doors.acting_of(found).person
    given = request.POST if request.method == "POST" else request.GET
    provision = given.get("provision", "").strip()[:300]
    revises = given.get("edition", "").strip()[:64]
    before = Proposal.objects.filter(edition=revises).first() if revises else None
    if revises and before is None:
        raise Http404
    place = placed(found.law.book, provision)
    title = Field(
        "title",
        gettext("What the draft is called"),
        hint=gettext("So that you and others find it again"),
        value=given.get("title", "").strip()[:200],
        required=True,
    )
    purpose = Field(
        "purpose",
        gettext("What it is for"),
        "textarea",
        hint=gettext("Becomes the reason when it is proposed; it can be changed until then"),
        value=given.get("purpose", "").strip()[:4000],
    )
    if request.method == "POST":
        if title.value:
            base = before.base if before is not None else found.promulgation.edition
            draft = store.opened(title.value, purpose.value, base, person, revises)
            return HttpResponseRedirect(edit_address(draft, *place) if place else address(draft))
        title.error = gettext("Say what it is called")
    elif not title.value:
        title.value = suggested(found.law.book, provision, place, before)
    said = {
        "fields": [title, purpose],
        "wrongs": wrongs([title, purpose]),
        "provision": provision if place else "",
        "unknown": provision if provision and not place else "",
        "place": place,
        "before": before,
        "mine": [
            (one, edit_address(one, *place) if place else address(one))
            for one in store.drafts_of(person)
            if one.closed is None and one.revises == revises
        ],
    }
    return render(request, f"{TEMPLATES}/new.html", said, status=422 if title.error else 200)


def placed(book: Book, provision: str) -> tuple[str, str] | None:
    """The file in which a provision stands, and its label."""
    instrument, _, label = provision.partition("/")
    item = book.instruments.get(instrument)
    return (item.place.file, label) if item is not None else None


def suggested(
    book: Book, provision: str, place: tuple[str, str] | None, before: Proposal | None
) -> str:
    if before is not None:
        return f"{before}, revised"[:200]
    if place is None:
        return ""
    instrument, _, label = provision.partition("/")
    item = book.instruments[instrument]
    return f"Amendment of {item.cite(label) if label else item.title}"[:200]


def address(draft: Draft) -> str:
    return reverse("drafting:draft", args=[draft.key])


def edit_address(draft: Draft, file: str, label: str = "") -> str:
    query = urlencode({"file": file, **({"at": label} if label else {})})
    return f"{reverse('drafting:edit', args=[draft.key])}?{query}"


@require_safe
@doors.in_office
def one(request: HttpRequest, key: str) -> HttpResponse:
    found, draft = theirs(request, key)
    return overview(request, found, draft)


def overview(
    request: HttpRequest,
    found: Here,
    draft: Draft,
    general: tuple[Wrong, ...] = (),
    drafter: Field | None = None,
    status: int = 200,
) -> HttpResponse:
    """The draft, what it changes, and what can be done with it."""
    try:
        changed: Any = effects(draft)
    except TooMany:
        changed = None
    drafter = drafter or drafter_field("")
    people = list(draft.drafters.all())
    heads = store.heads(draft)
    found.know({draft.owner, *(one.person for one in people), *(h.person for h in heads.values())})
    old = law_of(draft.base).book
    said = {
        "draft": draft,
        "mine": doors.acting_of(found).person == draft.owner,
        "people": people,
        "field": drafter,
        "wrongs": wrongs([drafter], general),
        "heads": [(one, edit_address(draft, path)) for path, one in sorted(heads.items())],
        "effects": changed,
        "provisions": [
            (one, edit_address(draft, one.file, one.key.partition("/")[2]))
            for one in (changed.provisions if changed else ())
        ],
        "errors": [
            (one, f"{edit_address(draft, one.span.file)}&line={one.span.line}")
            for one in (changed.errors if changed else ())[:20]
        ],
        "changes": [(one, line_of_change(old, changed.book, one)) for one in changed.changes]
        if changed and changed.book is not None
        else [],
        "undecided": store.undecided_in(draft),
        "newer": draft.closed is None and draft.base != found.promulgation.edition,
        "other_files": sorted(store.edition_files(store.start_of(draft)).keys() - heads.keys()),
        "ranks": found.law.book.ranks,
    }
    return render(request, f"{TEMPLATES}/one.html", said, status=status)


# --- who writes


def drafter_field(value: str) -> Field:
    return Field(
        "person",
        gettext("Let somebody write with you"),
        hint=gettext("Name or sign-in name"),
        value=value,
    )


@require_POST
@doors.in_office
def drafters(request: HttpRequest, key: str) -> HttpResponse:
    """Let somebody write in the draft, or no longer. Only whoever opened it says who."""
    found, draft = theirs(request, key, still_open=True)
    person = doors.acting_of(found).person
    gone = request.POST.get("remove", "")[:40]
    if gone and person in (draft.owner, gone):
        store.let_write_no_more(draft, gone)
        return HttpResponseRedirect(
            reverse("drafting:drafts") if gone == person else address(draft)
        )
    if person != draft.owner:
        raise Http404
    field = drafter_field(request.POST.get("person", "").strip()[:200])
    if field.value:
        wanted = key_of(found, field)
        if wanted and not store.let_write(draft, wanted):
            field.error = gettext("At most {most_drafters} people write in one draft").format(
                most_drafters=store.MOST_DRAFTERS
            )
    else:
        field.error = gettext("Say who")
    if field.error:
        return overview(request, found, draft, drafter=field, status=422)
    return HttpResponseRedirect(address(draft))


# --- what becomes of it


@require_POST
@doors.in_office
def rebase(request: HttpRequest, key: str) -> HttpResponse:
    """Take the draft over to the edition in force."""
    found, draft = theirs(request, key, still_open=True)
    store.rebased(draft, doors.acting_of(found).person, found.promulgation.edition)
    return HttpResponseRedirect(address(draft))


@require_POST
@doors.in_office
def close(request: HttpRequest, key: str) -> HttpResponse:
    """Put a draft away. Nothing of it is deleted."""
    found, draft = theirs(request, key, still_open=True)
    if doors.acting_of(found).person != draft.owner:
        raise Http404
    store.closed(draft)
    return HttpResponseRedirect(reverse("drafting:drafts"))


@require_POST
@doors.in_office
def propose(request: HttpRequest, key: str) -> HttpResponse:
    """Deposit the draft as an edition, and propose it, or put it in place of the one that it revises."""
    found, draft = theirs(request, key, still_open=True)
    by = doors.acting_of(found)
    undecided = store.undecided_in(draft)
    if undecided:
        general = [
            Wrong(
                gettext("Two texts stand in {path} where one must").format(path=path),
                None,
                gettext("decide which"),
            )
            for path in undecided
        ]
        return overview(request, found, draft, tuple(general), status=409)
    try:
        digest = deposit(store.files_of(draft))
    except NotABook as error:
        said = str(error)
        first = [
            gettext("{file}, line {line}: {message}").format(
                file=one.span.file, line=one.span.line, message=one.message
            )
            for one in error.found[:5]
        ]
        wrong = [
            Wrong(gettext("It is not proposed: {said}").format(said=said)),
            *(Wrong(one) for one in first),
        ]
        return overview(request, found, draft, tuple(wrong), status=409)
    if digest == draft.base:
        nothing = Wrong(
            gettext("It changes nothing"), None, gettext("write something, or put it away")
        )
        return overview(request, found, draft, (nothing,), status=409)
    reason = request.POST.get("reason", draft.purpose).strip()[:4000]
    before = Proposal.objects.filter(edition=digest).first()
    if before is None or before.proposer != by.person:
        try:
            if draft.revises:
                given = {"edition": draft.revises, "by": digest, "reason": reason}
                acts.revise(by, Revising.model_validate({**given, "base": draft.base}))
            else:
                acts.propose(
                    by, Proposing(edition=digest, title=draft.title, reason=reason, base=draft.base)
                )
        except NotPossible as error:
            said = error.message[:1].upper() + error.message[1:]
            return overview(request, found, draft, (Wrong(said, None, error.help),), status=409)
    # Whoever was cut off between the act and this finds the edition proposed, and the draft is closed now.
    store.closed(draft, digest)
    return HttpResponseRedirect(f"/statutes/proposals/{digest}/")
