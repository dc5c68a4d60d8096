"""One form for each meaning: what two ways of writing have in common, scope comparison must see."""

import pytest

from tests.book.law import norm
from writ.book.terms import All, AnyOf, Attr, Compare, Condition, Const, Holds, Member, Not, Type

AGREED = Holds(Attr("fact", "", "agreed", Type("yes-no")))
TOLD = Holds(Attr("fact", "", "told", Type("yes-no")))
URGENT = Holds(Attr("fact", "sign", "sign.urgent", Type("yes-no")))


def when(text: str) -> tuple[Condition, ...]:
    return norm(f"power 1\n  minister may countersign\n  {text}").when


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("when agreed and told", (AGREED, TOLD)),
        ("when agreed\n  when told", (AGREED, TOLD)),
        ("when all of (agreed, told)", (AGREED, TOLD)),
        ("when agreed or told", (AnyOf((AGREED, TOLD)),)),
        ("when any of (agreed, told)", (AnyOf((AGREED, TOLD)),)),
        ("unless agreed", (Not(AGREED),)),
        ("unless not agreed", (AGREED,)),
        ("when not (not agreed)", (AGREED,)),
        ("unless agreed or told", (Not(AGREED), Not(TOLD))),
        ("unless agreed and told", (Not(All((AGREED, TOLD))),)),
        ("when agreed is yes", (AGREED,)),
        ("when agreed is not no", (AGREED,)),
        ("when agreed is no", (Not(AGREED),)),
        ("when agreed is not yes", (Not(AGREED),)),
        ("when agreed in {yes}", (AGREED,)),
        ("when agreed and agreed and told", (AGREED, TOLD)),
        ("when urgent", (URGENT,)),
        ("when sign.urgent", (URGENT,)),
        ("when countersign.urgent", (URGENT,)),
    ],
)
def test_a_condition_has_one_form(text: str, expected: tuple[Condition, ...]) -> None:
    assert when(text) == expected


def test_a_duration_in_the_unit_of_a_number_is_that_number() -> None:
    days = Type("number", "days")
    delay = Attr("fact", "", "delay", days)
    assert when("when delay above 30 days") == (Compare("above", delay, Const(30, days), days),)
    assert when("when delay above 30") == when("when delay above 30 days")


def test_a_value_keeps_the_kind_that_it_is_of() -> None:
    tone = Type("kind", "tone")
    attr = Attr("fact", "sign", "sign.tone", tone)
    assert when("when tone is mild") == (Compare("is", attr, Const("mild", tone), tone),)
    assert when("when tone is not mild") == (Not(Compare("is", attr, Const("mild", tone), tone)),)
    assert when("when tone in {mild, mild}") == (Member(attr, (Const("mild", tone),)),)


def test_a_path_by_the_narrower_thing_leads_to_the_attribute_of_the_broader() -> None:
    marks = Attr("fact", "paper", "paper.marks", Type("set", "mark"))
    assert when("when count of letter.marks above 0")[0] == when("when count of marks above 0")[0]
    assert when("when alpha in letter.marks") == (
        Member(Const("alpha", Type("kind", "mark")), (), marks),
    )


def test_a_bound_variable_is_a_space_of_its_own() -> None:
    (condition,) = when("when some r in readers satisfies (r.cleared)")
    assert condition.body == Holds(Attr("variable", "r", "reader.cleared", Type("yes-no")))  # type: ignore[union-attr]
