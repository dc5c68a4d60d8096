"""Small books for the tests of this folder."""

from __future__ import annotations

from writ.book.load import load_texts
from writ.book.model import Book, Norm
from writ.diagnostics import Diagnostic

HEAD = "---\nid: {id}\ntitle: {id}\nkind: {kind}\ncite-as: s. {{}}\n{keys}\n---\n\n"

WORDS = """
office minister
  is member
office member
body senate
person resident
act sign
  on paper
  urgent: yes-no
  copies: number
  tone: tone
act countersign
  is sign
thing paper
  marks: set of mark
  readers: list of reader
thing letter
  is paper
thing reader
  cleared: yes-no
kind mark
  alpha
  beta
kind tone
  mild
  sharp
state alarm
  tone: tone
event storm
fact agreed: yes-no
fact told: yes-no
fact delay: number of days
"""


def instrument(block: str, id: str = "law", kind: str = "statute", keys: str = "") -> str:
    """The text of an instrument with one block."""
    keys = "\n".join(filter(None, ("top: true", keys or "in-force: 2000-01-01")))
    return HEAD.format(id=id, kind=kind, keys=keys) + f"```writ\n{block.strip()}\n```\n"


def found(block: str, **others: str) -> tuple[Book, list[Diagnostic]]:
    """A book of the common words, the instrument `law` with this block, and other instruments by id."""
    texts = {"law.md": instrument(block), "words.md": instrument(WORDS, "words")}
    texts |= {f"{id}.md": instrument(each, id) for id, each in others.items()}
    return load_texts(texts)


def book(block: str, **others: str) -> Book:
    """The same, which must be free of diagnostics."""
    result, diagnostics = found(block, **others)
    assert diagnostics == []
    return result


def norm(block: str) -> Norm:
    """The one norm of a block."""
    (only,) = book(block).norms
    return only


def same(one: Book, other: Book) -> bool:
    """Whether two books are equal in every part."""
    return all(vars(one)[name] == vars(other)[name] for name in COMPARED)


COMPARED = (
    "name",
    "title",
    "ranks",
    "default_calendar",
    "vocabulary",
    "instruments",
    "norms",
    "overrides",
    "assurances",
    "sources",
)
