"""A book as one document of LegalRuleML."""

from __future__ import annotations

from collections.abc import Iterable

from writ.book.model import Book, Instrument, Norm
from writ.book.terms import Always
from writ.diagnostics import Diagnostic
from writ.formats.legalruleml import organisation, vocabulary
from writ.formats.legalruleml.codes import finding
from writ.formats.legalruleml.conditions import Formulas
from writ.formats.legalruleml.keys import Keys
from writ.formats.legalruleml.markup import (
    TERMS,
    Node,
    comment,
    conjunction,
    document,
    function,
    lrml,
    node,
    note,
    words,
)
from writ.formats.legalruleml.rules import DEFEATERS, MODALITIES, Rule, Rules
from writ.formats.legalruleml.times import IN_FORCE, STARTS, Characteristic, Times, of_norm
from writ.formats.reader.plain import sentence


def export(book: Book) -> tuple[str, list[Diagnostic]]:
    """The document, and what of the book stands in it only as a comment."""
    return _Export(book).whole(), _carried(book)


def _carried(book: Book) -> list[Diagnostic]:
    file = "book.md"
    found = []
    if book.vocabulary.calendars:
        named = ", ".join(f"`{name}`" for name in book.vocabulary.calendars)
        found.append(finding("X701", file, 1, f"calendars stand in a comment: {named}"))
    if book.assurances:
        number = len(book.assurances)
        said = f"{number} assurance{'s' if number > 1 else ''} of the book stand in a comment"
        found.append(finding("X702", file, 1, said))
    return found


class _Export:
    def __init__(self, book: Book) -> None:
        self.book = book
        self.keys = Keys()
        self.times = Times(self.keys)
        self.formulas = Formulas(book.vocabulary.attributes)
        self.rules = Rules(self.formulas)
        self.statements: dict[str, list[str]] = {}
        """The keys of the statements of each norm."""

    def whole(self) -> str:
        book, keys = self.book, self.keys
        for norm in book.norms:  # the first statement of a norm has its plain key
            keys.of("s", norm.id)
        stated = [self._instrument(each) for each in book.instruments.values()]
        overrides = self._overrides()
        associations = self._associations()
        references, sources = self._references(), self._sources()
        meta = [
            references,
            sources,
            self._authorities(),
            lrml("Jurisdictions", {}, self._jurisdiction()),
            organisation.agents(book, keys),
            organisation.figures(book, keys),
            organisation.roles(book, keys),
            *self.times.elements(),
        ]
        contexts = [self._context(each) for each in book.instruments.values()]
        root = lrml(
            "LegalRuleML",
            {"key": keys.of("book", book.name)},
            *self._about(),
            lrml("Prefix", {"pre": "writ", "refID": TERMS}),
            lrml("Prefix", {"pre": "book", "refID": f"urn:writ:book:{book.name}:"}),
            *meta,
            associations,
            *contexts,
            *stated,
            self._definitions(),
            overrides,
            self._facts(),
        )
        return document(root)

    def _about(self) -> list[Node]:
        book = self.book
        named = note("book", {"name": book.name, "ranks": " ".join(book.ranks)}, book.title)
        held = [*vocabulary.declared(book), *vocabulary.calendars(book)]
        for each in book.assurances:
            text = vocabulary.statement(book, each.place.file, each.place.span)
            held.append(note("assurance", {}, text))
        found = [comment(named), comment(*held)]
        return [each for each in found if each is not None]

    # --- sources, authorities, times

    def _references(self) -> Node:
        """A reference for each provision that a norm stands in, or that gives authority."""
        book = self.book
        cited = dict.fromkeys((norm.instrument, norm.label) for norm in book.norms)
        cited.update((item.under, None) for item in book.instruments.values() if item.under)
        found = []
        for name, label in cited:
            item = book.instruments.get(name)
            shown = item.cite(label) if item else f"{name} {label}"
            title = item.title if item else name
            fields = {
                "refersTo": self.keys.of("ref", f"{name}/{label}"),
                "refID": shown,
                "refIDSystemName": title,
            }
            found.append(lrml("LegalReference", fields))
        return lrml("LegalReferences", {}, *found)

    def _sources(self) -> Node:
        found = []
        for item in self.book.instruments.values():
            fields = {"id": item.id, "kind": item.kind, "rank": str(item.rank)}
            fields |= {"citation": item.citation, "owner": item.owner, "calendar": item.calendar}
            fields["review"] = item.review.isoformat() if item.review else ""
            said = comment(note("instrument", fields, item.title))
            key = {"key": self.keys.of("source", item.id)}
            same = {"sameAs": f"urn:writ:book:{self.book.name}:{item.id}"}
            found.append(lrml("LegalSource", key | same, said))
        return lrml("LegalSources", {}, *found)

    def _authorities(self) -> Node | None:
        makers = dict.fromkeys(i.enacted_by for i in self.book.instruments.values() if i.enacted_by)
        found = [
            lrml("Authority", {"key": self.keys.of("authority", maker), "sameAs": f"book:{maker}"})
            for maker in makers
        ]
        return lrml("Authorities", {}, *found) if found else None

    def _jurisdiction(self) -> Node:
        """A book has one, of its own: it names none."""
        said = comment(note("book", {"name": self.book.name}, self.book.title))
        return lrml("Jurisdiction", {"key": self.keys.of("jurisdiction", self.book.name)}, said)

    def _applied(self, item: Instrument) -> list[Node]:
        found = []
        if item.enacted_by:
            found.append(lrml("appliesAuthority", self.keys.to("authority", item.enacted_by)))
        where = self.keys.to("jurisdiction", self.book.name)
        return [*found, lrml("appliesJurisdiction", where)]

    def _context(self, item: Instrument) -> Node:
        return lrml(
            "Context",
            {"key": self.keys.of("context", item.id)},
            lrml("appliesSource", self.keys.to("source", item.id)),
            *self._applied(item),
            lrml("inScope", self.keys.to("statements", item.id)),
        )

    def _associations(self) -> Node | None:
        """What holds of norms: their provision, their days, their word. Norms alike in all of it share one."""
        alike: dict[tuple[str, str, str, tuple[str, ...]], list[str]] = {}
        for norm in self.book.norms:
            days = self.times.keys(of_norm(norm))
            same = (norm.instrument, norm.label, norm.kind, days)
            alike.setdefault(same, []).extend(self.statements[norm.id])
        found = []
        for at, ((name, label, kind, days), targets) in enumerate(alike.items(), 1):
            edges = [
                lrml("appliesSource", self.keys.to("ref", f"{name}/{label}")),
                lrml("appliesSource", self.keys.to("source", name)),
                *(lrml("appliesTemporalCharacteristic", {"keyref": f"#{day}"}) for day in days),
                lrml("appliesModality", {"iri": f"writ:{kind}"}),
                *(lrml("toTarget", {"keyref": f"#{key}"}) for key in targets),
            ]
            found.append(lrml("Association", {"key": self.keys.of("a", str(at))}, *edges))
        found += [each for i in self.book.instruments.values() if (each := self._enabled(i))]
        found += self._ranked
        return lrml("Associations", {}, *found) if found else None

    def _enabled(self, item: Instrument) -> Node | None:
        """The authority that an instrument is made under, and its own days."""
        days: list[Characteristic] = [(IN_FORCE, STARTS, item.start)]
        edges = [lrml("appliesSource", self.keys.to("source", item.id))]
        if item.under:
            enabling = self.keys.to("ref", f"{item.under[0]}/{item.under[1]}")
            edges.insert(0, lrml("appliesSource", enabling))
        for day in self.times.keys(days):
            edges.append(lrml("appliesTemporalCharacteristic", {"keyref": f"#{day}"}))
        edges += [*self._applied(item), lrml("toTarget", self.keys.to("statements", item.id))]
        return lrml("Association", {"key": self.keys.of("made-under", item.id)}, *edges)

    # --- statements

    def _instrument(self, item: Instrument) -> Node:
        norms = [norm for norm in self.book.norms if norm.instrument == item.id]
        stated = [each for norm in norms for each in self._norm(norm)]
        return lrml("Statements", {"key": self.keys.of("statements", item.id)}, *stated)

    def _norm(self, norm: Norm) -> Iterable[Node]:
        found: list[Node] = []
        keys: list[str] = []
        source = vocabulary.statement(self.book, norm.place.file, norm.place.span)
        about = {"id": norm.id, "kind": norm.kind, "cite": norm.citation, "title": norm.title}
        said = comment(note("norm", about, source))
        for rule in self.rules.of(norm):
            name = norm.id if not keys else f"{norm.id}.{rule.part}"
            key = self.keys.of("s", name)
            kind = "ConstitutiveStatement" if rule.constitutive else "PrescriptiveStatement"
            found.append(
                lrml(kind, {"key": key}, None if keys else said, self._rule(norm, rule, key))
            )
            keys.append(key)
        self.statements[norm.id] = keys
        if norm.breach:
            found += self._sanction(norm)
        return found

    def _rule(self, norm: Norm, rule: Rule, key: str) -> Node:
        defeater = norm.kind in DEFEATERS
        plain = None if rule.part not in ("", "no-power", "lapse") else sentence(self.book, norm)
        return node(
            "ruleml:Rule",
            {
                "key": f":rule-{key}",
                "closure": "universal",
                "strength": "defeater" if defeater else "defeasible",
            },
            words("lrml:Paraphrase", plain) if plain else None,
            node("ruleml:if", {}, rule.premise),
            node("ruleml:then", {}, rule.conclusion),
        )

    def _sanction(self, norm: Norm) -> list[Node]:
        """What follows a breach: a penalty, tied to the duty by a reparation."""
        penalty = self.keys.of("penalty", norm.id)
        what = conjunction(self.rules.effect(each) for each in norm.breach)
        repaired = lrml(
            "Reparation",
            {},
            lrml("appliesPenalty", {"keyref": f"#{penalty}"}),
            lrml("toPrescriptiveStatement", self.keys.to("s", norm.id)),
        )
        key = {"key": self.keys.of("reparation", norm.id)}
        return [
            lrml("PenaltyStatement", {"key": penalty}, what),
            lrml("ReparationStatement", key, repaired),
        ]

    def _definitions(self) -> Node | None:
        """Definitions for readers: the norms carry their meaning already."""
        found = []
        for each in self.book.vocabulary.definitions.values():
            if each.type.base == "yes-no":
                premise = self.formulas.condition(each.meaning)  # type: ignore[arg-type]
                head = node("ruleml:Atom", {}, words("ruleml:Rel", each.name, _iri(each.name)))
            else:
                premise = self.formulas.condition(Always(True))
                value = self.formulas.term(each.meaning)  # type: ignore[arg-type]
                head = node("ruleml:Equal", {}, function("book", each.name), value)
            said = comment(note("definition", {"name": each.name}, each.description))
            rule = node(
                "ruleml:Rule",
                {"closure": "universal", "strength": "StrictStrength"},
                node("ruleml:if", {}, premise),
                node("ruleml:then", {}, head),
            )
            key = {"key": self.keys.of("definition", each.name)}
            found.append(lrml("ConstitutiveStatement", key, said, rule))
        return (
            lrml("Statements", {"key": self.keys.of("statements", "-definitions")}, *found)
            if found
            else None
        )

    def _overrides(self) -> Node | None:
        """Who prevails over whom, with the days on which that is so."""
        found: list[Node] = []
        self._ranked: list[Node] = []
        for at, each in enumerate(self.book.overrides, 1):
            key = self.keys.of("override", str(at))
            fields = {"over": f"#{self.keys.of('s', each.winner)}"}
            fields["under"] = f"#{self.keys.of('s', each.loser)}"
            found.append(
                lrml(
                    "OverrideStatement",
                    {"key": key},
                    comment(note("override", {"by": each.by})),
                    lrml("Override", fields),
                )
            )
            edges = [
                lrml("appliesTemporalCharacteristic", {"keyref": f"#{day}"})
                for day in self.times.keys(of_norm(each))
            ]
            edges.append(lrml("toTarget", {"keyref": f"#{key}"}))
            self._ranked.append(
                lrml("Association", {"key": self.keys.of("ranked", str(at))}, *edges)
            )
        return (
            lrml("Statements", {"key": self.keys.of("statements", "-overrides")}, *found)
            if found
            else None
        )

    def _facts(self) -> Node | None:
        found = organisation.facts(self.book, self.keys)
        return (
            lrml("Statements", {"key": self.keys.of("statements", "-facts")}, *found)
            if found
            else None
        )


def _iri(name: str) -> dict[str, str]:
    return {"iri": f"book:{name}"}


__all__ = ["MODALITIES", "export"]
