"""Taking in the text of an edition from a folder or archive: it is deposited, and held against the edition in force."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from ministry.editions.apply import deposit
from ministry.editions.content import unpacked
from ministry.editions.models import Edition
from ministry.editions.queries import law_of
from ministry.gate.markings import unfit
from ministry.gate.readers import SORTS
from ministry.statutes.models import Proposal
from writ.editions.provisions import differing, provisions


class Differs(msgspec.Struct, frozen=True):
    """A provision that does not say the same in the edition in force."""

    key: str
    citation: str
    title: str
    how: str
    """new, amended, gone."""


class Report(msgspec.Struct, frozen=True):
    """What came in, beside the edition in force."""

    digest: str
    title: str
    files: int
    norms: int
    differs: tuple[Differs, ...]
    unfit: tuple[str, ...]
    """Why nobody could live under it."""
    proposed: bool
    in_force: bool

    @property
    def may_be_proposed(self) -> bool:
        return not (self.unfit or self.proposed or self.in_force)


def files_of(digest: str) -> dict[str, str]:
    """The files of an edition.

    Raises:
        Edition.DoesNotExist: there is none of that digest.
    """
    packed = Edition.objects.values_list("content", flat=True).get(digest=digest)
    return unpacked(bytes(packed))


def take_in(files: Mapping[str, str], in_force: str) -> Report:
    """Deposit a text, and say how it differs from the edition in force.

    Raises:
        NotABook: it is none, or has errors.
    """
    return report(deposit(files), in_force)


def report(digest: str, in_force: str) -> Report:
    """How an edition that was deposited differs from the one in force.

    Raises:
        Edition.DoesNotExist: it was not deposited.
    """
    old, new = law_of(in_force).book, law_of(digest).book
    differs = differing(old, new)
    found = []
    for book, gone in ((new, False), (old, True)):
        for one in provisions(book):
            if one.key not in differs or (differs[one.key][1] == "") is not gone:
                continue
            item = book.instruments.get(one.instrument)
            cited = item.cite(one.label) if item is not None and one.label else one.key
            how = "gone" if gone else "amended" if differs[one.key][0] else "new"
            found.append(Differs(one.key, cited, one.title, how))
    return Report(
        digest,
        new.title or new.name,
        len(new.sources),
        len(new.norms),
        tuple(found),
        tuple(str(one) for one in unfit(new, SORTS)),
        Proposal.objects.filter(edition=digest).exists(),
        digest == in_force,
    )
