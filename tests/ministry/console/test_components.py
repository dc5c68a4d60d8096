"""The components of the console: what a table, a chart, a tree or a map shows is what was asked of it."""

import csv
import datetime as dt
import io
import json
import math
import re
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from ministry.approvals import acts as approvals
from ministry.approvals.data import Asking, Declining
from ministry.approvals.models import Request
from ministry.command import acts
from ministry.command.data import Enrolment
from ministry.console.components.charts import Series, bars, stacked
from ministry.console.components.columns import Column, Kind, choice, days, text
from ministry.console.components.export import FORMULA, safe
from ministry.console.components.flows import Flow, flows, placed
from ministry.console.components.maps import Place, charted
from ministry.console.components.rows import chunks
from ministry.console.components.table import Table
from ministry.console.components.ticks import ticks
from ministry.console.components.timeline import MOST, times
from ministry.console.components.tree import Branch, grown
from ministry.people.models import Person
from tests.ministry.console.conftest import Somebody
from tests.ministry.console.queries import counted
from tests.ministry.people import key

TABLE = Table(
    "things",
    (
        Column("name", "Name", sortable=True, filter=text()),
        Column("much", "Much", Kind.NUMBER, sortable=True),
        Column("day", "Day", Kind.DAY, sortable=True, filter=days()),
        Column("kind", "Kind", filter=choice((("a", "A"), ("b", "B")))),
    ),
    order="name",
    size=3,
    key="key",
)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 9))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.text("abAB=", max_size=3),
            "much": st.none() | st.integers(-3, 3),
            "day": st.none() | DAYS,
            "kind": st.sampled_from("ab"),
        }
    ),
    max_size=14,
).map(lambda rows: [{**row, "key": f"{n:03}"} for n, row in enumerate(rows)])
ASKED = st.fixed_dictionaries(
    {},
    optional={
        "sort": st.sampled_from(["name", "-name", "much", "-much", "day", "-day"]),
        "name": st.sampled_from("abAB="),
        "kind": st.sampled_from("ab"),
        "day-from": DAYS.map(str),
    },
)


def here(**query):
    asked = QueryDict(mutable=True)
    asked.update(query)
    return SimpleNamespace(
        request=SimpleNamespace(GET=asked), zone=dt.UTC, shown=list, marked=lambda _: ""
    )


def plainly(rows, asked):
    """The same, as somebody would do it with a list."""
    found = [
        row
        for row in rows
        if asked.get("name", "").lower() in row["name"].lower()
        and row["kind"] == asked.get("kind", row["kind"])
        and ("day-from" not in asked or (row["day"] and str(row["day"]) >= asked["day-from"]))
    ]
    sort = asked.get("sort", "name")
    name, down = sort.lstrip("-"), sort.startswith("-")
    empty = [row for row in found if row[name] is None]
    full = [row for row in found if row[name] is not None]
    full.sort(key=lambda row: row[name].lower() if name == "name" else row[name], reverse=down)
    return full + empty


@given(ROWS, ASKED)
def test_the_pages_of_a_table_are_the_list_filtered_and_sorted(rows, asked):
    expected, found, after = plainly(rows, asked), [], {}
    while True:
        shown = TABLE.shown(here(**asked, **after), rows)
        found += shown.page.rows
        if not shown.later:
            break
        after = {"after": shown.page.rows[-1]["key"]}
    assert found == expected
    assert shown.count == len(expected)


@given(ROWS, ASKED)
def test_a_page_before_is_the_page_that_was_before(rows, asked):
    first = TABLE.shown(here(**asked), rows)
    if first.later:
        second = TABLE.shown(here(**asked, after=first.page.rows[-1]["key"]), rows)
        back = TABLE.shown(here(**asked, before=second.page.rows[0]["key"]), rows)
        assert back.page.rows == first.page.rows


@given(ROWS, ASKED)
def test_an_export_has_the_rows_of_the_pages_in_their_order(rows, asked):
    expected = plainly(rows, asked)
    said = TABLE.shown(here(**asked, **{"as": "json"}), rows).file.content
    assert [(one["name"], one["much"]) for one in json.loads(said)["rows"]] == [
        (row["name"], "" if row["much"] is None else row["much"]) for row in expected
    ]
    csv_said = TABLE.shown(here(**asked, **{"as": "csv"}), rows).file.content
    assert csv_said.startswith(b"\xef\xbb\xbf")
    lines = [*csv.reader(io.StringIO(csv_said.decode("utf-8-sig"), newline=""))]
    assert len(lines) == len(expected) + 1
    assert not [line for line in lines[1:] if line[0].startswith(FORMULA)]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "＝1"])
def test_words_that_a_spreadsheet_would_reckon_with_are_only_words(text):
    assert safe(text) == f"'{text}"


def test_a_number_below_zero_stays_a_number():
    assert safe(-1) == -1


@pytest.mark.parametrize(
    "asked",
    [
        {"sort": "kind"},
        {"sort": "nothing"},
        {"kind": "c"},
        {"day-from": "yesterday"},
        {"day-from": "9999-12-31"},
        {"day-from": "2026-01-05", "day-to": "2026-01-04"},
        {"name": "\0"},
        {"name": "x" * 300},
        {"as": "exe"},
        {"after": "\0"},
    ],
)
def test_what_is_wrong_with_an_address_is_said_and_shows_nothing(asked):
    shown = TABLE.shown(here(**asked), [{"key": "1", "name": "a", "kind": "a"}])
    assert shown.status == 400
    assert shown.wrongs and not shown.rows
    assert shown.file is None


def test_a_row_that_is_gone_is_said_to_be():
    shown = TABLE.shown(here(after="none"), [{"key": "1", "name": "a", "kind": "a"}])
    assert shown.page.gone and len(shown.rows) == 1


def test_a_chip_leads_to_the_page_without_its_filter():
    shown = TABLE.shown(here(name="a", kind="b", sort="-much"), [])
    assert [(one.label, one.words) for one in shown.asked.chips] == [("Name", "a"), ("Kind", "B")]
    assert QueryDict(shown.asked.chips[0].href[1:]).dict() == {"kind": "b", "sort": "-much"}


# --- over the database


IN_DATABASE = Table(
    "people",
    (Column("name", "Name", sortable=True), Column("enrolled", "Enrolled", Kind.DAY, True)),
    size=3,
)


def names(page):
    table = page.html[page.html.index("<tbody") :]
    return re.findall(r'href="(/people/p-[^"]+)"', table)


def test_people_are_the_same_in_the_database_and_in_a_list(ministry):
    for n, name in enumerate(("Zoe", "abe", "Abel", "zoe")):
        acts.enrol(ministry.ada, Enrolment(sign_in=f"x{n}", name=name))
    every = [*Person.everything.all()]
    for sort in ("name", "-name", "enrolled", "-enrolled"):
        column, down = sort.lstrip("-"), sort.startswith("-")
        wanted = sorted(every, key=lambda one: one.key)
        wanted.sort(
            key=lambda one: getattr(one, column).lower() if column == "name" else one.enrolled,
            reverse=down,
        )
        shown = IN_DATABASE.shown(here(sort=sort), Person.everything.all())
        found = [row for some in chunks(shown.rows_asked, 2) for row in some]
        assert [one.key for one in found] == [one.key for one in wanted]
        back = shown.rows_asked.page(2, before=found[4].key).rows
        assert back == found[2:4]


def test_a_list_of_people_costs_the_same_however_many_there_are(house):
    cy = Somebody("cy")
    cy.sees("/people/")
    before = counted(lambda: cy.sees("/people/"))
    for n in range(5):
        acts.enrol(house.ada, Enrolment(sign_in=f"x{n}", name=f"X {n}"))
    assert counted(lambda: cy.sees("/people/")) == before
    exported = counted(lambda: cy.client.get("/people/?as=csv").content)
    assert exported <= before


def test_a_table_is_sorted_filtered_and_exported_without_a_script(house):
    cy = Somebody("cy")
    up, down = cy.sees("/people/", sort="name"), cy.sees("/people/", sort="-name")
    assert names(up) == names(down)[::-1]
    assert 'aria-sort="descending"' in down.html
    file = cy.client.get("/people/?sort=-name&q=e&as=csv")
    rows = [*csv.reader(io.StringIO(file.content.decode("utf-8-sig")))]
    shown = cy.sees("/people/", sort="-name", q="e")
    assert len(rows) - 1 == len(names(shown)) > 0
    assert "attachment" in file["Content-Disposition"]


def test_an_export_stands_behind_the_door_of_its_page(house):
    assert Somebody().sees("/people/", **{"as": "csv"}).status == 302


def test_a_wrong_address_is_answered_in_words(house):
    page = Somebody("cy").sees("/people/", sort="nothing")
    assert page.status == 400
    assert "no column “nothing” to sort by" in page


def test_the_catalogue_shows_every_component_without_a_script(house):
    page = Somebody("cy").sees("/help/components/")
    assert page.status == 200
    for style in ('class="chart', 'class="lanes"', 'class="tree"', 'class="map"', "state--bad"):
        assert style in page.html
    assert " style=" not in page.html and "<title" in page.html


def test_what_one_asked_is_filtered_and_exported_and_nobody_else_sees_it(house):
    for office in ("legal-adviser", "registrar"):
        given = {"person": key("fay"), "office": office}
        approvals.ask(house.cy, Asking(act="appoint-officer", given=given, reason="soon"))
    request = Request.everything.get(data__office="registrar")
    approvals.decline(house.bo, Declining(request=request.id, answer="no"))
    cy = Somebody("cy")
    page = cy.sees("/approvals/", outcome="declined")
    assert f"/approvals/{request.id}/" in page.links and "1 row" in page
    assert "state--bad" in page.html
    rows = json.loads(cy.client.get("/approvals/?as=json").content)["rows"]
    assert sorted(one["outcome"] for one in rows) == ["declined", "waiting"]
    assert "You asked nothing of others" in Somebody("eve").sees("/approvals/")
    few = counted(lambda: cy.sees("/approvals/"))
    for _ in range(4):
        approvals.ask(house.cy, Asking(act="appoint-officer", given=given, reason="again"))
    assert counted(lambda: cy.sees("/approvals/")) == few


# --- pictures


@given(
    st.floats(-1e9, 1e9, allow_nan=False), st.floats(-1e9, 1e9, allow_nan=False), st.integers(4, 12)
)
def test_ticks_are_round_even_and_cover_what_is_shown(one, other, most):
    found, low, high = ticks(one, other, most), min(one, other), max(one, other)
    assert 2 <= len(found) <= most
    assert found[0] <= low and found[-1] >= high
    step = found[1] - found[0]
    digits = step / 10 ** math.floor(math.log10(step) + 1e-9)
    assert any(math.isclose(digits, round_one, rel_tol=1e-6) for round_one in (1, 2, 5))
    if low <= 0 <= high:
        assert any(abs(tick) < step / 1e6 for tick in found)


@given(st.integers(1, 3 * 10**8))
def test_times_lie_between_their_ends_and_are_few(seconds):
    first = dt.datetime(2026, 11, 23, 9, 7, tzinfo=dt.UTC)
    last = first + dt.timedelta(seconds=seconds)
    found = [moment for moment, _ in times(first, last, dt.UTC)]
    assert len(found) <= MOST + 1 and found == sorted(found)
    assert all(first <= one <= last for one in found)


def test_a_chart_gives_each_figure_in_its_table():
    made = bars("x", "X", ("a", "b"), (Series("one", (1, None)), Series("<i>", (2.5, -3))))
    assert made.table == (("a", "1", "2.5"), ("b", "", "-3"))
    assert "<i>" not in made.drawing and "&lt;i&gt;" in made.drawing


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError):
        stacked("x", "X", ("a",), (Series("one", (-1,)),))
    with pytest.raises(ValueError):
        bars("x", "X", ("a",), (Series("one", (1, 2)),))
    with pytest.raises(ValueError):
        flows("x", "X", (Flow("a", "b", 1), Flow("b", "a", 1)))


def test_things_stand_to_the_right_of_what_flows_into_them():
    nodes = placed((Flow("a", "c", 1), Flow("a", "b", 2), Flow("b", "c", 1)))
    assert [nodes[name].column for name in "abc"] == [0, 1, 2]
    assert [nodes[name].much for name in "abc"] == [3, 2, 2]


@given(st.lists(st.integers(-1, 8), max_size=9))
def test_each_row_stands_in_a_tree_once_even_in_a_ring(parents):
    rows = [*enumerate(parents)]
    roots = grown(
        rows,
        lambda row: str(row[0]),
        lambda row: str(row[1]) if row[1] >= 0 else None,
        lambda row: Branch(str(row[0])),
    )
    assert len(roots) + sum(one.many for one in roots) == len(rows)


def test_a_map_lists_what_it_draws_and_refuses_what_is_nowhere():
    made = charted(here(), "x", "X", [Place("<b>", (1, 2)), None], lambda one: one)
    assert [one["properties"]["number"] for one in made.data["features"]] == [1]
    assert "<b>" not in made.drawing
    with pytest.raises(ValueError):
        charted(here(), "x", "X", [Place("X", (200, 0))], lambda one: one)
