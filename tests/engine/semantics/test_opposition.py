"""`docs/semantics.md`, "Opposition and defeat"."""

from __future__ import annotations

import pytest

from tests.engine.semantics.town import WORDS, Ask, book_of, instrument, law
from writ.book.load import load_texts


def test_a_bar_beside_a_power_of_its_rank_stands(ask: Ask) -> None:
    answer = ask(
        law("power 1\n  mayor may sign", "prohibition 2\n  no one may sign\n  when urgent"),
        "mayor",
        "sign",
        facts={"urgent": True},
    )
    assert (answer.outcome, answer.deciding) == ("prohibited", ["2"])


@pytest.mark.parametrize(
    "line", ["mayor may sign", "mayor has the right to sign", "mayor must sign"]
)
def test_a_bar_beside_a_permission_a_right_or_a_duty_is_a_conflict(ask: Ask, line: str) -> None:
    kind = {"may": "permission", "has": "right", "must": "duty"}[line.split()[1]]
    book = law(
        f"{kind} 1\n  {line}\n  when quiet",
        "prohibition 2\n  no one may sign\n  when urgent",
    )
    answer = ask(book, "mayor", "sign", facts={"urgent": True, "quiet": True})
    assert (answer.outcome, answer.deciding) == ("conflict", ["1", "2"])


def test_what_any_other_bar_forbids_beyond_dispute_is_prohibited(ask: Ask) -> None:
    book = law(
        "permission 1\n  mayor may sign\n  when quiet",
        "prohibition 2\n  no one may sign\n  when urgent",
        "prohibition 3\n  mayor may not sign\n  when quiet\n  when urgent",
    )
    answer = ask(book, "mayor", "sign", facts={"urgent": True, "quiet": True})
    assert (answer.outcome, answer.deciding) == ("prohibited", ["2", "3"])


def test_what_only_bounds_a_power_leaves_a_permission_in_dispute(ask: Ask) -> None:
    book = law(
        "power 1\n  mayor may sign\n  when quiet",
        "permission 2\n  mayor may sign\n  when amount above 1",
        "prohibition 3\n  no one may sign\n  when urgent",
    )
    facts = {"urgent": True, "quiet": True, "amount": 2}
    answer = ask(book, "mayor", "sign", facts=facts)
    assert (answer.outcome, answer.deciding) == ("conflict", ["2", "3"])


@pytest.mark.parametrize(
    ("grant", "higher", "outcome"),
    [
        ("power 1\n  mayor may sign", "grant", "prohibited"),
        ("permission 1\n  mayor may sign", "grant", "prohibited"),
        ("right 1\n  mayor has the right to sign", "grant", "permitted"),
        ("duty 1\n  mayor must sign", "grant", "permitted"),
        ("power 1\n  mayor may sign", "bar", "prohibited"),
        ("permission 1\n  mayor may sign", "bar", "prohibited"),
        ("right 1\n  mayor has the right to sign", "bar", "prohibited"),
        ("duty 1\n  mayor must sign", "bar", "prohibited"),
    ],
)
def test_rank_decides_but_a_lower_bar_stands_beside_a_power(
    ask: Ask, grant: str, higher: str, outcome: str
) -> None:
    bar = "prohibition 1\n  no one may sign"
    book = law(grant, policy=bar) if higher == "grant" else law(bar, policy=grant)
    assert ask(book, "mayor", "sign") == outcome


def test_a_duty_waived_or_discharged_no_longer_beats_a_lower_bar(ask: Ask) -> None:
    book = law(
        "duty 1\n  mayor must report\n  on storm\n  waived by auditor by waive-report",
        policy="prohibition 1\n  no one may report",
    )
    storm = {"event": "storm", "at": "2025-05-01"}
    done = {"act": "report", "by": "mayor", "at": "2025-05-02"}
    waived = {"act": "waive-report", "by": "auditor", "at": "2025-05-02"}
    assert ask(book, "mayor", "report", done=[storm]) == "permitted"
    assert ask(book, "mayor", "report", done=[storm, done]) == "prohibited"
    assert ask(book, "mayor", "report", done=[storm, waived]) == "prohibited"


def test_a_duty_discharged_is_no_longer_in_conflict_with_a_bar(ask: Ask) -> None:
    book = law(
        "duty 1\n  mayor must report\n  when quiet",
        "prohibition 2\n  no one may report\n  when urgent",
    )
    facts = {"quiet": True, "urgent": True}
    done = [{"act": "report", "by": "mayor"}]
    assert ask(book, "mayor", "report", facts=facts) == "conflict"
    assert ask(book, "mayor", "report", facts=facts, done=done) == "prohibited"


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("sheriff may sign", "officer may not sign"),
        ("mayor may sign-order", "mayor may not sign"),
        ("mayor may sign order-paper", "mayor may not sign paper"),
        ("mayor may sign\n  when urgent", "mayor may not sign"),
        (
            "mayor may sign\n  when colour is red",
            "mayor may not sign\n  when colour in {red, green}",
        ),
        ("mayor may sign\n  when amount above 10", "mayor may not sign\n  when amount at least 10"),
        ("mayor may sign\n  when grade is low", "mayor may not sign\n  when grade at most middle"),
        ("at least 3 of clerk may sign", "clerk may not sign"),
    ],
)
def test_the_strictly_narrower_scope_prevails_at_equal_rank(
    ask: Ask, narrow: str, wide: str
) -> None:
    facts = {"urgent": True, "colour": "red", "amount": 11, "grade": "low"}
    actor = {
        "office": {"at": "clerk", "sheriff": "sheriff"}.get(narrow.split(maxsplit=1)[0], "mayor")
    }
    if actor["office"] == "clerk":
        actor["number"] = 3  # type: ignore[assignment]
    asked = (actor, "sign-order" if "sign-order" in narrow else "sign")
    thing = "order-paper" if "order-paper" in narrow else None
    book = law(f"permission 1\n  {narrow}", f"prohibition 2\n  {wide}")
    answer = ask(book, *asked, facts=facts, thing=thing)
    assert (answer.outcome, answer.deciding) == ("permitted", ["1", "2"])
    assert answer.defeated == {"2": ("1", "lex specialis")}
    turned = law(
        f"permission 1\n  {wide.replace('may not', 'may')}",
        f"prohibition 2\n  {narrow.replace(' may ', ' may not ')}",
    )
    assert ask(turned, *asked, facts=facts, thing=thing) == "prohibited"


def test_what_cannot_be_compared_is_not_decided_by_scope(ask: Ask) -> None:
    book = law(
        "permission 1\n  sheriff may sign", "prohibition 2\n  officer may not sign\n  when urgent"
    )
    assert ask(book, "sheriff", "sign", facts={"urgent": True}) == "conflict"


def test_an_exception_from_the_bearer_makes_a_scope_narrower(ask: Ask) -> None:
    book = law(
        "permission 1\n  officer may sign", "prohibition 2\n  officer except sheriff may not sign"
    )
    assert ask(book, "officer", "sign") == "prohibited"
    assert ask(book, "sheriff", "sign") == "permitted"


def test_at_equal_rank_and_scope_the_later_enacted_prevails(ask: Ask) -> None:
    early, late = "\n  known from 2021-01-01", "\n  known from 2022-01-01"
    grant, bar = "permission 1\n  mayor may sign", "prohibition 2\n  mayor may not sign"
    assert ask(law(grant + late, bar + early), "mayor", "sign") == "permitted"
    assert ask(law(grant + early, bar + late), "mayor", "sign") == "prohibited"
    assert ask(law(grant + early, bar + early), "mayor", "sign") == "conflict"


def test_an_explicit_override_comes_before_every_other_maxim(ask: Ask) -> None:
    narrower = "prohibition 2\n  sheriff may not sign\n  when urgent"
    book = law("permission 1\n  officer may sign\n  notwithstanding 2", narrower)
    answer = ask(book, "sheriff", "sign", facts={"urgent": True})
    assert (answer.outcome, answer.defeated) == ("permitted", {"2": ("1", "override")})


def test_a_norm_can_yield_to_a_lower_one_but_not_prevail_over_a_higher(ask: Ask) -> None:
    right = "right 1\n  mayor has the right to sign"
    yielding = law(right + "\n  subject to policy 1", policy="prohibition 1\n  no one may sign")
    assert ask(yielding, "mayor", "sign") == "prohibited"
    files = {
        "law.md": instrument("law", "statute", WORDS + "\n" + right, "top: true"),
        "policy.md": instrument(
            "policy",
            "policy",
            "prohibition 1\n  no one may sign\n  notwithstanding law 1",
            "under: law 1",
        ),
    }
    claiming, _ = load_texts(files)
    assert ask(claiming, "mayor", "sign") == "permitted"


def test_only_undefeated_norms_defeat(ask: Ask) -> None:
    """3 beats 2, so that 2 no longer beats 1: the prohibition is back."""
    book = law(
        "prohibition 1\n  no one may sign",
        "permission 2\n  officer may sign",
        "prohibition 3\n  sheriff may not sign",
    )
    assert ask(book, "officer", "sign") == "permitted"
    answer = ask(book, "sheriff", "sign")
    assert (answer.outcome, answer.deciding) == ("prohibited", ["1", "3"])
    assert answer.defeated == {"2": ("3", "lex specialis")}


def test_an_open_norm_defeats_nothing(ask: Ask) -> None:
    book = law("prohibition 1\n  no one may sign", "permission 2\n  mayor may sign\n  when doubt")
    answer = ask(book, "mayor", "sign")
    assert (answer.outcome, answer.deciding) == ("prohibited", ["1"])
    assert ask(book, "mayor", "sign", facts={"doubt": True}) == "permitted"


def test_an_open_norm_can_be_defeated(ask: Ask) -> None:
    book = law(
        "prohibition 1\n  no one may sign\n  when doubt",
        "permission 2\n  mayor may sign\n  notwithstanding 1",
    )
    assert ask(book, "mayor", "sign") == "permitted"


def test_a_disability_takes_powers_and_permissions_of_its_instrument_and_of_what_is_made_under_it(
    ask: Ask,
) -> None:
    disability = "disability 9\n  mayor has no power to seize"

    def book(grant: str, place: str) -> object:
        """The disability in the statute; the grant above, in, beside or beneath it."""
        files = {
            "book.md": "---\nbook: town\ntitle: Town\n---\n",
            "above.md": instrument("above", "constitution", WORDS, "top: true"),
            "law.md": instrument("law", "statute", "power 1\n  mayor may walk", "under: above 1"),
            "beside.md": instrument(
                "beside", "statute", "power 1\n  mayor may walk", "under: above 1"
            ),
            "under.md": instrument("under", "policy", "power 1\n  mayor may walk", "under: law 1"),
            "deep.md": instrument(
                "deep", "directive", "power 1\n  mayor may walk", "under: under 1"
            ),
        }
        files["above.md"] = files["above.md"].replace(
            "\n```\n", "\n\npower 1\n  mayor may walk\n```\n"
        )
        for name, text in (("law", disability), (place, grant)):
            head, tail = files[f"{name}.md"].rsplit("\n```", 1)
            files[f"{name}.md"] = f"{head}\n\n{text}\n```{tail}"
        return book_of(files)

    expected = {
        "above": "permitted",
        "beside": "permitted",
        "law": "no authority",
        "under": "no authority",
        "deep": "no authority",
    }
    for place, outcome in expected.items():
        answer = ask(book("power 5\n  mayor may seize", place), "mayor", "seize")
        assert (place, answer.outcome) == (place, outcome)
        assert (answer.deciding == ["9"]) == (outcome == "no authority")
    for grant in ("right 5\n  mayor has the right to seize", "duty 5\n  mayor must seize"):
        assert ask(book(grant, "under"), "mayor", "seize") == "permitted"
    assert ask(book("permission 5\n  mayor may seize", "under"), "mayor", "seize") == "no authority"


def test_a_power_is_enough_where_a_disability_took_another(ask: Ask) -> None:
    book = law(
        "disability 1\n  no one has power to seize",
        constitution="power 1\n  mayor may seize",
        policy="power 1\n  mayor may seize",
    )
    answer = ask(book, "mayor", "seize")
    assert (answer.outcome, answer.deciding) == ("permitted", ["constitution/1"])


def test_a_narrower_power_is_outside_a_disability(ask: Ask) -> None:
    book = law(
        "disability 1\n  no one has power to seize", "power 2\n  mayor may seize\n  when urgent"
    )
    assert ask(book, "mayor", "seize", facts={"urgent": True}) == "permitted"


def test_an_immunity_protects_whom_the_act_is_aimed_at(ask: Ask) -> None:
    book = law("power 1\n  mayor may seize", "immunity 2\n  visitor is immune from seize")
    assert ask(book, "mayor", "seize", against="resident") == "permitted"
    answer = ask(book, "mayor", "seize", against="visitor")
    assert (answer.outcome, answer.deciding) == ("no authority", ["2"])
    higher = law(
        "immunity 1\n  visitor is immune from seize", constitution="duty 1\n  mayor must seize"
    )
    assert ask(higher, "mayor", "seize", against="visitor") == "permitted"


def test_two_duties_whose_manners_differ_are_a_conflict_unless_one_prevails(ask: Ask) -> None:
    red = "duty 1\n  mayor must sign\n  so that colour is red"
    green = "duty 2\n  mayor must sign\n  so that colour is green\n  when urgent"
    book = law(red + "\n  when quiet", green)
    answer = ask(book, "mayor", "sign", facts={"urgent": True, "quiet": True, "colour": "red"})
    assert (answer.outcome, answer.deciding) == ("conflict", ["1", "2"])
    book = law(red, green)
    assert ask(book, "mayor", "sign", facts={"urgent": True, "colour": "green"}) == "permitted"
    assert ask(book, "mayor", "sign", facts={"urgent": True, "colour": "red"}) == "prohibited"


def test_two_duties_whose_acts_exclude_each_other_are_a_conflict(ask: Ask) -> None:
    book = law(
        "duty 1\n  mayor must sign\n  when quiet", "duty 2\n  mayor must refuse\n  when urgent"
    )
    facts = {"quiet": True, "urgent": True}
    assert ask(book, "mayor", "refuse", facts=facts) == "conflict"
    assert ask(book, "mayor", "refuse", facts={"urgent": True}) == "permitted"
    done = [{"act": "refuse", "by": "mayor", "at": "2025-05-01"}]
    assert ask(book, "mayor", "refuse", facts=facts, done=done) == "prohibited"


def test_norms_that_beat_one_another_in_a_circle_defeat_nobody(ask: Ask) -> None:
    for kind, outcome in (("permission", "conflict"), ("power", "prohibited")):
        book = law(
            f"{kind} 1\n  mayor may sign\n  notwithstanding 2",
            "prohibition 2\n  mayor may not sign\n  notwithstanding 3",
            f"{kind} 3\n  mayor may sign\n  notwithstanding 4",
            "prohibition 4\n  mayor may not sign\n  notwithstanding 1",
        )
        assert ask(book, "mayor", "sign") == outcome


def test_two_that_each_claim_to_prevail_are_left_to_no_other_maxim(ask: Ask) -> None:
    book = law(
        "permission 1\n  sheriff may sign\n  notwithstanding 2",
        "prohibition 2\n  officer may not sign\n  notwithstanding 1",
    )
    assert ask(book, "sheriff", "sign") == "conflict"


def test_what_passes_one_bar_does_not_pass_another(ask: Ask) -> None:
    """The policy's prohibition defeats the exception from the statute's, which is back."""
    statute = "prohibition 1\n  officer may not sign"
    policy = "prohibition 1\n  no one may sign"
    book = law(statute, "permission 2\n  sheriff may sign", policy=policy)
    answer = ask(book, "sheriff", "sign")
    assert (answer.outcome, answer.deciding) == ("prohibited", ["1", "policy/1"])
    book = law(statute, "right 2\n  sheriff has the right to sign", policy=policy)
    assert ask(book, "sheriff", "sign") == "permitted"


def test_a_higher_bar_takes_a_duty_that_a_lower_bar_could_not(ask: Ask) -> None:
    duty = "duty 1\n  mayor must sign"
    low = "prohibition 1\n  no one may sign"
    assert ask(law(duty, policy=low), "mayor", "sign") == "permitted"
    answer = ask(law(duty, policy=low, constitution=low), "mayor", "sign")
    assert (answer.outcome, answer.deciding) == ("prohibited", ["constitution/1", "policy/1"])
