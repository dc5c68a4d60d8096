"""The forms of what may be done on a proposed edition: their fields, and what was filled in as the data of an act.

The fields of each are named after its step, so that several stand on one page: `consult.office`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import msgspec
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from pydantic import ValidationError

from ministry.console import forms as console
from ministry.console.fields import Field, Wrong
from ministry.console.here import Here
from ministry.gate.deed import Data
from ministry.gate.registry import Act, act_named
from ministry.statutes.models import Position, Proposal, Resolution
from ministry.statutes.progress import Progress
from ministry.statutes.queries import CHECKS, checks_of

TIME = dt.timedelta(days=7)
"""Left to an office that is asked with one press of a button."""
MOST = 8_000


class Step(msgspec.Struct, frozen=True):
    """Something that may be done on a proposal. `name` is its word in addresses."""

    name: str
    act: str
    heading: str
    button: str
    lead: str = ""
    grave: bool = False


STEPS = {
    one.name: one
    for one in (
        Step(
            "consult", "consult-office", _("Ask an office"), _("Ask"),
            _("The office finds it on its page Today. The edition is not certified before it has answered, or its "
            "time is over."),
        ),
        Step(
            "answer", "answer-consultation", _("Give the opinion of your office"), _("Give the opinion"),
            _("It is of the edition as it now reads, and falls away for provisions that a revision changes. An "
            "objection is kept with the edition."),
        ),
        Step(
            "comment", "comment-edition", _("Comment"), _("Comment"),
            _("Everybody in office reads it. Whoever may propose an edition says what becomes of it."),
        ),
        Step("resolve", "resolve-comment", _("Resolve the comment"), _("Resolve")),
        Step(
            "examine", "examine-edition", _("Examine"), _("Record what was found"),
            _("What is found stands as long as every changed provision says the same."),
        ),
        Step(
            "certify", "certify-edition", _("Certify"), _("Certify"),
            _("You certify that the edition says what the law says. It is then promulgated as it was certified, or "
            "not at all."),
        ),
        Step(
            "revise", "revise-edition", _("Put another text in its place"), _("Revise"),
            _("What others said of provisions that then read otherwise falls away; what they said of the rest stands. "
            "A certificate falls away."),
        ),
        Step(
            "withdraw", "withdraw-edition", _("Withdraw it"), _("Withdraw"),
            _("It is proposed no longer, and cannot be taken up again. What was said of it stays on the record."), True,
        ),
        Step("promulgate", "promulgate-edition", _("Bring it into force"), _("Promulgate"), "", True),
    )
}  # fmt: skip


class Form(msgspec.Struct):
    """A step with its fields as they were filled in. `of` is what it is about, where there are several on a page."""

    step: Step
    fields: list[Field]
    of: str = ""
    wrong: list[Wrong] = []
    checks: list[Check] = []

    @property
    def all_fields(self) -> list[Field]:
        return [*self.fields, *(each for one in self.checks for each in (one.finding, one.reason))]

    @property
    def id(self) -> str:
        return f"{self.step.name}-{self.of[:12]}" if self.of else self.step.name

    @property
    def is_wrong(self) -> bool:
        return bool(self.wrong) or any(one.error for one in self.all_fields)

    def value(self, name: str) -> str:
        return next((one.value for one in self.fields if one.name.endswith(f".{name}")), "")

    def place(self, name: str, message: str, help: str = "") -> None:
        """Put what is wrong beside its field, or above the form."""
        for field in self.all_fields:
            if field.name.endswith(f".{name}") and field.kind != "hidden":
                field.error, field.help = message, help
                return
        self.wrong.append(Wrong(message, None, help))


class Check(msgspec.Struct):
    """One check of the Book, to be found on."""

    name: str
    words: str
    finding: Field
    reason: Field


def form(
    found: Here,
    name: str,
    proposal: Proposal,
    given: QueryDict | None = None,
    of: str = "",
    progress: Progress | None = None,
    choices: Iterable[tuple[str, str]] = (),
) -> Form:
    """A form, with what was typed, or else with what one would begin with.

    `choices` are the provisions that are changed, by key and in words.
    """
    step = STEPS[name]
    prefix = f"{name}.{of}." if of else f"{name}."
    typed = _typed(given, prefix)
    provisions = tuple(choices)
    match name:
        case "consult":
            day = (found.today + TIME).isoformat()
            fields = [
                field(typed, "office", gettext("Office"), suggest="offices", required=True),
                field(
                    typed, "due", gettext("Until"), "date", gettext("The last day on which it may answer"), day,
                    required=True,
                ),
                field(typed, "question", gettext("Question"), "textarea", gettext("What it is asked in particular")),
            ]  # fmt: skip
            ticks = field(
                typed,
                "provisions",
                gettext("About"),
                "checkboxes",
                gettext("None ticked: all that is changed"),
            )
            ticks.options = provisions
            ticks.ticked = tuple(given.getlist(f"{prefix}provisions")[:200]) if given else ()
            if 0 < len(provisions) <= 40:
                fields.append(ticks)
        case "answer":
            fields = [
                field(
                    typed, "position", gettext("Your office"), "radios",
                    required=True, options=tuple(Position.choices),
                ),
                field(typed, "text", gettext("Why"), "textarea", gettext("An objection says why")),
            ]  # fmt: skip
        case "comment":
            chosen = field(
                typed,
                "provision",
                gettext("On"),
                "select",
                options=(("", gettext("the whole")), *provisions),
            )
            fields = [chosen, field(typed, "text", gettext("Comment"), "textarea", required=True)]
        case "resolve":
            fields = [
                field(
                    typed, "resolution", gettext("What becomes of it"), "radios",
                    required=True, options=tuple(Resolution.choices),
                ),
                field(typed, "text", gettext("Answer"), "textarea"),
            ]  # fmt: skip
        case "revise":
            fields = [
                field(
                    typed, "by", gettext("Edition"),
                    hint=gettext("The digest of a deposited text: 64 figures"), required=True,
                ),
                field(typed, "base", gettext("What it amends"), hint=gettext("A digest; left out: the same as before")),
                field(typed, "reason", gettext("Why"), "textarea"),
            ]  # fmt: skip
        case "withdraw":
            fields = [field(typed, "reason", gettext("Why"), "textarea")]
        case "promulgate":
            fields = [
                field(typed, "day", gettext("In force from"), "date", gettext("Left out: at once")),
                field(
                    typed, "time", gettext("At"),
                    hint=gettext("By the ministry's clock, as 08:00; left out: when the day begins"),
                ),
            ]  # fmt: skip
        case _:
            fields = []
    made = Form(step, fields, of, [], [])
    if name == "examine":
        made.checks = checks(found, typed, progress)
    return made


def field(
    typed: tuple[str, QueryDict | None],
    name: str,
    label: str,
    kind: str = "text",
    hint: str = "",
    value: str = "",
    *,
    suggest: str = "",
    required: bool = False,
    options: tuple[tuple[str, str], ...] = (),
) -> Field:
    prefix, given = typed
    said = (given.get(prefix + name) or "").strip()[:MOST] if given is not None else value
    return Field(prefix + name, label, kind, hint, said, (), options, "", "", suggest, (), required)


def _typed(given: QueryDict | None, prefix: str) -> tuple[str, QueryDict | None]:
    return prefix, given


def checks(
    found: Here, typed: tuple[str, QueryDict | None], progress: Progress | None
) -> list[Check]:
    """A fieldset for each check of the Book, filled with what was found last, if that stands."""
    kind = found.law.book.vocabulary.kinds.get(CHECKS)
    words = {one.name: one.description for one in kind.values} if kind is not None else {}
    stands = {one.check: one for one in progress.examined if one.stands} if progress else {}
    made = []
    for name in checks_of(found.law):
        last = stands.get(name)
        was = last.found if last is not None else None
        value = "" if was is None else "passed" if was.passed else "wanting"
        told = words.get(name) or name
        made.append(
            Check(
                name,
                told[:1].upper() + told[1:],
                field(
                    typed, f"{name}.finding", gettext("Found"), "radios", value=value,
                    options=(("passed", gettext("nothing stands against it")), ("wanting", gettext("found wanting"))),
                ),
                field(typed, f"{name}.reason", gettext("Why"), "textarea", value=was.reason if was else ""),
            )
        )  # fmt: skip
    return made


def read(found: Here, made: Form, proposal: Proposal, given: QueryDict) -> Data | None:
    """What a form says; None where something is wrong, which then stands beside its field."""
    values: dict[str, Any] = {"edition": proposal.edition}
    values |= {one.name.rpartition(".")[2]: one.value for one in made.fields if one.value}
    match made.step.name:
        case "consult":
            values["office"] = console.office_of(found, made.value("office"))
            values["provisions"] = [
                one for each in made.fields if each.kind == "checkboxes" for one in each.ticked
            ]
            if made.value("due"):
                values["due"] = moment(found, made, "due", "", end=True)
        case "answer":
            values["consultation"] = made.of
        case "resolve":
            values["comment"] = made.of
        case "examine":
            values["findings"] = findings(made)
        case "promulgate":
            day, time = values.pop("day", ""), values.pop("time", "")
            if time and not day:
                made.place("day", gettext("Say on which day, or leave out the time"))
            elif day:
                values["since"] = moment(found, made, "day", time)
    if made.is_wrong:
        return None
    return checked(act_named(made.step.act), made, values)


def checked(act: Act, made: Form, values: dict[str, Any]) -> Data | None:
    try:
        return act.data.model_validate(values)
    except ValidationError as error:
        for one in error.errors():
            where = [str(each) for each in one["loc"]]
            name = (where or [""])[0]
            if name == "findings" and len(where) > 2:
                name = ".".join(where[1:3])
            made.place(name, said(one["type"], one["msg"]))
        return None


def said(kind: str, message: str) -> str:
    if kind == "literal_error":
        return gettext("Choose one")
    return console.said(kind, message)


def findings(made: Form) -> dict[str, Any]:
    """What was found, by check; a check on which nothing is said is left out."""
    values: dict[str, Any] = {}
    for one in made.checks:
        if one.finding.value in ("passed", "wanting"):
            values[one.name] = {
                "passed": one.finding.value == "passed",
                "reason": one.reason.value,
            }
            if not one.reason.value:
                one.reason.error = gettext("Say why")
        elif one.reason.value:
            one.finding.error = gettext("Choose one, or leave out the reason")
    if not values and not made.is_wrong:
        made.wrong.append(Wrong(gettext("Say of at least one check what was found")))
    return values


def moment(found: Here, made: Form, name: str, time: str, end: bool = False) -> dt.datetime | None:
    """A day and a time by the clock of the ministry; with `end` the end of the day."""
    try:
        day = dt.date.fromisoformat(made.value(name))
    except ValueError:
        made.place(name, gettext("This is not a day"))
        return None
    at = dt.time()
    if time:
        try:
            at = dt.time.fromisoformat(time)
        except ValueError:
            at = dt.time(tzinfo=dt.UTC)
        if at.tzinfo is not None:
            made.place("time", gettext("This is not a time of day"), gettext("write it as 08:00"))
            return None
    try:
        whole = dt.datetime.combine(day, at, found.zone)
        return whole + dt.timedelta(days=1) - dt.timedelta(seconds=1) if end else whole
    except OverflowError:
        made.place(name, gettext("This is not a day"))
        return None
