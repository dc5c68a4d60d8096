"""Nothing that somebody may not read comes to them: not by a list, a search, a count, an answer or an error.

Every person hidden has a name, a sign-in name and a key that stand nowhere else; what is asked for about them gives
reasons that stand nowhere else. Each reader then looks everywhere that there is to look, and what comes is searched.
"""

import re
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ministry.approvals import acts as approvals
from ministry.approvals.data import Asking, Overriding
from ministry.command import acts as command
from ministry.command.data import Appointing, Enrolment
from ministry.database import described
from ministry.gate.verify import verify
from ministry.labels.marking import marking
from ministry.register.models import Kind, Record
from ministry.register.record import opened
from tests.ministry.api.calling import system
from tests.ministry.conftest import database
from tests.ministry.console.conftest import Somebody
from tests.ministry.labels.guarding import cleared
from tests.ministry.people import OFFICES, acting, key

LEVELS = ("open", "restricted", "confidential", "secret", "top-secret")
READERS = ("ada", "bo", "cy", "dee", "eve", "fay")


def may_read(mark, to, serves):
    """Whether somebody cleared so may read what is marked so, told the plain way."""
    mark, to = marking(mark), marking(to)
    return (
        LEVELS.index(mark.level or "open") <= LEVELS.index(to.level or "open")
        and set(mark.compartments) <= set(to.compartments)
        and (not serves or mark.level in ("", "open") or serves in mark.releasable)
    )


compartments = st.lists(st.sampled_from(("plans", "sources")), unique=True).map(",".join)
allies = st.lists(st.sampled_from(("norland", "westmark")), unique=True).map(",".join)
marks = st.builds("{}/{}/{}".format, st.sampled_from(LEVELS[1:]), compartments, allies)
clearances = st.one_of(
    st.none(),
    st.tuples(
        st.builds("{}/{}".format, st.sampled_from(LEVELS[1:]), compartments),
        st.sampled_from((None, None, "norland", "westmark")),
    ),
)
worlds = st.fixed_dictionaries(
    {
        "marks": st.lists(marks, min_size=1, max_size=3),
        "clearances": st.fixed_dictionaries(dict.fromkeys(("bo", "cy", "dee", "eve"), clearances)),
        "reader": st.sampled_from(READERS),
    }
)


def made(world):
    """The hidden people: the words that tell of each, its marking, and the names under which it is asked for."""
    everything = "top-secret/plans,sources"
    cleared("ada", everything)
    cleared("dee", everything)
    cleared("cy", everything)
    hidden = []
    for number, mark in enumerate(world["marks"]):
        sign_in = f"zz{number}qx"
        done = command.enrol(
            acting("ada"), Enrolment(sign_in=sign_in, name=f"Quux {sign_in.upper()}", marking=mark)
        )
        person = key(sign_in)
        appointed = command.appoint(acting("ada"), Appointing(person=person, office="registrar"))
        data = {"person": person, "office": "legal-adviser"}
        asked = approvals.ask(
            acting("cy"), Asking(act="appoint-officer", given=data, reason=f"reason{number}qx")
        )
        danger = Overriding(
            act="appoint-officer",
            given={"person": person, "office": "legal-adviser"},
            danger=True,
            reason=f"danger{number}qx",
        )
        over = approvals.override(acting("dee"), danger)
        records = [done.record, appointed.record, asked.record, *(one.record for one in over)]
        words = [sign_in, sign_in.upper(), person, f"reason{number}qx", f"danger{number}qx"]
        hidden.append((mark, words + records, person, records))
    for name in ("cy", "dee", "bo", "eve"):
        to = world["clearances"][name]
        if to is not None:
            cleared(name, to[0], serves=to[1])
        elif name in ("cy", "dee"):
            cleared(name, "restricted")
    return hidden


def clearance(world, name):
    """To what a reader is cleared in the end, and whom they serve."""
    if name == "ada":
        return "top-secret/plans,sources", None
    if name == "fay":
        return "top-secret/inquiries,plans,sources", None
    return world["clearances"][name] or ("restricted" if name in ("cy", "dee") else "", None)


def looks(hidden, somebody, machine):
    """All that a reader can ask for, with the answers. What is asked for is not in the answers by itself."""
    plain = [
        "/",
        "/people/",
        "/offices/",
        "/offices/registrar/",
        "/offices/legal-adviser/",
        "/journal/",
    ]
    plain += [
        "/approvals/",
        "/acts/appoint-officer/",
        "/acts/suspend-person/",
        "/journal/?act=enrol-person",
    ]
    plain += [
        "/ask/?act=appoint-officer&office=permanent-secretary",
        "/journal/?act=appoint-officer&kind=act",
    ]
    for path in plain:
        page = somebody.client.get(path)
        assert page.status_code == 200, path
        yield path, "", page.content.decode()
    for path in (
        "/api/people",
        "/api/offices",
        "/api/offices/registrar",
        "/api/records",
        "/api/records?act=appoint-officer",
        "/api/duties",
        "/api/requests",
        "/api/requests?of=mine",
    ):
        answer = machine.get(path)
        assert answer.status_code == 200, path
        yield path, "", answer.text
    for act in (
        "appoint-officer",
        "certify-edition",
    ):  # of the second the hidden are among those who could
        answer = machine.decide({"act": act, "actor": "permanent-secretary", "who": True})
        assert answer.status_code == 200
        yield "/api/decide", "", answer.text
    for mark, words, person, records in hidden:
        sign_in = words[0]
        for path in (f"/people/?q={sign_in}", f"/journal/?person={sign_in}"):
            page = somebody.client.get(path)
            yield path, mark, page.content.decode().replace(sign_in, "...")
        form = {"person": sign_in, "office": "auditor"}
        page = somebody.client.post("/acts/appoint-officer/", form)
        yield "/acts/appoint-officer/", mark, page.content.decode().replace(sign_in, "...")
        for path in (f"/people/?q={person}", f"/people/{person}/", f"/journal/?about={person}"):
            yield path, mark, somebody.client.get(path).content.decode()
        for path in (f"/api/people/{person}", f"/api/records?about={person}"):
            yield path, mark, machine.get(path).text
        for act in ("appoint-officer", "suspend-person", "mark-person", "issue-enrolment-link"):
            yield (
                f"/api/acts/{act}",
                mark,
                machine.act(act, {"person": person, "office": "auditor", "marking": ""}).text,
            )
        for record in records:
            for path in (
                f"/journal/{record}/",
                f"/journal/{record}/bytes/",
                f"/approvals/{record}/",
            ):
                yield path, mark, somebody.client.get(path).content.decode()
            for path in (
                f"/api/records/{record}",
                f"/api/records/{record}/receipt",
                f"/api/requests/{record}",
            ):
                yield path, mark, machine.get(path).text


def without(text, path):
    """An answer without what was asked for, which stands in it because it was asked."""
    for asked in re.findall(r"[pr]-[0-9a-f]{20,32}", path):
        text = text.replace(asked, "...")
    return text


@pytest.mark.parametrize("name", READERS)
def test_nothing_comes_to_whoever_is_cleared_to_nothing(on_guarded, tmp_path, name):
    """What is read without a record is looked for too: of the rest a record would have been refused."""
    nobody = dict.fromkeys(("bo", "cy", "dee", "eve"))
    world = {"marks": ["confidential/plans", "top-secret"], "clearances": nobody, "reader": name}
    looked_everywhere(on_guarded, tmp_path, world)


@given(worlds)
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_comes_to_a_reader_that_they_may_not_read(on_guarded, tmp_path_factory, world):
    looked_everywhere(on_guarded, tmp_path_factory.mktemp("leaks"), world)


@pytest.mark.parametrize("ministry", ["postgresql"], indirect=True)
def test_nothing_comes_on_postgresql_where_the_database_has_a_wall_of_its_own(guarded_on_both):
    nobody = dict.fromkeys(("bo", "cy", "dee", "eve"))
    looked({"marks": ["confidential/plans"], "clearances": nobody, "reader": "bo"})


def looked_everywhere(template, folder, world):
    shutil.copy(template, folder / "ministry.sqlite3")
    with database(described("", folder)):
        looked(world)


def looked(world):
    hidden = made(world)
    name = world["reader"]
    office = "auditor" if name == "fay" else OFFICES[name]
    to, serves = clearance(world, name)
    somebody, machine = Somebody(name, office), system(name, office)
    there = False
    for path, _, text in looks(hidden, somebody, machine):
        text = without(text, path)
        for mark, words, _, _ in hidden:
            found = [word for word in words if word in text]
            if name == "fay" or may_read(mark, to, serves):
                there = there or bool(found)
                graves(name, office, mark, found)
                continue
            assert not found, f"{name}, cleared to {to}, finds {found} ({mark}) at {path}"
    readable = [mark for mark, *_ in hidden if name == "fay" or may_read(mark, to, serves)]
    assert there or not readable, "a reader who may read finds nothing: the test looks nowhere"
    assert verify().differences == []


def graves(name, office, mark, found):
    """What is secret or above, and came, is on the record as read."""
    level = marking(mark).level
    keys = {word for word in found if word[:2] in ("p-", "r-")}
    if LEVELS.index(level) < LEVELS.index("secret") or not keys:
        return
    rows = Record.everything.filter(person=key(name), actor=office, kind=Kind.READ)
    assert any(
        keys & set(opened(bytes(row.body)).data.get("things", ())) or row.act == "inspect-register"
        for row in rows
    ), (name, mark, found)
