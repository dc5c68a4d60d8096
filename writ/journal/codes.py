"""The mistakes of a journal: J1xx in reading it, J2xx in what it says of what happened."""

from __future__ import annotations

from writ.diagnostics import CodeDoc, Severity
from writ.syntax.codes import CODES as SYNTAX_CODES


def severity_of(code: str) -> Severity:
    """Of a code that reading a journal may give: one of its own, or one of syntax."""
    doc = CODES.get(code) or SYNTAX_CODES.get(code)
    return doc.severity if doc is not None else Severity.ERROR


def _error(code: str, name: str, summary: str, documentation: str) -> CodeDoc:
    return CodeDoc(code, name, Severity.ERROR, summary, " ".join(documentation.split()))


def _warning(code: str, name: str, summary: str, documentation: str) -> CodeDoc:
    return CodeDoc(code, name, Severity.WARNING, summary, " ".join(documentation.split()))


_ALL = (
    _error(
        "J101",
        "unknown-journal-statement",
        "a line in the first column of a journal begins no statement",
        """What starts in the first column of a journal is an entry, which begins with its date, or one of `journal`,
        `premise`, `calendar` and `expect`. This line is none of them and was left out. Mend the spelling, write the
        date year first (`2022-02-14`), or indent the line if it goes on with the one above.""",
    ),
    _error(
        "J102",
        "no-act",
        "an entry does not say what was done, or by whom",
        """An entry names who acted, `did`, and the act: `2022-02-14 minister did table-report`. Here the word `did`,
        the act or the actor is missing, and the entry was left out. What nobody does by authority is written
        `EVENT happened`, what was the case `given FACT`.""",
    ),
    _error(
        "J103",
        "misplaced-journal-clause",
        "a clause does not belong to this kind of entry",
        """Each clause says something about certain kinds of entry: `to` and `revokes` belong to acts, `of` to facts,
        `due` to expectations. The clause was left out. The help lists those that belong here.""",
    ),
    _error(
        "J104",
        "repeated-journal-clause",
        "a clause that can be given once is given twice",
        """Two of the same clause would contradict each other; the first was kept. Only `source` and `note` may be
        repeated. Join facts, ids and premises with commas.""",
    ),
    _error(
        "J105",
        "unknown-status",
        "an expectation names no status",
        """An act is expected to be `authorised`, `no authority` or `no effect`; a state `not begun`, `in effect`,
        `suspended`, `lapsed` or `ended`; a duty `not opened`, `open`, `met`, `late`, `breached`, `waived` or
        `lapsed`. `about`, `to` and `of` may stand before the status, other clauses behind it.""",
    ),
    _error(
        "J106",
        "unknown-journal-clause",
        "a line of an entry begins with no clause word",
        """A line beneath an entry begins with a clause word (`where`, `known`, `source` …), or goes on with the clause
        above it after a comma. This line does neither, and was left out: probably the clause word is misspelt.""",
    ),
    _error(
        "J107",
        "another-book",
        "a journal is about another book",
        """The journal says by `book NAME` which book it is about, and it was read over one of another name. Entries
        would be judged by law that does not concern them. Give the right book, or correct the line.""",
    ),
    _error(
        "J108",
        "repeated-heading",
        "a journal has two titles, or a premise is declared twice",
        """`journal` stands once, above all entries, and every premise has a name of its own. The second was left out.
        Divide the file, or drop one.""",
    ),
    _error(
        "J109",
        "sittings-by-rule",
        "a journal gives sittings by a rule",
        """A journal adds to a calendar what has become known: the days on which a body sat. Rules for the days to come
        belong to the calendar of the book. List the days: `sitting senate 2022-02-21, 2022-02-22`.""",
    ),
    _error(
        "J110",
        "unknown-journal-name",
        "a journal names what the book does not have",
        """An act, event, state, office, body, thing or calendar is named that no instrument of the book declares, so
        no norm speaks of it. The entry was left out, or the clause where only that is concerned. Mend the spelling;
        `writ vocabulary` lists the names.""",
    ),
    _error(
        "J111",
        "unknown-attribute",
        "a fact has no attribute in the book",
        """The name is no attribute of the act, of the thing that it is done to, of the actor, and no fact; or it is
        one of several things, and it must be said of which: `information.level`. The fact was left out.""",
    ),
    _error(
        "J112",
        "wrong-type",
        "a value is not of the type of its attribute",
        """The book declares the type of every attribute, and the value is of another: a text where a number stands, a
        bare name where a text in quotes, a single value where a set in braces. The fact was left out. Only a `given`
        withdraws a fact with `not stated`.""",
    ),
    _error(
        "J113",
        "unknown-value",
        "a value is none of its kind",
        """The attribute takes one of the values of a kind or of levels, and this is none of them. The help names the
        nearest, or all.""",
    ),
    _error(
        "J114",
        "fact-stated-twice",
        "a fact is stated twice in one entry",
        """The same attribute is given two values at one time. The first was kept. Keep one; several values at once are
        a set, in braces.""",
    ),
    _error(
        "J115",
        "no-such-local-time",
        "a local time does not exist",
        """The moment has no offset, so it is by the clock of the book's calendar; and at that time the clock was put
        on, so that the time was left out. Write the offset that was meant: `2022-03-13T02:30-05:00`.""",
    ),
    _warning(
        "J116",
        "ambiguous-local-time",
        "a local time happened twice",
        """The moment has no offset, so it is by the clock of the book's calendar; and when the clock was put back,
        that time came twice, an hour apart. The first was taken. Write the offset: `2022-11-06T01:30-05:00`.""",
    ),
    _error(
        "J117",
        "journal-too-large",
        "a journal is larger than 512 MiB, or has more than 2,000,000 entries",
        """What is beyond the limit was not read. Divide the journal by years; a state that ran on is `given … in
        effect` in the next.""",
    ),
    _error(
        "J118",
        "unknown-premise",
        "an entry is under a premise that is not declared",
        """An entry or an expectation counts under a premise alone, and no `premise` of that name stands in the
        journal, so nobody could ask for it. Declare it: `premise executive "the executive's position"`.""",
    ),
    _error(
        "J130",
        "corrupt-log-line",
        "a line of a log is not the canonical bytes of an entry",
        """A log has one entry a line, in the one form that canonical bytes have: keys in order, nothing said that is
        the default, no white space. This line has another, or is no entry at all: it was changed, or written by
        something else. It was left out, and the lines after it were read.""",
    ),
    _error(
        "J131",
        "truncated-log",
        "the last line of a log has no end",
        """A line of a log is whole when a line feed ends it. The last one has none: the file was cut off, or was being
        written. The line was left out, even if it reads as an entry.""",
    ),
    _error(
        "J201",
        "entry-out-of-order",
        "an entry stands below one of a later date",
        """Entries stand in the order in which they were recorded. One that happened before the entry above it came
        late, and must say when it came to be known: `known 2022-02-15`. Otherwise nobody could say what was known
        on a day. Put the entry in its place, or give the day.""",
    ),
    _error(
        "J202",
        "known-before-it-happened",
        "an entry was known before it happened",
        """`known` gives the day on which the entry came to light, and that day is before the entry's own. One of the
        two dates is wrong.""",
    ),
    _warning(
        "J203",
        "recorded-out-of-order",
        "an entry was recorded after what was known later",
        """The day on which the entry came to be known is before that of an entry above it: it was added afterwards, as
        if it had always been there. If it came to be known late, say when: `known DATE`. Entries under a premise are
        not asked this.""",
    ),
    _error(
        "J204",
        "duplicate-id",
        "two entries have one id",
        """What names an entry by its id (`revokes`, an expectation, a report) would name two. Give one of them another
        id. An entry without an id has its number: the twelfth entry is `12`.""",
    ),
    _warning(
        "J205",
        "entry-twice",
        "the same entry stands twice",
        """Two entries say the same in every word, their ids apart. Probably one was copied. If it happened twice on
        one day, give the times, or `note` what sets them apart.""",
    ),
    _warning(
        "J206",
        "not-in-office",
        "a person acts for an office that another holds",
        """By the journal's own entries (`PERSON holds OFFICE`, `leaves`) somebody else held the office on that day, or
        this person had left it. Whether the act had authority is for the replay to say; here the journal contradicts
        itself. Correct the person or the date, or record who acted: `bob acts as minister`.""",
    ),
    _warning(
        "J207",
        "acted-while-vacant",
        "an office acts while it is vacant",
        """By the book the office is vacant on that day, and the journal does not say that anybody acts in it. Correct
        the date, name the office that acts in its place, or record who acts: `bob acts as minister`.""",
    ),
    _warning(
        "J208",
        "before-the-law",
        "an act was done before any norm on it was in force",
        """Norms on the act came into force after that day only, so the book has no law by which to judge it: the date
        is wrong, or the earlier law is missing from the book.""",
    ),
    _warning(
        "J209",
        "after-it-was-gone",
        "an entry is about what is gone",
        """By another entry of the journal the thing, office or body `is gone` since an earlier day. Correct the date
        or the name.""",
    ),
    _warning(
        "J210",
        "left-without-holding",
        "a person leaves an office never held",
        """No entry says that the person held the office or acted in it. Say so at the beginning of the journal:
        `2021-10-26 ann holds minister-of-defence`.""",
    ),
    _error(
        "J211",
        "revokes-no-grant",
        "what an entry revokes is no grant, or comes later",
        """`revokes` names entries by which a power was delegated, made before. This one does not exist, is something
        else, or comes later. To end a state, do the act to which the book gives that effect.""",
    ),
    _error(
        "J212",
        "expectation-of-nothing",
        "an expectation speaks of an entry, duty or state that there is not",
        """No entry has that id, or the book has no duty at that provision or to do that act; so the expectation could
        never be met. Mend the id or the label.""",
    ),
    _warning(
        "J213",
        "unused-premise",
        "a premise under which nothing stands",
        """The premise is declared, and no entry and no expectation is under it: to ask the question under it changes
        nothing. Put `under NAME` beneath what depends on it, or drop it.""",
    ),
    _warning(
        "J214",
        "clock-goes-back",
        "two entries of one day go back in time",
        """The entries of one day have moments, and the later one has the earlier moment. The order of what is done
        counts: consultation comes before declaration. Put them in order, or correct the time or its offset.""",
    ),
    _error(
        "J215",
        "ends-before-it-begins",
        "`until` is before the entry's own date",
        """A grant or a state would end before it began. One of the two dates is wrong.""",
    ),
)

CODES: dict[str, CodeDoc] = {doc.code: doc for doc in _ALL}
