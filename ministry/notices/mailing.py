"""Mail: how many notices of which kind there are, and where they stand. Never more: a mail leaves the house."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext, ngettext

from ministry.editions.queries import NoEdition, law_at
from ministry.gate.holders import holders
from ministry.notices.kinds import kinds
from ministry.notices.models import Mail, Mailed, Notice
from ministry.people.models import Person
from ministry.timers.outbox import post

QUIET = dt.timedelta(minutes=15)
"""So long after a mail nobody is sent another; what comes meanwhile stands in the next."""
AT_ONCE = 500
"""So many people are mailed in one transaction."""


def send(at: dt.datetime, how: Iterable[str]) -> int:
    """Put a mail for everybody who has notices to be mailed so into the outbox; how many mails those are."""
    waiting = Notice.everything.filter(mail__in=list(how), read=None)
    lately = Mailed.objects.filter(at__gt=at - QUIET).values_list("person", flat=True)
    people = sorted(
        waiting.exclude(person__in=lately)
        .order_by()
        .values_list("person", flat=True)
        .distinct()[:AT_ONCE]
    )
    if not people:
        return 0
    rows = list(waiting.filter(person__in=people).only("id", "person", "office", "kind"))
    Notice.everything.filter(person__in=people, mail__in=list(how)).update(mail="")
    active = Person.everything.filter(key__in=people, is_active=True).exclude(email="")
    addresses = dict(active.values_list("key", "email"))
    still = in_office(at)
    sent = 0
    for person in people:
        mine = [
            row
            for row in rows
            if row.person == person and (not row.office or (person, row.office) in still)
        ]
        if mine and person in addresses:
            post("mail", addresses[person], *written(mine), key=key(mine))
            Mailed.objects.update_or_create(person=person, defaults={"at": at})
            sent += 1
    return sent


def in_office(at: dt.datetime) -> set[tuple[str, str]]:
    """Who is in which office."""
    try:
        held = holders(law_at(at)).offices
    except NoEdition:
        return set()
    return {
        (person, office)
        for those in (held.holders, held.deputies)
        for office, people in those.items()
        for person in people
    }


def written(rows: list[Notice]) -> tuple[str, str]:
    """The subject and the text."""
    every = kinds()
    many = Counter(row.kind for row in rows)
    subject = ngettext("%(count)d new notice", "%(count)d new notices", len(rows))
    lines = [f"{many[name]:>4}  {one.title}" for name, one in every.items() if many[name]]
    text = [
        *lines,
        "",
        gettext("They stand under"),
        f"{settings.ORIGIN}/notices/",
        "",
        gettext("How you are told of what:"),
        f"{settings.ORIGIN}/notices/preferences/",
        "",
    ]
    return subject % {"count": len(rows)}, "\n".join(text)


def key(rows: list[Notice]) -> str:
    """The same for the same notices."""
    names = " ".join(sorted(row.id for row in rows))
    return f"notices {hashlib.sha256(names.encode()).hexdigest()[:40]}"


SOON, EACH_DAY = (Mail.SOON,), (Mail.SOON, Mail.DAILY)
