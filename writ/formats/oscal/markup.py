"""The markup of OSCAL's texts: elements in XML, a dialect of Markdown in JSON and YAML, and back without loss.

Blanks at the ends of a paragraph and between words mean nothing in the XML and become one blank, as in HTML.
Source: https://pages.nist.gov/metaschema/specification/datatypes/ (markup-line, markup-multiline).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from writ.formats.oscal.xml import Element, Node

_MARKS = {
    "strong": "**",
    "b": "**",
    "em": "*",
    "i": "*",
    "code": "`",
    "q": '"',
    "sub": "~",
    "sup": "^",
}
_OF_MARK = {"**": "strong", "*": "em", "`": "code", '"': "q", "~": "sub", "^": "sup"}
_SPECIAL = re.compile(r'([\\`*~^"\[\]]|\{(?=\{))')
_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "blockquote", "table", "hr"}
_TOKEN = re.compile(
    r"\\(?P<escaped>.)|\{\{\s*insert:\s*(?P<type>[\w-]+)\s*,\s*(?P<id>[^\s}]+)\s*\}\}"
    r"|(?P<image>!?)\[(?P<text>(?:\\.|[^\]\\])*)\]\((?P<href>[^()\s]*)\)"
    r"|`(?P<code>(?:\\.|[^`\\])+)`|(?P<mark>\*\*|[*\"~^])|(?P<break>  \n)",
    re.DOTALL,
)
MAX_MARKS = 16
"""Marks within one another; those beyond are letters like any other."""
_LEADER = re.compile(r"(?:#{1,6}|[-+]|\d+\.|>|\||```)(?=\s|\||`|$)")


def to_line(nodes: Sequence[Node]) -> str:
    """The Markdown of what stands within a line."""
    return re.sub(r"[ \t\r\n]+", " ", _inline(nodes)).strip(" ")


def _inline(nodes: Sequence[Node]) -> str:
    found = []
    for node in nodes:
        if isinstance(node, str):
            found.append(_SPECIAL.sub(r"\\\1", node))
        elif node.name == "insert":
            attributes = node.attributes
            found.append(
                f"{{{{ insert: {attributes.get('type', '')}, {attributes.get('id-ref', '')} }}}}"
            )
        elif node.name == "a":
            found.append(f"[{_inline(node.children)}]({node.attributes.get('href', '')})")
        elif node.name == "img":
            attributes = node.attributes
            found.append(f"![{attributes.get('alt', '')}]({attributes.get('src', '')})")
        elif node.name in _MARKS:
            mark = _MARKS[node.name]
            found.append(f"{mark}{_inline(node.children)}{mark}")
        else:  # `br`, and what OSCAL does not have: as its own text, which nothing takes for markup
            found.append(node.written())
    return "".join(found)


def to_prose(nodes: Sequence[Node]) -> str:
    """The Markdown of paragraphs, lists and the like, with a blank line between any two."""
    found, loose = [], list[Node]()
    for node in [*nodes, Element("p")]:
        if isinstance(node, Element) and node.name in _BLOCKS:
            if text := to_line(loose):
                found.append(_protected(text))
            loose = []
            found += [text] if (text := _block(node)) else []
        else:
            loose.append(node)
    return "\n\n".join(found)


def _block(node: Element) -> str:
    name = node.name
    if name == "p":
        return _protected(to_line(node.children))
    if name[0] == "h" and name[1:].isdigit():
        return f"{'#' * int(name[1])} {to_line(node.children)}"
    if name in ("ul", "ol"):
        items = [one for one in node.children if isinstance(one, Element)]
        marks = [f"{number}. " if name == "ol" else "- " for number in range(1, len(items) + 1)]
        return "\n".join(
            mark + _tight(to_prose(item.children)).replace("\n", "\n" + " " * len(mark))
            for mark, item in zip(marks, items, strict=True)
        )
    if name == "pre":
        return "```\n" + "".join(one for one in node.children if isinstance(one, str)) + "\n```"
    if name == "blockquote":
        return "> " + to_prose(node.children).replace("\n", "\n> ")
    return node.written()  # tables and rules stay as they are


def _protected(text: str) -> str:
    """A paragraph that begins as a list or a heading would is told from one."""
    return "\\" + text if _LEADER.match(text) else text


def from_line(text: str) -> list[Node]:
    """The elements that a line of Markdown stands for."""
    return _spans(text, 0, "")[0]


def _spans(text: str, at: int, until: str, depth: int = 0) -> tuple[list[Node], int, bool]:
    """The nodes up to the closing mark, where the rest begins, and whether the mark was there.

    Each letter is read once: what follows a mark that is never closed is taken over as it was read.
    """
    found: list[Node] = []

    def say(piece: str) -> None:
        if found and isinstance(found[-1], str):
            found[-1] += piece
        elif piece:
            found.append(piece)

    while match := _TOKEN.search(text, at):
        say(text[at : match.start()])
        at = match.end()
        mark = match["mark"]
        if match["escaped"] is not None:
            say(match["escaped"])
        elif match["type"]:
            found.append(Element("insert", {"type": match["type"], "id-ref": match["id"]}))
        elif match["href"] is not None and match["image"]:
            found.append(Element("img", {"alt": match["text"], "src": match["href"]}))
        elif match["href"] is not None:
            found.append(Element("a", {"href": match["href"]}, from_line(match["text"])))
        elif match["code"]:
            found.append(Element("code", {}, from_line(match["code"])))
        elif mark and mark == until:
            return found, at, True
        elif until == "*" and mark == "**" and not text[match.start() - 1].isspace():
            return (
                found,
                match.start() + 1,
                True,
            )  # `***` ends what is emphasised within what is strong
        elif mark and depth < MAX_MARKS:
            inner, at, closed = _spans(text, at, mark, depth + 1)
            if closed:
                found.append(Element(_OF_MARK[mark], {}, inner))
            else:
                say(mark)
                found += inner
        elif mark:
            say(mark)
        else:
            found.append(Element("br"))
    say(text[at:])
    return found, len(text), False


def from_prose(text: str, depth: int = 0) -> list[Node]:
    """The paragraphs, lists and headings of a text in Markdown."""
    blocks: list[str] = []
    for number, piece in enumerate(re.split(r"(?ms)^(```\n.*?\n```)$", text)):
        if number % 2:
            blocks.append(piece)
            continue
        for block in re.split(r"\n{2,}(?! )", piece.strip("\n")):
            plain = block[:1] != ">" and not re.match(r"- |\d+\. ", block)
            blocks += re.split(r"\n(?=- |1\. )", block, maxsplit=1) if plain else [block]
    return [_blocked(block, depth) for block in blocks if block.strip()]


def _tight(text: str) -> str:
    """A list within an item follows its text without a blank line."""
    return re.sub(r"\A([^\n]+)\n\n(?=- |1\. )", r"\1\n", text)


def _blocked(block: str, depth: int) -> Element:
    if heading := re.match(r"(#{1,6}) (.*)\Z", block, re.DOTALL):
        return Element(f"h{len(heading[1])}", {}, from_line(heading[2]))
    if block.startswith("```\n") and block.endswith("\n```"):
        return Element("pre", {}, [block[4:-4]])
    if block.startswith("> ") and depth < MAX_MARKS:
        inner = re.sub(r"(?m)^> ?", "", block)
        return Element("blockquote", {}, from_prose(inner, depth + 1))
    if re.match(r"(?:- |\d+\. )", block) and depth < MAX_MARKS:
        ordered = block[0] != "-"
        items = re.split(r"\n(?=\d+\. )" if ordered else r"\n(?=- )", block)
        listed = [_item(item, depth) for item in items]
        return Element("ol" if ordered else "ul", {}, listed)
    escaped = block[:1] == "\\" and _LEADER.match(block[1:])
    return Element("p", {}, from_line(block[1:] if escaped else block))


def _item(item: str, depth: int) -> Element:
    lead, rest = item.split(" ", 1)
    many = from_prose(re.sub(rf"\n {{{len(lead) + 1}}}", "\n", rest), depth + 1)
    first = many[0] if many else None
    if isinstance(first, Element) and first.name == "p":
        many = [*first.children, *many[1:]]
    return Element("li", {}, many)
