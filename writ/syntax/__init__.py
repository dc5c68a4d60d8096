"""Text -> tree, and tree -> text.

The grammar is written out in `docs/language.md`; the nodes are in `writ.syntax.tree`.
"""

from writ.syntax.codes import CODES
from writ.syntax.parser import parse_bytes, parse_condition, parse_file, parse_text

__all__ = ["CODES", "parse_bytes", "parse_condition", "parse_file", "parse_text"]
