"""What came as Akoma Ntoso, written as it was: every element with its attributes, in the namespace of the standard."""

from __future__ import annotations

import re
from collections.abc import Iterable

from writ.formats.legislation.akn_words import FINAL, PREFIXES, XML
from writ.formats.legislation.model import Attributes, Block, Document, Mark, Provision
from writ.formats.xml import escaped, quoted

NAMESPACES = {prefix: namespace for namespace, prefix in PREFIXES.items() if namespace != XML}
_NAME = re.compile(r"[A-Za-z_][\w.-]*")


class Native:
    """Writes what came as Akoma Ntoso."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.out: list[str] = []

    def file(self) -> list[str]:
        said = self.attributes(self.document.attributes)
        self.out.append(f"<akomaNtoso xmlns={quoted(FINAL)}{said}>")
        self.parts(self.document.body, "")
        self.out.append("</akomaNtoso>")
        return self.out

    def parts(self, parts: Iterable[Block | Provision | Mark | str], namespace: str) -> None:
        for part in parts:
            if isinstance(part, str):
                self.out.append(escaped(part))
            elif not part.name:
                self.parts(() if isinstance(part, Provision) else part.runs, namespace)
            elif isinstance(part, Provision):
                self.element(part.name, part.attributes, (*part.head, *part.body), namespace)
            else:
                self.element(part.name, part.attributes, part.runs, namespace)

    def element(
        self,
        name: str,
        attributes: Attributes,
        parts: Iterable[Block | Provision | Mark | str],
        namespace: str,
    ) -> None:
        own = ""
        if name.startswith("{"):
            own, _, name = name[1:].partition("}")
        checked(name)
        said = "" if own == namespace else f" xmlns={quoted(own or FINAL)}"
        start = len(self.out)
        self.out.append("")
        self.parts(parts, own)
        opened = f"<{name}{said}{self.attributes(attributes)}"
        if len(self.out) == start + 1:
            self.out[start] = f"{opened}/>"
        else:
            self.out[start] = f"{opened}>"
            self.out.append(f"</{name}>")

    def attributes(self, attributes: Attributes) -> str:
        found = []
        declared: dict[str, str] = {}
        for name, value in attributes:
            prefix, _, local = name.rpartition(":")
            checked(local)
            if prefix not in ("", "xml"):
                namespace = NAMESPACES.get(prefix, prefix)
                own = prefix if prefix in NAMESPACES else f"o{len(declared) or ''}"
                if namespace not in declared:
                    found.append(f" xmlns:{own}={quoted(namespace)}")
                own = declared.setdefault(namespace, own)
                name = f"{own}:{local}"
            found.append(f" {name}={quoted(value)}")
        return "".join(found)


def checked(name: str) -> str:
    """The name of an element or an attribute, which a damaged sidecar may have made into something else.

    Raises:
        ValueError: it is no name.
    """
    if _NAME.fullmatch(name) is None:
        raise ValueError(f"`{name[:40]}` is no name of XML")
    return name
