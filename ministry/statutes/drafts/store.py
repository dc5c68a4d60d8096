"""Drafts in the database: opened, saved, restored, taken over to a newer edition. Nothing saved is ever taken away."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from functools import lru_cache

import msgspec
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from ministry.database.transaction import together
from ministry.editions import content
from ministry.editions.models import Edition
from ministry.statutes.drafting.merge import Names, merge, undecided
from ministry.statutes.drafting.saving import FILE, MOST, SAVE_ID, Held, plain, settled
from ministry.statutes.models.drafts import (
    PRESENT,
    Draft,
    Drafter,
    Kind,
    Presence,
    Version,
    open_to,
    packed,
)
from ministry.words import said as words

MOST_VERSIONS = 50_000
"""Of one draft."""
MOST_FILES = 2_000
MOST_DRAFTERS = 30
AFTER = Names(gettext_noop("the newer edition"), gettext_noop("this draft"))


class NotKept(ValueError):
    """A save that cannot be kept; `code` for the browser, the message for whoever typed."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Saved(msgspec.Struct, frozen=True):
    """What became of a save."""

    number: int
    text: str
    clashes: list[dict[str, str]]
    blends: list[dict[str, str]]
    typed: str


def draft_of(key: str, person: str) -> Draft | None:
    """A draft that somebody may see; None where there is none, and where it is not theirs to see."""
    return Draft.objects.filter(open_to(person), key=key).distinct().first()


def drafts_of(person: str) -> list[Draft]:
    """The drafts that somebody may see, the newest first."""
    return list(Draft.objects.filter(open_to(person)).distinct().annotate(last=Max("versions__at")))


@lru_cache(maxsize=4)
def edition_files(digest: str) -> Mapping[str, str]:
    """The files of a deposited edition.

    Raises:
        Edition.DoesNotExist: there is none.
    """
    held = Edition.objects.values_list("content", flat=True).get(digest=digest)
    return content.unpacked(bytes(held))


def opened(title: str, purpose: str, base: str, owner: str, revises: str = "") -> Draft:
    return Draft.objects.create(
        title=title,
        purpose=purpose,
        base=base,
        revises=revises,
        owner=owner,
        opened=timezone.now(),
    )


def start_of(draft: Draft) -> str:
    """The edition whose texts a draft is written over."""
    return draft.revises or draft.base


# --- what stands


def heads(draft: Draft, since: int = 0) -> dict[str, Version]:
    """The last version of each file that was saved after version `since`. One query."""
    newest = (
        Version.objects.filter(draft=draft, number__gt=since)
        .order_by()
        .values("file")
        .annotate(last=Max("number"))
        .values("last")
    )
    return {
        one.file: one
        for one in Version.objects.filter(draft=draft, number__in=newest).defer("as_typed")
    }


def files_of(draft: Draft) -> dict[str, str]:
    """Every file of a draft as it stands; one whose text was taken away altogether is none."""
    found = dict(edition_files(start_of(draft))) | {
        path: one.text for path, one in heads(draft).items()
    }
    return {path: text for path, text in sorted(found.items()) if text.strip()}


def held(draft: Draft, file: str, at: int | None = None) -> Held:
    """A file as it stood at a version of the draft, or as it stands."""
    rows = Version.objects.filter(draft=draft, file=file)
    if at is not None:
        rows = rows.filter(number__lte=at)
    found = rows.order_by("-number").first()
    if found is None and at is not None:
        found = Version.objects.filter(draft=draft, file=file, kind=Kind.START).first()
        if found is not None:
            return Held(0, found.text)
    if found is None:
        return Held(0, edition_files(start_of(draft)).get(file, ""))
    return Held(found.number, found.text)


def undecided_in(draft: Draft) -> dict[str, int]:
    """The files in which two texts still stand where one must, and how often."""
    found = {path: undecided(one.text) for path, one in heads(draft).items()}
    return {path: count for path, count in found.items() if count}


# --- saving


def save(
    draft: Draft,
    person: str,
    file: str,
    text: str,
    based_on: int,
    save_id: str,
    kind: Kind = Kind.SAVE,
) -> Saved:
    """Keep what somebody typed over a version, put together with what was saved since.

    The same `save_id` again changes nothing, and is answered as the first time.

    Raises:
        NotKept: it cannot be.
        Busy: others save without a pause.
    """
    text = plain(text)
    if not FILE.fullmatch(file):
        raise NotKept("name", gettext("a file cannot be called {file}").format(file=file))
    if not SAVE_ID.fullmatch(save_id):
        raise NotKept("save-id", gettext("the save has no name by which it could be known again"))
    if len(text) > MOST:
        raise NotKept(
            "too-long",
            gettext("a file has at most {most} characters").format(most=words.number(MOST)),
        )
    if "\0" in text:
        raise NotKept("nul", gettext("a text holds a NUL"))
    base = edition_files(start_of(draft)).get(file)
    return together(lambda: _save(draft.key, person, file, text, based_on, save_id, kind, base))


def _save(
    key: str,
    person: str,
    file: str,
    text: str,
    based_on: int,
    save_id: str,
    kind: Kind,
    base: str | None,
) -> Saved:
    again = Version.objects.filter(draft_id=key, save_id=save_id).first()
    if again is not None:
        return saved(again)
    if not Draft.objects.filter(key=key, closed=None).exists():
        raise NotKept(
            "closed", gettext("the draft is closed: its text is proposed, or was put away")
        )
    rows = Version.objects.filter(draft_id=key)
    of_file = rows.filter(file=file).order_by("-number")
    last = of_file.first()
    if last is None and base is None and rows.values("file").distinct().count() >= MOST_FILES:
        raise NotKept(
            "too-many",
            gettext("a draft has at most {most_files} files of its own").format(
                most_files=words.number(MOST_FILES)
            ),
        )
    head = Held(last.number, last.text) if last is not None else Held(0, base or "")
    seen = head
    if based_on < head.number:
        then = of_file.filter(number__lte=based_on).first()
        if then is None:  # what stood there before the draft was taken over to another edition
            then = of_file.filter(kind=Kind.START).last()
            seen = Held(0, then.text if then is not None else base or "")
        else:
            seen = Held(then.number, then.text)
    outcome = settled(seen, head, text, file)
    if not outcome.new:
        return Saved(head.number, head.text, [], [], head.text)
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    if number > MOST_VERSIONS:
        raise NotKept(
            "too-many",
            gettext("a draft has at most {most_versions} versions").format(
                most_versions=words.number(MOST_VERSIONS)
            ),
        )
    merged = outcome.merged
    return saved(
        Version.objects.create(
            draft_id=key,
            number=number,
            file=file,
            content=packed(merged.text),
            as_typed=packed(text) if text != merged.text else b"",
            kind=kind,
            person=person,
            at=timezone.now(),
            based_on=seen.number,
            save_id=save_id,
            found={
                "clashes": msgspec.to_builtins(merged.clashes),
                "blends": msgspec.to_builtins(merged.blends),
            }
            if merged.clashes or merged.blends
            else {},
        )
    )


def saved(one: Version) -> Saved:
    found = one.found or {}
    return Saved(one.number, one.text, found.get("clashes", []), found.get("blends", []), one.typed)


def restored(draft: Draft, person: str, number: int) -> Saved:
    """Put an older version on top again; what stood in between stays in the history.

    Raises:
        NotKept: there is no such version, or the draft is closed.
    """
    old = Version.objects.filter(draft=draft, number=number).first()
    if old is None:
        raise NotKept("no-version", gettext("there is no such version"))
    head = held(draft, old.file)
    return save(draft, person, old.file, old.text, head.number, new_save_id(), Kind.RESTORE)


def as_in_edition(draft: Draft, person: str, file: str) -> Saved:
    """Put a file back as it is in the edition that the draft amends.

    Raises:
        NotKept: the draft is closed.
    """
    text = edition_files(start_of(draft)).get(file, "")
    head = held(draft, file)
    return save(draft, person, file, text, head.number, new_save_id(), Kind.RESTORE)


class Rebased(msgspec.Struct, frozen=True):
    """What taking a draft over to a newer edition came to: files changed, and those with two texts to decide."""

    files: tuple[str, ...]
    clashes: dict[str, int]


def rebased(draft: Draft, person: str, onto: str) -> Rebased:
    """Take a draft over to a newer edition: what it changed of the old one it changes of the new one.

    Raises:
        NotKept: the draft is closed.
    """
    old, new = edition_files(draft.base), edition_files(onto)
    start = edition_files(start_of(draft))

    def work() -> Rebased:
        now = Draft.objects.filter(key=draft.key, closed=None).first()
        if now is None:
            raise NotKept("closed", gettext("the draft is closed"))
        if now.base == onto:
            return Rebased((), {})
        rows = Version.objects.filter(draft=draft)
        number = rows.aggregate(last=Max("number"))["last"] or 0
        written: list[Version] = []
        clashes = {}
        last = heads(draft)
        begun = set(rows.filter(kind=Kind.START).values_list("file", flat=True))
        own = {path: one.text for path, one in last.items()}
        paths = old.keys() | new.keys() | own.keys() | start.keys()
        touched = [
            path
            for path in sorted(paths)
            if path in own or not old.get(path, "") == new.get(path, "") == start.get(path, "")
        ]
        for path in touched:
            mine = own.get(path, start.get(path, ""))
            merged = merge(old.get(path, ""), new.get(path, ""), mine, path, AFTER)
            if merged.clashes:
                clashes[path] = len(merged.clashes)
            found = {"clashes": msgspec.to_builtins(merged.clashes)} if merged.clashes else {}
            texts = [(Kind.REBASE, merged.text, found)]
            if path not in begun:
                # Whoever still types over the old edition is known to do so.
                texts.insert(0, (Kind.START, start.get(path, ""), {}))
            for kind, text, said in texts:
                number += 1
                written.append(
                    Version(
                        draft_id=draft.key,
                        number=number,
                        file=path,
                        content=packed(text),
                        kind=kind,
                        person=person,
                        at=timezone.now(),
                        based_on=last[path].number if path in last else 0,
                        save_id=new_save_id(),
                        found=said,
                    )
                )
        Version.objects.bulk_create(written)
        Draft.objects.filter(key=draft.key).update(base=onto)
        return Rebased(tuple(touched), clashes)

    return together(work)


def new_save_id() -> str:
    return f"s-{secrets.token_hex(12)}"


# --- who writes


def let_write(draft: Draft, person: str) -> bool:
    """Let somebody write in a draft; False where there are too many already."""
    if person == draft.owner or Drafter.objects.filter(draft=draft, person=person).exists():
        return True
    if Drafter.objects.filter(draft=draft).count() >= MOST_DRAFTERS:
        return False
    Drafter.objects.get_or_create(draft=draft, person=person, defaults={"since": timezone.now()})
    return True


def let_write_no_more(draft: Draft, person: str) -> None:
    Drafter.objects.filter(draft=draft, person=person).delete()
    Presence.objects.filter(draft=draft, person=person).delete()


def is_here(
    draft: Draft, person: str, tab: str, file: str, provision: str, writing: bool
) -> list[Presence]:
    """Note that somebody has a file open, and say who else is there. Three queries, and one more at first."""
    now = timezone.now()
    said = {
        "person": person,
        "file": file,
        "provision": provision,
        "writing": writing,
        "until": now + dt.timedelta(seconds=PRESENT),
    }
    if not Presence.objects.filter(draft=draft, tab=tab, person=person).update(**said):
        with transaction.atomic():
            Presence.objects.filter(draft=draft, until__lt=now).delete()
            Presence.objects.get_or_create(draft=draft, tab=tab, defaults=said)
    rows = Presence.objects.filter(draft=draft, until__gte=now).exclude(tab=tab)
    return list(rows.order_by("person", "tab"))


def is_gone(draft: Draft, person: str, tab: str) -> None:
    Presence.objects.filter(draft=draft, tab=tab, person=person).delete()


def closed(draft: Draft, became: str = "") -> None:
    """Close a draft: proposed as an edition, or put away. Its versions stay."""
    Draft.objects.filter(key=draft.key, closed=None).update(closed=timezone.now(), became=became)
