"""The counts of a book."""

import datetime as dt
import json
import sqlite3
from pathlib import Path

import pytest

from tests.command import Run
from tests.corpus.search_books import ACT, TINY, book_of
from writ.corpus.search.index import index_of
from writ.corpus.search.measures import ease, measure, syllables
from writ.corpus.stats import Cited, Stats, stats_of

TODAY = dt.date(2018, 1, 1)
LAW = Path(__file__).parents[3] / "shared" / "data" / "law" / "ca-defence-acts"


def counted(by: str = "", **more: str) -> Stats:
    book = book_of(TINY | more)
    return stats_of(book, index_of(book), (), 2, TODAY, by)


def test_instruments_provisions_and_norms_are_counted() -> None:
    stats = counted()
    assert (stats.instruments, stats.provisions, stats.norms) == (2, 7, 6)
    assert stats.modalities == {"power": 3, "prohibition": 2, "duty": 1}
    assert [(each.name, each.instruments, each.provisions, each.norms) for each in stats.kinds] == [
        ("statute", 1, 5, 5),
        ("regulation", 1, 2, 1),
    ]
    assert stats.journals == 2
    assert stats.assurances == {"never": 1}


def test_words_are_those_of_the_text_and_not_of_the_blocks() -> None:
    assert counted().words == 11 + (10 + 4 + 5) + 6 + 9


def test_coverage_is_of_provisions_that_speak_of_must_and_may() -> None:
    head = "---\nid: more\ntitle: More\nkind: statute\ntop: true\nin-force: 2010-01-01\n---\n"
    stats = counted(more=f"{head}\n## 9 X\n\nAll must obey.\n\n## 10 Y\n\nNothing.\n")
    assert (stats.coverage.modal, stats.coverage.with_norm) == (3, 2)


def test_terms_that_are_used_nowhere_else_are_listed() -> None:
    text = ACT.replace(
        "should be;", "should be. A **lock** is a gate. A **weir** (**barrage**) is a dam;"
    )
    text = text.replace("by night", "by night, at a weir")
    book = book_of(TINY | {"act.md": text})
    defined = stats_of(book, index_of(book), today=TODAY).defined
    assert (defined.terms, defined.unused) == (4, 1)
    assert defined.examples == ("lock (flood-act 1)",)


def test_offices_are_counted_by_their_norms() -> None:
    offices = counted().offices
    assert (offices.declared, offices.unnamed) == (3, 0)
    assert [(each.name, each.duties, each.powers, each.others) for each in offices.most] == [
        ("minister", 1, 2, 0),
        ("clerk", 0, 0, 1),
        ("deputy", 0, 1, 0),
    ]


def test_days_are_as_of_the_day_asked_for() -> None:
    reviewed = ACT.replace("in-force: 2010-01-01", "in-force: 2010-01-01\nreview: 2017-06-01")
    book = book_of(TINY | {"act.md": reviewed})
    index = index_of(book)
    before = stats_of(book, index, today=dt.date(2016, 1, 1)).dates
    after = stats_of(book, index, today=dt.date(2021, 1, 1)).dates
    assert (before.in_force, before.ended, before.overdue) == (2, 0, ())
    assert before.sunsets == (("flood-rules", dt.date(2020, 1, 1)),)
    assert (after.in_force, after.ended, after.sunsets) == (1, 1, ())
    assert after.overdue == (("flood-act", dt.date(2017, 6, 1)),)
    assert before.by_year == {"2010": 1, "2015": 1}


def test_chains_of_authority_and_the_provisions_most_cited() -> None:
    stats = counted()
    assert [each.instruments for each in stats.chains] == [("flood-act", "flood-rules")]
    assert stats.cited == (Cited("flood-act", "3", 1),)


@pytest.mark.parametrize("by", ["instrument", "kind", "year"])
def test_every_table_adds_up(by: str) -> None:
    stats = counted(by)
    assert sum(each.provisions for each in stats.groups) == stats.provisions
    assert sum(each.words for each in stats.groups) == stats.words
    assert sum(each.norms for each in stats.groups) == stats.norms


def test_by_office_counts_what_each_is_named_in() -> None:
    assert [(each.name, each.norms) for each in counted("office").groups] == [
        ("minister", 3),
        ("clerk", 1),
        ("deputy", 1),
    ]


def test_reading_ease_is_that_of_the_formula() -> None:
    assert [syllables(word) for word in ("law", "minister", "state", "table", "rhythm")] == [
        1,
        3,
        1,
        2,
        1,
    ]
    one = measure("The Minister must act. Nobody waits; all go")
    assert (one.words, one.sentences, one.modal) == (8, 3, True)
    assert ease(100, 5, 150, "en") == round(206.835 - 1.015 * 20 - 84.6 * 1.5, 1)
    assert ease(100, 5, 150, "fr") == round(207 - 1.015 * 20 - 73.6 * 1.5, 1)
    assert ease(99, 5, 150, "en") is None
    assert ease(100, 5, 150, "") is None


# --- the commands


@pytest.fixture
def floods(tmp_path: Path, run: Run) -> str:
    assert run("new", str(tmp_path / "floods")).status == 0
    return str(tmp_path / "floods")


def test_the_command_prints_the_counts(floods: str, run: Run) -> None:
    out = run("stats", floods).out
    assert "3 instruments" in out and "Norms by modality" in out and "█" in out
    data = json.loads(run("stats", floods, "--format", "json", "--by", "kind").out)
    assert data["schema"] == "writ-stats/1"
    assert data["stats"]["norms"] == 10
    assert [each["name"] for each in data["stats"]["groups"]] == [
        "constitution",
        "statute",
        "directive",
    ]
    assert run("stats", floods, "--by", "office").out.startswith("office")


def test_a_broken_book_is_counted_and_searched_as_far_as_it_goes(floods: str, run: Run) -> None:
    act = Path(floods) / "flood-act.md"
    act.write_text(
        act.read_text("utf-8").replace("minister may end-flood", "ministre may end-flood"), "utf-8"
    )
    for command in (("stats",), ("search", "evacuation")):
        ran = run(command[0], floods, *command[1:])
        assert ran.status == 0
        assert "the book has" in ran.err


def test_wrong_places_are_refused(tmp_path: Path, run: Run) -> None:
    (tmp_path / "file").write_bytes(b"\x00\xff")
    (tmp_path / "empty").mkdir()
    (tmp_path / "hollow").mkdir()
    (tmp_path / "hollow" / "book.md").write_text("---\nbook: b\ntitle: B\n---\n", "utf-8")
    for place in ("nowhere", "file", "empty"):
        for command in (("stats",), ("search", "x")):
            assert run(command[0], str(tmp_path / place), *command[1:]).status == 2
    assert run("stats", str(tmp_path / "hollow")).status == 2
    assert run("search", str(tmp_path / "hollow"), "x").status == 1
    (tmp_path / "hollow" / "act.md").write_bytes(b"\xff\xfe\x00" * 100)
    assert run("search", str(tmp_path / "hollow"), "x").status == 1


def test_a_search_prints_what_it_finds_and_says_what_is_odd(floods: str, run: Run) -> None:
    ran = run("search", floods, "evacuations", "--facets")
    assert ran.status == 0
    assert "*evacuat" in ran.out.lower() and "instrument" in ran.out
    assert run("search", floods, "zzzz").status == 1
    assert "did you mean `evacu" in run("search", floods, "evacuatoin").out
    odd = run("search", floods, "(evacuation")
    assert odd.status == 0 and "the bracket is not closed\n  (evacuation\n  ^" in odd.err
    wrong = run("search", floods, "in-force:soon")
    assert wrong.status == 2 and "`soon` is no day\n  in-force:soon\n           ^^^^" in wrong.err
    data = json.loads(run("search", floods, "s. 4(1)", "--format", "json").out)
    assert data["schema"] == "writ-search/1"
    assert data["named"][0]["is"] == "provision"


def test_a_page_that_the_disk_has_lost_is_no_error(
    floods: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from writ.corpus.search import answer

    ask, lost = answer.ask, [True]

    def once(*args: object) -> object:
        if lost.pop():
            lost.append(False)
            raise sqlite3.DatabaseError("database disk image is malformed")
        lost.append(False)
        return ask(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(answer, "ask", once)
    ran = run("search", floods, "evacuation")
    assert (ran.status, ran.err) == (0, "")


@pytest.mark.skipif(not LAW.is_dir(), reason="no ../shared/data/law here")
def test_real_law_is_searched_and_counted(tmp_path: Path, run: Run) -> None:
    book = str(tmp_path / "law")
    assert run("import", "law", str(LAW / "acts"), "-o", book, "--quiet").status == 0
    stats = json.loads(run("stats", book, "--json").out)["stats"]
    assert stats["instruments"] >= 9
    assert stats["links"]["links"] > stats["links"]["resolved"] > 0
    assert {each["language"] for each in stats["reading"]} >= {"en"}
    named = json.loads(run("search", book, "section 17 of the Emergencies Act", "--json").out)[
        "named"
    ]
    assert [(each["instrument"], each["label"]) for each in named] == [("emergencies-act", "17")]
    assert run("search", book, 'defines:"national emergency" language:en').status == 0
    assert run("search", book, "after:2020 before:2030 has:reference").status in (0, 1)
