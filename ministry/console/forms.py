"""Forms for acts: their fields come from what the act is given, their words stand here.

A desk offers an act of its own with `offer`; an act that is not offered has no form.
"""

from __future__ import annotations

from typing import Any

import msgspec
from django.db.models import Q
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from pydantic import ValidationError

from ministry.console.fields import Field
from ministry.console.here import Here
from ministry.gate.deed import Data
from ministry.gate.markings import kind_of
from ministry.gate.registry import Act, all_acts
from ministry.gate.remaining import Remains
from ministry.people.models import Person

SUGGESTED = 300
"""People that a field suggests; further ones are found by what is typed."""


class Form(msgspec.Struct, frozen=True):
    """A form for an act: what its button says, and a sentence of what follows."""

    button: str
    lead: str = ""
    grave: bool = False
    """What cannot be taken back, or takes something from somebody: the button warns."""
    without: tuple[str, ...] = ()
    """Fields that are not asked for: the program can give them."""


FORMS: dict[str, Form] = {
    "enrol-person": Form(
        _("Enrol"), _("Enters a person, who may then be appointed. They sign in once they have a link.")
    ),
    "suspend-person": Form(_("Suspend"), _("Keeps them from signing in, in whatever office."), True),
    "appoint-officer": Form(_("Appoint"), _("They hold the office from the moment this is done.")),
    "name-acting-officer": Form(_("Name to act"), _("They act in the office beside whoever holds it, from now on.")),
    "end-appointment": Form(_("End it"), _("They hold the office no more from the moment this is done."), True),
    "delegate-appointments": Form(_("Delegate"), _("Gives the power to appoint, within the bounds that the law sets.")),
    "ratify-override": Form(_("Let it stand"), _("What was done in danger stands; whoever did it acted rightly.")),
    "condemn-override": Form(_("Find against it"), _("It should not have been done. This does not undo it."), True),
    "grant-clearance": Form(_("Clear"), _("They read what is marked up to it, and nothing beyond it.")),
    "withdraw-clearance": Form(_("Withdraw"), _("From the moment this is done they read only what is open."), True),
    "mark-person": Form(_("Mark"), _("Who is not cleared finds nobody of that name, nor what is done about them.")),
    "revoke-delegation": Form(_("Take back"), _("Ends the power given, and all that rests on it, today."), True),
}  # fmt: skip

WORDS: dict[str, tuple[str, str, str, str]] = {
    # name: label, hint, kind, suggestions
    "person": (_("Person"), _("Name, sign-in name or key"), "text", "people"),
    "office": (_("Office"), "", "text", "offices"),
    "appointment": (_("Appointment"), "", "hidden", ""),
    "sign_in": (
        _("Sign-in name"), _("Small letters, figures, dots and dashes; it cannot be changed later"), "text", "",
    ),
    "name": (_("Full name"), _("Kept apart from the record, so that it may be erased"), "text", ""),
    "email": (_("E-mail"), _("For notices; may be left out"), "email", ""),
    "act": (_("Act of delegation"), "", "text", "acts"),
    "to": (_("To which office"), "", "text", "offices"),
    "to_person": (_("To which person"), _("Left out: whoever is in the office"), "text", "people"),
    "until": (_("Until"), _("Last day; left out: as long as the law allows"), "date", ""),
    "exceeding": (_("Act done in danger"), "", "hidden", ""),
    "marking": (
        _("Marking"), _("Level, compartments, allies: secret/plans/norland. Left out: open"), "text", "markings",
    ),
    "clearance": (_("Cleared to"), _("Level and compartments: secret/plans,sources"), "text", "markings"),
    "serves": (_("Serves"), _("The allied state that they serve; left out: the Republic"), "text", "allies"),
    "gift": (_("Delegation"), "", "hidden", ""),
    "reason": (_("Reason"), "", "textarea", ""),
}  # fmt: skip
OWN_WORDS: dict[str, dict[str, tuple[str, str, str, str]]] = {}
"""Words for the fields of one act, by its name."""
WORKED_OUT = "left out: worked out"
"""How the description of a field begins that the act fills in by itself."""
_SHORT = (
    _("Last day"),
    _("Level, compartments, allies: secret/plans/norland"),
    _("The allied state that they serve"),
)
"""Hints of fields that cannot be left out."""
MESSAGES = {
    "missing": _("Fill this in"),
    "string_too_short": _("Fill this in"),
    "string_too_long": _("This is too long"),
    "date_from_datetime_parsing": _("This is not a day"),
    "date_parsing": _("This is not a day"),
}


def offer(name: str, form: Form, words: dict[str, tuple[str, str, str, str]] | None = None) -> None:
    """Let an act have a form, with words of its own for fields: label, hint, kind, suggestions."""
    if name in FORMS:
        raise ValueError(f"the act {name} has a form already")
    FORMS[name] = form
    OWN_WORDS[name] = words or {}


def offered(name: str) -> tuple[Act, Form] | None:
    """An act that has a form and that the server can do."""
    act, form = all_acts().get(name), FORMS.get(name)
    return (act, form) if act is not None and form is not None else None


def form_of(one: Remains) -> str:
    """The address of the form on which a part of an act is done: filled in as others began it."""
    if offered(one.act) is None:
        return f"/ask/?{urlencode({'act': one.act})}"
    return f"/acts/{one.act}/?{urlencode(one.data, doseq=True)}"


def fields_of(here: Here, act: Act, given: QueryDict) -> list[Field]:
    """The fields of an act, filled with what was given."""
    found = []
    without = FORMS[act.name].without if act.name in FORMS else ()
    for name, info in act.data.model_fields.items():
        if name == "person" and not info.is_required():
            continue  # a new key is made
        if name in without or (info.description or "").startswith(WORKED_OUT):
            continue
        own = OWN_WORDS.get(act.name, {}).get(name)
        label, hint, kind, suggest = own or WORDS.get(
            name, (name.replace("_", " ").capitalize(), info.description or "", "text", "")
        )
        field = Field(
            name, label, kind, hint,
            value=(given.get(name) or "").strip()[:4000],
            suggest=suggest,
            required=info.is_required(),
        )  # fmt: skip
        if field.required:
            field.hint = hint.partition("; left out")[0].partition(". Left out")[0]
        field.suggestions = suggestions(here, suggest)
        found.append(field)
    return found


def suggestions(here: Here, suggest: str) -> tuple[tuple[str, str], ...]:
    words = here.law.book.vocabulary
    if suggest == "offices":
        return tuple((n, a.description) for n, a in words.actors.items() if a.kind == "office")
    if suggest == "acts":
        return tuple((name, act.description) for name, act in words.acts.items())
    if suggest in ("markings", "allies"):
        kind = kind_of(here.law, "level" if suggest == "markings" else "releasable")
        lowest = suggest == "markings"  # of the levels the first is written by leaving all out
        values = kind.values[lowest:] if kind is not None else ()
        return tuple((one.name, one.description) for one in values)
    if suggest == "people":
        rows = Person.objects.seen_by(here.reader, on_record=False).filter(is_active=True)
        rows = rows.order_by("name")
        return tuple(
            (sign_in, name) for sign_in, name in rows.values_list("sign_in", "name")[:SUGGESTED]
        )
    return ()


def read(here: Here, act: Act, fields: list[Field]) -> Data | None:
    """What the fields say; None where something is wrong, which then stands beside its field."""
    values: dict[str, Any] = {}
    for field in fields:
        value = field.value
        if not value:
            continue
        if field.suggest == "people":
            value = key_of(here, field)
        elif field.suggest == "offices":
            value = office_of(here, value)
        values[field.name] = value
    if any(field.error for field in fields):
        return None
    try:
        return act.data.model_validate(values)
    except ValidationError as error:
        for one in error.errors():
            place(fields, str(one["loc"][0]) if one["loc"] else "", said(one["type"], one["msg"]))
        return None


def said(kind: str, message: str) -> str:
    if kind == "string_pattern_mismatch":
        return gettext("This is not written as it must be")
    return MESSAGES.get(kind) or message


def place(fields: list[Field], name: str, message: str, help: str = "") -> bool:
    """Put what is wrong beside its field; whether there is one that can be seen."""
    for field in fields:
        if field.name == name and field.kind != "hidden":
            field.error, field.help = message, help
            return True
    return False


def key_of(here: Here, field: Field) -> str:
    """The key of whoever was meant: by key, sign-in name, or a name that only one person has."""
    typed = field.value
    known = Person.objects.seen_by(here.reader).values_list("key", flat=True)
    found = list(known.filter(Q(key=typed) | Q(sign_in=typed))[:1]) or list(
        known.filter(name__iexact=typed)[:2]
    )
    if len(found) == 1:
        return str(found[0])
    field.error = (
        gettext("Several people are called {typed}").format(typed=typed)
        if found
        else gettext("Nobody is enrolled as {typed}").format(typed=typed)
    )
    field.help = gettext("give their sign-in name") if found else gettext("enrol them first")
    return ""


def office_of(here: Here, typed: str) -> str:
    """The name of an office, where it was written as the Book calls it."""
    lower = typed.casefold()
    for name, actor in here.law.book.vocabulary.actors.items():
        if lower in (name, actor.description.casefold()):
            return name
    return typed
