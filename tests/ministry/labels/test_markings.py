"""Markings: a lattice, with one text for each, in the words of the Book."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ministry.database.transaction import now
from ministry.editions.queries import law_at
from ministry.gate import markings
from ministry.gate.deed import NotPossible
from ministry.labels.marking import OPEN, Marking, NotAMarking, highest, label_of, marking

LEVELS = ("open", "restricted", "confidential", "secret", "top-secret")
ORDER = {level: at for at, level in enumerate(LEVELS)}
names = st.lists(st.sampled_from(("a", "b", "c")), unique=True).map(
    lambda some: tuple(sorted(some))
)
made = st.one_of(
    st.just(OPEN),
    st.builds(Marking, st.sampled_from(LEVELS[1:]), names, names),
    st.builds(Marking, st.just("open"), names.filter(bool), names),
)


@given(made)
def test_a_marking_is_read_as_it_is_written(one):
    assert marking(str(one)) == one
    assert bool(str(one)) == bool(one)


@given(made, made, made)
def test_things_taken_together_are_marked_alike_in_whatever_order_they_are_taken(one, two, three):
    assert highest([one, two], ORDER) == highest([two, one], ORDER)
    left = highest([highest([one, two], ORDER), three], ORDER)
    assert left == highest([one, highest([two, three], ORDER)], ORDER)
    assert highest([one, one], ORDER) == one
    assert highest([one, OPEN], ORDER) == one


@given(made, made)
def test_whoever_may_read_the_whole_may_read_each_part(one, two):
    whole = highest([one, two], ORDER)
    for part in (one, two):
        assert ORDER.get(part.level, 0) <= ORDER.get(whole.level, 0)
        assert set(part.compartments) <= set(whole.compartments)
        assert not part or set(whole.releasable) <= set(part.releasable)


def test_a_level_that_the_book_no_longer_knows_is_above_all_that_it_knows():
    assert highest([Marking("cosmic"), Marking("top-secret")], ORDER).level == "cosmic"


@given(made, made)
def test_two_markings_have_one_label_only_if_they_are_the_same(one, two):
    assert (one.label == two.label) == (one == two)
    assert label_of(str(one)) == one.label
    assert len(one.label) <= 40


@pytest.mark.parametrize(
    "text", ["Secret!", "secret/a/b/c", "/", "//norland", "secret/Ä", "open//x"]
)
def test_what_is_no_marking_is_said_to_be_none(text):
    if text == "open//x":
        assert marking(text).level == "open"  # that the lowest level is not written the Book says
        return
    with pytest.raises(NotAMarking):
        marking(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cosmic", "no `cosmic` among level"),
        ("secret/atom", "no `atom` among compartments"),
        ("secret//ruritania", "no `ruritania` among releasable"),
        ("secret/a/b/c", "level, compartments and releases"),
    ],
)
def test_a_marking_speaks_of_what_the_book_knows(ministry, text, said):
    with pytest.raises(NotPossible, match=said) as caught:
        markings.given(law_at(now()), text)
    assert caught.value.field == "marking"


def test_the_lowest_level_alone_is_no_marking(ministry):
    law = law_at(now())
    assert markings.given(law, "open") == OPEN
    assert str(markings.given(law, "/plans")) == "open/plans"
    assert str(markings.given(law, " secret / sources , plans / westmark,norland ")) == (
        "secret/plans,sources/norland,westmark"
    )
