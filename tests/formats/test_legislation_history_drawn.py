"""Random laws, amended at random: every version comes back, and every day reads."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writ.formats.legislation.model import Block, Document, Link, Provision
from writ.formats.legislation.text import text_of
from writ.formats.legislation_history.amendments import record
from writ.formats.legislation_history.difference import difference, words
from writ.formats.legislation_history.store import decoded, encoded
from writ.formats.legislation_history.timeline import Timeline

START = dt.date(2020, 1, 1)


class Draft:
    """A provision that can be amended."""

    def __init__(self, kind: str, number: str, fid: str, serial: int, day: dt.date | None) -> None:
        self.kind, self.number, self.fid, self.serial, self.day = kind, number, fid, serial, day
        self.amended: dt.date | None = None
        self.inside: list[Draft] = []

    def walk(self):
        yield self
        for each in self.inside:
            yield from each.walk()

    def provision(self, above: str) -> Provision:
        id = f"{above}__{self.kind}_{self.number}" if above else f"{self.kind}_{self.number}"
        text = Block("text", (f"text {self.fid}.{self.serial}",))
        # Words before and after those in it, and in the midst.
        body: list[Block | Provision] = [text, *(each.provision(id) for each in self.inside)]
        if self.inside and self.serial % 2:
            body.insert(2, Block("continued", (f"tail {self.fid}.{self.serial}",)))
        return Provision(
            id,
            self.kind,
            (Block("number", (self.number,)),),
            tuple(body),
            in_force=self.day,
            amended=self.amended,
            attributes=(("lims:fid", self.fid),) if not self.fid.startswith("-") else (),
        )


def document(top: list[Draft], current: dt.date) -> Document:
    found = Document(
        "justice-canada",
        "act:X-1",
        "act",
        "An Act",
        "en",
        amended=START,
        version=START,
        body=(Block("meta", (str(current),)), *(each.provision("") for each in top)),
        attributes=(("lims:current-date", str(current)),),
    )
    links = tuple(Link("reference", each.id, "act:Y") for each in found.walk() if len(each.id) % 2)
    return msgspec.structs.replace(found, links=links)


@st.composite
def histories(draw: st.DrawFn, numbered: bool | None = None) -> list[Document]:
    """Versions of one law: with the publisher's numbers or without, and days recorded or not."""
    fids = draw(st.booleans()) if numbered is None else numbered
    count = 0

    def fresh(kind: str, day: dt.date | None) -> Draft:
        nonlocal count
        count += 1
        return Draft(kind, str(count), f"{count}" if fids else f"-{count}", 0, day)

    top = [fresh("section", START) for _ in range(draw(st.integers(1, 4)))]
    for each in list(top):
        each.inside = [fresh("subsection", START) for _ in range(draw(st.integers(0, 3)))]
    day = START + dt.timedelta(10)
    found = [document(top, day)]
    for _ in range(draw(st.integers(1, 3))):
        until = day + dt.timedelta(draw(st.integers(1, 30)))
        for _ in range(draw(st.integers(0, 5))):
            # A day in between, a late one, one to come, or none.
            when = draw(
                st.sampled_from(
                    [
                        day + dt.timedelta(draw(st.integers(1, (until - day).days))),
                        day - dt.timedelta(3),
                        until + dt.timedelta(4),
                        None,
                    ]
                )
            )
            lists = [top, *(each.inside for each in top)]
            where = draw(st.sampled_from(lists))
            what = draw(st.sampled_from(("insert", "drop", "replace", "move", "renumber", "swap")))
            if what == "insert":
                kind = "section" if where is top else "subsection"
                where.insert(draw(st.integers(0, len(where))), fresh(kind, when))
            elif where:
                one = draw(st.sampled_from(where))
                if what == "drop":
                    where.remove(one)
                elif what == "replace":
                    one.serial += 1
                    one.day = when
                elif what == "renumber":
                    count += 1
                    one.number, one.day = str(count), when
                elif what == "swap":
                    where.reverse()
                elif where is not top:
                    where.remove(one)
                    draw(st.sampled_from([each.inside for each in top])).append(one)
        day = until
        found.append(document(top, day))
    return found


def texts(of: Document) -> dict[str, str]:
    return {dict(each.attributes)["lims:fid"]: text_of(each) for each in of.walk()}


def days(line: Timeline) -> list[dt.date]:
    return [line.first + dt.timedelta(at) for at in range((line.last - line.first).days + 8)]


@settings(max_examples=150, deadline=None)
@given(histories())
def test_every_version_is_restored_from_the_deltas(versions: list[Document]):
    data = encoded(versions, [""] * len(versions))
    _, restored = decoded(data, versions[-1])
    assert restored == versions


@settings(max_examples=120, deadline=None)
@given(histories())
def test_every_day_reads_and_says_what_some_version_says(versions: list[Document]):
    line = Timeline(versions)
    known = {text_of(each) for version in versions for each in version.walk()}
    for day in days(line):
        reading = line.at(day)
        assert {text_of(each) for each in reading.document.walk()} <= known
        assert reading.later == (day > line.last)
    record(line)


@settings(max_examples=120, deadline=None)
@given(histories(numbered=True))
def test_nothing_that_stands_in_every_version_is_missing_on_any_day(versions: list[Document]):
    line = Timeline(versions)
    always = set.intersection(*(set(texts(each)) for each in versions))
    for day in days(line):
        read = [dict(each.attributes)["lims:fid"] for each in line.at(day).document.walk()]
        assert always <= set(read)
        assert len(read) == len(set(read)), "a provision stands in two places"


@settings(max_examples=120, deadline=None)
@given(histories(numbered=True))
def test_time_runs_forward(versions: list[Document]):
    """No provision goes back to an earlier text, and none that was removed comes again."""
    line = Timeline(versions)
    order: dict[str, list[str]] = {}
    for version in versions:
        for fid, text in texts(version).items():
            if text not in order.setdefault(fid, []):
                order[fid].append(text)
    before: dict[str, int] = {}
    gone: set[str] = set()
    dropped = {fid for old, new in pairwise(versions) for fid in set(texts(old)) - set(texts(new))}
    for day in days(line):
        read = texts(line.at(day).document)
        for fid, text in read.items():
            at = order[fid].index(text)
            assert at >= before.get(fid, 0), (day, fid)
            before[fid] = at
            assert fid not in gone or fid not in dropped, (day, fid)
        gone |= set(before) - set(read)


@settings(max_examples=120, deadline=None)
@given(histories())
def test_after_every_recorded_day_the_text_is_the_newest_version(versions: list[Document]):
    line = Timeline(versions)
    last = max([line.last, *(each.in_force or START for v in versions for each in v.walk())])
    assert line.at(last).document == versions[-1]


@settings(max_examples=120, deadline=None)
@given(histories())
def test_a_version_that_no_record_contradicts_is_read_on_its_day(versions: list[Document]):
    line = Timeline(versions)
    for at, version in enumerate(line.versions):
        day = dt.date.fromisoformat(dict(version.document.attributes)["lims:current-date"])
        earlier = [each.day for step in line.steps[:at] for each in step.all() if each.day]
        later = [each.day for step in line.steps[at:] for each in step.all() if each.day]
        if all(each <= day for each in earlier) and all(each > day for each in later):
            assert line.at(day).document == version.document


@st.composite
def recorded(draw: st.DrawFn) -> tuple[list[Document], list[tuple[dt.date, Document]]]:
    """Versions of a law whose amendments are all recorded, each provision amended once between two of them; and the law
    as it truly stood from each day."""
    count = 0

    def fresh(kind: str, when: dt.date) -> Draft:
        nonlocal count
        count += 1
        return Draft(kind, str(count), str(count), 0, when)

    top = [fresh("section", START) for _ in range(draw(st.integers(2, 4)))]
    for each in top:
        each.amended = START
        each.inside = [fresh("subsection", START) for _ in range(draw(st.integers(1, 4)))]
    current = START + dt.timedelta(5)
    versions = [document(top, current)]
    truth = [(START, versions[0])]
    for _ in range(draw(st.integers(1, 3))):
        touched: set[str] = set()
        when = current
        for _ in range(draw(st.integers(1, 5))):
            when += dt.timedelta(draw(st.integers(1, 5)))
            section = draw(st.sampled_from(top))
            what = draw(st.sampled_from(("insert", "drop", "replace", "section")))
            left = [each for each in section.inside if each.fid not in touched]
            if what == "section":
                one = fresh("section", when)
                one.amended = when
                one.inside = [fresh("subsection", when)]
                top.insert(draw(st.integers(0, len(top))), one)
                touched |= {each.fid for each in one.walk()} | {f"drop {one.fid}"}
            elif what == "insert":
                one = fresh("subsection", when)
                section.inside.insert(draw(st.integers(0, len(section.inside))), one)
                touched.add(one.fid)
            elif what == "replace" and left:
                one = draw(st.sampled_from(left))
                one.serial, one.day = one.serial + 1, when
                touched.add(one.fid)
            elif what == "drop" and left and f"drop {section.fid}" not in touched:
                one = draw(st.sampled_from(left))
                section.inside.remove(one)
                section.amended = when  # all that tells of it
                touched |= {one.fid, f"drop {section.fid}"}
            truth.append((when, document(top, current)))
        current = when + dt.timedelta(draw(st.integers(0, 5)))
        versions.append(document(top, current))
    return versions, truth


@settings(max_examples=150, deadline=None)
@given(recorded())
def test_any_day_reads_as_the_law_truly_stood(drawn):
    """Where the source records every amendment, the text between two versions is known exactly."""
    versions, truth = drawn
    line = Timeline(versions)
    for day in days(line):
        stood = [document for since, document in truth if since <= day][-1]
        read = line.at(day)
        assert texts(read.document) == texts(stood), day
        assert not read.doubts
        # The order, too; where exactly what goes stood beside what came, no version tells.
        last = texts(versions[-1])
        kept = [[each for each in texts(one) if each in last] for one in (read.document, stood)]
        assert kept[0] == kept[1], day
        above = [
            {each: one.id for one in whole.walk() for each in map(_fid, one.provisions())}
            for whole in (read.document, stood)
        ]
        assert above[0] == above[1], day


def _fid(one: Provision) -> str:
    return dict(one.attributes)["lims:fid"]


def test_what_is_still_there_stands_where_it_stood():
    """A section goes on one day, and another changes on an earlier one: between the two it is in its place."""

    def made(numbers: str, serial: int) -> list[Draft]:
        top = [Draft("section", each, each, 0, START) for each in numbers]
        top[0].serial, top[0].day = serial, START + dt.timedelta(20 * serial)
        return top

    line = Timeline(
        [
            document(made("1234", 0), START + dt.timedelta(10)),
            document(made("124", 1), START + dt.timedelta(40)),
        ]
    )
    reading = line.at(START + dt.timedelta(30))
    assert [each.id for each in reading.document.walk()] == [f"section_{n}" for n in "1234"]
    (doubt,) = reading.doubts
    assert (doubt.change.what, doubt.change.old, doubt.change.day) == ("removed", "section_3", None)
    assert line.at(START + dt.timedelta(40)).doubts == ()


def test_what_moves_under_a_new_heading_moves_when_the_heading_comes():
    """And what a heading held that is gone is not gone with it."""
    day = START + dt.timedelta(20)

    def made(heading: str, when: dt.date, serial: int) -> list[Draft]:
        top = Draft("heading", heading, heading, 0, when)
        top.inside = [Draft("section", "1", "1", 0, START), Draft("section", "2", "2", 0, START)]
        top.inside[1].serial = serial
        top.inside[1].day = START + dt.timedelta(25) if serial else START
        return [top]

    line = Timeline(
        [
            document(made("8", START, 0), START + dt.timedelta(10)),
            document(made("9", day, 1), START + dt.timedelta(40)),
        ]
    )
    for at in range(10, 45):
        read = line.at(START + dt.timedelta(at)).document
        above = {one.id: top.id for top in read.walk() for one in top.provisions()}
        assert len(above) == 2 and sum(each.kind == "section" for each in read.walk()) == 2
        now = "heading_9" if START + dt.timedelta(at) >= day else "heading_8"
        assert set(above.values()) == {now}, at
        assert [each.id for each in read.walk()] == [now, f"{now}__section_1", f"{now}__section_2"]


@settings(max_examples=200, deadline=None)
@given(st.text("ab ,.", max_size=40), st.text("ab ,.", max_size=40))
def test_the_words_that_are_shown_make_both_texts(old: str, new: str):
    stretches = list(words(old, new))
    assert "".join(said for sort, said in stretches if sort != "inserted") == old
    assert "".join(said for sort, said in stretches if sort != "removed") == new


@settings(max_examples=80, deadline=None)
@given(histories(numbered=True))
def test_the_difference_is_of_those_whose_text_differs(versions: list[Document]):
    old, new = versions[0], versions[-1]
    rows = difference(old, new)
    before = {each.id: text_of(each) for each in old.walk()}
    after = {each.id: text_of(each) for each in new.walk()}
    said, says = texts(old), texts(new)
    wanted = sum(said.get(fid) != says.get(fid) for fid in {*said, *says})
    assert len(rows) == wanted
    assert all(each.id in before or each.id in after for each in rows)


@settings(max_examples=60, deadline=None)
@given(histories(), st.data())
def test_a_history_that_was_damaged_is_not_read(versions: list[Document], data: st.DataObject):
    """The control: one letter of one text, and the version is not what it was."""
    kept = encoded(versions, [""] * len(versions))
    if b"text " not in kept:
        return
    at = data.draw(st.sampled_from([n for n in range(len(kept)) if kept.startswith(b"text ", n)]))
    damaged = kept[:at] + b"test " + kept[at + 5 :]
    with pytest.raises(ValueError, match="not what it was"):
        decoded(damaged, versions[-1])
