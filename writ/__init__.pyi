from writ.book.load import load_book as load_book
from writ.book.load import load_texts as load_texts
from writ.book.model import Book as Book
from writ.checks.run import run as check
from writ.diagnostics import Diagnostic as Diagnostic
from writ.diagnostics import Severity as Severity
from writ.editions.compare import compare as compare
from writ.engine.answer import Decision as Decision
from writ.engine.answer import Outcome as Outcome
from writ.engine.ask import read_request as read_request
from writ.engine.engine import Engine as Engine
from writ.engine.request import Request as Request
from writ.journal.audit import audit as audit
from writ.journal.difference import difference as difference
from writ.journal.ledger import Ledger as Ledger
from writ.journal.read import load_journal as load_journal
from writ.journal.read import read_journal as read_journal
from writ.syntax.formatter import format_text as format_text

__all__ = [
    "Book",
    "Decision",
    "Diagnostic",
    "Engine",
    "Ledger",
    "Outcome",
    "Request",
    "Severity",
    "__version__",
    "audit",
    "check",
    "compare",
    "difference",
    "format_text",
    "load_book",
    "load_journal",
    "load_texts",
    "read_journal",
    "read_request",
]

__version__: str
