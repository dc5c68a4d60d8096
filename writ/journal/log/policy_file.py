"""Reading a policy (C2SP tlog-policy, *Policy file syntax and structure*)."""

from __future__ import annotations

from writ.journal.log.codes import Refused
from writ.journal.log.fields import number
from writ.journal.log.keys import VerifierKey, parse_key
from writ.journal.log.policy import NONE, Group, Policy

MOST_BYTES = 1_000_000
MOST = 1_000
"""Logs, witnesses or groups that are read."""


def parse_policy(data: bytes) -> Policy:
    """The policy that a file has.

    Raises:
        Refused: a line cannot be read (L104) or its key not be used (L102), with the number of the line; or there is no
            quorum. What is read of a policy is all of it: a line passed over would make it a weaker one.
    """
    if len(data) > MOST_BYTES:
        raise Refused("L104", f"a policy has at most {MOST_BYTES:,} bytes")
    reader = _Reader()
    lines = data.split(b"\n")
    if lines.pop().strip(b" \t"):
        raise Refused("L104", "the last line of a policy has no end", len(lines) + 1)
    for at, line in enumerate(lines):
        if any((byte < 0x20 and byte != 0x09) or byte == 0x7F for byte in line):
            raise Refused("L104", "a policy has no control characters but tab", at + 1)
        # Names are opaque bytes; this keeps those apart that are no UTF-8.
        words = [word.decode("utf-8", "surrogateescape") for word in line.split()]
        if words and not words[0].startswith("#"):
            try:
                reader.read(words)
            except Refused as refused:
                raise Refused(refused.code, refused.message, at + 1, refused.help) from None
    if reader.quorum is None:
        raise Refused("L104", "the policy has no quorum", help="`quorum none` asks for no witness")
    return Policy(tuple(reader.logs), reader.witnesses, reader.groups, reader.quorum, reader.urls)


class _Reader:
    """A policy as far as it is read."""

    def __init__(self) -> None:
        self.logs: list[VerifierKey] = []
        self.witnesses: dict[str, VerifierKey] = {}
        self.groups: dict[str, Group] = {}
        self.urls: dict[str, str] = {}
        self.quorum: str | None = None
        self._members: set[str] = set()

    def read(self, words: list[str]) -> None:
        match words:
            case ["log", key, *url] if len(url) < 2:
                self._log(key, url)
            case ["witness", name, key, *url] if len(url) < 2:
                self._witness(name, key, url)
            case ["group", name, threshold, *members] if members:
                self._group(name, threshold, members)
            case ["quorum", name]:
                if self.quorum is not None:
                    raise Refused("L104", "the policy has two quorums")
                if name != NONE:
                    self._declared(name)
                self.quorum = name
            case ["log" | "witness" | "group" | "quorum" as word, *_]:
                raise Refused("L104", f"a `{word}` line is `{_FORMS[word]}`")
            case [word, *_]:
                help = "a line begins with `log`, `witness`, `group`, `quorum` or `#`"
                raise Refused("L104", f"`{word[:40]}` begins no line of a policy", help=help)

    def _log(self, text: str, url: list[str]) -> None:
        key = parse_key(text)
        if len(self.logs) >= MOST:
            raise Refused("L104", f"a policy has at most {MOST:,} logs")
        if any(key.public == other.public for other in self.logs):
            raise Refused("L104", f"two logs have the key of `{key.name}`")
        self.logs.append(key)
        self._at(key, url)

    def _witness(self, name: str, text: str, url: list[str]) -> None:
        key = parse_key(text)
        self._new(name, len(self.witnesses))
        if not key.kind.timed:
            raise Refused("L104", f"the key of `{name}` is not one for cosignatures")
        if any(key.public == other.public for other in self.witnesses.values()):
            raise Refused("L104", f"two witnesses have the key of `{name}`")
        self.witnesses[name] = key
        self._at(key, url)

    def _group(self, name: str, threshold: str, members: list[str]) -> None:
        self._new(name, len(self.groups))
        for member in members:
            self._declared(member)
            if member in self._members:
                raise Refused("L104", f"`{member}` is a member twice, so that it would count twice")
            self._members.add(member)
        least = {"all": len(members), "any": 1}.get(threshold, number(threshold))
        if least is None or not 1 <= least <= len(members):
            raise Refused("L104", f"`{threshold[:40]}` is no number of {len(members)} members")
        self.groups[name] = Group(least, tuple(members))

    def _new(self, name: str, so_far: int) -> None:
        if name == NONE or name in self.witnesses or name in self.groups:
            raise Refused("L104", f"the name `{name}` is taken")
        if so_far >= MOST:
            raise Refused("L104", f"a policy has at most {MOST:,} witnesses and as many groups")

    def _declared(self, name: str) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise Refused("L104", f"no line above declares `{name}`")

    def _at(self, key: VerifierKey, url: list[str]) -> None:
        if url:
            self.urls[str(key)] = url[0]


_FORMS = {
    "log": "log KEY [URL]",
    "witness": "witness NAME KEY [URL]",
    "group": "group NAME all|any|K NAME...",
    "quorum": "quorum NAME",
}
