"""What becomes of the law is told to those whom it concerns: by suspension, repeal, correction, review and search."""

import datetime as dt
import re

from django.db import transaction

from ministry.database.transaction import now
from ministry.editions.apply import deposit
from ministry.editions.queries import law_at
from ministry.notices import queries, telling
from ministry.notices.models import Notice, Reach
from ministry.statutes import acts, editions_notices, reviews
from ministry.statutes.data import (
    Certifying,
    Correcting,
    Lifting,
    Promulgating,
    Proposing,
    RepealingProvision,
    SuspendingProvisions,
)
from ministry.statutes.force_notices import concerned
from ministry.statutes.models import Proposal, searches
from ministry.timers.models import Timer
from tests.ministry.enacting import examine
from tests.ministry.notices.telling import follow, told, unread
from tests.ministry.people import OFFICES, acting, key, reader, texts

RULE = "identity-regulation/2"
POWER = "organisation-act/2"
DAYS = dt.timedelta(days=20)


def quiet():
    follow()
    look()
    Notice.everything.update(read=now(), mail="")


def look():
    """What a worker does each minute with the editions that came into force."""
    timer = Timer(kind="tell-editions")
    timer.brought = editions_notices.looked(timer)
    editions_notices.told(timer, now())


def said(name):
    return [one for one in unread(acting(name)) if one[0] in ("norms-changed", "edition-in-force")]


def promulgated(house, edition):
    examine(house.cy, edition)
    acts.certify(house.cy, Certifying(edition=edition))
    acts.promulgate(house.bo, Promulgating(edition=edition))


def test_a_suspension_is_told_to_the_offices_of_its_norms_at_once_and_again_when_it_is_lifted(
    ministry,
):
    quiet()
    until = now().date() + DAYS
    given = SuspendingProvisions(provisions=(RULE,), until=until, reason="it is misused")
    done = acts.suspend(ministry.bo, given)
    follow()
    look()
    offices = concerned(law_at(now()), [RULE])
    there = {name for name, office in OFFICES.items() if office in offices} - {"bo"}
    assert there
    for name in OFFICES:
        expected = [("norms-changed", "suspend-provision")] if name in there else []
        assert said(name) == expected, name
    one = told(acting(sorted(there)[0]), "norms-changed")[0]
    assert "Identity" in one.about and one.due.date() >= until and one.record == done.record
    acts.lift(ministry.bo, Lifting(suspension=done.record, reason="mended"))
    follow()
    look()
    for name in there:
        assert ("norms-changed", "lift-suspension") in said(name)
        assert not [one for one in said(name) if one[0] == "edition-in-force"]


def test_a_suspension_concerns_nobody_whose_norms_stand_elsewhere(ministry):
    law = law_at(now())
    assert concerned(law, ["organisation-act/no-such-section"]) == ()
    assert "director-of-personnel" in concerned(law, [POWER])
    assert "auditor" not in concerned(law, [POWER])


def test_a_repeal_waits_for_those_whose_turn_it_is_and_is_told_when_it_is_in_force(ministry):
    quiet()
    day = now().date() + dt.timedelta(days=1)
    given = RepealingProvision(provisions=(RULE,), day=day, reason="not used")
    acts.repeal_provision(ministry.bo, given)
    follow()
    waits = [name for name in OFFICES if ("edition-waits", "examination") in unread(acting(name))]
    assert waits
    quiet()
    promulgated(ministry, Proposal.objects.get().edition)
    look()
    assert [name for name in OFFICES if ("edition-in-force", "") in said(name)]


def test_a_correction_is_told_to_its_offices_once_both_have_done_it(ministry):
    quiet()
    law = law_at(now())
    (text,) = (text for name, text in texts().items() if "identity-regulation" in name)
    words = re.search(r"(?m)^## 2 .*\n\n(.*)", text)[1]
    old = words.split()[-1]
    given = Correcting(provision=RULE, old=words, new=words.replace(old, f"{old}x"))
    acts.correct(ministry.cy, given)
    follow()
    assert not Notice.everything.filter(kind="norms-changed").exists()
    acts.correct(ministry.bo, given)
    follow()
    look()
    there = {name for name, office in OFFICES.items() if office in concerned(law, [RULE])}
    assert there - {"bo"}
    for name in set(OFFICES) - {"bo"}:
        expected = [("norms-changed", "correct-clerical-error")] if name in there else []
        assert said(name) == expected, name


def test_a_kept_search_that_finds_more_tells_whoever_keeps_it_and_once(ministry):
    quiet()
    searches.save(key("fay"), "new", "zyzzyva", now())
    searches.save(key("fay"), "old", "appoint", now())
    searches.save(key("dee"), "theirs", "zyzzyva", now())
    promulgated(ministry, with_a_word(ministry))
    follow()
    look()
    (one,) = told(ministry.fay, "search-new")
    assert one.about.startswith("new (+") and "q=zyzzyva" in one.href
    assert len(told(ministry.dee, "search-new")) == 1
    assert not told(ministry.ada, "search-new")
    Reach.objects.filter(of="book").update(leaves=1)
    look()
    assert len(told(ministry.fay, "search-new")) == 1


def with_a_word(house):
    """An edition with a section that says a word which no law says yet."""
    files = texts()
    name = next(name for name in files if name.endswith("organisation-act.md"))
    line = next(line for line in files[name].splitlines() if line.startswith("## "))
    files[name] = files[name].replace(line, f"{line} and the zyzzyva", 1)
    edition = deposit(files)
    acts.propose(house.bo, Proposing(edition=edition, title="A word"))
    return edition


def test_a_review_that_falls_due_and_is_overdue_is_told_to_whoever_keeps_the_instrument(ministry):
    law = law_at(now())
    owned = {item.id: item.owner for item in law.book.instruments.values() if item.owner}
    keeper = {office: name for name, office in OFFICES.items()}
    rows = reviews.calendar(law, now().date(), set(owned))
    one = next(row for row in rows if owned[row.instrument.id] in keeper)
    by = acting(keeper[owned[one.instrument.id]])
    quiet()
    moment = dt.datetime.combine(one.day, dt.time(12), dt.UTC)

    def at(days):
        Reach.objects.update_or_create(
            of="time", defaults={"until": moment + dt.timedelta(days=days - 1)}
        )
        telling.tell_time(moment + dt.timedelta(days=days))

    with transaction.atomic():
        at(-90)
        assert not mine(by, one)
        at(-30)
        assert [row.said for row in mine(by, one)] == ["due"]
        at(-20)
        assert len(mine(by, one)) == 1
        at(2)
        assert sorted((row.said, row.over is None) for row in mine(by, one)) == [
            ("due", False),
            ("overdue", True),
        ]


def mine(by, one):
    rows = queries.listed(reader(by), "review-due")
    return [row for row in rows if row.thing == f"review {one.instrument.id}"]
