"""V261: a condition on an attribute that no request for the act states."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book import terms
from writ.book.model import Norm
from writ.checks.check import Check, Unit, condition, conditions, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "V261",
    "foreign-attribute",
    Severity.WARNING,
    "a norm on one act asks for an attribute of another act, or of a thing that its act is not done to",
    "who asks about the first act states nothing about the second, and the condition is simply false.",
    """
act sign "sign an order"
act publish "publish an order"
  urgent: yes-no "it cannot wait"
prohibition 5
  no one may sign
  when publish.urgent
""",
    "declare the attribute on the act or thing that the norm is about, on a broader one, or as a fact.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each conjunct that speaks of such an attribute."""
    vocabulary = view.vocabulary
    known: dict[tuple[str, ...], bool] = view.memory.setdefault((DOC.code, ""), {})  # type: ignore[assignment]
    for norm in view.norms_of[unit]:
        acts = _acts(norm)
        foreign = set()
        for slot in view.profile(norm).mentions:
            if "." not in slot:
                continue
            key = (slot, norm.thing, *acts)
            if key not in known:
                known[key] = _foreign(view, norm, slot, set(acts))
            if known[key]:
                foreign.add(slot)
        if not foreign:
            continue
        for field, items in conditions(norm).items():
            for at, item in enumerate(items):
                for term in terms.walk(item):
                    if isinstance(term, terms.Attr) and term.name in foreign and _plain(term):
                        owner = vocabulary.attributes[term.name].owner
                        message = f"`{term.name}` is not stated when the act is `{norm.act}`"
                        help = (
                            f"`{owner}` is another {'act' if owner in vocabulary.acts else 'thing'}"
                        )
                        yield finding(view, DOC, condition(norm, field, at), message, help)


def _plain(term: terms.Attr) -> bool:
    return term.space == "fact"


def _acts(norm: Norm) -> tuple[str, ...]:
    """The acts of which a condition of the norm may speak."""
    opening = norm.trigger.name if norm.trigger is not None else ""
    return (norm.act, norm.before, opening, *norm.delegated)


def _foreign(view: View, norm: Norm, slot: str, acts: set[str]) -> bool:
    vocabulary = view.vocabulary
    item = vocabulary.attributes.get(slot)
    if item is None:
        return False
    acts &= vocabulary.acts.keys()
    if item.owner in vocabulary.acts:
        up, down = vocabulary.act_up, vocabulary.act_down
        return bool(acts) and not any(item.owner in up[act] | down[act] for act in acts)
    if item.owner not in vocabulary.things or not acts:
        return False
    narrower = {name for act in acts for name in vocabulary.act_down[act]}
    things = {vocabulary.acts[name].thing for name in acts | narrower} | {norm.thing}
    things.discard("")
    family = vocabulary.thing_up[item.owner] | vocabulary.thing_down[item.owner]
    return family.isdisjoint(things) and not any(
        kind.type.base == "list" and kind.type.of in family
        for kind in vocabulary.attributes.values()
    )


CHECK = Check(DOC, Unit.INSTRUMENT, find)
