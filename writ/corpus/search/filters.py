"""Filters as SQL over the tables of an index: conditions on `r`, a row, and on `n`, a norm.

What a user wrote goes into parameters only. Another store with the same tables takes them as they are.
"""

from __future__ import annotations

import re

import msgspec

from writ.corpus.search.tree import Filter

NO_ROW = "0"


class Predicate(msgspec.Struct, frozen=True):
    """A condition on `r`, a row, with its parameters."""

    sql: str
    parameters: tuple[object, ...] = ()


def joined(word: str, parts: list[Predicate]) -> Predicate:
    sql = f" {word} ".join(f"({each.sql})" for each in parts)
    return Predicate(sql, tuple(value for each in parts for value in each.parameters))


OF_NORMS = frozenset({"modality", "bearer", "act", "state"})
_LABELLED = re.compile(r"(?P<who>.*?)[\s/]*(?P<label>[^\s/]+)")


def structure(one: Filter) -> Predicate:
    if one.key in OF_NORMS:
        return of_norm([one])
    if one.key == "has":
        return joined("OR", [Predicate(_HAS.get(each, NO_ROW)) for each in one.values])
    return joined("OR", [_one_of(one.key, each) for each in one.values])


def _one_of(key: str, value: str) -> Predicate:
    match key:
        case "in":
            return _in(value)
        case "kind" | "rank":
            if value.isdecimal():
                return Predicate(_of_file("rank = ?"), (int(value[:9]),))
            return Predicate(_of_file("kind = ?"), (value.lower(),))
        case "language":
            return Predicate(_of_file("language = ?"), (value,))
        case "is":
            return Predicate("r.sort = ?", (value.lower(),))
        case "label":
            return Predicate("r.folded = ?", (value.casefold(),))
        case "in-force":
            sql = "r.start <> '' AND r.start <= ? AND (r.\"end\" = '' OR r.\"end\" > ?)"
            return Predicate(sql, (value, value)) if value else Predicate(NO_ROW)
        case "before":
            return Predicate("r.start <> '' AND r.start < ?", (value,))
        case "after":
            return Predicate("r.start > ?", (value or "9999",))
        case "under":
            return _under(value)
        case "cites":
            return _cites(value)
    return Predicate(NO_ROW)


_HAS = {
    "norm": "r.norms > 0",
    "assurance": "r.assured > 0",
    "definition": "r.defines > 0",
    "reference": "r.refers > 0",
}


def _of_file(sql: str) -> str:
    return f"r.file IN (SELECT id FROM file WHERE {sql})"


_NAMED = "(instrument = ? OR title = ? COLLATE NOCASE)"


def _in(value: str) -> Predicate:
    """By its id or title; if there is none such, by words of either."""
    part = f"%{_escaped(value)}%"
    sql = (
        f"{_NAMED} OR (NOT EXISTS (SELECT 1 FROM file WHERE {_NAMED}) AND "
        "(instrument LIKE ? ESCAPE '\\' OR title LIKE ? ESCAPE '\\'))"
    )
    return Predicate(_of_file(sql), (value, value, value, value, part, part))


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def split(value: str) -> tuple[str, str]:
    """The instrument and the label of `emergencies-act 17(1)` or `emergencies-act/17(1)`; one may be empty."""
    if any(letter.isdigit() for letter in value):
        found = _LABELLED.fullmatch(value.strip())
        if found is not None and any(letter.isdigit() for letter in found["label"][:8]):
            who = found["who"].strip()
            return (who, found["label"]) if who or found["label"][0].isdigit() else ("", value)
    return value, ""


_WITHIN = """(r.folded >= ? AND r.folded < ? || char(1114111) AND substr(r.folded, 1, length(?)) = ?
 AND substr(r.folded, length(?) + 1, 1) IN ('', '.', '(', '-'))"""


def _under(value: str) -> Predicate:
    """At or beneath a provision, or in an instrument made under it; or in an instrument and those made under it."""
    instrument, label = split(value)
    made = (
        "WITH RECURSIVE made(id) AS (SELECT instrument FROM file WHERE {first} UNION "
        "SELECT f.instrument FROM file f JOIN made ON f.under_instrument = made.id WHERE made.id <> '') "
        "SELECT id FROM made"
    )
    if not label:
        first = made.format(first="instrument = ? OR title = ? COLLATE NOCASE")
        return Predicate(_of_file(f"instrument <> '' AND instrument IN ({first})"), (value, value))
    low = label.casefold()
    within = Predicate(_WITHIN, (low,) * 5)
    of = "lower(substr(under_label, 1, length(?))) = ? AND substr(under_label, length(?) + 1, 1) IN ('', '.', '(', '-')"
    first = made.format(first=f"(? = '' OR under_instrument = ?) AND {of}")
    below = Predicate(
        _of_file(f"instrument <> '' AND instrument IN ({first})"),
        (instrument, instrument, low, low, low),
    )
    if instrument:
        within = joined("AND", [_in(instrument), within])
    return joined("OR", [within, below])


def _cites(value: str) -> Predicate:
    instrument, label = split(value)
    low = label.casefold()
    titled = "SELECT instrument FROM file WHERE title = ? COLLATE NOCASE"
    named = f"(? = '' OR c.instrument = ? OR c.instrument IN ({titled}))"
    sql = f'SELECT c."row" FROM cite c WHERE {named}'
    parameters: tuple[object, ...] = (instrument, instrument, instrument)
    if label:
        sql += (
            " AND lower(c.label) >= ? AND lower(c.label) < ? || char(1114111)"
            " AND substr(lower(c.label), 1, length(?)) = ?"
            " AND substr(c.label, length(?) + 1, 1) IN ('', '.', '(', '-')"
        )
        parameters += (low,) * 5
    return Predicate(f"r.id IN ({sql})", parameters)


_KIN = "SELECT other FROM kin WHERE sort = ? AND name = ? UNION SELECT ?"


def about(filters: list[Filter]) -> Predicate:
    parts = [
        joined("OR", [_norm_part(each.key, value) for value in each.values]) for each in filters
    ]
    return joined("AND", parts)


def of_norm(filters: list[Filter]) -> Predicate:
    """Rows with a norm of which all of these hold."""
    inner = about(filters)
    return Predicate(f'r.id IN (SELECT n."row" FROM norm n WHERE {inner.sql})', inner.parameters)


def _norm_part(key: str, value: str) -> Predicate:
    if key == "modality":
        return Predicate("n.modality = ?", (value,))
    named = "n.id IN (SELECT norm FROM norm_name WHERE role = ? AND name IN ({}))"
    if key == "bearer":
        up = "SELECT other FROM kin WHERE sort = 'actor' AND name = ? AND way = 'up' UNION SELECT ?"
        excepted = f"NOT {named.format(up)}"
        return Predicate(
            f"{named.format(_KIN)} AND {excepted}",
            ("bearer", "actor", value, value, "excepted", value, value),
        )
    if key == "act":
        return Predicate(named.format(_KIN), ("act", "act", value, value))
    return Predicate(named.format("?"), ("state", value))
