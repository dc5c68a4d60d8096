"""Who there is: bodies and persons as agents, offices as figures, and what each is to the others as facts."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import ActorDef, Book, Norm
from writ.formats.legalruleml.keys import Keys
from writ.formats.legalruleml.markup import Node, atom, comment, data, individual, lrml, note
from writ.syntax.tree import Bearer


def agents(book: Book, keys: Keys) -> Node | None:
    """Bodies, and the classes of private persons."""
    found = [
        lrml("Agent", {"key": keys.of("actor", each.name)}, _said(each.description))
        for each in book.vocabulary.actors.values()
        if each.kind != "office"
    ]
    return lrml("Agents", {}, *found) if found else None


def figures(book: Book, keys: Keys) -> Node | None:
    """Offices. The function of an office is what the law gives its holder; its body is the actor."""
    found = [
        lrml(
            "Figure",
            {"key": keys.of("actor", each.name)},
            _said(each.description),
            lrml("hasFunction", {"iri": f"book:{each.name}"}),
            lrml("hasActor", keys.to("actor", each.body)) if each.body else None,
        )
        for each in book.vocabulary.actors.values()
        if each.kind == "office"
    ]
    return lrml("Figures", {}, *found) if found else None


def roles(book: Book, keys: Keys) -> Node | None:
    """For each actor, the norms that it bears, and those that are owed to it."""
    borne: dict[tuple[str, str], list[str]] = {}
    for norm in book.norms:
        for role, bearer in _parties(norm):
            for actor in dict.fromkeys((*bearer.actors, *bearer.excepted)):
                excepted = actor in bearer.excepted
                named = "excepted" if excepted else role
                borne.setdefault((named, actor.name), []).append(norm.id)
    found = [
        lrml(
            "Role",
            {"key": keys.of("role", f"{role}.{name}"), "iri": f"writ:{role}"},
            lrml("filledBy", keys.to("actor", name)),
            *(lrml("forExpression", keys.to("s", id)) for id in dict.fromkeys(ids)),
        )
        for (role, name), ids in borne.items()
        if name in book.vocabulary.actors
    ]
    return lrml("Roles", {}, *found) if found else None


def _parties(norm: Norm) -> Iterator[tuple[str, Bearer]]:
    yield "bearer", norm.bearer
    if norm.to:
        yield "addressee", norm.to
    if norm.recipients:
        yield "recipient", norm.recipients


def facts(book: Book, keys: Keys) -> list[Node]:
    """What the book says of its actors, acts and things, as statements of fact."""
    words = book.vocabulary
    said: list[Node] = []
    for actor in words.actors.values():
        said += _of_actor(actor)
    for act in words.acts.values():
        name = individual(act.name)
        said += [atom("is-a", name, individual(parent)) for parent in act.parents]
        if act.thing:
            said.append(atom("done-to", name, individual(act.thing)))
        said += [atom(w, name) for w in ("reserved", "material") if getattr(act, w)]
        said += [atom("excludes", name, individual(other)) for other in act.excludes]
    for thing in words.things.values():
        said += [atom("is-a", individual(thing.name), individual(up)) for up in thing.parents]
    return [
        lrml("FactualStatement", {"key": keys.of("fact", str(at))}, lrml("hasTemplate", {}, each))
        for at, each in enumerate(said, 1)
    ]


def _of_actor(actor: ActorDef) -> Iterator[Node]:
    name = individual(actor.name)
    for parent in actor.parents:
        yield atom("is-a", name, individual(parent))
    if actor.body:
        yield atom("in", name, individual(actor.body))
    for above in actor.reports_to:
        yield atom("reports-to", name, individual(above))
    if actor.members:
        yield atom("members", name, individual(actor.members))
    if actor.quorum:
        yield atom("quorum", name, data(str(actor.quorum), "integer"))
    for at, after in enumerate(actor.succession, 1):
        yield atom("succeeded-by", name, individual(after), data(str(at), "integer"))
    for gap in actor.vacancies:
        until = data(gap.end.isoformat(), "date") if gap.end else None
        yield atom("vacant", name, data(gap.start.isoformat(), "date"), until=until)


def _said(description: str) -> Node | None:
    return comment(note("description", {}, description)) if description else None
