"""How Sphinx builds these pages."""

from pygments.lexer import RegexLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String, Text
from sphinx.application import Sphinx

import writ
from writ.cli.commands.explain import codes

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


FAMILIES = {
    "S": "Syntax",
    "V": "Names, types and conditions",
    "A": "Authority",
    "C": "Conflict",
    "D": "Duty",
    "T": "Time",
    "O": "Organisation",
    "G": "Coverage",
    "J": "Journals",
    "Q": "Questions and cases",
}
EVERY_CODE = "<!-- every code -->"


def every_code() -> str:
    """The documentation of every diagnostic code, as Markdown."""
    parts = []
    for letter, family in FAMILIES.items():
        parts.append(f"### {family}\n")
        for code, doc in codes().items():
            if code[0] == letter:
                said = doc.documentation.strip()
                first = (
                    ""
                    if said.startswith(doc.summary[:40].capitalize())
                    else f"{_sentence(doc.summary)}\n\n"
                )
                parts.append(f"#### {code} {doc.name}\n\n*{doc.severity}* · {first}{said}\n")
    return "\n".join(parts)


def _sentence(summary: str) -> str:
    return f"{summary[0].upper()}{summary[1:]}."


def fill_in(app: Sphinx, name: str, source: list[str]) -> None:
    """Put the codes where a page asks for them: they are written in the checks' own files, and nowhere twice."""
    source[0] = source[0].replace(EVERY_CODE, every_code())


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
    """Tell Sphinx of the lexer and of what is filled in."""
    app.add_lexer("writ", WritLexer)
    app.connect("source-read", fill_in)
