"""The words of the language, each with a sentence that says what it means."""

from __future__ import annotations

from writ.syntax.clauses import WRITTEN

STATEMENTS = {
    "power": "changes the legal state; nobody has it unless a norm gives it",
    "permission": "a liberty to do or to leave undone; an exception from a bar or a duty",
    "duty": "to be done; with `to`, `within`, `by`, `before`, `every`",
    "prohibition": "must not be done",
    "right": "a liberty that lower law cannot take away",
    "immunity": "nobody can do the act against the bearer",
    "disability": "nothing in this instrument, or made under it, confers the power",
    "limit": "what must come before or with any exercise of a power",
    "delegation": "the bearer may give the power to another, by an act",
    "lapse": "a sunset: the state ends by itself",
    "override": "an explicit ranking of provisions",
    "repeal": "provisions that are no longer in force",
    "suspend": "provisions that are out of force for a time",
    "commence": "provisions that come into force",
    "assurance": "what is so of the book as a whole; `writ prove` shows it",
}
DECLARATIONS = {
    "kind": "values without an order, one to a line beneath it",
    "levels": "values in order, the lowest first",
    "body": "a body: an assembly, a ministry, a court",
    "office": "an office that somebody holds",
    "person": "private persons: free unless a norm binds them",
    "act": "something that is done by authority",
    "thing": "what acts are done to",
    "actor": "what may be said of whoever acts",
    "state": "a state of affairs that acts begin and end",
    "event": "something that happens and that nobody does by authority",
    "fact": "an attribute of the situation as a whole",
    "calendar": "zone, weekend, holidays and sitting days",
    "definition": "a named condition or value",
}
CLAUSES = {
    "when": "where it is false the norm does not apply; several are joined by *and*",
    "unless": "the same as `when not (…)`",
    "notwithstanding": "this norm prevails over those",
    "subject to": "those prevail over this norm",
    "replaces": "takes the place and the citation of the norms there",
    "after": "acts that must have been done before; of a lapse, the period after which the state ends",
    "with": "must be present and can still be brought about; missing, the answer is `needs`",
    "stating": "attributes that the act must state",
    "recording": "attributes that the record of the act must carry",
    "so that": "the manner in which the act must be done",
    "to": "to whom; `each of` makes one duty for each",
    "within": "opens at the trigger, due when the period has run",
    "on": "opens at the trigger, without a fixed time",
    "by": "due at a date",
    "before": "due before the act, which `needs` it",
    "every": "recurs",
    "for each": "one duty for each thing that the trigger was done to",
    "until": "falls away when the condition becomes true",
    "waived by": "who may waive it",
    "if breached": "what follows a breach: an effect, or `escalates to OFFICE`",
    "begins": "the act begins the state, at once or from the moment given",
    "continues": "extends the state, counted from the end that it had",
    "amends": "gives the attributes of the state the values that the act states",
    "suspends": "until it is resumed the state is not in effect",
    "resumes": "the state is in effect again",
    "ends": "the state is over at once",
    "enabling": "what instruments made under the power may be about",
    "limited to": "bounds each use of what is delegated",
    "depth": "how many times it may be passed on",
    "for": "how long a grant lasts",
    "at": "the state ends then",
    "in force": "its first and last day, where they differ from the instrument's",
    "known": "the day from which it is known, where it differs from the instrument's",
    "from": "the day it takes effect",
}
LINES = {
    "is": "what it is a narrower case of",
    "in": "its place in the organisation",
    "members": "the office whose holders are its members",
    "quorum": "how many members must be there",
    "reports to": "the line of command",
    "succession": "who acts when it is vacant, in order",
    "vacant": "from when until when it is vacant",
    "on": "the thing that the act is done to",
    "of": "one instance for each such thing",
    "reserved": "it needs authority even from a private person",
    "material": "a deed: what it brings about comes about even if nobody allowed it",
    "excludes": "doing it leaves the other act undone",
    "zone": "the time zone of its days, as in `America/Toronto`",
    "weekend": "days of the week that are not working days",
    "holiday": "a holiday by date or by rule",
    "sitting": "the sitting days of a body, by list or by rule",
    "adjourned": "the days on which a body surely does not sit",
    "rolls forward": "a period that ends on a holiday ends on the next day that is none",
    "counts the first day": "a period begins with the day from which it is counted",
}
FRONT = {
    "id": "the name by which the rest of the book refers to it",
    "title": "the name by which people call it",
    "kind": "one of the ranks of the book",
    "rank": "where `kind` is a word apart from the ranks",
    "citation": "how the instrument is cited",
    "cite-as": "how a provision of it is cited; `{}` is the label",
    "enacted-by": "an office or body of the book",
    "under": "the power that it is made under, `INSTRUMENT LABEL`",
    "top": "`true` of the highest source",
    "enacted": "the day from which the text is known",
    "in-force": "its first day in force, or `on commencement`",
    "repealed": "the first day on which it is no longer in force",
    "review": "the day by which it must be reviewed",
    "owner": "who answers for its review",
    "calendar": "the calendar by which its periods are counted",
    "book": "the name of the book",
    "ranks": "the ranks of instruments, the highest first",
}
TYPES = {
    "yes-no": "yes or no",
    "number": "a number, perhaps `number of UNIT`",
    "text": "a text",
    "date": "a day or a moment",
    "duration": "a length of time",
    "person-id": "who, by identity",
    "set of": "several values of a kind",
    "list of": "several things, each with its attributes",
}


def meaning(line: str) -> tuple[str, int]:
    """What the word with which a line starts means, as Markdown, and how long it is; empty where it is none."""
    text = line.strip()
    tables = [CLAUSES, LINES] if line[:1].isspace() else [STATEMENTS, DECLARATIONS]
    for table in tables:
        for word in sorted(table, key=len, reverse=True):
            written = WRITTEN.get(word, word)
            if text == written or text.startswith(f"{written} "):
                return f"**{written}**: {table[word]}", len(written)
    return "", 0
