"""Facts and values, given their types by the book. A bare name is looked up as in a request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from writ.book import dates
from writ.book.model import AttributeDef, Book
from writ.book.terms import Period, Type, Value
from writ.diagnostics import LENGTH_BITS, LENGTH_MASK
from writ.engine.ask import near
from writ.journal.phrases import Braces, Fact, Members, WrittenValue
from writ.syntax.cursor import Mistake, shown
from writ.syntax.limits import MAX_DIAGNOSTICS
from writ.syntax.printer import print_duration, print_number
from writ.syntax.tree import Date, Duration, Name, Number, Text, Truth

EXPECTED = {
    "yes-no": "`yes` or `no`",
    "number": "a number",
    "text": "a text in double quotes",
    "date": "a day or a moment",
    "duration": "a duration such as `30 days`",
    "person-id": "who it is",
    "set": "a set such as `{a, b}`",
    "list": "a list such as `[(a is 1, b)]`",
}


class Facts:
    """Gives facts their types, noting what is wrong in `mistakes`."""

    def __init__(self, book: Book, mistakes: list[Mistake]) -> None:
        self.vocabulary = book.vocabulary
        calendar = book.vocabulary.calendars.get(book.default_calendar)
        self.zone: dt.tzinfo = dates.zone_of(calendar.zone) if calendar is not None else dt.UTC
        self.mistakes = mistakes
        self._slots: dict[tuple[str, str, str], AttributeDef | None] = {}
        self._days: dict[str, dt.date] = {}

    def wrong(self, code: str, span: int, message: str, help: str = "") -> None:
        start = span >> LENGTH_BITS
        self.mistakes.append(Mistake(code, start, start + (span & LENGTH_MASK), message, help))

    def near(self, name: str, known: list[str]) -> str:
        """A suggestion for a misspelt name; none any more where there are more mistakes than will be shown."""
        return near(name[:60], known) if len(self.mistakes) <= MAX_DIAGNOSTICS else ""

    def typed(
        self, facts: Sequence[Fact], owner: str, thing: str, withdrawn: bool = False
    ) -> dict[str, Value | None]:
        """Facts by slot; one that is wrong is left out. `withdrawn`: they may be `not stated`."""
        found: dict[str, Value | None] = {}
        for path, written in facts:
            definition = self.definition(path.text, owner, thing)
            if definition is None:
                self.unknown(path)
                continue
            slot = definition.slot
            if slot in found:
                help = "a set stands in braces: `{a, b}`" if definition.type.base == "set" else ""
                self.wrong("J114", path.span, f"`{path.text}` is stated twice", help)
            elif written is None:
                if withdrawn:
                    found[slot] = None
                    continue
                message = f"`{path.text} not stated` withdraws a fact, and this is no `given`"
                self.wrong("J112", path.span, message, "leave it out")
            else:
                value = self.value(definition.type, written, path)
                if value is not None:
                    found[slot] = value
        return found

    # --- attributes

    def unknown(self, path: Name) -> None:
        bare = path.text.rpartition(".")[2]
        known = dict.fromkeys(slot.rpartition(".")[2] for slot in self.vocabulary.attributes)
        homes = [slot for slot, one in self.vocabulary.attributes.items() if one.name == bare]
        help = self.near(bare, [*known])
        if bare in known and len(homes) > 1:
            help = f"say which: {', '.join(f'`{slot}`' for slot in homes[:4])}"
        self.wrong("J111", path.span, f"unknown attribute `{shown(path.text)}`", help)

    def definition(self, key: str, owner: str, thing: str) -> AttributeDef | None:
        """As `writ.engine.ask` finds the attribute of a request's fact."""
        asked = (key, owner, thing)
        try:
            return self._slots[asked]
        except KeyError:
            found = self._slots[asked] = self._find(key, owner, thing)
            return found

    def _find(self, key: str, owner: str, thing: str) -> AttributeDef | None:
        attributes = self.vocabulary.attributes
        if "." in key:
            first, name = key.split(".", 1)
            return attributes.get(key) or self._inherited(first, name)
        return (
            self._inherited(owner, key)
            or self._inherited(thing, key)
            or attributes.get(key)
            or attributes.get(f"actor.{key}")
            or self._only(key)
        )

    def _inherited(self, owner: str, name: str) -> AttributeDef | None:
        vocabulary = self.vocabulary
        ups = vocabulary.act_up.get(owner) or vocabulary.thing_up.get(owner) or {owner}
        for above in (owner, *sorted(ups)):
            found = vocabulary.attributes.get(f"{above}.{name}")
            if found is not None:
                return found
        return None

    def _only(self, name: str) -> AttributeDef | None:
        """The one attribute of that name anywhere outside states, if there is just one."""
        found = [
            one
            for one in self.vocabulary.attributes.values()
            if one.name == name and one.owner not in self.vocabulary.states
        ]
        return found[0] if len(found) == 1 else None

    # --- values

    def value(self, kind: Type, written: WrittenValue, path: Name) -> Value | None:
        """The value as one of that type; None once it has been reported that it is none."""
        match written, kind.base:
            case (Truth(value=truth), "yes-no"):
                return truth
            case (Number(value=number), "number"):
                return number
            case (Duration(amount=amount, unit=unit, of=""), "number") if unit == kind.of:
                return amount
            case (Text(value=text), "text" | "person-id"):
                return text
            case (Name(text=text), "person-id"):
                return text
            case (Date(), "date"):
                return self.when(written)
            case (Duration(amount=amount, unit=unit, of=of), "duration"):
                return Period(amount, unit, of)
            case (Name() | Text(), "kind" | "levels"):
                return self.one_of(kind.of, written)
            case (Braces(items=items), "set"):
                members = [self.one_of(kind.of, item) for item in items]
                return frozenset(one for one in members if one)
            case (Members(items=lists), "list"):
                return tuple([self.member(kind.of, each) for each in lists])
        self.mistyped(kind, written, path)
        return None

    def member(self, thing: str, facts: tuple[Fact, ...]) -> dict[str, Value]:
        slots = self.typed(facts, thing, thing)
        return {slot.rpartition(".")[2]: one for slot, one in slots.items() if one is not None}

    def one_of(self, kind: str, written: WrittenValue) -> str | None:
        text = written.text if isinstance(written, Name) else getattr(written, "value", "")
        definition = self.vocabulary.kinds.get(kind)
        if definition is None or text in definition.order:
            return str(text)
        names = [*definition.order]
        help = self.near(str(text), names) or f"one of: {', '.join(names[:12])}"
        self.wrong("J113", written.span, f"`{shown(str(text))}` is not a value of `{kind}`", help)
        return None

    def mistyped(self, kind: Type, written: WrittenValue, path: Name) -> None:
        expected = EXPECTED.get(kind.base, f"a value of `{kind.of}`")
        if kind.base == "number" and kind.of:
            expected = f"a number of {kind.of}"
        message = f"`{path.text}` is {described(written)}; {expected} is expected"
        help = ""
        if kind.base == "set" and isinstance(written, Name):
            help = f"write `{path.text} is {{{written.text}}}`"
        elif kind.base == "text" and isinstance(written, Name):
            help = f'write `{path.text} is "{written.text}"`'
        elif kind.base in ("kind", "levels") and isinstance(written, Truth):
            help = f"say which: `{path.text} is …`"
        self.wrong("J112", written.span, message, help)

    def when(self, written: Date) -> dt.date | None:
        """A day as it stands; a moment by the clock of the book's calendar, with the offset that it has there."""
        text = written.value
        found = self._days.get(text)
        if found is not None:
            return found
        if len(text) == 10:
            found = dt.date.fromisoformat(text)
        else:
            moment = self.moment(text, written.span)
            if moment is None:
                return None
            found = moment
        # A moment without an offset may have something wrong, which is to be said each time.
        told = len(text) == 10 or text[-1] == "Z" or text[-6] in "+-"
        if told and len(self._days) < 100_000:
            self._days[text] = found
        return found

    def moment(self, text: str, span: int) -> dt.datetime | None:
        moment = dt.datetime.fromisoformat(text)
        try:
            aware = moment if moment.tzinfo is not None else self.told(moment, text, span)
            local = aware.astimezone(self.zone)
            local.astimezone(dt.UTC)
        except (OverflowError, ValueError):
            self.wrong("S122", span, f"the date `{text}` is out of range")
            return None
        # The offset alone, not the zone: two such moments are equal when they are the same moment.
        return local.replace(tzinfo=dt.timezone(local.utcoffset() or dt.timedelta()), fold=0)

    def told(self, moment: dt.datetime, text: str, span: int) -> dt.datetime:
        """A moment without an offset, by the clock of the calendar's zone: when the clock is put on or back, it may
        name no moment, or two."""
        first = moment.replace(tzinfo=self.zone)
        again = moment.replace(tzinfo=self.zone, fold=1)
        one, other = first.utcoffset(), again.utcoffset()
        if one != other:
            back = first.astimezone(dt.UTC).astimezone(self.zone).replace(tzinfo=None)
            if back != moment:
                message = f"`{text}` does not exist: the clock was put on then"
                self.wrong("J115", span, message, "write the offset: `…-05:00`")
            else:
                message = f"`{text}` was twice: the clock was put back then"
                self.wrong("J116", span, message, "write the offset; the first was taken")
        return first


def described(written: WrittenValue) -> str:
    """What was written, for a message."""
    match written:
        case Truth(value=truth):
            return "`yes`" if truth else "`no`"
        case Name(text=text):
            return f"`{shown(text)}`"
        case Text(value=text):
            return f"the text `{shown(text)}`"
        case Number(value=number):
            return f"`{print_number(number)}`"
        case Date(value=text):
            return f"`{text}`"
        case Duration():
            return f"`{print_duration(written)}`"
        case Braces():
            return "a set"
    return "a list"
