"""`docs/semantics.md`, "The journal": grants."""

from __future__ import annotations

from tests.journal.semantics.hall import Conclude, Holds, law, read

BOOK = law(
    "power 1\n  mayor may vote",
    "delegation 2\n  mayor may delegate vote, assign to clerk, deputy by assign\n  depth 2",
    "power 3\n  mayor may revoke",
)
GRANT = "2025-06-01 g: mayor did assign to clerk\n"


def test_an_authorised_act_of_delegation_gives_power_to_whom_it_is_addressed(holds: Holds) -> None:
    holds(
        BOOK,
        """2025-05-01 a: clerk did vote
2025-06-01 g: mayor did assign to clerk
2025-06-02 b: clerk did vote
2025-06-02 c: deputy did vote
expect 2025-06-02 act a no authority
expect 2025-06-02 act g authorised
expect 2025-06-02 act b authorised
expect 2025-06-02 act c no authority
""",
    )


def test_one_without_authority_gives_none(holds: Holds) -> None:
    holds(
        BOOK,
        "2025-06-01 g: auditor did assign to clerk\n2025-06-02 b: clerk did vote\n"
        "expect 2025-06-02 act g no authority\nexpect 2025-06-02 act b no authority",
    )


def test_the_record_names_the_chain(conclude: Conclude) -> None:
    text = GRANT + "2025-06-02 h: clerk did assign to deputy\n2025-06-03 v: deputy did vote"
    journal = read(BOOK, text)
    found = conclude(BOOK, journal, journal.entries[-1].at, None, ())
    assert [(act.entry, act.chain) for act in found.acts] == [
        ("g", ()),
        ("h", ("g",)),
        ("v", ("g", "h")),
    ]


def test_a_revoked_grant_authorises_nothing_nor_does_what_rests_on_it(holds: Holds) -> None:
    holds(
        BOOK,
        GRANT
        + """2025-06-02 h: clerk did assign to deputy
2025-06-03 a: deputy did vote
2025-06-04 mayor did revoke
  revokes g
2025-06-04 b: clerk did vote
2025-06-05 c: deputy did vote
expect 2025-06-05 act a authorised
expect 2025-06-05 act b no authority
expect 2025-06-05 act c no authority
""",
    )


def test_revoking_without_authority_revokes_nothing(holds: Holds) -> None:
    holds(
        BOOK,
        f"{GRANT}2025-06-04 auditor did revoke\n  revokes g\n2025-06-05 b: clerk did vote\n"
        "expect 2025-06-05 act b authorised",
    )


def test_a_grant_ends_with_its_last_day(holds: Holds) -> None:
    holds(
        BOOK,
        """2025-06-01 g: mayor did assign to clerk
  until 2025-06-10
2025-06-02 h: clerk did assign to deputy
2025-06-10 a: deputy did vote
2025-06-11 b: deputy did vote
2025-06-11 c: clerk did vote
expect 2025-06-11 act a authorised
expect 2025-06-11 act b no authority
expect 2025-06-11 act c no authority
""",
    )


def test_a_state_that_a_grant_began_ends_with_it(holds: Holds) -> None:
    book = law(
        "power 1\n  mayor may vote",
        "delegation 2\n  mayor may delegate vote to clerk by assign\n  begins watch",
        "power 3\n  mayor may revoke",
    )
    holds(
        book,
        "2025-06-01 g: mayor did assign to clerk\n  until 2025-06-10\n"
        "expect 2025-06-10 state watch in effect\nexpect 2025-06-11 state watch lapsed",
    )
    holds(
        book,
        "2025-06-01 g: mayor did assign to clerk\n2025-06-05 mayor did revoke\n  revokes g\n"
        "expect 2025-06-04 state watch in effect\nexpect 2025-06-05 state watch ended",
    )
