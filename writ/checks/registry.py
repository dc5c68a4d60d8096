"""Every check, found once and frozen, in the order of the codes; and the documentation of every code there is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

import writ.checks
from writ.book.codes import CODES as BOOK_CODES
from writ.checks.check import Check
from writ.diagnostics import CodeDoc
from writ.journal.codes import CODES as JOURNAL_CODES
from writ.journal.log.codes import CODES as LOG_CODES
from writ.syntax.codes import CODES as SYNTAX_CODES


@cache
def checks() -> Mapping[str, Check]:
    """Every check by its code: the modules of this package that declare a `CHECK`."""
    found: list[Check] = []
    for module in iter_modules(writ.checks.__path__, f"{writ.checks.__name__}."):
        check = getattr(import_module(module.name), "CHECK", None)
        if isinstance(check, Check):
            found.append(check)
    found.sort(key=lambda check: check.doc.code)
    by_code = {check.doc.code: check for check in found}
    if len(by_code) < len(found):
        raise ValueError("two checks have one code")
    return MappingProxyType(by_code)


@cache
def codes() -> Mapping[str, CodeDoc]:
    """Every code of every family: syntax, names and types, journals, logs, checks."""
    mine = {code: check.doc for code, check in checks().items()}
    families = (SYNTAX_CODES, BOOK_CODES, JOURNAL_CODES, LOG_CODES, mine)
    merged = {code: doc for family in families for code, doc in family.items()}
    if len(merged) < sum(len(family) for family in families):
        raise ValueError("two families share a code")
    return MappingProxyType(dict(sorted(merged.items())))


def documentation(code: str) -> CodeDoc | None:
    """What `writ explain` prints of a code, in capitals or not."""
    return codes().get(code.upper())
