"""What the demonstration tells of law and policy: proposals at every step, reviews, drafts, searches kept.

Everything that is done is done by the people of the demonstration, by acts that the Book in force allows, at the moment
at which the demonstration is made: the register takes no act of an earlier day. What lies in the past are days that
texts name; what is to come is promulgated for a day to come. The same day tells the same story.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from ministry.console.demo import acting, key
from ministry.database.transaction import now
from ministry.editions.apply import deposit
from ministry.editions.queries import digest_at
from ministry.gate.deed import Data
from ministry.statutes import acts, impact
from ministry.statutes.data import (
    Answering,
    BeginningReview,
    Certifying,
    Commenting,
    ConcludingReview,
    Consulting,
    Examining,
    Promulgating,
    Proposing,
    Resolving,
    WithdrawingEdition,
)
from ministry.statutes.drafts import store
from ministry.statutes.models import SavedSearch
from ministry.statutes.models import searches as kept

Files = dict[str, str]
D = TypeVar("D", bound=Data)
DAY = dt.timedelta(days=1)
WATCH = """---
id: {id}
title: {title}
kind: regulation
citation: {title}
cite-as: {cite} s. {{}}
enacted-by: permanent-secretary
under: organisation-act 4
in-force: 2024-03-01
review: {review}
owner: {owner}
---

# {title}

## 1 What it is for

{text}
"""
APPOINTING = (
    "permanent-secretary, director-of-personnel may appoint-officer",
    "permanent-secretary may appoint-officer",
)
FINDINGS = {
    "lawfulness": "It rests on the Organisation Act, and goes no further.",
    "rights": "Nobody is asked for more than before.",
    "necessity": "Guidance without force was tried, and was not kept to.",
    "proportionality": "It costs each watch some minutes.",
    "treaties": "No treaty says anything of it.",
    "clarity": "Two officers of the watch read it, and understood the same.",
}


def told() -> None:
    """Tell it, in a ministry that was founded with the people of the demonstration."""
    today = now().date()
    first = dict(store.edition_files(digest_at(now())))
    searches()
    reviewed(today)
    watch = in_force(first, today)
    coming = to_come(watch, today)
    base = deposit(coming)
    in_consultation(coming, base)
    examined(coming, base)
    withdrawn(coming, base)
    drafts(coming, base)


def changed(files: Files, file: str, old: str, new: str) -> Files:
    """The texts with other words in one file."""
    return {**files, file: files[file].replace(old, new, 1)}


def proposed(files: Files, title: str, reason: str, base: str = "", by: str = "bo") -> str:
    edition = deposit(files)
    given = {"edition": edition, "title": title, "reason": reason, "base": base}
    acts.propose(acting(by), Proposing.model_validate(given))
    return edition


def asked(edition: str, office: str, question: str, days: int = 14) -> str:
    """Ask an office; the record of the asking."""
    due = now() + days * DAY
    data = given(Consulting, edition=edition, office=office, due=due, question=question)
    return str(acts.consult(acting("bo"), data).record)


def answered(edition: str, of: str, by: str, position: str, text: str) -> None:
    given = {"edition": edition, "consultation": of, "position": position, "text": text}
    acts.answer(acting(by), Answering.model_validate(given))


def examine(edition: str) -> None:
    found = {check: {"passed": True, "reason": reason} for check, reason in FINDINGS.items()}
    acts.examine(acting("cy"), Examining.model_validate({"edition": edition, "findings": found}))


def in_force(files: Files, today: dt.date) -> Files:
    """Two regulations, in force at once: the review of one is overdue, that of the other due within the month."""
    overdue, due = today - 12 * DAY, today + 18 * DAY
    files = {
        **files,
        "watch-regulation.md": WATCH.format(
            id="watch-regulation", title="Watch Regulation", cite="Watch Reg.", review=overdue,
            owner="duty-officer",
            text="The Duty Officer keeps the watch by day and by night, and hands it over in writing.",
        ),
        "visitors-regulation.md": WATCH.format(
            id="visitors-regulation", title="Visitors Regulation", cite="Visitors Reg.", review=due,
            owner="security-officer",
            text="Whoever visits the Ministry is met at the door, and is not left alone until they leave.",
        ),
    }  # fmt: skip
    edition = proposed(
        files,
        "The watch, and visitors",
        "Both were circulars that nobody could cite. As regulations they are reviewed.",
    )
    of = asked(edition, "duty-officer", "Is this how the watch is handed over today?")
    answered(edition, of, "dee", "agrees", "It is. The written handover takes ten minutes.")
    examine(edition)
    acts.certify(acting("cy"), given(Certifying, edition=edition))
    acts.promulgate(acting("bo"), given(Promulgating, edition=edition, since=None))
    return files


def to_come(files: Files, today: dt.date) -> Files:
    """An amendment that is promulgated for a month ahead."""
    files = changed(
        files,
        "watch-regulation.md",
        "in writing.",
        "in writing. The handover is kept for two years.",
    )
    edition = proposed(files, "Handovers are kept", "An inquiry found that half of them were lost.")
    examine(edition)
    acts.certify(acting("cy"), given(Certifying, edition=edition))
    since = dt.datetime.combine(today + 30 * DAY, dt.time(8), dt.UTC)
    acts.promulgate(acting("bo"), given(Promulgating, edition=edition, since=since))
    return files


def in_consultation(files: Files, base: str) -> None:
    """A proposal that takes a power from an office: one objects, one has not answered, others comment."""
    edition = proposed(
        changed(files, "organisation-act.md", *APPOINTING),
        "Appointments by the Permanent Secretary alone",
        "Two offices appointed to the same post within a week. One hand should sign.",
        base,
    )
    watch = asked(edition, "duty-officer", "Can the watch be filled if one office alone appoints?")
    asked(edition, "director-of-personnel", "What becomes of appointments that are under way?")
    answered(
        edition, watch, "dee", "objects",
        "At night the Permanent Secretary cannot be reached. The watch would stay one officer short until morning.",
    )  # fmt: skip
    on = "organisation-act/2"
    acts.comment(
        acting("fay"),
        given(
            Commenting, edition=edition, provision=on, text="Who keeps the list of acting officers?"
        ),
    )
    question = acts.comment(
        acting("ada"), given(Commenting, edition=edition, text="From when would this apply?")
    )
    acts.resolve(
        acting("cy"),
        given(
            Resolving,
            edition=edition,
            comment=question.record,
            resolution="answered",
            text="From the day of promulgation; appointments made before it stand.",
        ),
    )
    impact.ask(base, edition)


def examined(files: Files, base: str) -> None:
    """A proposal on which everybody was heard and nothing found wanting: it waits for its certificate."""
    edition = proposed(
        changed(files, "visitors-regulation.md", "until they leave.", "until they have left."),
        "Visitors are seen out",
        "Twice this year a visitor was found in the archive after hours.",
        base,
    )
    of = asked(edition, "security-officer", "Does this say what the guards do?")
    answered(edition, of, "ivo", "agrees", "It does.")
    examine(edition)


def withdrawn(files: Files, base: str) -> None:
    edition = proposed(
        changed(files, "watch-regulation.md", "by day and by night", "by night"),
        "The watch by night only",
        "By day every office is staffed.",
        base,
    )
    reason = "The Duty Officer showed that the harbour calls at noon."
    acts.withdraw(acting("bo"), given(WithdrawingEdition, edition=edition, reason=reason))


def reviewed(today: dt.date) -> None:
    """A review that is concluded with its evidence, and one that is under way."""
    acts.begin_review(
        acting("bo"),
        given(
            BeginningReview, instrument="organisation-act", note="Does it still fit how we appoint?"
        ),
    )
    acts.conclude_review(
        acting("bo"),
        given(
            ConcludingReview,
            instrument="organisation-act",
            outcome="amend",
            reasons="Most refusals of this year are about who appoints. Section 2 is to be amended.",
            next=today + 3 * 365 * DAY,
        ),
    )
    acts.begin_review(
        acting("fay"),
        given(BeginningReview, instrument="register-act", note="How long do searches take by now?"),
    )


def drafts(files: Files, base: str) -> None:
    """Two drafts: one that two people write, one with a mistake in it."""
    bo, cy = key("bo"), key("cy")
    shared = store.opened("Delegation for two weeks", "Thirty days were never used.", base, bo)
    store.let_write(shared, cy)
    file = "organisation-act.md"
    text = files[file].replace("for 30 days", "for 14 days")
    store.save(shared, bo, file, text, 0, "story-delegation-1")
    text = text.replace("for at most thirty days", "for at most two weeks")
    store.save(shared, cy, file, text, 1, "story-delegation-2")
    own = store.opened("Who may end a publication", "The Auditor asked for it.", base, cy)
    file = "statutes-act.md"
    text = files[file].replace(
        "legal-adviser, permanent-secretary may withhold", "legal-advisor may withhold"
    )
    store.save(own, cy, file, text, 0, "story-publication-1")


def searches() -> None:
    for person, name, query in (
        ("bo", "Who appoints", "appoint officer"),
        ("cy", "What is certified", "certify edition"),
        ("cy", "Delegations", "delegate"),
    ):
        if not SavedSearch.objects.filter(person=key(person), name=name).exists():
            kept.save(key(person), name, query, now())


def given(kind: type[D], **values: Any) -> D:
    """What an act is given."""
    return kind.model_validate(values)
