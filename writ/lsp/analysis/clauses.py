"""What may stand in the clauses of a norm."""

from __future__ import annotations

from collections.abc import Iterator

from writ.lsp.analysis import keywords
from writ.lsp.analysis.offers import Offer, Offers
from writ.lsp.analysis.operands import offered
from writ.lsp.analysis.where import Here
from writ.syntax.clauses import BY_KIND, FORMS, WRITTEN


def clauses(place: Here) -> Iterator[Offer]:
    """The clauses that this kind of norm may have, once each where a second would contradict the first."""
    forms = FORMS.get(place.head) or BY_KIND.get(place.head, {})
    for word, form in forms.items():
        written = WRITTEN.get(word, word)
        if form.once and f"\n  {written} " in place.statement + place.after:
            continue
        yield Offer(
            written, "keyword", keywords.CLAUSES.get(word, ""), order=4, insert=f"{written} "
        )


def clause(offers: Offers, path: str, place: Here) -> Iterator[Offer]:
    words, word = place.words, place.clause
    last = words[-1] if words else ""
    match word:
        case "when" | "unless" | "with" | "so that" | "until" | "limited to" if (
            place.head != "repeal"
        ):
            yield from offered(offers, words, (path,), "condition", place)
        case "by" | "at":
            yield from offered(offers, words, (path,), "date", place)
        case "notwithstanding" | "subject to" | "replaces":
            yield from offers.provisions(path, last)
        case "stating" | "recording" if last in ("", ","):
            yield from offers.attributes(place)
        case "enabling" | "before" if last in ("", ","):
            yield from offers.acts()
        case "for each" if not words:
            yield from offers.things()
        case "to" if last in ("", ",", "of"):
            yield from offers.bearers()
        case "waived by" if last in ("", ","):
            yield from offers.actors()
        case "waived by" if last == "by":
            yield from offers.acts()
        case "after" if place.head != "lapse":
            yield from _steps(offers, words)
        case "within" | "on":
            yield from _triggers(offers, words, word)
        case "begins" | "continues" | "amends" | "suspends" | "resumes" | "ends":
            yield from _effects(offers, words, word, place)
        case "if breached":
            if not words:
                for verb in ("escalates to", "begins", "ends"):
                    yield Offer(verb, "keyword", "what follows the breach")
            elif last == "to":
                yield from offers.actors()
            else:
                yield from _effects(offers, words[1:], words[0], place)
        case "every":
            yield from _periods(offers, words)
            if last == "while":
                yield from offers.states()


def _steps(offers: Offers, words: tuple[str, ...]) -> Iterator[Offer]:
    last = words[-1] if words else ""
    if last in ("", ","):
        yield from offers.acts()
    elif last == "by":
        yield from offers.actors()
    else:
        yield Offer("by", "keyword", "by whom")
        yield Offer("within", "keyword", "how long before, at most")


def _triggers(offers: Offers, words: tuple[str, ...], word: str) -> Iterator[Offer]:
    last = words[-1] if words else ""
    if last == "by":
        yield from offers.actors()
    elif words[-2:] in (("start", "of"), ("end", "of")):
        yield from offers.states()
    elif (word == "on" and not words) or last == "of":
        if words[-3:-1] == ("sitting", "days") or (
            words[-2:-1] == ("days",) and "sitting" in words[-3:]
        ):
            yield from offers.actors("body")
        yield from offers.acts()
        yield from offers.events()
        yield Offer("start of", "keyword", "when a state begins")
        yield Offer("end of", "keyword", "when a state ends")
    else:
        yield from _periods(offers, words)


UNITS = (
    "days",
    "working days",
    "sitting days of",
    "weeks",
    "months",
    "years",
    "hours",
    "calendar months",
    "calendar years",
)


def _periods(offers: Offers, words: tuple[str, ...]) -> Iterator[Offer]:
    if words and words[-1].isdigit():
        for unit in UNITS:
            yield Offer(unit, "keyword", "a unit of time")
    elif words and words[-1] in ("days", "weeks", "months", "years", "hours"):
        yield Offer("of", "keyword", "what the period runs from")
        yield Offer("while", "keyword", "as long as a state is in effect")


def _effects(offers: Offers, words: tuple[str, ...], verb: str, place: Here) -> Iterator[Offer]:
    if not words:
        yield from offers.states()
    elif len(words) == 1 and verb in ("begins", "continues"):
        yield Offer("for", "keyword", "so long")
        yield Offer("until", "keyword", "until a day")
        if verb == "begins":
            yield Offer("from", "keyword", "not at once, but from then")
    elif words[-1].isdigit():
        yield from _periods(offers, words)
    elif words[-1] in ("until", "from"):
        yield from offered(offers, words[2:], (), "date", place)
