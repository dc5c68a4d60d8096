"""Reports made by hand: one of each size and shape that a reader may meet."""

from __future__ import annotations

import datetime as dt

from writ.diagnostics import Diagnostic, Severity, Span
from writ.engine.answer import Missing, Outcome
from writ.journal.record import (
    ActRecord,
    ActStatus,
    Audit,
    DutyRecord,
    DutyStatus,
    PowerInUse,
    StateRecord,
    StateStatus,
    Turn,
)

OTTAWA = dt.timezone(dt.timedelta(hours=-5))
GIC = "governor-in-council"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=OTTAWA)


def empty(**changes: object) -> Audit:
    """A journal without entries."""
    said: dict[str, object] = {
        "book": "emergencies-act",
        "title": "Emergencies Act (Canada)",
        "journal": "empty.journal",
        "as_of": day("2022-03-01"),
        "known_at": None,
        "premises": (),
        "entries": 0,
        "unseen": 0,
        "acts": (),
        "states": (),
        "duties": (),
    }
    return Audit(**{**said, **changes})  # type: ignore[arg-type]


def lawful() -> Audit:
    """One act by right, and nothing wrong."""
    return empty(
        entries=1,
        acts=(
            ActRecord(
                entry="1",
                at=day("2022-02-14"),
                actor="prime-minister",
                act="consult-provinces",
                status=ActStatus.AUTHORISED,
                outcome=Outcome.PERMITTED,
                citations=("s. 25(1)",),
            ),
        ),
    )


def emergency() -> Audit:
    """Nine days of an emergency, with an act that nobody allowed, a report too late and one that never came."""
    warrant = {"status": ActStatus.AUTHORISED, "outcome": Outcome.PERMITTED}
    acts = (
        ActRecord("r01", day("2022-02-14"), "prime-minister", "consult-provinces",
                  citations=("s. 25(1)",), **warrant),
        ActRecord("r02", moment("2022-02-14T16:30"), GIC, "issue-declaration",
                  about="D-2022", citations=("s. 17(1)", "s. 25(1)"),
                  deciding=("emergencies-act/17(1)",), known=day("2022-02-15"), **warrant),
        ActRecord("r03", day("2022-02-15"), GIC, "make-emergency-order",
                  about="SOR/2022-21", citations=("s. 19(1)(a)",), **warrant),
        ActRecord("r04", day("2022-02-15"), GIC, "make-emergency-order",
                  about="SOR/2022-22", citations=("s. 19(1)(e)",), **warrant),
        ActRecord("r05", day("2022-02-16"), "minister", "lay-declaration",
                  to="house-of-commons", citations=("s. 58(1)",), **warrant),
        ActRecord("r06", moment("2022-02-19T09:05"), "police-officer", "remove-vehicle",
                  person="constable 4121", about="truck AB 12345",
                  citations=("s. 19(1)(e)", "SOR/2022-22 s. 7"), **warrant),
        ActRecord("r07", day("2022-02-20"), "minister-of-finance", "freeze-account",
                  ActStatus.NO_AUTHORITY, Outcome.NEEDS,
                  about="account of a resident", to="entity", to_person="First Bank",
                  citations=("SOR/2022-22 s. 2(1)", "s. 19(3)"),
                  missing=(
                      Missing("fact", "designated-person", "sor-2022-22/2(1)",
                              "SOR/2022-22 s. 2(1)"),
                      Missing("step", "consult-province", "emergencies-act/19(3)", "s. 19(3)"),
                  ),
                  reasons=("the order allows it to entities, not to the minister",),
                  material=True),
        ActRecord("r08", day("2022-02-21"), "member-of-the-commons", "file-revocation-motion",
                  ActStatus.NO_EFFECT, Outcome.PERMITTED, number=18, about="D-2022",
                  citations=("s. 59(1)",),
                  reasons=("20 members must sign it; 18 did",)),
        ActRecord("r09", moment("2022-02-23T17:00"), GIC, "revoke-declaration",
                  about="D-2022", citations=("s. 22",), **warrant),
        ActRecord("r10", day("2022-03-02"), "minister", "send-orders-to-committee",
                  to="parliamentary-review-committee", citations=("s. 61(2)",), late=True,
                  **warrant),
    )  # fmt: skip
    states = (
        StateRecord("declaration", StateStatus.ENDED, moment("2022-02-14T16:30"), "r02", "D-2022",
                    moment("2022-02-23T17:00"), ("s. 17(1)", "s. 18(2)", "s. 22"),
                    (Turn(moment("2022-02-14T16:30"), "in effect", "r02", ("s. 17(1)",)),
                     Turn(moment("2022-02-23T17:00"), "ended", "r09", ("s. 22",))),
                    ended_by="r09"),
        StateRecord("order-in-force", StateStatus.LAPSED, day("2022-02-15"), "r03", "SOR/2022-21",
                    moment("2022-02-23T17:00"), ("s. 19(1)(a)", "s. 26(2)"),
                    (Turn(day("2022-02-15"), "in effect", "r03", ("s. 19(1)(a)",)),
                     Turn(day("2022-02-18"), "suspended", "", ("s. 20(1)",)),
                     Turn(day("2022-02-20"), "in effect", "", ("s. 20(2)",)),
                     Turn(moment("2022-02-23T17:00"), "lapsed", "", ("s. 26(2)",)))),
        StateRecord("order-in-force", StateStatus.LAPSED, day("2022-02-15"), "r04", "SOR/2022-22",
                    moment("2022-02-23T17:00"), ("s. 19(1)(e)", "s. 26(2)"),
                    (Turn(day("2022-02-15"), "in effect", "r04", ("s. 19(1)(e)",)),
                     Turn(moment("2022-02-23T17:00"), "lapsed", "", ("s. 26(2)",))),
                    doubtful=True),
        StateRecord("inquiry-pending", StateStatus.IN_EFFECT, moment("2022-02-23T17:00"), "r09",
                    "", day("2023-02-17"), ("s. 63(1)",),
                    (Turn(moment("2022-02-23T17:00"), "in effect", "r09", ("s. 63(1)",)),)),
    )  # fmt: skip
    duties = (
        DutyRecord("emergencies-act/58(1)", "s. 58(1)", "lay-declaration", "minister",
                   DutyStatus.MET, "tabling", day("2022-02-14"), "r02", day("2022-02-25"),
                   "D-2022", "house-of-commons", day("2022-02-16"), "r05",
                   citations=("s. 58(1)",)),
        DutyRecord("emergencies-act/61(2)", "s. 61(2)", "send-orders-to-committee", "minister",
                   DutyStatus.LATE, "orders not made public", day("2022-02-15"), "r04",
                   day("2022-02-17"), "SOR/2022-22", "parliamentary-review-committee",
                   day("2022-03-02"), "r10", citations=("s. 61(2)",)),
        DutyRecord("emergencies-act/62(6)", "s. 62(6)", "report-to-parliament",
                   "parliamentary-review-committee", DutyStatus.BREACHED, "",
                   day("2022-02-23"), "r09", day("2022-03-04"), "D-2022",
                   citations=("s. 62(6)(b)",),
                   follows=("the committee is asked for its reasons (s. 62(7))",)),
        DutyRecord("emergencies-act/63(1)", "s. 63(1)", "cause-inquiry", GIC, DutyStatus.OPEN,
                   "inquiry", day("2022-02-23"), "r09", day("2022-04-25"), "D-2022",
                   citations=("s. 63(1)",)),
        DutyRecord("emergencies-act/63(2)", "s. 63(2)", "lay-inquiry-report", GIC,
                   DutyStatus.OPEN, "report of the inquiry", day("2022-02-23"), "r09",
                   day("2023-02-18"), "D-2022", "house-of-commons", citations=("s. 63(2)",)),
        DutyRecord("emergencies-act/48(1)", "s. 48(1)", "award-compensation", "minister",
                   DutyStatus.OPEN, "", day("2022-02-14"), unsure="claim.reasonable",
                   citations=("s. 48(1)",), standing=True),
        DutyRecord("emergencies-act/59(2)", "s. 59(2)", "consider-motion", "house-of-commons",
                   DutyStatus.NOT_OPENED, citations=("s. 59(2)",)),
    )  # fmt: skip
    powers = (
        PowerInUse("emergencies-act/17(1)", "s. 17(1)", "issue-declaration", (GIC,), ("r02",)),
        PowerInUse("emergencies-act/19(1)(a)", "s. 19(1)(a)", "make-emergency-order", (GIC,),
                   ("r03",)),
        PowerInUse("emergencies-act/19(1)(e)", "s. 19(1)(e)", "make-emergency-order", (GIC,),
                   ("r04", "r06")),
        PowerInUse("emergencies-act/22", "s. 22", "revoke-declaration", (GIC,), ("r09",),
                   ("inquiry-pending",)),
    )  # fmt: skip
    return Audit(
        book="emergencies-act",
        title="Emergencies Act (Canada)",
        journal="The public order emergency of February 2022",
        as_of=day("2022-03-10"),
        known_at=None,
        premises=("executive",),
        entries=11,
        unseen=2,
        acts=acts,
        states=states,
        duties=duties,
        powers=powers,
        diagnostics=(
            Diagnostic(
                "V901",
                Severity.WARNING,
                "the entry `r08` has no source",
                Span("2022.journal", 31, 1, 31, 11),
                "write `source` beneath it",
            ),
        ),
    )


BAD = "<script>alert(1)</script>\x1b[2J\"'&]]>"
"""What a journal may hold that wants to be more than text."""


def hostile() -> Audit:
    """Every text of it tries to be markup or a command to the terminal."""
    return Audit(
        book=BAD,
        title=BAD,
        journal=BAD,
        as_of=day("2022-03-10"),
        known_at=day("2022-03-09"),
        premises=(BAD,),
        entries=2,
        unseen=0,
        acts=(
            ActRecord(BAD, day("2022-02-20"), BAD, BAD, ActStatus.NO_AUTHORITY, Outcome.NEEDS, BAD,
                      0, BAD, BAD, BAD, (BAD,), (BAD,), (Missing("step", BAD, BAD, BAD),), (BAD,),
                      (BAD,)),
        ),
        states=(
            StateRecord(BAD, StateStatus.IN_EFFECT, day("2022-02-20"), BAD, BAD, None, (BAD,),
                        (Turn(day("2022-02-20"), BAD, BAD, (BAD,)),), True, BAD),
        ),
        duties=(
            DutyRecord(BAD, BAD, BAD, BAD, DutyStatus.BREACHED, BAD, day("2022-02-20"), BAD,
                       day("2022-02-21"), BAD, BAD, None, BAD, 1, (BAD,), (), (BAD,), BAD),
        ),
        powers=(PowerInUse(BAD, BAD, BAD, (BAD,), (BAD,), (BAD,)),),
        diagnostics=(Diagnostic(BAD, Severity.WARNING, BAD, Span(BAD, 1, 1, 1, 2), BAD),),
    )  # fmt: skip


def many(acts: int, duties: int = 0, states: int = 0, wrong: int = 0, days: int = 3650) -> Audit:
    """So many of each, spread over so many days; of the acts and the duties `wrong` each are wrong."""
    start = day("2015-01-01")

    def at(number: int, of: int) -> dt.date:
        return start + dt.timedelta(days=number * days // max(of, 1))

    some = []
    for number in range(acts):
        bad = number < wrong
        some.append(
            ActRecord(
                f"a{number}",
                at(number * 7919 % acts, acts),
                "customs-officer",
                f"detain-goods-{number % 7}",
                ActStatus.NO_AUTHORITY if bad else ActStatus.AUTHORISED,
                Outcome.NEEDS if bad else Outcome.PERMITTED,
                about=f"G-{number}",
                citations=(f"s. {number % 40}(1)",),
                missing=(Missing("step", "consult-owner", "n", "s. 9"),) if bad else (),
            )
        )
    statuses = (DutyStatus.MET, DutyStatus.OPEN, DutyStatus.MET, DutyStatus.WAIVED)
    owed = []
    for number in range(duties):
        opened = at(number, duties)
        status = DutyStatus.BREACHED if number < wrong else statuses[number % 4]
        owed.append(
            DutyRecord(
                f"n{number % 30}",
                f"s. {number % 30}(2)",
                f"report-{number % 30}",
                "customs-officer",
                status,
                opened=opened,
                opened_by=f"a{number}",
                due=opened + dt.timedelta(days=30),
                about=f"G-{number}",
                discharged=opened + dt.timedelta(days=9) if status is DutyStatus.MET else None,
                citations=(f"s. {number % 30}(2)",),
            )
        )
    lived = []
    for number in range(states):
        since = at(number, states)
        live = number % 3 == 0
        end = since + dt.timedelta(days=20 + number % 50)
        lived.append(
            StateRecord(
                f"detention-{number % 12}",
                StateStatus.IN_EFFECT if live else StateStatus.ENDED,
                since,
                f"a{number}",
                f"G-{number}",
                None if live else end,
                ("s. 4",),
                (Turn(since, "in effect"), *(() if live else (Turn(end, "ended"),))),
            )
        )
    return empty(
        journal="Detentions",
        as_of=start + dt.timedelta(days=days),
        entries=acts,
        acts=tuple(some),
        duties=tuple(owed),
        states=tuple(lived),
    )


def hours() -> Audit:
    """An afternoon, by the minute."""
    times = ("13:05", "13:40", "15:10", "18:55")
    return empty(
        journal="Evacuation of the lower town",
        as_of=moment("2022-02-19T20:00"),
        entries=4,
        acts=tuple(
            ActRecord(
                f"e{number}",
                moment(f"2022-02-19T{time}"),
                "minister",
                "order-evacuation",
                ActStatus.AUTHORISED,
                Outcome.PERMITTED,
                citations=("s. 4(1)",),
            )
            for number, time in enumerate(times, 1)
        ),
        states=(
            StateRecord(
                "evacuation",
                StateStatus.IN_EFFECT,
                moment("2022-02-19T13:05"),
                "e1",
                until=moment("2022-02-20T13:05"),
                citations=("s. 4(1)",),
            ),
        ),
    )
