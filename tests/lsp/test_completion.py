"""What is offered where. `|` is where the pointer stands; the text before it may be half a sentence."""

from __future__ import annotations

import pytest

from tests.lsp.books import HARBOUR
from writ.lsp.analysis.completion import complete, likeness
from writ.lsp.analysis.signature import FORMS, LINES, signature
from writ.lsp.analysis.snapshot import Space
from writ.syntax.clauses import CLAUSES, KINDS

SNAPSHOT = Space(None, HARBOUR).snapshot

HEAD = HARBOUR["rules.md"].partition("## 1")[0]

PLACES = [
    # the text, what must be offered, what must not
    ("duty 9\n  |", ["master", "council", "no one", "each of"], ["warn-ships", "when"]),
    ("duty 9\n  mas|", ["master"], ["council"]),
    ("duty 9\n  master |", ["must"], ["may", "warn-ships"]),
    ("power 9\n  master |", ["may"], ["must"]),
    ("permission 9\n  master |", ["may", "need not"], []),
    ("prohibition 9\n  no one |", ["may", "except"], []),
    ("prohibition 9\n  no one except |", ["council", "master"], ["may"]),
    ("right 9\n  master |", ["has the right to"], []),
    ("disability 9\n  no one |", ["has power to"], []),
    ("duty 9\n  master must |", ["warn-ships", "close-basin"], ["master", "alarm"]),
    ("prohibition 9\n  master may not |", ["warn-ships"], ["master"]),
    ("power 9\n  master may close-basin\n  |", ["when", "unless", "after", "begins"], ["within"]),
    ("duty 9\n  master must warn-ships\n  |", ["within", "every", "waived by"], ["enabling"]),
    ("duty 9\n  master must warn-ships\n  every 2 days\n  |", ["when"], ["every"]),
    ("limit 9\n  master may close-basin |", ["only"], []),
    (
        "power 9\n  master may close-basin\n  when |",
        ["danger", "grade", "urgent", "depth", "pressing"],
        ["master"],
    ),
    ("power 9\n  master may warn-ships\n  when |", ["urgent", "alarm", "not"], ["danger"]),
    ("power 9\n  master may close-basin\n  when danger |", ["and", "or"], ["at least"]),
    ("power 9\n  master may close-basin\n  when danger and |", ["grade", "urgent"], ["and"]),
    (
        "power 9\n  master may close-basin\n  when grade |",
        ["at least", "at most", "is"],
        ["before"],
    ),
    ("power 9\n  master may close-basin\n  when grade at least |", ["low", "high"], ["warn-ships"]),
    ("power 9\n  master may close-basin\n  when grade is |", ["low", "high", "not"], []),
    ("power 9\n  master may close-basin\n  when grade in {|", ["low", "high"], ["danger"]),
    ("power 9\n  master may close-basin\n  when grade in {low, |", ["high"], ["danger"]),
    ("power 9\n  master may close-basin\n  when depth |", ["above", "below"], ["before"]),
    ("power 9\n  master may close-basin\n  when basin.|", ["depth"], ["danger", "master"]),
    ("power 9\n  master may close-basin\n  when basin.de|", ["depth"], ["danger"]),
    ("power 9\n  master may close-basin\n  when alarm |", ["in effect", "not in effect"], []),
    ("power 9\n  master may close-basin\n  when storm |", ["happened"], ["done"]),
    ("power 9\n  master may close-basin\n  when warn-ships |", ["done"], ["happened"]),
    (
        "power 9\n  master may close-basin\n  when warn-ships done by |",
        ["council", "the actor"],
        [],
    ),
    ("power 9\n  master may close-basin\n  after |", ["warn-ships"], ["master"]),
    ("power 9\n  master may close-basin\n  after warn-ships by |", ["council"], ["warn-ships"]),
    ("power 9\n  master may close-basin\n  begins |", ["alarm"], ["master"]),
    ("power 9\n  master may close-basin\n  begins alarm |", ["for", "until", "from"], []),
    ("power 9\n  master may close-basin\n  begins alarm for 3 |", ["days", "working days"], []),
    ("power 9\n  master may close-basin\n  stating |", ["danger", "grade"], []),
    ("power 9\n  master may close-basin\n  enabling |", ["warn-ships"], []),
    ("power 9\n  master may close-basin\n  subject to |", ["1", "2", "act"], ["2(1)"]),
    ("power 9\n  master may close-basin\n  subject to act |", ["2(1)", "2(2)"], ["1"]),
    ("power 9\n  master may close-basin\n  replaces |", ["1", "act"], []),
    ("duty 9\n  master must warn-ships\n  within 2 |", ["days", "hours"], []),
    ("duty 9\n  master must warn-ships\n  within 2 days |", ["of"], []),
    (
        "duty 9\n  master must warn-ships\n  within 2 days of |",
        ["close-basin", "storm", "start of"],
        ["alarm"],
    ),
    ("duty 9\n  master must warn-ships\n  within 2 days of start of |", ["alarm"], ["storm"]),
    ("duty 9\n  master must warn-ships\n  to |", ["council"], []),
    ("duty 9\n  master must warn-ships\n  waived by |", ["council"], []),
    ("duty 9\n  master must warn-ships\n  if breached |", ["escalates to"], []),
    ("lapse 9\n  |", ["alarm"], ["master"]),
    ("lapse 9\n  alarm |", ["lapses"], []),
    ("lapse 9\n  alarm lapses\n  |", ["after", "at", "when"], ["begins"]),
    ("delegation 9\n  council may delegate |", ["close-basin"], ["master"]),
    ("delegation 9\n  council may delegate close-basin |", ["to", "by"], []),
    ("delegation 9\n  council may delegate close-basin to |", ["master"], []),
    ("delegation 9\n  council may delegate close-basin to master by |", ["declare"], []),
    ("override\n  1 |", ["prevails over"], []),
    ("assurance A1\n  |", ["no one", "someone can always", "master"], []),
    ("assurance A1\n  master |", ["may never", "can", "must always"], []),
    ("assurance A1\n  master may never |", ["close-basin"], ["master"]),
    ("assurance A1\n  master may never close-basin\n  unless |", ["danger", "urgent"], []),
    ("|", ["power", "duty", "office", "fact", "power …"], ["master"]),
    ("pow|", ["power", "power …"], ["duty"]),
    ("fact wet: |", ["yes-no", "date", "grade"], ["master"]),
    ("fact wet: set of |", ["grade"], ["yes-no"]),
    ("office deputy\n  |", ["is", "in", "reports to", "succession"], ["on"]),
    ("office deputy\n  reports to |", ["master", "council"], ["warn-ships"]),
    ("act sail\n  on |", ["basin"], ["master"]),
    ("act sail\n  is |", ["warn-ships"], ["basin"]),
    ("act sail\n  wind: |", ["number", "grade"], []),
    ("definition d: yes-no\n  means |", ["urgent", "pressing"], []),
]


def offered(path: str, text: str) -> list[str]:
    at = text.index("|")
    return [one.label for one in complete(SNAPSHOT, path, text.replace("|", "", 1), at).offers]


@pytest.mark.parametrize(("block", "there", "absent"), PLACES, ids=[each[0] for each in PLACES])
def test_in_a_block(block: str, there: list[str], absent: list[str]) -> None:
    labels = offered("rules.md", f"{HEAD}## 9 X\n\n```writ\n{block}\n```\n")
    assert not set(there) - set(labels), labels
    assert not set(absent) & set(labels), labels


def test_with_more_law_behind_the_place() -> None:
    law = "duty 8\n  master must |\n  when urgent\n\nduty 9\n  council must declare"
    text = f"{HEAD}## 9 X\n\n```writ\n{law}\n```\n"
    assert "warn-ships" in offered("rules.md", text)
    assert "2(1)" in offered(
        "rules.md",
        text.replace("must |", "must declare").replace("when urgent", "subject to act |"),
    )


@pytest.mark.parametrize(
    ("line", "there"),
    [
        ("|", "in-force"),
        ("kind: |", "statute"),
        ("enacted-by: |", "master"),
        ("under: |", "act"),
        ("in-force: |", "on commencement"),
    ],
)
def test_in_front_matter(line: str, there: str) -> None:
    assert there in offered("new.md", f"---\nid: x\n{line}\n---\n# X\n")


@pytest.mark.parametrize(
    ("request_", "there"),
    [
        ("{actor: |", "master"),
        ("{actor: master, act: |", "close-basin"),
        ("{actor: master, act: close-basin, facts: {|", "danger"),
        ("{actor: master, act: close-basin, facts: {danger: yes, grade: |", "high"),
        ("{actor: master, act: close-basin, facts: {danger: |", "yes"),
        ("{actor: master, act: close-basin, done: [|", "warn-ships"),
        ("{actor: master, act: close-basin, states: [|", "alarm"),
        ("{actor: master, |", "act"),
        ("{actor: master}\n    outcome: |", "no authority"),
        ("{actor: master}\n    cites: [|", "s. 2(1)"),
        ("{actor: master}\n    |", "outcome"),
    ],
)
def test_in_cases(request_: str, there: str) -> None:
    assert there in offered("harbour.cases.yaml", f"cases:\n  - id: x\n    request: {request_}\n")


@pytest.mark.parametrize(
    ("entry", "there"),
    [
        ("2026-03-01 |", "master"),
        ("2026-03-01 x: |", "storm"),
        ("2026-03-01 |", "given"),
        ("2026-03-01 master |", "did"),
        ("2026-03-01 master did |", "close-basin"),
        ("2026-03-01 x: master did clo|", "close-basin"),
        ("2026-03-01 master did close-basin\n  |", "where"),
        ("2026-03-01 master did close-basin\n  where |", "danger"),
        ("2026-03-01 master did close-basin\n  where danger, |", "grade"),
        ("2026-03-01 master did close-basin\n  where grade is |", "high"),
        ("2026-03-01 master did warn-ships\n  to |", "council"),
        ("2026-03-01 given |", "urgent"),
        ("2026-03-01 ann holds |", "master"),
        ('premise p "so"\n2026-03-01 master did declare\n  under |', "p"),
        ("|", "expect"),
        ("expect 2026-03-02 |", "duty"),
        ("expect 2026-03-02 state |", "alarm"),
        ("expect 2026-03-02 duty |", "2"),
        ("expect 2026-03-02 state alarm |", "in effect"),
    ],
)
def test_in_journals(entry: str, there: str) -> None:
    assert there in offered("march.journal", f"{entry}\n")


def test_prose_is_left_alone() -> None:
    assert offered("rules.md", f"{HEAD}Some mas|\n") == []
    assert offered("rules.md", f"{HEAD}```text\npower 9\n  mas|\n```\n") == []


def test_every_offer_says_what_it_is() -> None:
    text = f"{HEAD}## 9 X\n\n```writ\nduty 9\n  |\n```\n"
    at = text.index("|")
    for one in complete(SNAPSHOT, "rules.md", text.replace("|", ""), at).offers:
        assert one.detail, one.label


def test_what_is_typed_is_replaced_and_what_stands_behind_a_dot_too() -> None:
    text = f"{HEAD}```writ\npower 9\n  master may close-basin\n  when basin.de"
    found = complete(SNAPSHOT, "rules.md", text, len(text))
    assert text[found.start : found.end] == "de"


def test_snippets_compile_once_they_are_filled_in() -> None:
    import re

    from writ.lsp.analysis.offers import NORMS
    from writ.syntax.parser import parse_text

    for kind, snippet in NORMS.items():
        filled = re.sub(r"\$\{\d:(\w+)\}|\$0", lambda match: match[1] or "", snippet)
        filled = filled.replace("label", "1")
        _, found = parse_text("x.md", f"```writ\n{filled}\n```\n")
        assert not found, (kind, filled, found)


@pytest.mark.parametrize(
    ("typed", "label", "rank"),
    [
        ("", "x", 0),
        ("cl", "close-basin", 0),
        ("ba", "close-basin", 1),
        ("cb", "close-basin", 2),
        ("zz", "close-basin", -1),
    ],
)
def test_likeness(typed: str, label: str, rank: int) -> None:
    assert likeness(typed, label) == rank


def test_every_clause_and_every_norm_has_a_form() -> None:
    assert set(CLAUSES) <= set(FORMS)
    assert set(KINDS) <= set(LINES)
    text = f"{HEAD}```writ\npower 9\n  master "
    found = signature(text, len(text))
    assert found is not None
    assert found.form == LINES["power"]
