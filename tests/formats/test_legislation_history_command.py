"""`writ import law` with versions, `--into`, `writ read` and `writ history`: small laws, and files that are not as they
should be."""

from __future__ import annotations

import datetime as dt
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.command import Run
from writ.cli.commands.explain import codes
from writ.formats.legislation.importing import parse_law
from writ.formats.legislation.model import Document
from writ.formats.legislation_history.amendments import record
from writ.formats.legislation_history.timeline import Timeline


class Section(NamedTuple):
    """A section of a small act: number, words, the publisher's number, in force from, amended on, notes with days."""

    number: str
    words: str
    fid: str = ""
    start: str = "2010-01-01"
    amended: str = ""
    notes: tuple[tuple[str, str], ...] = ()


def section(one: Section) -> str:
    fid = f' lims:fid="{one.fid}"' if one.fid else ""
    amended = f' lims:lastAmendedDate="{one.amended or one.start}"'
    start = f' lims:inforce-start-date="{one.start}"' if one.start else ""
    notes = "".join(
        f'<HistoricalNoteSubItem lims:inforce-start-date="{day}">{words}</HistoricalNoteSubItem>'
        for words, day in one.notes
    )
    text = "<Repealed>[Repealed, 2021, c. 5, s. 9]</Repealed>"
    words = f"<Text>{one.words}</Text>" if one.words != "repealed" else f"<Text>{text}</Text>"
    return (
        f"<Section{start}{amended if one.start else ''}{fid}><Label>{one.number}</Label>{words}"
        f"<HistoricalNote>{notes}</HistoricalNote></Section>"
    )


def act(
    current: str, *sections: Section, fid: str = "1", language: str = "en", title: str = ""
) -> str:
    day = f' lims:current-date="{current}"' if current else ""
    return (
        f'<Statute xmlns:lims="http://justice.gc.ca/lims" lims:lastAmendedDate="2010-01-01"{day} '
        f'lims:fid="{fid}" xml:lang="{language}"><Identification><LongTitle>An Act respecting tolls</LongTitle>'
        f"<ShortTitle>{title or 'Tolls Act'}</ShortTitle>"
        "<Chapter><ConsolidatedNumber>T-1</ConsolidatedNumber></Chapter></Identification>"
        f"<Body>{''.join(map(section, sections))}</Body></Statute>"
    )


ONE = Section("1", "The toll is one crown.", "11")
TWO = Section("2", "A keeper may open the gate.", "12")
FIRST = act("2020-01-01", ONE, TWO)
SECOND = act(
    "2022-01-01",
    ONE._replace(
        words="The toll is two crowns.",
        start="2021-06-01",
        amended="2021-06-01",
        notes=(("2021, c. 5, s. 1", "2021-06-01"),),
    ),
    TWO,
)
THIRD = act(
    "2023-01-01",
    ONE._replace(words="The toll is two crowns.", start="2021-06-01"),
    TWO,
    Section(
        "3",
        "No one else may.",
        "13",
        "2022-07-01",
        "2022-07-01",
        (("2022, c. 8, s. 2", "2022-07-01"),),
    ),
)


@pytest.fixture
def book(run: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "T-1"
    folder.mkdir()
    for name, text in (("2020-03-01", FIRST), ("2022-03-01", SECOND), ("2023-03-01", THIRD)):
        (folder / f"{name}.xml").write_text(text, "utf-8")
    ran = run("import", "law", folder, "-o", tmp_path / "book")
    assert ran.status == 0, ran.err
    assert "1 instrument of" in ran.out
    return tmp_path / "book"


def read(text: str) -> Document:
    document, found = parse_law(text.encode(), "T-1", "T-1.xml")
    assert document is not None, found
    return document


def told(*texts: str):
    return record(Timeline([read(each) for each in texts]))


# --- reading


def test_a_day_between_two_versions_reads_by_the_days_that_are_recorded(run: Run, book: Path):
    before = run("read", book, "1", "--as-of", "2021-05-31")
    after = run("read", book, "tolls-act", "1", "--as-of", "2021-06-01")
    assert (before.status, after.status) == (0, 0)
    assert "1 The toll is one crown." in before.out and "1 The toll is two crowns." in after.out
    assert "current to 2020-01-01 (`2020-03-01.xml`)" in before.out
    assert run("read", book, "T-1:s. 1", "--as-of", "2021-06-01").out == after.out


def test_a_day_before_the_first_version_is_not_guessed(run: Run, book: Path):
    ran = run("read", book, "--as-of", "2009-12-31")
    assert (ran.status, ran.out) == (1, "")
    assert "what the law said on 2009-12-31, no version tells" in ran.err
    assert "known from 2010-01-01" in ran.err


def test_a_day_after_the_last_version_says_what_is_not_known(run: Run, book: Path):
    ran = run("read", book, "--as-of", "2024-01-01")
    assert ran.status == 0 and "later amendments are not known" in ran.out
    assert "not known" not in run("read", book).out


def test_a_provision_that_was_not_there_says_when_it_came(run: Run, book: Path):
    ran = run("read", book, "3", "--as-of", "2022-06-30")
    assert ran.status == 1 and "`3` on 2022-06-30; it was inserted on 2022-07-01" in ran.err
    assert run("read", book, "3", "--as-of", "2022-07-01").status == 0
    ran = run("read", book, "99")
    assert ran.status == 1 and "nor had it in any version" in ran.err


def test_two_days_are_compared_word_by_word(run: Run, book: Path):
    ran = run("read", book, "--as-of", "2020-01-01", "--compare", "2023-01-01")
    assert ran.status == 0
    assert "The toll is [-one crown-]{+two crowns+}." in ran.out
    assert "{+3 No one else may.+}" in ran.out and "2 provisions otherwise" in ran.out
    assert "keeper" not in ran.out
    # From the earlier to the later, however they are given.
    other = run("read", book, "--as-of", "2023-01-01", "--compare", "2020-01-01")
    assert other.out == ran.out
    one = run("read", book, "3", "--as-of", "2020-01-01", "--compare", "2023-01-01")
    assert "1 provision otherwise" in one.out
    assert (
        "nothing" in run("read", book, "2", "--as-of", "2020-01-01", "--compare", "2023-01-01").out
    )


def test_the_same_as_json_and_as_a_page_that_loads_nothing(run: Run, book: Path, tmp_path: Path):
    compared = ("read", book, "--as-of", "2020-01-01", "--compare", "2023-01-01")
    data = json.loads(run(*compared, "--json").out)
    assert (data["schema"], data["from"], data["to"]) == ("writ-read/1", "2020-01-01", "2023-01-01")
    (toll, _) = data["changes"]
    assert (toll["what"], toll["label"]) == ("replaced", "1")
    assert ["inserted", "two crowns"] in toll["words"]
    whole = json.loads(run("read", book, "--json").out)
    assert [each["label"] for each in whole["provisions"] if each["label"]] == ["1", "2", "3"]
    page = tmp_path / "page.html"
    assert run(*compared, "-o", page).status == 0
    text = page.read_text("utf-8")
    assert "<del>one crown</del><ins>two crowns</ins>" in text
    assert "default-src 'none'" in text and not re.search(r"(?:src|href)=", text)
    HTMLParser().feed(text)
    plain = run("read", book, "--format", "html").out
    assert "<b>2</b> A keeper may open the gate." in plain


def test_words_of_a_law_cannot_break_out_of_the_page_or_command_the_terminal(
    run: Run, tmp_path: Path
):
    evil = act("2020-01-01", ONE._replace(words="&lt;script&gt;alert(1)&lt;/script&gt; &#x9b;31m"))
    (tmp_path / "T-1.xml").write_text(evil, "utf-8")
    assert run("import", "law", tmp_path / "T-1.xml", "-o", tmp_path / "b").status == 0
    assert "<script" not in run("read", tmp_path / "b", "--format", "html").out
    assert "\x9b" not in run("read", tmp_path / "b").out


def test_the_history_lists_days_laws_and_places(run: Run, book: Path):
    ran = run("history", book)
    assert ran.status == 0
    assert (
        "3 versions, current to 2020-01-01 … 2023-01-01; the text is known from 2010-01-01"
        in ran.out
    )
    first, second = (
        ran.out.index("2021-06-01  2021, c. 5\n"),
        ran.out.index("2022-07-01  2022, c. 8\n"),
    )
    assert first < ran.out.index("replaced    s. 1  2021, c. 5, s. 1") < second
    assert "inserted    s. 3  2022, c. 8, s. 2" in ran.out
    one = run("history", book, "tolls-act:3").out
    assert "inserted    s. 3" in one and "{+3 No one else may.+}" in one and "s. 1" not in one
    data = json.loads(run("history", book, "--json").out)
    assert [each["day"] for each in data["amendments"]] == ["2021-06-01", "2022-07-01"]
    assert data["amendments"][0]["touched"][0]["old"] == "1 The toll is one crown."
    assert run("history", book, "77").status == 2


def test_a_history_that_was_damaged_shows_nothing(run: Run, book: Path):
    kept = book / "tolls-act.history.json"
    whole = kept.read_bytes()
    for damage in (
        whole[:300],
        whole.replace(b"one crown", b"ten crown"),
        b"[" * 90_000,
        b"\xff\x00",
    ):
        kept.write_bytes(damage)
        ran = run("read", book, "--as-of", "2020-01-01")
        assert ran.status == 2 and ran.out == "" and "X624" in ran.err, damage[:20]
    kept.write_bytes(whole)
    assert run("read", book, "--as-of", "2020-01-01").status == 0
    beside = book / "tolls-act.law.json"
    beside.write_bytes(beside.read_bytes().replace(b"two crowns", b"ten crowns"))
    ran = run("read", book, "--as-of", "2023-01-01")
    assert ran.status == 2 and "is not the text in the `.law.json` file" in ran.err


def test_what_cannot_be_read_is_said(run: Run, book: Path, tmp_path: Path):
    assert run("read", tmp_path / "nowhere").status == 2
    (tmp_path / "empty").mkdir()
    ran = run("read", tmp_path / "empty")
    assert ran.status == 2 and "holds no imported law" in ran.err
    assert run("history", book, "tols-act 1").status in (1, 2)
    assert run("read", book, "--as-of", "yesterday").status == 2
    (book / "tolls-act.md").write_text(
        (book / "tolls-act.md").read_text("utf-8").replace("keeper", "porter"), "utf-8"
    )
    ran = run("read", book)
    assert ran.status == 0 and "keeper" in ran.out and "has been edited since" in ran.err


# --- what a version may be


def test_a_repeal_an_undated_change_and_a_correction_are_told_apart():
    whole = (
        ONE,
        TWO,
        Section("4", "Carts pay double.", "14"),
        Section("5", "Geese pay noting.", "15"),
    )
    later = (
        ONE,
        Section(
            "2", "repealed", "12", "2021-03-01", "2021-03-01", (("2021, c. 5, s. 9", "2021-03-01"),)
        ),
        Section("5", "Geese pay nothing.", "15"),
    )
    found = told(act("2020-01-01", *whole), act("2022-01-01", *later))
    repeal, undated = found.amendments
    assert (repeal.day, repeal.laws) == (dt.date(2021, 3, 1), ("2021, c. 5",))
    assert [each.what for each in repeal.touched] == ["repealed"]
    assert undated.day is None
    assert (undated.after, undated.until) == (dt.date(2020, 1, 1), dt.date(2022, 1, 1))
    assert [(each.what, each.place) for each in undated.touched] == [("removed", "s. 4")]
    (publication,) = found.publications
    assert [each.place for each in publication.corrections] == ["s. 5"]


def test_where_the_source_records_no_days_at_all_a_change_is_an_amendment_within_an_interval():
    bare = (Section("1", "A.", start=""), Section("2", "B.", start=""))
    found = told(act("2020-01-01", *bare), act("2021-01-01", bare[0], Section("2", "C.", start="")))
    (one,) = found.amendments
    assert (one.day, one.touched[0].what, found.publications[0].corrections) == (
        None,
        "replaced",
        (),
    )
    line = Timeline([read(act("2020-01-01", *bare)), read(act("2021-01-01", bare[0]))])
    (doubt,) = line.at(dt.date(2020, 6, 1)).doubts
    assert (doubt.change.what, doubt.change.old) == ("removed", "sec_2")


def test_a_provision_with_another_number_is_known_again_by_its_words():
    """Without the publisher's numbers; twins are not taken for one another."""
    old = [Section(str(n), f"Words {n}.") for n in (1, 2, 3)]
    new = [
        *old[:2],
        Section("2.1", "Fresh.", start="2021-01-01"),
        Section("4", "Words 3.", start="2021-01-01"),
    ]
    (one,) = told(act("2020-01-01", *old), act("2022-01-01", *new)).amendments
    assert [(each.what, each.place, each.was) for each in one.touched] == [
        ("inserted", "s. 2.1", ""),
        ("renumbered", "s. 4", "s. 3"),
    ]
    twins = [Section("1", "Same."), Section("2", "Same.")]
    moved = [Section("3", "Same."), Section("4", "Same.")]
    found = told(act("2020-01-01", *twins), act("2022-01-01", *moved))
    assert all(each.what != "renumbered" for one in found.amendments for each in one.touched)


def test_a_section_amended_twice_between_two_versions_leaves_its_text_between_in_doubt():
    notes = (("2020, c. 9, s. 1", "2020-05-01"), ("2021, c. 5, s. 1", "2021-06-01"))
    later = ONE._replace(
        words="The toll is three.", start="2021-06-01", amended="2021-06-01", notes=notes
    )
    line = Timeline([read(FIRST), read(act("2022-01-01", later, TWO))])
    assert line.at(dt.date(2020, 4, 30)).doubts == ()
    (doubt,) = line.at(dt.date(2020, 5, 1)).doubts
    assert (doubt.change.doubt, doubt.change.day) == (dt.date(2020, 5, 1), dt.date(2021, 6, 1))
    assert line.at(dt.date(2021, 6, 1)).doubts == ()
    (one,) = record(line).amendments
    assert one.laws == ("2021, c. 5",) and one.touched[0].doubt == dt.date(2020, 5, 1)


def test_a_record_that_comes_late_prevails_over_the_version_that_lacked_it():
    """Current to 2022, and yet without an amendment of 2021 that the next version records."""
    late = ONE._replace(words="The toll is two crowns.", start="2021-06-01", amended="2021-06-01")
    line = Timeline(
        [
            read(FIRST),
            read(FIRST.replace("2020-01-01", "2022-01-01")),
            read(act("2023-01-01", late, TWO)),
        ]
    )
    for day, words in (
        ("2021-05-31", "one crown"),
        ("2021-06-01", "two crowns"),
        ("2022-01-01", "two"),
    ):
        (found,) = [
            each
            for each in line.at(dt.date.fromisoformat(day)).document.walk()
            if each.id == "sec_1"
        ]
        assert words in str(found.body), day


def test_what_went_under_a_heading_that_is_not_in_force_yet_stands_somewhere():
    heading = (
        '<Heading level="1" lims:fid="90" lims:inforce-start-date="2030-01-01">'
        "<TitleText>Later</TitleText></Heading>"
    )
    first = act("2020-01-01", ONE, TWO)
    second = act("2021-01-01", ONE, TWO).replace("</Body>", f"{heading}</Body>")
    moved = TWO._replace(start="2021-05-01", amended="2021-05-01")
    third = act("2022-01-01", ONE).replace("</Body>", f"{heading}{section(moved)}</Body>")
    line = Timeline([read(each) for each in (first, second, third)])
    for day in (dt.date(2020, 1, 1), dt.date(2021, 6, 1), dt.date(2022, 1, 1), dt.date(2031, 1, 1)):
        ids = [each.id for each in line.at(day).document.walk() if each.kind == "section"]
        assert sorted(ids) == ["sec_1", "sec_2"], day


def test_words_that_come_into_force_later_are_not_read_before():
    """A version has them already; the next has them still, and their day has not come."""
    later = ONE._replace(words="The toll is nine.", start="2030-01-01", amended="2030-01-01")
    versions = (FIRST, act("2021-01-01", later, TWO), act("2022-01-01", later, TWO))
    line = Timeline([read(each) for each in versions])
    for day, words in (
        ("2020-06-01", "one"),
        ("2021-06-01", "one"),
        ("2022-06-01", "one"),
        ("2030-01-01", "nine"),
    ):
        (found,) = [
            each
            for each in line.at(dt.date.fromisoformat(day)).document.walk()
            if each.id == "sec_1"
        ]
        assert words in str(found.body), day


# --- importing


def files(tmp_path: Path, **texts: str | bytes) -> Path:
    folder = tmp_path / "law"
    folder.mkdir()
    for name, text in texts.items():
        data = text if isinstance(text, bytes) else text.encode()
        (folder / f"{name}.xml").write_bytes(data)
    return folder


def test_a_broken_or_hostile_version_is_named_and_the_others_are_one_instrument(
    run: Run, tmp_path: Path
):
    bomb = '<!DOCTYPE a [<!ENTITY b "c">]>' + SECOND
    folder = files(tmp_path, a=FIRST, b=SECOND[:400], c=bomb, d=THIRD, e=b"\x00\xff")
    ran = run("import", "law", folder, "-o", tmp_path / "book")
    assert ran.status == 1
    for name in ("b", "c", "e"):
        assert re.search(rf"X601\].*\n --> {name}\.xml", ran.err), ran.err
    history = json.loads((tmp_path / "book" / "tolls-act.history.json").read_bytes())
    assert [each["file"] for each in history["versions"]] == ["a.xml", "d.xml"]


def test_versions_that_tie_that_are_twins_or_have_no_day_are_told(run: Run, tmp_path: Path):
    other = FIRST.replace("one crown", "half a crown")
    texts = (FIRST, FIRST, other, SECOND, act("", ONE))
    days = {f"2020-01-0{at}": text for at, text in enumerate(texts, 1)}
    folder = files(tmp_path, **days)
    ran = run("import", "law", folder, "-o", tmp_path / "book")
    assert ran.status == 0
    assert re.search(r"X621\].*`2020-01-01\.xml`.*\n --> 2020-01-02\.xml", ran.err)
    assert re.search(r"X622\].*`2020-01-01\.xml`.*2020-01-01.*\n --> 2020-01-03\.xml", ran.err)
    assert re.search(r"X623\].*\n --> 2020-01-05\.xml", ran.err)
    assert "2 instruments" in ran.out, "the one without a day stays an instrument of its own"
    found = run("read", tmp_path / "book", "tolls-act", "1", "--as-of", "2020-01-01")
    assert "half a crown" in found.out


def test_copies_of_a_file_are_no_versions_of_one_another(run: Run, tmp_path: Path):
    """Two texts of one day under two names: as today, two instruments."""
    other = FIRST.replace("one crown", "half a crown").replace("Tolls Act", "Tolls Act Copied")
    ran = run("import", "law", files(tmp_path, a=FIRST, b=other, c=SECOND), "-o", tmp_path / "book")
    assert ran.status == 0 and "2 instruments" in ran.out
    kept = json.loads((tmp_path / "book" / "tolls-act.history.json").read_bytes())
    assert [each["file"] for each in kept["versions"]] == ["a.xml", "c.xml"]


def test_other_languages_and_other_works_stay_apart(run: Run, tmp_path: Path):
    french = act("2021-01-01", ONE, fid="2", language="fr", title="Loi sur les péages")
    other = act("2021-01-01", ONE, fid="3", title="Bridges Act")
    folder = files(tmp_path, a=FIRST, b=french, c=other, d=THIRD)
    ran = run("import", "law", folder, "-o", tmp_path / "book")
    assert ran.status == 0 and "3 instruments" in ran.out
    assert [each.name for each in (tmp_path / "book").glob("*.history.json")] == [
        "tolls-act.history.json"
    ]


# --- new versions of a law that the book has


@pytest.fixture
def statutes(run: Run, tmp_path: Path) -> Path:
    """A book of the first version, with norms."""
    (tmp_path / "T-1.xml").write_text(FIRST, "utf-8")
    book = tmp_path / "statutes"
    assert run("import", "law", tmp_path / "T-1.xml", "-o", book).status == 0
    path = book / "tolls-act.md"
    text = path.read_text("utf-8")
    words = "```writ\nperson keeper\nact open-gate\n  reserved\npower\n  keeper may open-gate\n```"
    duty = "```writ\nact pay\nduty\n  keeper must pay\n  on open-gate\n```"
    text = text.replace("The toll is one crown.", f"The toll is one crown.\n\n{duty}")
    text = text.replace("keeper may open the gate.", f"keeper may open the gate.\n\n{words}")
    path.write_text(text.replace("top: true", "top: true\nowner: keeper"), "utf-8")
    assert run("check", book).status == 0
    return book


def test_a_new_version_renews_the_text_and_keeps_the_norms(
    run: Run, statutes: Path, tmp_path: Path
):
    (tmp_path / "new.xml").write_text(THIRD, "utf-8")
    ran = run("import", "law", tmp_path / "new.xml", "--into", statutes)
    assert ran.status == 1
    assert "the text of `1`, on which the norm rests, is otherwise now" in ran.err
    assert ran.err.count("X625") == 1, "section 2 says what it said"
    text = (statutes / "tolls-act.md").read_text("utf-8")
    assert "owner: keeper" in text and "two crowns" in text and "No one else may." in text
    assert re.search(r"two crowns\.\n\n```writ\nact pay", text)
    assert re.search(r"open the gate\.\n\n```writ\nperson keeper", text)
    assert run("check", statutes).status == 0
    assert (
        "keeper"
        in run(
            "decide", statutes, "--actor", "keeper", "--act", "open-gate", "--at", "2024-01-01"
        ).out
    )
    assert "2021-06-01" in run("history", statutes).out
    assert run("read", statutes, "1", "--as-of", "2020-05-05").out.count("one crown") == 1
    assert run("export", "akn", statutes / "tolls-act.md", "-o", tmp_path / "out.xml").status == 0
    again = run("import", "law", tmp_path / "new.xml", "--into", statutes)
    assert again.status == 0 and "X621" in again.err and "nothing was taken in" in again.err


def test_an_older_version_is_put_before_and_the_text_stays(
    run: Run, statutes: Path, tmp_path: Path
):
    (tmp_path / "old.xml").write_text(FIRST.replace("2020-01-01", "2019-01-01"), "utf-8")
    before = (statutes / "tolls-act.md").read_bytes()
    ran = run("import", "law", tmp_path / "old.xml", "--into", statutes)
    assert ran.status == 0 and (statutes / "tolls-act.md").read_bytes() == before
    assert "2 versions, current to 2019-01-01 … 2020-01-01" in run("history", statutes).out


def test_a_norm_whose_provision_is_gone_stays_and_is_named(
    run: Run, statutes: Path, tmp_path: Path
):
    (tmp_path / "new.xml").write_text(act("2022-01-01", ONE), "utf-8")
    ran = run("import", "law", tmp_path / "new.xml", "--into", statutes)
    assert ran.status == 1
    assert "`2`, on which the norm rests, is not in the new version" in ran.err
    text = (statutes / "tolls-act.md").read_text("utf-8")
    assert "\npower 2\n  keeper may open-gate" in text, "it must not come under section 1 unseen"
    assert run("check", statutes).status == 0


def test_a_norm_goes_with_a_provision_that_has_another_number(
    run: Run, statutes: Path, tmp_path: Path
):
    renumbered = act("2022-01-01", Section("1.1", "Fresh.", "20"), ONE, TWO._replace(number="7"))
    (tmp_path / "new.xml").write_text(renumbered, "utf-8")
    ran = run("import", "law", tmp_path / "new.xml", "--into", statutes)
    text = (statutes / "tolls-act.md").read_text("utf-8")
    assert re.search(r"## 7\n\nA keeper may open the gate\.\n\n```writ\nperson keeper", text)
    assert "the norm is at `7` now" in ran.err


def test_a_norm_stays_after_its_words_and_rests_on_those_that_lead_to_it(run: Run, tmp_path: Path):
    def listed(lead: str) -> str:
        items = "".join(
            f"<Paragraph><Label>({letter})</Label><Text>item {letter};</Text></Paragraph>"
            for letter in "abc"
        )
        return act("2020-01-01", ONE._replace(words=f"{lead}</Text>{items}<Text>and no more."))

    (tmp_path / "T-1.xml").write_text(listed("A keeper may"), "utf-8")
    book = tmp_path / "listed"
    assert run("import", "law", tmp_path / "T-1.xml", "-o", book).status == 0
    path = book / "tolls-act.md"
    norm = (
        "```writ\nperson keeper\nact open-gate\n  reserved\npower 1(b)\n  keeper may open-gate\n```"
    )
    text = path.read_text("utf-8").replace("(b) item b;", f"(b) item b;\n\n{norm}")
    path.write_text(text, "utf-8")
    later = listed("With leave a keeper may").replace("2020-01-01", "2021-01-01")
    fresh = "<Paragraph><Label>(0.1)</Label><Text>fresh;</Text></Paragraph>"
    later = later.replace("item a;", "item aa;").replace("<Paragraph>", f"{fresh}<Paragraph>", 1)
    (tmp_path / "new.xml").write_text(later, "utf-8")
    ran = run("import", "law", tmp_path / "new.xml", "--into", book)
    assert "the text of `1(b)`, on which the norm rests, is otherwise now" in ran.err
    assert f"(b) item b;\n\n{norm}\n\n(c) item c;" in path.read_text("utf-8")
    assert "act:T-1" in (book / "tolls-act.law.json").read_text("utf-8"), "not the name of the file"


def test_nothing_that_people_wrote_is_lost(run: Run, statutes: Path, tmp_path: Path):
    path = statutes / "tolls-act.md"
    path.write_text(path.read_text("utf-8").replace("one crown.", "one crown!"), "utf-8")
    kept = {each.name: each.read_bytes() for each in statutes.glob("[a-z]*.*")}
    (tmp_path / "new.xml").write_text(THIRD, "utf-8")
    ran = run("import", "law", tmp_path / "new.xml", "--into", statutes)
    assert ran.status == 2 and "X604" in ran.err
    assert {each.name: each.read_bytes() for each in statutes.glob("[a-z]*.*")} == kept


def test_what_is_no_law_of_the_book_is_refused(run: Run, statutes: Path, tmp_path: Path):
    (tmp_path / "new.xml").write_text(THIRD.replace('fid="1"', 'fid="5"'), "utf-8")
    ran = run("import", "law", tmp_path / "new.xml", "--into", statutes)
    assert ran.status == 2 and "X626" in ran.err
    assert run("import", "law", tmp_path / "new.xml", "--into", tmp_path / "nowhere").status == 2


def test_the_codes_are_explained():
    assert {"X621", "X622", "X623", "X624", "X625", "X626"} <= set(codes())
