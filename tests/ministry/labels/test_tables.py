"""A table and its file show what a page may show: all of it by its label, its readings on the record, or nothing."""

import csv
import io

import pytest

from ministry.command import acts as command
from ministry.command.data import Enrolment
from ministry.console.components import export
from ministry.gate import reading
from ministry.personnel import acts as personnel
from ministry.personnel.data import EndingClearance
from ministry.register.models import Kind, Record
from tests.ministry.console.conftest import Somebody
from tests.ministry.people import acting, key


def lines(response):
    return [*csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))]


def readings():
    return Record.everything.filter(kind=Kind.READ).count()


def counted(page):
    return next(line for line in page.html.splitlines() if 'class="table__said"' in line)


def test_rows_above_the_clearance_of_a_reader_are_in_no_count_of_a_table_and_in_no_file(guarded):
    """Nox is known to Ada, who is cleared to it, and not to Cy."""
    ada, cy = Somebody("ada"), Somebody("cy")
    assert "7 people" in counted(ada.sees("/people/"))
    assert "6 people" in counted(cy.sees("/people/"))
    assert "1 person" in counted(ada.sees("/people/", q="nox"))
    nothing, absent = cy.sees("/people/", q="nox"), cy.sees("/people/", q="non")
    assert "Nothing is found by these filters" in nothing
    assert nothing.words.replace("nox", "non") == absent.words
    assert "Nox" in [line["Name"] for line in lines(ada.client.get("/people/?as=csv"))]
    assert "Nox" not in [line["Name"] for line in lines(cy.client.get("/people/?as=csv"))]


def test_a_file_says_of_each_row_how_it_is_marked_and_its_reading_is_recorded(guarded):
    before = readings()
    found = lines(Somebody("ada").client.get("/people/?as=csv"))
    marked = {line["Name"]: line["Marking"] for line in found if line["Marking"]}
    assert list(marked) == ["Nox"] and "SECRET" in marked["Nox"].upper()
    assert readings() == before + 1


@pytest.mark.parametrize("form", ["csv", "json"])
def test_an_export_of_which_one_row_is_refused_is_refused_before_anything_of_it_leaves(
    guarded, monkeypatch, form
):
    """Ada's clearance ends while the file is made: after its first rows were read, before the marked one is."""
    monkeypatch.setattr(export, "CHUNK", 2)
    for n in range(4):
        command.enrol(guarded.ada, Enrolment(sign_in=f"a{n}", name=f"Aa {n}"))
    ada, real, asked = Somebody("ada"), reading.read, []

    def late(by, data):
        asked.append(data.things)
        personnel.withdraw(acting("fay", "security-officer"), EndingClearance(person=key("ada")))
        return real(by, data)

    monkeypatch.setattr(reading, "read", late)
    before = readings()
    answer = ada.client.get(f"/people/?as={form}")
    assert asked == [(key("nox"),)]
    assert answer.status_code in (403, 404, 409)
    assert "Content-Disposition" not in answer
    assert b"Aa 0" not in answer.content and b"Nox" not in answer.content
    assert readings() == before
