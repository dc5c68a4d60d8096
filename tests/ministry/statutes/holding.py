"""What must be so after each step, worked out from the rows of the tables and not by the server's own functions."""

from __future__ import annotations

import itertools

from hypothesis.stateful import invariant

from ministry.database.transaction import now
from ministry.editions import content
from ministry.editions.models import Edition, Promulgation
from ministry.editions.queries import digest_at
from ministry.register.models import Record
from ministry.register.record import opened
from ministry.statutes.models import Consultation, Draft, Examination, Proposal, Version
from tests.ministry.enacting import CHECKS
from tests.ministry.statutes.drafting_rules import FILE
from tests.ministry.statutes.proposal_rules import Proposing


class Holding(Proposing):
    """What was acknowledged is in the tables, and what is in the tables is sound."""

    @invariant()
    def nothing_is_lost(self):
        """Each acknowledged save is in the history, each other one whole or not at all, and each line stands."""
        with self.served.database():
            rows = list(Version.objects.filter(draft__in=[one.key for one in self.drafts]))
            whole = {one.key: list(store_text(one)) for one in self.drafts}
        for draft in self.drafts:
            own = [one for one in rows if one.draft_id == draft.key]
            assert [one.number for one in own] == list(range(1, len(own) + 1))
            by_save = {one.save_id: one for one in own}
            texts = {one.number: one.text for one in own}
            for save, (number, typed) in draft.kept.items():
                if save in by_save:
                    assert by_save[save].typed == typed, (
                        f"{save} was kept otherwise than it was typed"
                    )
                else:  # it said nothing that did not stand there already
                    stands = texts.get(number, whole[draft.key][0])
                    assert stands == typed or seen_before(typed, texts, whole[draft.key][0]), (
                        f"{save} is lost"
                    )
            for save, typed in draft.sent.items():
                assert save not in by_save or by_save[save].typed == typed, (
                    f"{save} is there by half"
                )
            last = own[-1].text if own else whole[draft.key][0]
            for save, line in draft.lines.items():
                if save in by_save or save in draft.kept:
                    assert line in last, f"{line} was acknowledged and does not stand"

    @invariant()
    def the_edition_in_force_is_sound(self):
        with self.served.database():
            digest = digest_at(now())
            if digest not in self.checked:
                files = content.unpacked(bytes(Edition.objects.get(digest=digest).content))
                assert content.digest(files) == digest
                content.compiled(files)  # no error in it
                self.checked.add(digest)

    @invariant()
    def each_promulgation_follows_on_the_last_and_rests_on_what_stands(self):
        with self.served.database():
            rows = list(Promulgation.objects.order_by("number"))
            if len(rows) == self.seen:
                return
            self.seen = len(rows)
            for before, one in itertools.pairwise(rows):
                row = Proposal.objects.get(edition=one.edition)
                assert row.base == before.edition, (
                    "it does not have in it what was promulgated before"
                )
                assert one.since >= before.since
                assert row.revised is None and row.withdrawn is None
                assert row.proposed <= row.certified <= row.promulgated
                rests_on_what_stands(row)


def store_text(draft):
    """The text of the file in the edition that a draft is written over."""
    row = Draft.objects.get(key=draft.key)
    files = content.unpacked(bytes(Edition.objects.get(digest=row.revises or row.base).content))
    yield files[FILE]


def seen_before(typed, texts, start):
    return typed == start or typed in texts.values()


def rests_on_what_stands(row):
    """That everything on which a certificate rests was said of the text that was certified."""
    says = {name: now for name, (_, now) in row.differs.items()}
    found = {}
    for one in Examination.objects.filter(root=row.root, at__lte=row.certified):
        found[one.check_name] = one
    for check in CHECKS:
        one = found.get(check)
        assert one is not None and one.passed, f"{check} was not passed when it was certified"
        assert one.pins == says, f"{check} was examined in another text"
    for one in Consultation.objects.filter(root=row.root, asked__lte=row.certified):
        wanted = {k: v for k, v in says.items() if not one.provisions or k in one.provisions}
        said = [each for each in one.opinions.all() if each.at <= row.certified]
        over = one.due <= row.certified
        assert over or (said and said[-1].pins == wanted), f"{one.office} answered to another text"
    record = Record.everything.filter(act="certify-edition", kind="act", at=row.certified).first()
    assert record is not None
    entry = opened(bytes(record.body)).entry_of()
    assert entry.person != row.proposer, "whoever proposed it certified it"
