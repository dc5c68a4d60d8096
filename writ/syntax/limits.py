"""How large a source may be. A hostile file meets a limit before it costs time or stack.

The tree of a file within the limits is less than about 250 nodes deep, so that a visitor may recurse freely.
"""

MAX_BYTES = 4 * 1024 * 1024
"""Of one file."""

MAX_LONG = 16 * 1024 * 1024
"""Bytes of a file of at most `MAX_LONG_LINES`: the text of a very long act, whose lines are paragraphs."""

MAX_LONG_LINES = 200_000


def too_large(size: int, lines: int) -> bool:
    """Whether a file of so many bytes and line feeds is not read."""
    return size > MAX_BYTES and (size > MAX_LONG or lines > MAX_LONG_LINES)


MAX_FRONT_MATTER = 16 * 1024
"""Characters of the front matter: the time that YAML takes grows with the square of its nesting."""

MAX_DEPTH = 64
"""Of nested parentheses, `not` and quantifiers."""

MAX_OPERATORS = 64
"""`+` and `-` in one comparison: their tree leans left, one level to each."""

MAX_ITEMS = 5_000
"""Of one list: values, names, steps, dates, clauses, operands of `and` and `or`."""

MAX_WORD = 10_000
"""Characters of one name or text."""

MAX_DIGITS = 15
"""Of a number on either side of the point: what a float holds exactly."""

MAX_MARKDOWN_NESTING = 16
"""Quotes and lists within one another."""

MAX_BLOCK = 512 * 1024
"""Characters of one writ block: every range within it fits a packed place."""

MAX_WORDS = 500_000
"""Of all writ blocks of a file."""

MAX_PARTS = 20_000
"""Headings and writ blocks of a file."""

MAX_DIFFICULT = 512 * 1024
"""Characters of a file whose Markdown needs the slow reader (HTML, blocks in lists …)."""

MAX_UNCLOSED = 8
"""Unclosed blocks of a file after each of which the rest is read anew."""

MAX_MISTAKES = 1_000
"""In one file; what follows is not read."""

MAX_DIAGNOSTICS = 200
"""Of one file: who has made more mistakes than that will not read them."""
