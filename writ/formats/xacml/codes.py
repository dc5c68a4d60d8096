"""What is wrong with XACML, or cannot be said in a book: X3xx."""

from __future__ import annotations

from writ.diagnostics import CodeDoc, Severity


def _error(code: str, name: str, summary: str, documentation: str) -> CodeDoc:
    return CodeDoc(code, name, Severity.ERROR, summary, " ".join(documentation.split()))


_ALL = (
    _error(
        "X301",
        "unsafe-or-broken-xml",
        "a file is not XML that may be read",
        """Only plain XML in UTF-8 is read: no document type, no entity of its own, no link to another file. A file that
        declares any of these, is cut off, or is not well-formed is refused as a whole. Write the text out in full, or
        take a fresh copy of the file.""",
    ),
    _error(
        "X302",
        "xml-too-large",
        "a file is larger, deeper or longer than policies are",
        """A hostile file meets a limit before it costs time or memory: bytes, elements, how deep they stand in one
        another, and attributes of one element. Divide the policy set into files of their own.""",
    ),
    _error(
        "X303",
        "not-xacml",
        "an element is not what XACML 3.0 asks for there",
        """The file is XML and not a valid policy or request of XACML 3.0: an element or an XML attribute is missing,
        not known, or has a value of another form. XACML 2.0 is not read; its successor has another namespace.""",
    ),
    _error(
        "X304",
        "no-counterpart",
        "a construct of XACML has no counterpart in a book",
        """What cannot be said in a book is not imported in part: a rule that meant something else would be worse than
        none. The message names the construct; docs/xacml.md says for each why it has none. Take it out of the policy,
        or write that part of the law by hand.""",
    ),
    _error(
        "X305",
        "unknown-policy",
        "a reference names a policy that is not among the files, or more than one, or itself",
        """A policy set may refer to policies by their identifiers; they are looked for among the files given, and
        nowhere else. Add the file, or correct the identifier or its version.""",
    ),
)
CODES = {doc.code: doc for doc in _ALL}
