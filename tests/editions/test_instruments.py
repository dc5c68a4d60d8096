"""Several instruments: one that goes by another id, norms that go to another, ranks, and cases of a book."""

from __future__ import annotations

import datetime as dt

from tests.editions.spec import book, said
from writ.editions.compare import compare

TODAY = dt.date(2026, 1, 1)
WORDS = """\
office minister "the minister"
person resident "a resident"
act sign "sign"
act walk "walk"
fact urgent: yes-no "urgent"
"""


def instrument(id: str, *norms: str, **front: str) -> str:
    fields = {
        "id": id,
        "title": id,
        "kind": "statute",
        "citation": id.title(),
        "cite-as": f"{id} {{}}",
        "top": "true",
        "in-force": "2000-01-01",
    }
    fields |= {key.replace("_", "-"): value for key, value in front.items()}
    lines = "".join(f"{key}: {value}\n" for key, value in fields.items() if value)
    return f"---\n{lines}---\n\n```writ\n" + "\n".join(norms) + "\n```\n"


SIGN = "power 1\n  minister may sign\n"
WALK = "prohibition 2\n  no one may walk\n  when urgent\n"


def compared(old: dict[str, str], new: dict[str, str]) -> list[str]:
    return said(compare(book(old), book(new), TODAY))


def test_an_instrument_by_another_id_is_one_change_and_not_one_of_each_norm() -> None:
    old = {"a.md": instrument("a", WORDS, SIGN, WALK)}
    new = {"b.md": instrument("b", WORDS, SIGN, WALK)}
    assert compared(old, new) == [
        "changed instrument B (was A)",
        "  id other: a -> b",
        "  cite-as other: a {} -> b {}",
    ]


def test_a_norm_that_goes_to_an_instrument_of_another_rank() -> None:
    rules = {"kind": "regulation", "top": "", "under": "a 3"}
    make = "power 3\n  minister may walk\n"
    old = {"a.md": instrument("a", WORDS, SIGN, make), "b.md": instrument("b", WALK, **rules)}
    new = {"a.md": instrument("a", WORDS, make), "b.md": instrument("b", WALK, SIGN, **rules)}
    assert compared(old, new) == [
        "changed power b 1 (was a 1)",
        "  label moved: a 1 -> b 1",
        "  rank other: statute -> regulation",
        "minister: changed power sign (b 1)",
    ]


def test_an_instrument_gained_with_its_norms() -> None:
    old = {"a.md": instrument("a", WORDS, SIGN)}
    new = {**old, "b.md": instrument("b", WALK)}
    assert compared(old, new) == [
        "gained instrument B",
        "gained prohibition b 2",
        "  more bound: anyone",
        "anyone: gained prohibition walk (b 2)",
    ]
    assert compared(new, old)[0] == "lost instrument B"


def test_another_rank_authority_and_calendar_of_an_instrument() -> None:
    days = 'calendar days "days"\n  zone UTC\n'
    old = {
        "a.md": instrument("a", WORDS, SIGN, days),
        "b.md": instrument("b", WALK, kind="regulation", top="", under="a 1"),
    }
    new = {
        "a.md": instrument("a", WORDS, SIGN, days),
        "b.md": instrument("b", WALK, kind="policy", calendar="days", enacted_by="minister"),
    }
    assert compared(old, new) == [
        "changed instrument B",
        "  kind other: regulation -> policy",
        "  rank other: regulation -> policy",
        "  enacted-by added:  -> minister",
        "  under other: a 1 -> top",
        "  calendar added:  -> days",
    ]


def test_the_ranks_and_the_calendar_of_the_book() -> None:
    a = instrument("a", WORDS, SIGN, 'calendar days "days"\n  zone UTC\n')
    front = "---\nbook: law\ntitle: Law\nranks: [{}]\n{}---\n"
    old = {"book.md": front.format("statute, policy", ""), "a.md": a}
    new = {"book.md": front.format("policy, statute", "calendar: days\n"), "a.md": a}
    assert compared(old, new) == [
        "changed book law",
        "  ranks other: statute; policy -> policy; statute",
        "  calendar added:  -> days",
    ]


def test_an_instrument_cited_otherwise_is_one_change() -> None:
    old = {"a.md": instrument("a", WORDS, SIGN, WALK)}
    new = {"a.md": instrument("a", WORDS, SIGN, WALK, cite_as="s. {}")}
    assert compared(old, new) == ["changed instrument A", "  cite-as other: a {} -> s. {}"]


def test_a_norm_that_takes_the_citation_of_another() -> None:
    later = "power 9\n  minister may sign\n  when urgent\n  in force from 2020-01-01\n"
    old = {"a.md": instrument("a", WORDS, SIGN, later)}
    new = {"a.md": instrument("a", WORDS, SIGN, later + "  replaces 1\n")}
    assert compared(old, new) == [
        "narrowed power a 1",
        "  in force repealed: from 2000-01-01 -> from 2000-01-01 until 2019-12-31",
        "  more bound: minister",
        "moved power a 1 (was a 9)",
        "  citation moved: a 9 -> a 1",
        "minister: repealed power sign from 2020-01-01 (a 1)",
    ]


def test_a_norm_that_another_instrument_suspends_is_told_by_its_own_place() -> None:
    old = {"a.md": instrument("a", WORDS, SIGN), "b.md": instrument("b", WALK)}
    suspend = "suspend 9\n  a 1\n  from 2025-01-01 until 2025-12-31\n"
    new = {"a.md": instrument("a", WORDS, SIGN), "b.md": instrument("b", WALK, suspend)}
    found = compare(book(old), book(new), TODAY)
    (change,) = found.changes
    assert (change.change, change.details[0].how) == ("narrowed", "suspended")
    assert change.new is not None
    assert change.new.file == "a.md"
