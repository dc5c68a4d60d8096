"""Random acts of all desks, by people with and without authority: the register replays, and audits the same."""

from __future__ import annotations

import datetime as dt
import io
import os
import tempfile
from pathlib import Path
from random import Random

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from ministry.approvals.models import Request as Wanted
from ministry.database import transaction
from ministry.database.states import State
from ministry.database.wall import permit
from ministry.editions.models import Promulgation
from ministry.editions.queries import law_at, law_of
from ministry.gate import duties
from ministry.gate.acting import oneself
from ministry.gate.decide import answered
from ministry.gate.deed import NotPossible
from ministry.gate.founding import FOUNDER
from ministry.gate.models import Duty
from ministry.gate.owed import open_duties
from ministry.gate.parts import counts, is_part
from ministry.gate.refusal import Refused
from ministry.gate.registry import all_acts, run
from ministry.gate.stretches import asks_docket
from ministry.gate.verify import verify
from ministry.labels.reader import Reader, Sight
from ministry.people.models import Person
from ministry.register.models import Cosigning, Kind, Leaf, Pending, Record
from ministry.register.record import opened
from ministry.register.sequencer import sequence
from tests.ministry.doing import CREDENTIAL, DIGESTS, GIVEN, tries
from tests.ministry.people import acting, key
from tests.ministry.places import Clock, templates
from tests.ministry.rosters.manning import halves
from writ.engine.answer import Outcome
from writ.engine.request import Request
from writ.journal.audit import audit
from writ.journal.lines import read_log
from writ.journal.record import ActStatus

SHORTEST, LONGEST = 25, 60
"""Steps of one sequence."""
MOST_STARTS = 24
EDITIONS = [
    pytest.param("", id="plain"),
    pytest.param("watch", id="states and duties"),
    pytest.param("backlog", id="breaches"),
    pytest.param("joint", id="several"),
]
"""What is in force at the beginning: the model ministry's book, one with states and with duties of every kind, one in
which missed duties open and close powers, or one with powers that several must exercise together.
"""


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


def tried(act, by, data):
    """What comes of trying an act. Nothing else may come of it."""
    try:
        given = all_acts()[act].data.model_validate(data)
    except ValidationError:
        return "not valid"
    try:
        run(act, by, given)
    except Refused:
        return "refused"
    except NotPossible:
        return "not possible"
    return "done"


SEEDS = st.integers(0, 2**32 - 1)
HOURS = [0.5, 3, 13, 30, 73, 24 * 35]


def step(r, clock, act=""):
    """Somebody tries something, or time passes."""
    if r.randrange(8) == 0:
        clock.ahead += dt.timedelta(hours=r.choice(HOURS))
    elif r.randrange(20) == 0:
        sequence()
    elif r.randrange(20) == 0:
        asked(r)
    else:
        act, by, data = tries(r, act)
        tried(act, by, data)


def asked(r):
    """Somebody asks what may be done: that moves nothing."""
    at = transaction.now()
    act, by, _ = tries(r)
    answered(law_at(at), Request(by.office, act, at))


def exported(edition):
    """The exported journal, read back over an edition."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "register.jsonl"
        call_command("journal", file, stdout=io.StringIO())
        journal, wrong = read_log(file, law_of(edition).book)
    assert wrong == ()
    return journal


def consistent(since):
    """What must be so after whatever was done; `since` is how many editions were in force before."""
    sequence()
    assert not Pending.objects.exists()
    assert Leaf.objects.count() == Record.everything.count()
    assert verify().differences == []
    done = list(Record.everything.filter(kind=Kind.ACT))
    amended = Promulgation.objects.count() != since
    for edition in sorted({one.edition for one in done}):
        found = audit(law_of(edition).book, exported(edition))
        status = {one.entry: one for one in found.acts}
        parts = {one.id: opened(bytes(one.body)) for one in done if one.outcome == Outcome.NEEDS}
        parts = {name: one for name, one in parts.items() if is_part(one)}
        known = {name for name, one in parts.items() if counts(one)}
        assert status.keys() == {one.id for one in done} - parts.keys() | known
        law = law_of(edition)
        for one in done:
            # Once the Book was amended its last edition alone tells otherwise what was owed under one before.
            if one.edition != edition or (amended and asks_docket(law, one.act)):
                continue
            if one.id in parts:
                assert one.id not in known or status[one.id].status is ActStatus.NO_EFFECT
            else:
                permitted = one.outcome == Outcome.PERMITTED
                void = status[one.id].status is ActStatus.NO_AUTHORITY
                assert permitted is not void, (one, status[one.id])
    if not amended:
        edition = Promulgation.objects.latest("number").edition
        owed_as_replayed(edition, exported(edition))
        owed_now_as_replayed(edition, exported(edition))


def owed_now_as_replayed(edition, journal):
    """What is listed as open is what the replay has open now, whatever time alone has done since the last act."""
    law, labels = law_of(edition), {*Duty.everything.values_list("label", flat=True), ""}
    reader = Reader("p-nobody", "nobody", lambda sort: Sight(office=frozenset(labels)))
    found = audit(law.book, journal, as_of=transaction.now())
    assert {
        (one.norm, one.record, one.about, one.to, one.occurrence): one.status
        for one in open_duties(law, reader)
    } == {
        (one.norm, one.opened_by, one.about, one.to, max(one.occurrence, 1)): one.status
        for one in found.duties
        if not one.standing and one.opened is not None and one.status in ("open", "breached")
    }


def owed_as_replayed(edition, journal):
    """The table of duties says what the replay of the journal says, as of the last act on which a duty may depend."""
    taken = duties.docket()
    taken.up_to()  # it may still be of the ministry before, where nothing that is followed was done in this one
    latest = taken.latest
    found = audit(law_of(edition).book, journal, as_of=latest)
    assert owed() == {
        (one.norm, one.opened_by, one.about, one.to, max(one.occurrence, 1)): (
            one.status,
            one.due.isoformat() if one.due is not None else "",
            [(turn.status, turn.by, list(turn.citations)) for turn in one.turns],
            list(one.follows),
            one.unsure,
        )
        for one in found.duties
        if not one.standing and one.opened is not None
    }


def owed():
    """What the table says of duties."""
    return {
        (one.norm, one.record, one.about, one.to, one.occurrence): (
            one.status,
            one.due_day,
            [(turn["status"], turn["by"], turn["citations"]) for turn in one.turns],
            one.follows,
            one.unsure,
        )
        for one in Duty.everything.all()
    }


def sequences(ministry, clock, examples):
    """Random sequences, each in a ministry of its own."""

    @settings(
        max_examples=examples,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(st.lists(SEEDS, min_size=SHORTEST, max_size=LONGEST))
    def one(seeds):
        clock.ahead = dt.timedelta()
        with ministry():
            since = Promulgation.objects.count()
            for at, seed in enumerate(seeds):
                step(Random(f"{at} {seed}"), clock)
            consistent(since)

    one()


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_was_done_at_random_replays_and_audits_the_same(request, edition, clock):
    with templates(request, "sqlite", edition) as ministry:
        sequences(ministry, clock, 4)


@pytest.mark.soak
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_much_more_of_it(request, database, edition, clock):
    with templates(request, database, edition) as ministry:
        sequences(ministry, clock, int(os.environ.get("SOAK_SEQUENCES", "300")))


def test_every_act_of_the_server_is_tried():
    assert all_acts().keys() == GIVEN.keys()


def seen():
    """What became of which acts, as the register has it."""
    rows = Record.everything.values_list("act", "kind").distinct()
    return {(act, "refused" if kind == Kind.REFUSAL else "done") for act, kind in rows}


def test_every_act_of_the_server_is_done_by_somebody_and_refused_to_somebody(request, clock):
    """A new act has a strategy that comes to both."""
    left = {(act, came) for act in all_acts() for came in ("done", "refused")}
    with templates(request, "sqlite", "ending") as ministry:
        for start in range(MOST_STARTS):
            r = Random(start)
            with ministry():
                clock.ahead = dt.timedelta()
                rare()
                for _ in range(300):
                    left -= seen()
                    if not left:
                        return
                    step(r, clock, r.choice(sorted(left))[0] if r.randrange(4) else "")
    pytest.fail(f"never came to it: {sorted(left)}")


def rare():
    """What chance seldom brings about: the only passkey is lost; something secret is read by somebody who is cleared;
    a witness saw more of the log than is here; a watch is manned.
    """
    halves()
    given = {"person": key("hal"), "digest": DIGESTS[-1]}
    run(
        "register-passkey",
        oneself(key("hal"), 4e9),
        data_of("register-passkey", credential=CREDENTIAL, **given),
    )
    run(
        "recover-account",
        FOUNDER,
        data_of("recover-account", reason="it fell into the sea", **given),
    )
    security, secret = (
        acting("ivo", "security-officer"),
        {"person": key("hal"), "marking": "secret"},
    )
    cleared = {"person": key("ada"), "clearance": "secret", "until": soon()}
    run("grant-clearance", security, data_of("grant-clearance", **cleared))
    run("mark-person", security, data_of("mark-person", **secret))
    label = Person.everything.get(sign_in="hal").label
    read = {"sort": Person.sort, "label": label, "things": [key("hal")]}
    run("read-material", acting("ada"), data_of("read-material", **read))
    asked = {"person": key("cy"), "office": "duty-officer"}
    wanted = data_of("request-approval", act="appoint-officer", given=asked, reason="it is needed")
    run("request-approval", acting("ada"), wanted)
    own = Wanted.everything.latest("asked").pk
    with pytest.raises(Refused):
        run("grant-request", acting("ada"), data_of("grant-request", request=own))
    with permit(State.LOG):
        Cosigning.objects.create(witness="elsewhere", size=10**6, asked=transaction.now())


def soon():
    return (transaction.now() + dt.timedelta(days=90)).date()


def data_of(name, /, **given):
    return all_acts()[name].data.model_validate(given)
