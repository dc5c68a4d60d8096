"""The hierarchies of a vocabulary."""

from hypothesis import given
from hypothesis import strategies as st

from tests.book.law import book
from writ.book.hierarchy import acyclic, closure


def test_everybody_is_anyone() -> None:
    words = book("").vocabulary
    assert words.actor_up["minister"] == {"minister", "member", "anyone"}
    assert words.actor_down["anyone"] == {"minister", "member", "senate", "resident", "anyone"}
    assert words.act_down["sign"] == {"sign", "countersign"}
    assert words.thing_up["letter"] == {"letter", "paper"}


def test_a_narrower_act_is_done_to_what_the_broader_is_done_to() -> None:
    assert book("").vocabulary.acts["countersign"].thing == "paper"


NAMES = st.sampled_from("abcdefgh")
LINKS = st.dictionaries(NAMES, st.lists(NAMES, max_size=3, unique=True).map(tuple))


@given(LINKS)
def test_links_without_circles_have_a_closure(links: dict[str, tuple[str, ...]]) -> None:
    parents = {
        name: tuple(each for each in above if each in links) for name, above in links.items()
    }
    refused: list[tuple[str, str]] = []
    kept = acyclic(parents, lambda code, name, parent: refused.append((name, parent)))
    assert {(n, p) for n, above in parents.items() for p in above} == {
        (n, p) for n, above in kept.items() for p in above
    } | set(refused)
    up, down = closure(kept, top="anyone")
    for name, above in kept.items():
        assert up[name] == {name, "anyone"}.union(*(up[each] for each in above))
        assert all(name not in up[each] for each in above)
    assert all(one in up[other] for one, below in down.items() for other in below)
    if not refused:
        assert kept == parents
