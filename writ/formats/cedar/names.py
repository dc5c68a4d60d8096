"""Names of our language for what Cedar calls otherwise: `Album::"Jane's"` becomes `album-jane-s`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from writ.formats.cedar import expressions as ex
from writ.formats.cedar.expressions import Node
from writ.formats.cedar.values import Value, written
from writ.syntax.cursor import RESERVED

WORDS = 6
"""So many words of what a name stands for are kept; the description tells the rest."""

_WORDS = """
actor after all and any anyone at attribute before begins below above body calendar citation
commence condition continues count days definition delegation depth disability done duration duty
each earlier effect enabling end ends entity escalates event every exactly excludes fact false first
for force from grant happened hours immunity includes kind known lapse lapses later least levels
limit limited list material means member members months most no notwithstanding now number office
omit on one or override permission person person-id power prevails principal prohibition quorum
recording repeal replaces reports resource resumes right rolls satisfies set shares since sitting so
some start state stated stating subject succession suspend suspends take-action text that thing time
to true unknown until vacant value waived weekend weeks while within working year years yes yes-no
zone date
"""
KEPT = RESERVED | frozenset(_WORDS.split())
"""Names with a meaning of their own; a word of ours that is one of these gets a number."""


def words(text: str) -> list[str]:
    """The words of an identifier or text, in lower case."""
    apart = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", text)
    return re.findall(r"[a-z0-9]+", apart.lower())


def name_of(parts: Iterable[str], otherwise: str) -> str:
    """A name out of the first words of these texts."""
    found = [word for part in parts for word in words(part)][:WORDS]
    if not found:
        return otherwise
    name = "-".join(found)
    return (name if name[0].isalpha() else f"{otherwise}-{name}")[:60].rstrip("-")


def path(node: Node) -> tuple[str, list[str]]:
    """Whose path this is (`principal`, `resource`, `action`, `context` or none), and its words."""
    match node:
        case ex.Var():
            return node.name, []
        case ex.Get() | ex.Has():
            root, found = path(node.of)
            return root, [*found, *(["has"] if isinstance(node, ex.Has) else []), node.name]
        case ex.Literal():
            return "", value_words(node.value)
        case ex.Call() if node.name == "getTag":
            root, found = path(node.args[0])
            return root, [*found, "tag", *path(node.args[1])[1]]
        case ex.Like():
            root, found = path(node.of)
            return root, [*found, "like", *node.pattern]
        case ex.Is():
            root, found = path(node.of)
            return root, [*found, "is", node.type]
        case ex.Call() if node.args:
            root, found = path(node.args[0])
            for arg in node.args[1:]:
                other, more = path(arg)
                found = [*found, _SAID.get(node.name, node.name), other, *more]
            return root, found if node.args[1:] else [*found, _SAID.get(node.name, node.name)]
        case _:
            inner = [path(one) for one in ex.children(node)]
            return "", [word for root, found in inner for word in (root, *found)]


_SAID = {"==": "is", "<": "below", "<=": "at-most", ">": "above", ">=": "at-least"}


def value_words(value: Value) -> list[str]:
    match value.kind:
        case "entity":
            return [value.of[0].rpartition("::")[2], value.of[1]]
        case "set":
            listed = sorted(value.of, key=written)
            return [word for one in listed for word in value_words(one)]
        case "record":
            return [word for name, one in value.of for word in (name, *value_words(one))]
        case _:
            return [str(value.of)]


class Pool:
    """Names given out, each once; the attributes of two owners may share one."""

    def __init__(self) -> None:
        self._taken: dict[str, set[str]] = {}
        self._last: dict[tuple[str, str], int] = {}
        """The number that a wanted name of an owner got last."""

    def take(self, wanted: str, owner: str = "") -> str:
        """The wanted name, with a number where it has a meaning already. Without an owner it is nobody else's."""
        number = self._last.get((wanted, owner), 1)
        name = wanted if number == 1 else f"{wanted}-{number}"
        while name in KEPT or self._clash(name, owner):
            number += 1
            name = f"{wanted}-{number}"
        self._taken.setdefault(name, set()).add(owner)
        self._last[wanted, owner] = number
        return name

    def _clash(self, name: str, owner: str) -> bool:
        taken = self._taken.get(name)
        return taken is not None and (not owner or "" in taken or owner in taken)
