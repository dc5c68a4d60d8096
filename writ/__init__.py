"""Law and policy written as text, compiled, checked and decided with citations. For example::

    book, diagnostics = writ.load_book(Path("books/war-powers"))
    diagnostics += writ.check(book)
    request, mistakes = writ.read_request(book, {"actor": "president", "act": ..., "at": "2022-03-01"})
    decision = writ.Engine(book).decide(request)
    decision.outcome, decision.citations

    journal, mistakes = writ.load_journal(Path("libya-2011.journal"), book)
    writ.audit(book, journal).duties

These names are the public interface; every other module may change without notice. Each is loaded when first used.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOMES = {
    "Book": "writ.book.model",
    "Decision": "writ.engine.answer",
    "Diagnostic": "writ.diagnostics",
    "Engine": "writ.engine.engine",
    "Ledger": "writ.journal.ledger",
    "Outcome": "writ.engine.answer",
    "Request": "writ.engine.request",
    "Severity": "writ.diagnostics",
    "audit": "writ.journal.audit",
    "check": "writ.checks.run",
    "compare": "writ.editions.compare",
    "difference": "writ.journal.difference",
    "format_text": "writ.syntax.formatter",
    "load_book": "writ.book.load",
    "load_journal": "writ.journal.read",
    "load_texts": "writ.book.load",
    "read_journal": "writ.journal.read",
    "read_request": "writ.engine.ask",
}
_NAMED = {"check": "run"}
"""What is called otherwise where it is defined."""

__all__ = [  # noqa: PLE0604 -- the table is the list
    "__version__",
    *_HOMES,
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module `writ` has no attribute `{name}`")
    value = getattr(import_module(home), _NAMED.get(name, name))
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
