"""A question put together from a form: the act and the office by search, the facts as the norms look at them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import msgspec
from django.http import QueryDict
from django.utils.translation import gettext

from ministry.console.fields import Field, Wrong
from ministry.editions.queries import Law
from writ.book.model import AttributeDef, Book
from writ.book.suggest import nearest
from writ.cli.attribute_words import not_stated
from writ.cli.relevance import Relevance, relevance
from writ.engine.ask import read_request
from writ.engine.request import Request
from writ.engine.yaml_text import compose, plain

FACT, BY, ON, SINCE = "fact.", "by.", "on.", "since."
MOST = 4_000
"""Characters of one answer in a form."""


class Question(msgspec.Struct):
    """What was asked, as far as it could be read."""

    act: Field
    office: Field
    on: Field
    person: Field
    about: Field
    facts: list[Field]
    done: list[Field]
    states: list[Field]
    wrong: list[Wrong]
    request: Request | None = None
    relevance: Relevance | None = None

    @property
    def fields(self) -> list[Field]:
        return [
            self.act, self.office, self.on, self.person, self.about,
            *self.facts, *self.done, *self.states,
        ]  # fmt: skip


def question(law: Law, given: QueryDict, today: dt.date) -> Question:
    """Read a question; it has a request where nothing is wrong with it."""
    words = law.book.vocabulary
    act = named(
        given, "act", gettext("What is done"), {n: a.description for n, a in words.acts.items()}
    )
    office = named(
        given, "office", gettext("Who acts"), {n: a.description for n, a in words.actors.items()}
    )
    asked = Question(
        act,
        office,
        Field("on", gettext("On"), "date", value=text(given, "on") or today.isoformat()),
        Field(
            "person",
            gettext("Which person acts"),
            hint=gettext("Their key; separation of duty looks at it"),
            value=text(given, "person"),
            suggest="keys",
        ),
        Field(
            "about",
            gettext("About which one"),
            hint=gettext("What identifies the thing"),
            value=text(given, "about"),
        ),
        [],
        [],
        [],
        [],
    )
    if act.error or not act.value:
        return asked
    found = asked.relevance = relevance(law.book, act.value)
    asked.facts = [
        fact_field(law.book, given, slot, why)
        for slot, why in found.facts.items()
        if slot in words.attributes
    ]
    names = {
        name: one.description for home in (words.acts, words.events) for name, one in home.items()
    }
    for name, why in {**found.done, **found.events}.items():
        asked.done.append(
            Field(
                f"done.{name}",
                names[name] or name,
                "checkboxes",
                hint=name,
                ticked=("yes",) if given.get(f"done.{name}") == "yes" else (),
                why=tuple(why),
                value=text(given, BY + name),
                help=text(given, ON + name),
            )
        )
    for name, why in found.states.items():
        asked.states.append(
            Field(
                f"state.{name}",
                words.states[name].description or name,
                "checkboxes",
                hint=name,
                ticked=("yes",) if given.get(f"state.{name}") == "yes" else (),
                why=tuple(why),
                value=text(given, SINCE + name),
            )
        )
    if office.value and not office.error:
        read(law.book, asked, given)
    return asked


def read(book: Book, asked: Question, given: QueryDict) -> None:
    """Make the request, or say what is wrong in which field."""
    data: dict[str, Any] = {
        "act": asked.act.value,
        "actor": asked.office.value,
        "at": asked.on.value,
    }
    for field in (asked.person, asked.about):
        if field.value:
            data[field.name] = field.value
    facts = {
        field.name.removeprefix(FACT): value
        for field in asked.facts
        if (value := value_of(book, field)) is not None
    }
    if facts:
        data["facts"] = facts
    done = []
    for field in asked.done:
        if field.ticked:
            name = field.name.removeprefix("done.")
            kind = "act" if name in book.vocabulary.acts else "event"
            one = {kind: name}
            if field.value:
                one["by"] = field.value
            if field.help:
                one["at"] = field.help
            done.append(one)
    if done:
        data["done"] = done
    states = [
        {
            "state": field.name.removeprefix("state."),
            **({"since": field.value} if field.value else {}),
        }
        for field in asked.states
        if field.ticked
    ]
    if states:
        data["states"] = states
    asked.request, found = read_request(book, data)
    for mistake in found:
        place(asked, mistake.message, mistake.help)


def place(asked: Question, message: str, help: str) -> None:
    """Put what is wrong beside the field that it is in."""
    message = message.rpartition(", in `")[0] or message
    marks = {"on": "`at`", "person": "`person`", "about": "`about`", "office": "`actor`"}
    for field in asked.fields:
        mark = marks.get(field.name, f"`{field.name.partition('.')[2]}`")
        bare = mark.strip("`")
        if not field.error and (
            mark in message or f"facts.{bare}" in message or f".{bare}`" in message
        ):
            field.error, field.help = spoken(message), help
            return
    asked.wrong.append(Wrong(spoken(message), None, help))


def spoken(message: str) -> str:
    message = (
        message.replace("`", "“", 1).replace("`", "”", 1)
        if message.count("`") == 2
        else message.replace("`", "")
    )
    return message[:1].upper() + message[1:]


def named(given: QueryDict, name: str, label: str, known: Mapping[str, str]) -> Field:
    """A field for a name of the Book. What the Book calls it in words is understood too."""
    typed = text(given, name)
    field = Field(name, label, value=typed, suggest=f"{name}s")
    if not typed or typed in known:
        return field
    lower = typed.casefold()
    for one, words in known.items():
        if lower in (one.casefold(), words.casefold()):
            field.value = one
            return field
    field.error = f"The Book in force knows no {'act' if name == 'act' else 'office, body or person'} “{typed}”"
    field.help = nearest(re.sub(r"[^a-z0-9]+", "-", lower).strip("-"), known)
    return field


def fact_field(book: Book, given: QueryDict, slot: str, why: list[str]) -> Field:
    """A field for a fact, by its type."""
    found = book.vocabulary.attributes[slot]
    of = found.type.of
    kinds = book.vocabulary.kinds
    options = (
        tuple((v.name, v.description or v.name) for v in kinds[of].values) if of in kinds else ()
    )
    silent = not_stated(found)
    field = Field(
        FACT + slot,
        found.description[:1].upper() + found.description[1:] or slot,
        hint=gettext("Not stated: {silent}").format(silent=silent) if silent != "absent" else "",
        value=text(given, FACT + slot),
        why=tuple(why),
    )
    match found.type.base:
        case "yes-no":
            field.kind = "radios"
            field.options = (
                ("", gettext("not stated")),
                ("yes", gettext("yes")),
                ("no", gettext("no")),
            )
        case "kind" | "levels":
            field.kind, field.options = "select", (("", gettext("not stated")), *options)
        case "set":
            field.kind, field.options = "checkboxes", options
            field.ticked = tuple(one[:200] for one in given.getlist(FACT + slot))
        case "date":
            field.kind = "date"
        case "number":
            field.kind = "number"
            field.hint = " · ".join(
                filter(None, (gettext("A number of {of}").format(of=of) if of else "", field.hint))
            )
        case "duration":
            field.hint = " · ".join(filter(None, (gettext("Such as 30 days"), field.hint)))
        case "person-id":
            field.suggest = "keys"
        case "list":
            field.kind = "textarea"
            field.hint = listed(book, found)
    return field


def listed(book: Book, found: AttributeDef) -> str:
    thing = book.vocabulary.things.get(found.type.of)
    names = ", ".join(slot.rpartition(".")[2] for slot in thing.attributes) if thing else ""
    return gettext("A list, one {{name: value}} to a line after a dash; names: {names}").format(
        names=names
    )


def value_of(book: Book, field: Field) -> object:
    """What was typed, as plain data; None where the fact is not stated."""
    base = book.vocabulary.attributes[field.name.removeprefix(FACT)].type.base
    if field.kind == "checkboxes":
        return list(field.ticked) or None
    if not field.value:
        return None
    match base:
        case "yes-no":
            return {"yes": True, "no": False}.get(field.value, field.value)
        case "number":
            return number(field.value)
        case "list":
            node, wrong = compose(field.value, field.name)
            if node is None or wrong:
                return field.value
            data, wrong = plain(node, field.name)
            return field.value if wrong else data
    return field.value


def number(typed: str) -> object:
    try:
        value = float(typed.replace(",", ""))
    except ValueError:
        return typed
    return int(value) if value.is_integer() else value


def text(given: QueryDict, name: str) -> str:
    return (given.get(name) or "").strip()[:MOST]
