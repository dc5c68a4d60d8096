"""An instrument as its front matter, its prose and the statements of its blocks, to take some of them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

DECLARES = re.compile(
    r"(?:kind|levels|body|office|person|act|thing|state|event|definition|calendar|fact) ([a-z][\w-]*)"
)
NORMS = frozenset(
    (
        "power",
        "permission",
        "duty",
        "prohibition",
        "right",
        "immunity",
        "disability",
        "limit",
        "delegation",
        "lapse",
        "override",
        "repeal",
        "suspend",
        "commence",
        "assurance",
    )
)
HEADING = re.compile(r"#+ ")
LABEL = re.compile(r"#+ (?:s\. |Art\. )?([0-9A-Z][\w.()]*)")
PARAGRAPH = re.compile(r"\((\w+)\) ")


def tokens(text: str) -> set[str]:
    """The names in a piece of law, those in quotes and comments apart."""
    bare = re.sub(r'"[^"]*"', " ", re.sub(r"--.*", "", text))
    return set(re.findall(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", bare))


@dataclass(eq=False)
class Statement:
    """One statement of a block, line by line."""

    lines: list[str]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def kind(self) -> str:
        return self.lines[0].split(" ", 1)[0]

    @property
    def is_norm(self) -> bool:
        return self.kind in NORMS

    @property
    def label(self) -> str:
        """Of a norm, if it has one of its own."""
        found = re.match(r'[a-z]+ ([0-9A-Z][^ "]*)', self.lines[0])
        return found[1] if self.is_norm and found else ""

    def logical(self) -> list[str]:
        """Its lines, each with what continues it."""
        found: list[str] = []
        for line in self.lines:
            if line.startswith("    ") and found:
                found[-1] += " " + line.strip()
            else:
                found.append(line)
        return found


@dataclass(eq=False)
class Block:
    """A fenced block; `had` are the labels that it had in the book that it was copied from."""

    statements: list[Statement]
    had: frozenset[str] = frozenset()

    @classmethod
    def of(cls, lines: list[str]) -> Block:
        statements: list[Statement] = []
        for line in lines:
            if line and line[0] not in " -":
                statements.append(Statement([line]))
            elif line.strip() and statements:
                statements[-1].lines.append(line)
        return cls(statements, frozenset(one.label for one in statements))

    @property
    def text(self) -> list[str]:
        said = [line for one in self.statements for line in (*one.lines, "")][:-1]
        return ["```writ", *said, "```"] if self.statements else []


@dataclass(eq=False)
class Sheet:
    """The text of one file, in parts: prose lines and blocks."""

    source: str
    front: dict[str, str] = field(default_factory=dict)
    parts: list[str | Block] = field(default_factory=list)

    def __post_init__(self) -> None:
        lines = self.source.split("\n")
        self.opening: list[str] = []
        fence: list[str] | None = None
        if lines[0] == "---" and "---" in lines[1:]:
            end = lines.index("---", 1)
            self.opening, lines = lines[: end + 1], lines[end + 1 :]
            pairs = (line.split(":", 1) for line in self.opening[1:-1] if ":" in line)
            self.front = {key.strip(): value.strip() for key, value in pairs}
        for line in lines:
            if fence is not None:
                if line == "```":
                    self.parts.append(Block.of(fence))
                    fence = None
                else:
                    fence.append(line)
            elif line == "```writ":
                fence = []
            else:
                self.parts.append(line)
        self.was_law = bool(self.blocks)

    @property
    def blocks(self) -> list[Block]:
        return [part for part in self.parts if isinstance(part, Block)]

    def says_something(self) -> bool:
        return not self.was_law or any(
            one.is_norm for block in self.blocks for one in block.statements
        )

    def drop_front(self, key: str) -> None:
        self.front.pop(key, None)
        self.opening = [line for line in self.opening if not line.startswith(f"{key}:")]

    def tidy(self) -> None:
        """Without the provisions of which no statement is left, and the paragraphs whose norms are all gone."""
        kept: list[str | Block] = []
        for section in self.sections():
            blocks = [part for part in section if isinstance(part, Block)]
            if blocks and not any(one.statements for one in blocks):
                continue
            kept += paragraphs(section, blocks)
        self.parts = kept

    def sections(self) -> Iterator[list[str | Block]]:
        section: list[str | Block] = []
        for part in self.parts:
            if isinstance(part, str) and HEADING.match(part):
                yield section
                section = []
            section.append(part)
        yield section

    def text(self) -> str:
        lines = [*self.opening]
        for part in self.parts:
            lines += [part] if isinstance(part, str) else part.text
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip("\n") + "\n"

    def placed(self) -> list[tuple[Block, Statement, tuple[int, int]]]:
        """Each statement with its first and last line in the text."""
        text, found, at = self.text().split("\n"), [], 0
        for block in self.blocks:
            for one in block.statements:
                while text[at] != one.lines[0]:
                    at += 1
                found.append((block, one, (at + 1, at + len(one.lines))))
                at += len(one.lines)
        return found


def paragraphs(section: list[str | Block], blocks: list[Block]) -> list[str | Block]:
    """The section without the numbered paragraphs that norms said and none says any longer."""
    heading = LABEL.match(section[0]) if section and isinstance(section[0], str) else None
    if heading is None or not blocks:
        return section
    had = {label for block in blocks for label in block.had}
    have = {one.label for block in blocks for one in block.statements}
    kept: list[str | Block] = []
    dropping = False
    for part in section:
        if isinstance(part, str):
            found = PARAGRAPH.match(part)
            if found:
                label = f"{heading[1]}({found[1]})"
                dropping = label in had and label not in have
            elif not part.strip():
                dropping = False
        else:
            dropping = False
        if not dropping:
            kept.append(part)
    return kept


def declared(sheet: Sheet) -> set[str]:
    """The names that an instrument declares."""
    found = (DECLARES.match(one.lines[0]) for block in sheet.blocks for one in block.statements)
    return {one[1] for one in found if one}
