"""Trust policies: which logs are believed, and how many of which witnesses must have cosigned (C2SP tlog-policy)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from writ.journal.log.checkpoint import Checkpoint
from writ.journal.log.codes import Refused
from writ.journal.log.keys import VerifierKey
from writ.journal.log.note import Signed, verify_note

NONE = "none"
"""The quorum of nobody."""


class Group(msgspec.Struct, frozen=True):
    """At least `threshold` of the members, which are witnesses or groups."""

    threshold: int
    members: tuple[str, ...]


class Policy(msgspec.Struct, frozen=True):
    """Logs, witnesses and groups by name, and whose cosignatures are enough.

    Names mean nothing outside of the policy. URLs are by the text of the verifier key.
    """

    logs: tuple[VerifierKey, ...]
    witnesses: Mapping[str, VerifierKey]
    groups: Mapping[str, Group]
    """Each beneath those that are its members."""
    quorum: str
    urls: Mapping[str, str] = {}

    def met(self, witnesses: Iterable[str]) -> bool:
        """Whether cosignatures of these witnesses are enough."""
        counted = self.witnesses.keys() & set(witnesses)
        for name, group in self.groups.items():
            if sum(member in counted for member in group.members) >= group.threshold:
                counted.add(name)
        return self.quorum == NONE or self.quorum in counted

    def encode(self) -> bytes:
        """The policy as a file."""
        lines = [f"log {self._key(key)}" for key in self.logs]
        lines += [f"witness {name} {self._key(key)}" for name, key in self.witnesses.items()]
        for name, group in self.groups.items():
            lines.append(f"group {name} {group.threshold} {' '.join(group.members)}")
        text = "".join(f"{line}\n" for line in [*lines, f"quorum {self.quorum}"])
        return text.encode("utf-8", "surrogateescape")

    def _key(self, key: VerifierKey) -> str:
        url = self.urls.get(str(key))
        return f"{key} {url}" if url else str(key)


class Accepted(msgspec.Struct, frozen=True):
    """What of a checkpoint was verified."""

    logs: tuple[Signed, ...]
    """The signatures of the log."""
    witnesses: Mapping[str, Signed]
    """The cosignatures, by the name of the witness in the policy."""


def any_of(threshold: int, witnesses: Sequence[VerifierKey], logs: Sequence[VerifierKey]) -> Policy:
    """The policy that any so many of these witnesses are enough for these logs; 0 asks for none.

    Keys of one name are of one witness, which counts once: `NAME/4` and `NAME/6` after the kinds of its keys, in a
    group `NAME`.

    Raises:
        ValueError: there are not so many, or a witness has two keys of one kind.
    """
    kinds: dict[str, list[VerifierKey]] = {}
    for key in witnesses:
        kinds.setdefault(key.name, []).append(key)
    if not 0 <= threshold <= len(kinds):
        raise ValueError(f"there are {len(kinds)} witnesses, and not {threshold}")
    by_name: dict[str, VerifierKey] = {}
    groups: dict[str, Group] = {}
    for name, keys in kinds.items():
        names = [name] if len(keys) == 1 else [f"{name}/{int(key.kind)}" for key in keys]
        by_name |= zip(names, keys, strict=True)
        if len(keys) > 1:
            groups[name] = Group(1, tuple(names))
    if len(by_name) < len(witnesses):
        raise ValueError("a witness has one key of a kind")
    if not threshold:
        return Policy(tuple(logs), by_name, {}, NONE)
    quorum = "quorum"
    while quorum in by_name or quorum in groups:
        quorum += "-"
    groups[quorum] = Group(threshold, tuple(kinds))
    return Policy(tuple(logs), by_name, groups, quorum)


def accept(checkpoint: Checkpoint, policy: Policy) -> Accepted:
    """The checkpoint held against a policy: signed by a log that it names, and cosigned as it asks.

    Raises:
        Refused: the log is unknown (L202) or did not sign (L207), a signature by a key of the policy is false (L203),
            or the witnesses are too few (L204).
    """
    found = signatures(checkpoint, policy)
    require_quorum(checkpoint, found, policy)
    return found


def signatures(checkpoint: Checkpoint, policy: Policy) -> Accepted:
    """As `accept`, whatever the number of witnesses."""
    origin = checkpoint.head.origin
    logs = [key for key in policy.logs if key.name == origin]
    if not logs:
        names = ", ".join(sorted({f"`{key.name}`" for key in policy.logs})) or "none"
        raise Refused("L202", f"the policy has no log `{origin}`", 1, f"its logs: {names}")
    by_key = {key: name for name, key in policy.witnesses.items()}
    # A witness may be a log elsewhere, by a key of its own.
    signed = verify_note(checkpoint.note, [*logs, *(key for key in by_key if key not in logs)])
    mine = tuple(one for one in signed if one.key in logs)
    if not mine:
        message = f"no key that the policy has of `{origin}` signed the checkpoint"
        raise Refused("L207", message, checkpoint.note.first)
    return Accepted(mine, {by_key[one.key]: one for one in signed if one.key in by_key})


def require_quorum(checkpoint: Checkpoint, found: Accepted, policy: Policy) -> None:
    """That the witnesses found on the checkpoint are as many as the policy asks for.

    Raises:
        Refused: they are not (L204).
    """
    if policy.met(found.witnesses):
        return
    who = ", ".join(f"`{name}`" for name in found.witnesses) or "no witness"
    asked = policy.groups.get(policy.quorum)
    help = f"the quorum is `{policy.quorum}`"
    if asked is not None:
        help += f": {asked.threshold} of {', '.join(f'`{name}`' for name in asked.members)}"
    message = f"{who} cosigned, which is not enough"
    raise Refused("L204", message, checkpoint.note.first, help)
