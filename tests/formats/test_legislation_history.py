"""The dated versions of three acts of Canada as one instrument each, held to their files read a second way."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import msgspec
import pytest

from tests.formats.legislation_samples import files
from writ.book.load import load_texts
from writ.diagnostics import failed
from writ.formats.legislation.importing import import_law, read_law
from writ.formats.legislation.model import Document
from writ.formats.legislation.sidecar import decoded as sidecar
from writ.formats.legislation.text import text_of
from writ.formats.legislation_history.amendments import Record, record
from writ.formats.legislation_history.lines import lines
from writ.formats.legislation_history.records import as_of
from writ.formats.legislation_history.store import decoded
from writ.formats.legislation_history.timeline import Timeline

ACTS = ("E-4.5", "N-16.62", "O-5")
LIMS = "{http://justice.gc.ca/lims}"
APPENDED = ("NifProvs", "RelatedProvs")


class File(NamedTuple):
    """A version as its file is: read with nothing of ours."""

    path: Path
    current: dt.date
    root: ElementTree.Element


@cache
def versions(act: str) -> tuple[File, ...]:
    found = []
    for path in files(f"ca-history/{act}"):
        root = ElementTree.parse(path).getroot()
        found.append(File(path, dt.date.fromisoformat(root.attrib[f"{LIMS}current-date"]), root))
    return tuple(sorted(found, key=lambda one: (one.current, one.path.name)))


@cache
def documents(act: str) -> tuple[Document, ...]:
    found = [read_law(each.path)[0] for each in versions(act)]
    return tuple(each for each in found if each is not None)


@cache
def timeline(act: str) -> Timeline:
    return Timeline(documents(act))


@cache
def told(act: str) -> Record:
    return record(timeline(act))


@cache
def book() -> dict[str, bytes]:
    some = files("ca-history")
    made, _ = import_law(some[0].parents[1], "history")
    return made


def words(element: ElementTree.Element) -> str:
    """The text of an element without its historical notes."""
    parts = [element.text or ""]
    for child in element:
        if child.tag != "HistoricalNote":
            parts.append(words(child))
        parts.append(child.tail or "")
    return " ".join(" ".join(parts).split())


def sections(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    """Sections and schedules of the law by their number as the publisher keeps it."""
    body = root.find("Body")
    assert body is not None
    found = {each.attrib[f"{LIMS}fid"]: each for each in body.iter("Section")}
    for each in root.findall("Schedule"):
        if each.get("id") not in APPENDED:
            found[each.attrib[f"{LIMS}fid"]] = each
    return found


def pairs() -> list[tuple[str, int]]:
    return [(act, at) for act in ACTS for at in range({"E-4.5": 4, "N-16.62": 5, "O-5": 7}[act])]


# --- one instrument


def test_three_acts_in_nineteen_files_are_three_instruments_that_compile():
    assert sum(len(versions(act)) for act in ACTS) == len(files("ca-history")) == 19
    names = sorted(each for each in book() if each.endswith(".history.json"))
    assert names == [
        "emergencies-act.history.json",
        "foreign-interference-and-security-of-information-act.history.json",
        "national-security-and-intelligence-review-agency-act.history.json",
    ]
    texts = {name: data.decode() for name, data in book().items() if name.endswith(".md")}
    _, found = load_texts(texts)
    assert not failed(found)


@pytest.mark.parametrize("act", ACTS)
def test_every_version_is_restored_exactly_and_in_a_fraction_of_the_room(act: str):
    kept = {
        sidecar(data).document.key: name.removesuffix(".law.json")
        for name, data in book().items()
        if name.endswith(".law.json")
    }
    id = kept[f"act:{act}"]
    newest = sidecar(book()[f"{id}.law.json"]).document
    history, restored = decoded(book()[f"{id}.history.json"], newest)
    assert tuple(restored) == documents(act)
    assert [each.as_of for each in history.versions] == [each.current for each in versions(act)]
    assert [each.file for each in history.versions] == [
        f"{act}/{each.path.name}" for each in versions(act)
    ]
    whole = sum(len(msgspec.json.encode(each)) for each in documents(act))
    assert len(book()[f"{id}.history.json"]) < whole / 8


def test_the_newest_version_is_the_one_that_is_current_to_the_last_day_and_not_the_last_pit_date():
    """The file of the Review Agency of July 2025 has an earlier `pit-date` than that of November 2024."""
    last, before = documents("N-16.62")[-1], documents("N-16.62")[-2]
    assert last.version is not None and before.version is not None and last.version < before.version
    assert (
        sidecar(book()["national-security-and-intelligence-review-agency-act.law.json"]).document
        == last
    )


# --- any day


@pytest.mark.parametrize("act", ACTS)
def test_on_the_day_of_a_version_the_text_is_that_of_the_version(act: str):
    """No exception: in these files no record contradicts a version."""
    for file, document in zip(versions(act), documents(act), strict=True):
        assert timeline(act).at(file.current).document == document, file.path


@pytest.mark.parametrize(
    ("act", "label", "day", "old", "new"),
    [
        ("O-5", "sec_20.1__subsec_3", "2024-08-19", None, "is liable to imprisonment for life"),
        ("O-5", "sec_22__subsec_2", "2024-08-19", "not more than two", "not more than five"),
        ("O-5", "sec_20__subsec_1__para_b", "2024-08-19", "harm Canadian interests", None),
        ("O-5", "sched_1__bilingual_1", "2023-10-06", "Maher Arar", "Public Inquiry into Foreign"),
        ("E-4.5", "sec_62__subsec_2", "2022-07-26", "one senator from each", "Leader of the Gov"),
        ("N-16.62", "sec_4__subsec_2__para_a", "2022-07-26", "62(a) and (b)", "the Leader of"),
    ],
)
def test_a_provision_changes_on_the_day_of_coming_into_force(
    act: str, label: str, day: str, old: str | None, new: str | None
):
    when = dt.date.fromisoformat(day)
    for at, wanted in ((when - dt.timedelta(1), old), (when, new)):
        found = {each.id: text_of(each) for each in timeline(act).at(at).document.walk()}.get(label)
        assert (found is None) if wanted is None else (wanted in (found or "")), (at, found)


@pytest.mark.parametrize("act", ACTS)
def test_every_day_from_the_first_reads_and_no_day_before(act: str):
    """The text of every provision on every tenth day is that of some version."""
    line = timeline(act)
    known = {text_of(each) for document in documents(act) for each in document.walk()}
    day = line.first
    while day < line.last + dt.timedelta(30):
        reading = line.at(day)
        assert {text_of(each) for each in reading.document.walk()} <= known
        assert reading.later == (day > line.last) and not reading.doubts
        day += dt.timedelta(10)
    with pytest.raises(ValueError, match=str(line.first)):
        line.at(line.first - dt.timedelta(1))


# --- the difference between two versions is what is recorded


@pytest.mark.parametrize(("act", "at"), pairs())
def test_the_sections_that_differ_are_those_that_the_source_records_as_amended(act: str, at: int):
    """By deep text on one side, by `lastAmendedDate` on the other; no exception in these files."""
    old, new = versions(act)[at], versions(act)[at + 1]
    before, after = sections(old.root), sections(new.root)
    assert set(before) <= set(after)
    differ = {
        fid for fid, each in after.items() if fid not in before or words(before[fid]) != words(each)
    }
    recorded = {
        fid
        for fid, each in after.items()
        if old.current < dt.date.fromisoformat(each.attrib[f"{LIMS}lastAmendedDate"]) <= new.current
    }
    assert differ == recorded
    step = timeline(act).steps[at]
    ours = set()
    for change in step.all():
        if change.sort == "amendment":
            version, key = (step.new, change.new) if change.new else (step.old, change.old)
            fids = [each.number for each in version.chain(key) if each.number in recorded]
            ours.update(fids)
            if not fids:  # in no section: titles and headings
                assert version.nodes[key].provision.kind in ("identification", "heading"), key
    assert ours == recorded


OTHERWISE = {
    # The paragraphs went with the subsection that was replaced; what is gone has no day of its own.
    "sec_20__subsec_1__para_a",
    "sec_20__subsec_1__para_b",
    # Its items came on days that the source gives to the schedule as a whole.
    "sched_1__bilingual_1",
}
SAME_WORDS = {
    # Enacted again with the rest of section 20, in the same words.
    "sec_20__subsec_3",
}
CORRECTED = {
    # The running head follows the new title in the version current to 2 October 2024, six weeks late.
    ("2024-10-02", "identification_1"),
}


def test_the_provisions_that_differ_have_a_day_of_their_own_but_for_those_named_here():
    """Each provision's own text, against the days on the provision itself or on its words."""
    without, same, corrected = set(), set(), set()
    for act in ACTS:
        for at, step in enumerate(timeline(act).steps):
            old = {each.number: each for each in step.old.nodes.values() if each.number}
            for node in step.new.nodes.values():
                was = old.get(node.number)
                element = _element(versions(act)[at + 1].root, node.number)
                if element is None:
                    continue
                days = _days(element)
                fresh = any(step.after < day <= step.until for day in days)
                says = text_of(node.provision)
                differs = was is None or text_of(was.provision) != says
                if differs and says and not fresh:
                    change = step.changes[node.key]
                    if change.sort == "correction":
                        corrected.add((str(step.until), node.key))
                    else:
                        without.add(node.key)
                if fresh and not differs:
                    same.add(node.key)
                if fresh and was is None:
                    before = step.old.nodes.get(node.key)
                    if before is not None and text_of(before.provision) == says:
                        same.add(node.key)
            numbers = {each.number for each in step.new.nodes.values()}
            for node in step.old.nodes.values():
                if node.number and node.number not in numbers and node.key in step.removed:
                    without.add(node.key)
    assert without == OTHERWISE
    assert same == SAME_WORDS
    assert corrected == CORRECTED


@cache
def _by_fid(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    return {each.attrib[f"{LIMS}fid"]: each for each in root.iter() if f"{LIMS}fid" in each.attrib}


def _element(root: ElementTree.Element, fid: str) -> ElementTree.Element | None:
    return _by_fid(root).get(fid) if fid else None


def _days(element: ElementTree.Element) -> list[dt.date]:
    """The days in force of an element and of its own words."""
    own = (
        "MarginalNote",
        "Text",
        "Label",
        "TitleText",
        "LongTitle",
        "ShortTitle",
        "ScheduleFormHeading",
    )
    some = [element, *(each for each in element if each.tag in own)]
    return [
        dt.date.fromisoformat(each.attrib[f"{LIMS}inforce-start-date"])
        for each in some
        if f"{LIMS}inforce-start-date" in each.attrib
    ]


# --- the amendments


def test_the_amendments_are_those_that_the_files_list():
    """`RecentAmendments` of every file, read a second way, against ours: the day and the law."""
    for act in ACTS:
        listed = {
            (each.findtext("AmendmentDate"), each.findtext("AmendmentCitation"))
            for file in versions(act)
            for each in file.root.iter("Amendment")
            if each.findtext("AmendmentDate", "") > str(versions(act)[0].current)
        }
        ours = {(str(one.day), law) for one in told(act).amendments for law in one.laws}
        assert ours == listed, act


def test_an_amendment_names_its_day_its_law_and_what_it_touched():
    (inquiry, interference) = told("O-5").amendments
    assert (inquiry.day, inquiry.laws) == (dt.date(2023, 10, 6), ("SOR/2023-204",))
    assert (interference.day, interference.laws) == (dt.date(2024, 8, 19), ("2024, c. 16",))
    touched = {each.place: each for each in interference.touched}
    one = touched["s. 8(1) “special operational information” (e.1)"]
    assert (one.what, one.law, one.old) == ("inserted", "2024, c. 16, s. 51", "")
    assert touched["s. 20(1)(a)"].what == "removed" and touched["s. 20(3)"].what == "restated"
    assert touched["s. 22(1)"].law == "2024, c. 16, s. 54"
    # In its place among the identifiers stood the publisher's appendix before.
    assert touched["Schedule 2"].what == "inserted" and touched["Schedule 2"].id == "sched_2"
    schedule = touched["Schedule 1"]
    assert (schedule.what, schedule.was) == ("renumbered", "Schedule")
    assert (
        "Committing indictable offence for foreign entity 20.2 (1) Every" in touched["s. 20.2"].new
    )
    assert "s. 20.2(1)" not in touched  # it goes with its section


def test_what_the_publisher_changed_is_no_amendment():
    corrections = [
        (str(one.as_of), each.place) for one in told("O-5").publications for each in one.corrections
    ]
    assert corrections == [("2024-10-02", "title")]
    (first, *_) = told("N-16.62").publications
    assert first.markup == 9 and first.appendix == ("2022, c. 10, s. 253",)


def test_the_day_of_storing_a_file_is_asked_nowhere(tmp_path: Path):
    """The same files under other names give the same history, but for the names."""
    for at, each in enumerate(reversed(versions("E-4.5"))):
        (tmp_path / f"{at}.xml").write_bytes(each.path.read_bytes())
    made, _ = import_law(tmp_path, "other")
    newest = sidecar(made["emergencies-act.law.json"]).document
    _, restored = decoded(made["emergencies-act.history.json"], newest)
    bare = [msgspec.structs.replace(each, key="") for each in restored]
    assert bare == [msgspec.structs.replace(each, key="") for each in documents("E-4.5")]


def test_what_the_publisher_puts_after_the_law_is_not_read_with_it():
    document = documents("O-5")[-1]
    assert any("AMENDMENTS NOT IN FORCE" in text_of(each) for each in document.walk())
    shown = " ".join(f"{each.title} {each.text}" for each in lines(document))
    assert "AMENDMENTS NOT IN FORCE" not in shown and "Preparatory acts" in shown


@pytest.mark.parametrize("act", ACTS)
def test_every_version_says_of_which_day_it_is(act: str):
    assert [as_of(each) for each in documents(act)] == [each.current for each in versions(act)]
