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
from writ.syntax.formatter import format_text as format_text

__all__ = [
    "Book",
    "Decision",
    "Diagnostic",
    "Engine",
    "Outcome",
    "Request",
    "Severity",
    "__version__",
    "check",
    "compare",
    "format_text",
    "load_book",
    "load_texts",
    "read_request",
]

__version__: str
