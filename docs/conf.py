"""How Sphinx builds these pages."""

from pygments.lexer import RegexLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String, Text
from sphinx.application import Sphinx

import writ

WORD = r"(?<![\w-])"


class WritLexer(RegexLexer):
    """Colours `writ` blocks on these pages; it judges nothing."""

    name = "Writ"
    aliases = ("writ",)
    tokens = {  # noqa: RUF012 -- the shape that Pygments asks for
        "root": [
            (r"--.*?$", Comment.Single),
            (r'"[^"\n]*"', String),
            (r"^[a-z][a-z-]*", Keyword.Declaration),
            (r"\d{4}-\d{2}-\d{2}\S*", Number),
            (r"\d+(?:\.\w+)*(?:\(\w+\))*", Number),
            (rf"{WORD}(?:may|must|no one|when|unless|after|with|within|begins)(?![\w-])", Keyword),
            (rf"{WORD}(?:and|or|not|in|is)(?![\w-])", Operator.Word),
            (r"[A-Za-z][\w-]*", Name),
            (r".|\n", Text),
        ]
    }


project = "Writ"
author = "the Writ developers"
copyright = author
version = release = writ.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
autodoc_typehints = "signature"

html_theme = "furo"
html_title = f"Writ {version}"
html_show_sourcelink = False


def setup(app: Sphinx) -> None:
    """Tell Sphinx of the lexer."""
    app.add_lexer("writ", WritLexer)
