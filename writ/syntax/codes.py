"""The mistakes of syntax, S1xx: S10x the file, S11x front matter and blocks, S12x words, S13x statements and norms,
S14x what stands in a line."""

from __future__ import annotations

from writ.diagnostics import CodeDoc, Severity


def _error(code: str, name: str, summary: str, documentation: str) -> CodeDoc:
    return CodeDoc(code, name, Severity.ERROR, summary, " ".join(documentation.split()))


_ALL = (
    _error(
        "S101",
        "file-too-large",
        "a file is larger than 4 MiB",
        """A source file has more than 4 MiB and was not read. The limit keeps a hostile file from costing time. A very
        long act may have up to 16 MiB in at most 200,000 lines, each a paragraph. Split what is longer into several
        instruments.""",
    ),
    _error(
        "S102",
        "not-utf-8",
        "a file is not UTF-8",
        """The file holds bytes that are not UTF-8, so nobody can say which text it is, and it was not read. It was
        probably saved as Latin-1 or Windows-1252. Save it as UTF-8; the line of the first wrong byte is given.""",
    ),
    _error(
        "S103",
        "unreadable-file",
        "a file cannot be read",
        """The system refused the file: it is missing, is a folder, or may not be opened. A book that misses a file
        would answer as if that law did not exist. Restore the file or its permissions.""",
    ),
    _error(
        "S104",
        "lone-carriage-return",
        "a carriage return stands without a line feed",
        """The file holds a carriage return that does not end a line. Markdown counts a line there and most editors do
        not, so places in the file would be ambiguous. End lines with a line feed.""",
    ),
    _error(
        "S105",
        "nested-markdown",
        "quotes or lists are nested too deep",
        """Quotes and lists stand more than 16 deep in one another. No text for people needs that. The file's headings
        and blocks were not read. Flatten the list.""",
    ),
    _error(
        "S106",
        "more-mistakes",
        "a file has more mistakes than are listed",
        """Only the first 200 diagnostics of a file are listed. Mend those, and check again.""",
    ),
    _error(
        "S107",
        "difficult-markdown",
        "the Markdown of a large file is too difficult or too long to read",
        """The file has more than 20,000 headings and blocks, or more than 512 KiB and, in it, HTML, underlined
        headings, or headings and blocks inside lists, which take long to read. Nothing of it was read. Split the
        file, or write headings with `#` and blocks in the first column.""",
    ),
    _error(
        "S110",
        "malformed-front-matter",
        "the front matter is not YAML",
        """The lines between the two `---` at the head of the file cannot be read as YAML, so it is not known what
        instrument this is. Often a value holds a colon and a space: `title: War: a history`. Put such a value in
        quotes: `title: "War: a history"`.""",
    ),
    _error(
        "S111",
        "front-matter-value",
        "a value in the front matter is neither text nor a list of texts",
        """The front matter takes `name: value` lines whose values are texts or lists of texts. Nested values, anchors,
        aliases and tags are refused, because nothing in an instrument needs them: `owner: {office: minister}` is
        written `owner: minister`.""",
    ),
    _error(
        "S112",
        "repeated-front-matter",
        "a name stands in the front matter twice",
        """The same name is given two values, as in `in-force: 1988-07-21` and again `in-force: 1990-01-01`. The first
        was kept. Remove one of them.""",
    ),
    _error(
        "S113",
        "front-matter-extent",
        "the front matter is not closed, or too long",
        """The file begins with `---`, but no second line of `---` ends the front matter, or more than 16 KiB stand
        before it. Add the closing line.""",
    ),
    _error(
        "S114",
        "block-not-closed",
        "a writ block is not closed",
        """A writ block runs to the end of the file because no line of three backticks closes it; what was meant as
        text would be read as law. Close it.""",
    ),
    _error(
        "S115",
        "nested-block",
        "a writ block stands in a list or a quote",
        """A writ block inside a list or a quote is not read: which provision it belongs to would depend on its
        indentation. Move it out, so that its fence starts in the first column.""",
    ),
    _error(
        "S116",
        "block-not-read",
        "a block is probably law, and is not marked as such",
        """Only blocks that begin with three backticks and `writ` are read. This one has another word there, such as
        `Writ` or `writt`, or none, and what it holds reads as law; left as it is, that law would be silently missing.
        Write `writ` behind the backticks, or `text` if it is no law.""",
    ),
    _error(
        "S120",
        "not-a-word",
        "a word or sign is not part of the language",
        """Names are lower-case words joined by hyphens (`governor-in-council`), texts stand in straight double quotes,
        and no other signs are used than `( ) { } , : + -`. Here something else stands, such as
        `Minister_of_Defence`, a curly quote or `=`. The clause was left out. Write the name in lower case with
        hyphens, and comparisons in words: `is`, `at least`.""",
    ),
    _error(
        "S121",
        "text-not-closed",
        "a text has no closing quote",
        """A text begins with a double quote and must end with one on the same line. Add the quote; inside a text use
        single or typographic quotes.""",
    ),
    _error(
        "S122",
        "no-such-date",
        "a date does not exist or is written otherwise",
        """Dates are written year first, `2022-02-14`, and moments with their offset, `2022-02-14T15:00-05:00`. This
        one is written otherwise, or its day is not in the calendar, as in `2022-02-30`. Where a day is asked for, a
        moment will not do.""",
    ),
    _error(
        "S123",
        "not-a-number",
        "a number cannot be read",
        """A number is written in figures, with a point before a fraction and at most 15 digits on either side. A
        duration takes a whole number. `5-2` is read as one word: put spaces around a minus sign.""",
    ),
    _error(
        "S124",
        "too-deep",
        "a condition is nested too deep",
        """Parentheses, `not` and quantifiers stand more than 64 deep, or an expression has more than 64 signs. Nobody
        could read that as law. State part of it as a fact, or in a norm of its own.""",
    ),
    _error(
        "S125",
        "too-long",
        "a list or a word is too long",
        """A list has more than 5,000 items, a word more than 10,000 characters, a block more than 512 KiB, or the
        blocks of a file more than 500,000 words. Use a broader name, or divide the
        list.""",
    ),
    _error(
        "S130",
        "unknown-statement",
        "a line in the first column begins no statement",
        """What starts in the first column of a block is a statement, and its first word says which: `power`, `duty`,
        `office`, `fact` … This word is none of them, so the statement and its clauses were left out. Mend the
        spelling, or indent the line if it goes on with the one above.""",
    ),
    _error(
        "S131",
        "clause-not-indented",
        "a line that belongs to a statement starts in the first column",
        """A clause such as `when`, the line of a norm, or an attribute belongs to the statement above it and is
        indented; in the first column only statements start. It was read as part of that statement. Indent it by two
        spaces.""",
    ),
    _error(
        "S132",
        "unknown-clause",
        "a line of a norm begins with no clause word",
        """A line of a norm begins with a clause word (`when`, `after`, `within` …), or else goes on with the clause
        above it. This line does neither: probably the clause word is misspelt, as `whn` for `when`. The line was
        left out. A line that goes on with another is best indented further.""",
    ),
    _error(
        "S133",
        "misplaced-clause",
        "a clause does not belong to this kind of norm",
        """Each clause says something about certain kinds of norm: `within 7 days of …` is for duties, since a power
        has no due day; `enabling` is for powers. The clause was left out. Either the norm is of another kind, or
        the clause belongs to another norm.""",
    ),
    _error(
        "S134",
        "repeated-clause",
        "a clause that can be given once is given twice",
        """Two of the same clause would contradict one another: a duty has one due day, one trigger, one period. The
        first was kept. Make two norms of it, or remove one.""",
    ),
    _error(
        "S135",
        "norm-says-nothing",
        "a norm has no line of deontic text",
        """Beneath the header of a norm stands the line that says who may, must or may not do what: `minister must
        table-report`. It is missing here, so the norm was left out. Write it as the second line, before the
        clauses.""",
    ),
    _error(
        "S137",
        "wrong-line",
        "the line of a norm is that of another kind",
        """The kind of a norm and its line say the same thing: a `duty` says `must`, a `prohibition` says `may not` or
        `no one may`, a `power` says `may`. Here they disagree, and it is not known which was meant. Change the one
        or the other.""",
    ),
    _error(
        "S138",
        "no-label",
        "a norm has no label",
        """A norm is cited by its label. It has none of its own, and its block stands beneath no heading with one. Give
        the label after the kind, `power 17(1)`, or put the block beneath `## 17(1) Declaration`.""",
    ),
    _error(
        "S139",
        "assurance-form",
        "the line of an assurance has none of its forms",
        """An assurance says of every situation what is so: `no one may A`, `B may never A`, `B may always A`, `B must
        always A`, `someone can always A`; or of one situation, `B can A`. This line says something else, such as `B may
        A`, which leaves open whether always or once is meant. The assurance was left out. Write one of the forms.""",
    ),
    _error(
        "S140",
        "unexpected",
        "something else was expected here",
        """The grammar expects a certain word, name or value here and found another. The message names both. The clause
        or line was left out, and the rest was read. Some words of the language, such as `not` or `of`, cannot be
        names.""",
    ),
    _error(
        "S141",
        "nothing-expected",
        "text follows a complete clause",
        """The clause was complete, and something follows that does not belong to it: perhaps an `and` or a comma is
        missing, as in `when urgent reasonable-grounds`. The clause was left out.""",
    ),
    _error(
        "S142",
        "not-a-condition",
        "a value stands where a condition should",
        """`when`, `and`, `or` and `not` join conditions, which are true or false; this is a number, a date or another
        value. Compare it with something: `(delay + 2 days) above 5 days`.""",
    ),
    _error(
        "S143",
        "unknown-line",
        "a line of a declaration cannot be read",
        """A declaration has lines such as `in`, `reports to`, `is`, and attributes such as `level: classification`.
        This line is neither: a word is misspelt, or the colon and the type of an attribute are missing. The line
        was left out.""",
    ),
    _error(
        "S144",
        "misplaced-line",
        "a line does not belong to this kind of declaration",
        """Each kind of declaration has its own lines: a `body` has a `quorum`, an `act` has attributes, an `office`
        has neither. The line was left out.""",
    ),
    _error(
        "S145",
        "clause-in-line",
        "a clause does not start its line",
        """Clauses stand one to a line, so that they read like the paragraphs of a section: `minister must report
        within 7 days of loss` is two lines. What stands before was kept. Begin a new line with the clause word.""",
    ),
    _error(
        "S146",
        "statement-indented",
        "the statements of a block are indented",
        """Statements start in the first column of their block, so that it is plain what is a statement and what is a
        clause. The block was read as if its first line stood there. Move it to the left.""",
    ),
)

CODES: dict[str, CodeDoc] = {doc.code: doc for doc in _ALL}
