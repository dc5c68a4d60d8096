"""The keys that a log signs with, and from which size to which: how a key is replaced without a break.

    key example.gov/register+1f0a3c55+AX... from 0 until 120000
    key example.gov/register+77b0c2d9+BX... from 0
    key example.gov/register+0e914d3b+AX... from 100000

From 100,000 entries on both Ed25519 keys sign, so that whoever still has the old policy and whoever has the new one can
verify; from 120,000 on the old one no longer does. Policies keep every key for as long as its receipts matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from writ.journal.log.codes import Refused
from writ.journal.log.fields import MOST, number
from writ.journal.log.keys import Kind, SigningKey, VerifierKey, parse_key


class Term(msgspec.Struct, frozen=True):
    """A key, and the sizes of the tree at which it signs: from `since`, and below `until` if that is set."""

    key: VerifierKey
    since: int
    until: int | None = None

    def covers(self, size: int) -> bool:
        """Whether the key signs a checkpoint of this size."""
        return self.since <= size and (self.until is None or size < self.until)

    @property
    def line(self) -> str:
        """As it stands in a list of keys, with its end."""
        until = "" if self.until is None else f" until {self.until}"
        return f"key {self.key} from {self.since}{until}\n"


def parse_terms(data: bytes) -> tuple[Term, ...]:
    """The terms of the keys of a log, from a file; empty lines and those with `#` are comments.

    Raises:
        Refused: a line is no term (L107) or its key none (L102), or the list breaks a rule of `require_terms`.
    """
    terms = []
    for at, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        try:
            match words:
                case ["key", key, "from", since]:
                    term = Term(parse_key(key), _size(since))
                case ["key", key, "from", since, "until", until]:
                    term = Term(parse_key(key), _size(since), _size(until))
                case _:
                    raise Refused("L107", "a line is `key KEY from SIZE` or `… until SIZE`")
        except Refused as refused:
            raise Refused(refused.code, refused.message, at, refused.help) from None
        terms.append(term)
    require_terms(terms)
    return tuple(terms)


def terms_data(terms: Iterable[Term]) -> bytes:
    """The terms as a file."""
    return "".join(term.line for term in terms).encode()


def require_terms(terms: Sequence[Term]) -> None:
    """That the terms are those of one log, which at every size signs by an Ed25519 key (tlog-tiles, *Checkpoints*).

    Raises:
        Refused: they are not (L107).
    """
    if len({term.key.name for term in terms}) != 1:
        raise Refused("L107", "the keys of a log all have its origin for a name")
    if len({term.key.public for term in terms}) < len(terms):
        raise Refused("L107", "a key has two terms")
    if any(term.until is not None and term.until <= term.since for term in terms):
        raise Refused("L107", "a term ends before it begins")
    covered = 0
    for term in sorted(terms, key=lambda term: term.since):
        if term.key.kind is Kind.ED25519 and term.since <= covered:
            covered = MOST if term.until is None else max(covered, term.until)
    if covered < MOST:
        raise Refused("L107", f"from size {covered:,} no Ed25519 key signs")


def rotated(
    terms: Sequence[Term], old: VerifierKey, new: VerifierKey, at: int, overlap: int
) -> tuple[Term, ...]:
    """The terms with a key replaced: `new` signs from the size `at`, `old` for so many entries more.

    Raises:
        Refused: `old` is not a key that signs at `at`, or the list breaks a rule of `require_terms` (L107).
    """
    if not any(term.key == old and term.covers(at) for term in terms) or overlap < 0:
        raise Refused("L107", f"the key to replace does not sign at size {at:,}")
    changed = [Term(old, term.since, at + overlap) if term.key == old else term for term in terms]
    found = (*changed, Term(new, at))
    require_terms(found)
    return found


def in_use(terms: Iterable[Term], size: int) -> tuple[VerifierKey, ...]:
    """The keys that sign a checkpoint of this size, in the order of the list."""
    return tuple(term.key for term in terms if term.covers(size))


def signers(terms: Iterable[Term], keys: Iterable[SigningKey], size: int) -> tuple[SigningKey, ...]:
    """The private keys of those that sign a checkpoint of this size.

    Raises:
        Refused: one of them is not there (L107): a checkpoint that lacks a signature would stop whoever relies on it.
    """
    have = {key.verifier: key for key in keys}
    needed = in_use(terms, size)
    for key in needed:
        if key not in have:
            raise Refused("L107", f"the private key of `{key.name}+{key.id.hex()}` is missing")
    return tuple(have[key] for key in needed)


def _size(text: str) -> int:
    size = number(text)
    if size is None:
        raise Refused("L107", f"`{text[:40]}` is not the size of a tree")
    return size
