"""What a norm statement becomes."""

import datetime as dt

from tests.book.law import book, found, norm
from writ.book.model import EffectTerm, StepTerm, TriggerTerm, Vacancy
from writ.book.terms import Attr, Period, Type
from writ.syntax.tree import Actor, Bearer

DAY = dt.date.fromisoformat


def test_a_norm_takes_its_identity_rank_and_dates_from_its_instrument() -> None:
    power = norm('power 17(1) "Signing"\n  minister may sign')
    assert (power.id, power.citation, power.title) == ("law/17(1)", "s. 17(1)", "Signing")
    assert (power.rank, power.start, power.end) == (2, DAY("2000-01-01"), None)
    assert power.known == power.enacted == DAY("2000-01-01")


def test_norms_at_one_label_are_numbered() -> None:
    linked = book(
        "power 1\n  minister may sign\npower 1\n  senate may sign\npower 1\n  member may sign"
    )
    assert [each.id for each in linked.norms] == ["law/1", "law/1~2", "law/1~3"]


def test_a_norm_that_is_dropped_keeps_its_number() -> None:
    linked, _ = found("power 1\n  ministre may sign\npower 1\n  senate may sign")
    assert [each.id for each in linked.norms] == ["law/1~2"]


def test_equal_bearers_are_equal_wherever_they_stand() -> None:
    linked = book("power 1\n  minister, senate may sign\npower 2\n  minister,   senate may sign")
    assert linked.norms[0].bearer == linked.norms[1].bearer
    assert linked.norms[0].bearer is linked.norms[1].bearer


def test_every_clause_of_a_duty_is_linked() -> None:
    duty = norm("""
duty 1
  at least 2 of member must countersign letter
  within 7 sitting days of senate of sign by minister
  to each of senate, minister
  before sign
  waived by senate by sign
  if breached begins alarm for 3 days
  if breached escalates to minister
  every 1 year while alarm in effect
  until alarm in effect
  so that urgent
  stating copies
  after sign by minister within 3 days
""")
    assert duty.bearer == Bearer("any", (Actor("member", 2),))
    assert (duty.act, duty.thing, duty.for_each) == ("countersign", "letter", "paper")
    assert duty.within == Period(7, "sitting days", "senate")
    by_minister = Bearer("any", (Actor("minister"),))
    assert duty.trigger == TriggerTerm("act", "sign", by_minister)
    assert duty.to == Bearer("each", (Actor("senate"), Actor("minister")))
    assert (duty.before, duty.waiver) == ("sign", "sign")
    assert duty.breach == (
        EffectTerm("begins", "alarm", Period(3, "days")),
        EffectTerm("escalates", "minister"),
    )
    assert (duty.every, duty.while_state) == (Period(1, "years"), "alarm")
    assert duty.stating == (Attr("fact", "sign", "sign.copies", Type("number")),)
    assert duty.after == (StepTerm("sign", by_minister, Period(3, "days")),)


def test_a_delegation_is_asked_for_by_the_act_that_grants() -> None:
    delegation = norm("""
delegation 1
  minister may delegate sign, countersign to anyone by sign
  limited to copies below grant.copies
  depth 2
  for 1 year
""")
    assert (delegation.act, delegation.delegated) == ("sign", ("sign", "countersign"))
    assert delegation.recipients == Bearer("any", (Actor("anyone"),))
    assert (delegation.depth, delegation.lasts) == (2, Period(1, "years"))
    (limit,) = delegation.limited_to
    assert limit.right == Attr("grant", "sign", "copies", Type("number"))  # type: ignore[union-attr]


def test_a_lapse_has_a_state_and_no_bearer() -> None:
    lapse = norm("lapse 1\n  alarm lapses\n  after 30 days\n  when tone is mild")
    assert (lapse.state, lapse.lapse_after, lapse.bearer.actors) == (
        "alarm",
        Period(30, "days"),
        (),
    )
    assert lapse.when[0].left == Attr("state", "alarm", "tone", Type("kind", "tone"))  # type: ignore[union-attr]


def test_the_own_thing_of_an_act_narrows_nothing() -> None:
    linked = book("power 1\n  minister may sign paper\npower 2\n  minister may sign letter")
    assert [each.thing for each in linked.norms] == ["", "letter"]


def test_in_force_until_a_day_includes_that_day() -> None:
    power = norm("power 1\n  minister may sign\n  in force from 2010-01-01 until 2010-12-31")
    assert (power.start, power.end) == (DAY("2010-01-01"), DAY("2011-01-01"))


def test_known_from_is_the_day_of_enactment_of_a_later_text() -> None:
    power = norm("power 1\n  minister may sign\n  known from 2009-05-05")
    assert power.known == power.enacted == DAY("2009-05-05")


def test_a_repeal_ends_every_norm_beneath_its_provision() -> None:
    linked = book(
        "power 1(a)\n  minister may sign\npower 1(b)\n  minister may sign\npower 11\n  minister may sign",
        later="repeal 1\n  law 1\n  from 2015-06-01",
    )
    assert [each.end for each in linked.norms] == [DAY("2015-06-01"), DAY("2015-06-01"), None]


def test_a_repeal_without_a_day_is_from_the_start_of_its_instrument() -> None:
    linked = book("power 1\n  minister may sign", later="repeal 1\n  law 1")
    assert linked.by_id["law/1"].end == DAY("2000-01-01")


def test_a_suspension_is_a_gap() -> None:
    linked = book(
        "power 1\n  minister may sign\nsuspend 2\n  1\n  from 2015-06-01 until 2015-07-01"
    )
    assert linked.norms[0].gaps == (Vacancy(DAY("2015-06-01"), DAY("2015-07-01")),)


def test_a_replacement_ends_what_was_there_and_takes_its_citation() -> None:
    linked = book(
        "power 17\n  minister may sign",
        second="power 1\n  senate may sign\n  replaces law 17\n  in force from 2010-01-01",
        third="power 1\n  member may sign\n  replaces law 17, second 1\n  in force from 2020-01-01",
    )
    assert [(each.start, each.end, each.citation) for each in linked.norms] == [
        (DAY("2000-01-01"), DAY("2010-01-01"), "s. 17"),
        (DAY("2010-01-01"), DAY("2020-01-01"), "s. 17"),
        (DAY("2020-01-01"), None, "s. 17"),
    ]


def test_overrides_say_who_wins_and_by_whose_word() -> None:
    linked = book("""
power 1
  minister may sign
  notwithstanding 2
power 2
  minister may sign
  subject to 3
power 3
  minister may sign
override 4
  1 prevails over 2, 3
""")
    pairs = [(each.winner, each.loser, each.by, each.own_word) for each in linked.overrides]
    assert pairs == [
        ("law/1", "law/2", "law/1", True),
        ("law/3", "law/2", "law/2", False),
        ("law/1", "law/2", "law/4", True),
        ("law/1", "law/3", "law/4", True),
    ]
