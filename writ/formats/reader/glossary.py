"""The words of a book explained, and who may do what: what stands below the law on its page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from writ.book.model import Book, Norm
from writ.book.terms import Condition
from writ.formats.reader.cards import Cards
from writ.formats.reader.markup import text
from writ.formats.reader.plain import Speech, Term, flat, human

_MAY = {
    "power": "may",
    "permission": "may",
    "right": "has the right to",
    "delegation": "may delegate by",
}
_BAR = {
    "duty": "must",
    "limit": "may only",
    "prohibition": "must not",
    "disability": "has no power to",
    "immunity": "is immune from",
}
_ORDER = (
    "may",
    "has the right to",
    "may delegate by",
    "need not",
    "must",
    "must not",
    "may only",
    "has no power to",
    "is immune from",
)


def explained(book: Book) -> dict[str, tuple[str, str]]:
    """Every word that a norm may use: its sort and what it means."""
    words = book.vocabulary
    found: dict[str, tuple[str, str]] = {}
    for name, actor in words.actors.items():
        found[name] = (actor.kind, actor.description)
    for name, act in words.acts.items():
        found[name] = ("act", act.description)
    for name, thing in words.things.items():
        found[name] = ("thing", thing.description)
    for name, state in words.states.items():
        found[name] = ("state", state.description)
    for name, event in words.events.items():
        found[name] = ("event", event.description)
    for slot, each in words.attributes.items():
        found[slot] = ("fact" if "." not in slot else "attribute", each.description)
    return found


def used(cards: Cards, norms: Iterable[Norm]) -> frozenset[str]:
    """The words that norms use, as their cards show them."""
    found: set[str] = set()
    for norm in norms:
        plain = cards.speech.norm(norm)
        for words in (plain.line, *(said for _, said in plain.clauses)):
            found.update(each.name for each in words if isinstance(each, Term))
    return frozenset(found)


def glossary(book: Book, shown: frozenset[str]) -> str:
    """A list of the words that are used, in the order of the alphabet."""
    rows = []
    meanings = {name: f"means: {flat_meaning(book, name)}" for name in book.vocabulary.definitions}
    for name, (sort, said) in sorted(explained(book).items(), key=lambda each: each[0].casefold()):
        if name not in shown:
            continue
        more = meanings.get(name, "")
        body = " ".join(filter(None, (text(said), text(more)))) or "not described in the book"
        rows.append(
            f'<div id="w-{text(name)}"><dt>{text(human(name))} <span class="sort">{sort}</span></dt>'
            f"<dd>{body}</dd></div>"
        )
    return f'<dl class="glossary">{"".join(rows)}</dl>' if rows else ""


def flat_meaning(book: Book, name: str) -> str:
    item = book.vocabulary.definitions[name]
    speech = Speech(book)
    if item.type.base == "yes-no":
        meaning: Condition = item.meaning  # type: ignore[assignment]
        return flat(speech.condition(meaning))
    return flat(speech.expression(item.meaning))  # type: ignore[arg-type]


def who_may(book: Book, norms: Iterable[Norm], cite: Callable[[Norm], str]) -> str:
    """For each office, body and person: what it may, must and must not do, with where that stands."""
    held: dict[str, dict[str, dict[str, list[Norm]]]] = {}
    for norm in norms:
        if norm.kind == "lapse" or not norm.act:
            continue
        for actor in _named(norm):
            held.setdefault(actor, {}).setdefault(_verb(norm), {}).setdefault(norm.act, []).append(
                norm
            )
    rows = [_actor(book, actor, held[actor], cite) for actor in sorted(held, key=_last_anyone)]
    return "".join(rows)


def _named(norm: Norm) -> list[str]:
    """Whom a norm is about; `no one except B` is about B's exception as well as about anyone."""
    names = [each.name for each in norm.bearer.actors]
    return names if names and norm.bearer.mode != "none" else ["anyone"]


def _verb(norm: Norm) -> str:
    if norm.kind in ("power", "permission") and norm.omission:
        return "need not"
    if norm.kind in _MAY:
        return _MAY[norm.kind]
    return _BAR[norm.kind]


def _last_anyone(name: str) -> tuple[bool, str]:
    return name == "anyone", name


def _actor(
    book: Book, name: str, held: Mapping[str, Mapping[str, list[Norm]]], cite: Callable[[Norm], str]
) -> str:
    actor = book.vocabulary.actors.get(name)
    about = f'<p class="about">{text(actor.description)}</p>' if actor and actor.description else ""
    parts = []
    for verb in _ORDER:
        acts = held.get(verb)
        if not acts:
            continue
        rows = "".join(
            f'<li>{text(_act(book, act))} <span class="at">{_cited(cite, norms)}</span></li>'
            for act, norms in acts.items()
        )
        parts.append(f"<div><h4>{verb}</h4><ul>{rows}</ul></div>")
    number = sum(len(norms) for acts in held.values() for norms in acts.values())
    return (
        f'<details class="who"><summary><h3>{text(human(name).capitalize())}</h3> '
        f'<span class="many">{number} norm{"s" if number != 1 else ""}</span></summary>{about}'
        f'<div class="verbs">{"".join(parts)}</div></details>'
    )


def _act(book: Book, name: str) -> str:
    act = book.vocabulary.acts.get(name)
    return act.description if act and act.description else human(name)


def _cited(cite: Callable[[Norm], str], norms: Iterable[Norm]) -> str:
    return ", ".join(dict.fromkeys(map(cite, norms)))
