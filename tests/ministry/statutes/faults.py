"""Faults that are put into a server, one at a time, to see that the machine finds them (`FAULT` of `serving`)."""

from __future__ import annotations


def nothing_is_too_often():
    """No fault: a machine does more in a minute than a person."""
    from django.conf import settings

    settings.LIMITS = dict.fromkeys(settings.LIMITS, (10**9, 60))


def the_last_writer_wins():
    """At a conflict what others saved meanwhile is written over."""
    from ministry.statutes.drafting.merge import Merged
    from ministry.statutes.drafting.saving import Outcome
    from ministry.statutes.drafts import store

    store.settled = lambda seen, head, typed, path: Outcome(Merged(typed), typed != head.text)


def the_first_writer_wins():
    """At a conflict a save is acknowledged, and dropped."""
    from ministry.statutes.drafting.merge import Merged
    from ministry.statutes.drafting.saving import Outcome
    from ministry.statutes.drafts import store

    sound = store.settled

    def settled(seen, head, typed, path):
        if seen.number == head.number:
            return sound(seen, head, typed, path)
        return Outcome(Merged(head.text), False)

    store.settled = settled


def nothing_falls_away():
    """What was said of a text stands for any other that is put in its place."""
    from ministry.statutes import standing

    standing.fallen = lambda pins, differs, provisions=(): []


def anything_is_in_order():
    """An edition is promulgated whatever edition it amends."""
    from ministry.statutes.acts import enacting

    enacting.in_order = lambda *told: None
