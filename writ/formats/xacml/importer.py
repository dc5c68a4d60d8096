"""From XACML files to the files of a book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from writ.book.load import load_texts
from writ.book.model import Book
from writ.diagnostics import Diagnostic, Severity
from writ.formats.xacml.attributes import Attributes, Names
from writ.formats.xacml.book import write
from writ.formats.xacml.certainty import TooLong
from writ.formats.xacml.reading import Policies
from writ.formats.xacml.terms import RESERVED
from writ.formats.xacml.xml import MAX_BYTES, Element, Refused, parse, refusal
from writ.syntax.formatter import format_text

MAX_FILES = 1_000
"""Of one folder."""
TOO_LARGE = frozenset({"V213", "S101", "S124", "S125"})
"""The codes of the compiler for what exceeds a limit."""


@dataclass
class Imported:
    """What came of an import: the files of the book, the book itself, and the attributes that a request is read by."""

    files: dict[str, str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    book: Book | None = None
    attributes: Attributes | None = None


def import_xacml(path: Path) -> tuple[dict[str, str], list[Diagnostic]]:
    """The files of the book, by path within it, that says what a policy says; none where anything in it is refused.

    `path` is a policy or policy set of XACML 3.0, or a folder of which one file is the outermost and the others are
    what it refers to.
    """
    found = import_policies(*_sources(path))
    return found.files, found.diagnostics


def _sources(path: Path) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """The contents of the file, or of the XML files of the folder."""
    files = sorted(path.glob("*.xml")) if path.is_dir() else [path]
    found: dict[str, bytes] = {}
    try:
        if len(files) > MAX_FILES:
            raise refusal("X302", str(path), 1, f"the folder has more than {MAX_FILES:,} files")
        for file in files:
            try:
                with file.open("rb") as opened:
                    found[str(file)] = opened.read(MAX_BYTES + 1)
            except OSError as error:
                reason = error.strerror or "it cannot be read"
                raise refusal("X301", str(file), 1, f"the file is not read: {reason}") from None
        if not found:
            raise refusal("X301", str(path), 1, "there is no XML file here")
    except Refused as refused:
        return {}, [refused.diagnostic]
    return found, []


def import_policies(
    sources: Mapping[str, bytes], found: list[Diagnostic] | None = None
) -> Imported:
    """The book of these files, by path. Without files, what was found already is why."""
    if found:
        return Imported(diagnostics=found)
    try:
        roots = [parse(name, data) for name, data in sources.items()]
        stock = _Stock(roots)
        names = Names()
        names.taken |= set(RESERVED)
        attributes = Attributes(names)
        try:
            policy = Policies(attributes, stock.resolve).read(stock.outermost())
            files = write(policy, attributes, names)
        except TooLong:
            raise stock.outermost().refuse(
                "X302", "a condition of this policy would have too many parts", "divide the policy"
            ) from None
    except Refused as refused:
        return Imported(diagnostics=[refused.diagnostic])
    files = {name: format_text(name, text)[0] for name, text in files.items()}
    book, troubles = load_texts(files)
    errors = [one for one in troubles if one.severity is Severity.ERROR]
    if errors:
        first = errors[0]
        root = stock.outermost()
        code = "X302" if first.code in TOO_LARGE else "X304"
        wrong = root.refuse(code, f"the book of this policy would not compile: {first.message}")
        return Imported(diagnostics=[wrong.diagnostic])
    return Imported(files, [], book, attributes)


class _Stock:
    """The policies at the top of each file, by what refers to them."""

    def __init__(self, roots: list[Element]) -> None:
        self.roots = roots

    def outermost(self) -> Element:
        """The one to which no other refers."""
        meant = {id(one) for root in self.roots for one in self._meant(root)}
        found = [root for root in self.roots if id(root) not in meant]
        if not found:
            raise self.roots[0].refuse("X305", "the policies refer to one another in a circle")
        if len(found) > 1:
            raise found[1].refuse(
                "X305",
                f"neither this policy nor the one of {found[0].file} is part of the other",
                "import one file, or put both into one policy set",
            )
        return found[0]

    def _meant(self, root: Element) -> list[Element]:
        """The policies to which a policy set refers, as far as they are known."""
        found: list[Element] = []
        todo = [root]
        while todo:
            element = todo.pop()
            todo += element.children
            if element.name in ("PolicyIdReference", "PolicySetIdReference"):
                found += self._named(element)
        return found

    def _named(self, reference: Element) -> list[Element]:
        kind = reference.name.removesuffix("IdReference")
        name = reference.text.strip()
        return [
            root
            for root in self.roots
            if root.name == kind and root.attributes.get(f"{kind}Id", "").strip() == name
        ]

    def resolve(self, reference: Element) -> Element:
        """The policy that a reference means."""
        for version in ("Version", "EarliestVersion", "LatestVersion"):
            if version in reference.attributes:
                raise reference.refuse(
                    "X304",
                    "a reference to a version of a policy has no counterpart: a book has one text on each day",
                )
        found = self._named(reference)
        name = reference.text.strip()
        if not found:
            raise reference.refuse("X305", f"the policy `{name}` is not among the files")
        if len(found) > 1:
            raise reference.refuse("X305", f"the policy `{name}` is in more than one file")
        return found[0]
