"""Whether the log says what the register does: every record in its leaf, every leaf in the tiles, every root signed."""

from __future__ import annotations

from collections.abc import Iterator

from ministry.database.router import current
from ministry.register import keys, tree
from ministry.register.models import Checkpoint, Leaf, Pending, Record, Tile
from writ.journal.log.checkpoint import parse_checkpoint
from writ.journal.log.codes import Refused
from writ.journal.log.commitment import SALT_SIZE, commit
from writ.journal.log.merkle import CompactRange, leaf_hashes
from writ.journal.log.policy import any_of, signatures

AT_ONCE = 2_000

Wrong = tuple[str, str]
"""Where, and what is wrong."""


def log() -> Iterator[Wrong]:
    """What of the log is not as the register has it."""
    yield from places()
    roots = dict(Checkpoint.objects.order_by("size").values_list("size", "root"))
    tiles: dict[tuple[int, int], bytearray] = {}
    have = CompactRange()
    for index, number, leaf, salt, body in leaves():
        if index != have.size:
            yield f"leaf {index}", f"it stands at place {have.size}"
            return
        if body is None:
            yield f"leaf {index}", f"there is no record {number}"
        elif salt is None or len(salt) != SALT_SIZE or commit(salt, body) != leaf:
            yield f"record {number}", "it is not what was put into the log"
        have, completed = have.extended(leaf_hashes([leaf]))
        for level in range(0, len(completed), 8):
            for node in completed[level]:
                at = (level // 8, (have.size - 1 >> level) // 256)
                tiles.setdefault(at, bytearray()).extend(node)
        root = roots.pop(have.size, None)
        if root is not None and bytes(root) != have.root:
            yield f"checkpoint {have.size}", "its root is not that of the leaves"
    for size in roots:
        yield f"checkpoint {size}", f"the log has {have.size} leaves"
    yield from grown(tiles)
    yield from signed(have.size)


def leaves() -> Iterator[tuple[int, int, bytes, bytes | None, bytes | None]]:
    rows = Leaf.objects.order_by("index").values_list("index", "number", "commitment")
    some: list[tuple[int, int, bytes]] = []
    for row in rows.iterator(AT_ONCE):
        some.append((row[0], row[1], bytes(row[2])))
        if len(some) == 500:
            yield from with_records(some)
            some = []
    yield from with_records(some)


def with_records(
    some: list[tuple[int, int, bytes]],
) -> Iterator[tuple[int, int, bytes, bytes | None, bytes | None]]:
    numbers = [number for _, number, _ in some]
    rows = Record.everything.filter(number__in=numbers).values_list("number", "salt", "body")
    found = {number: (bytes(salt), bytes(body)) for number, salt, body in rows}
    for index, number, leaf in some:
        salt, body = found.get(number, (None, None))
        yield index, number, leaf, salt, body


def places() -> Iterator[Wrong]:
    """Each record waits or is in the log, and not both."""
    logged, waiting = Leaf.objects.values("number"), Pending.objects.values("number")
    left = Record.everything.using(current()).exclude(number__in=logged).exclude(number__in=waiting)
    for number in left.values_list("number", flat=True)[:100]:
        yield f"record {number}", "it is not in the log, and does not wait for it"
    for number in Pending.objects.filter(number__in=logged).values_list("number", flat=True)[:100]:
        yield f"record {number}", "it is in the log, and waits for it"
    records = Record.everything.values("number")
    for number in Pending.objects.exclude(number__in=records).values_list("number", flat=True)[
        :100
    ]:
        yield f"record {number}", "it waits for the log, and is not there"


def grown(tiles: dict[tuple[int, int], bytearray]) -> Iterator[Wrong]:
    for level, index, hashes in Tile.objects.values_list("level", "index", "hashes").iterator():
        if bytes(tiles.pop((level, index), b"")) != bytes(hashes):
            yield f"tile {level}/{index}", "its hashes are not those of the leaves"
    for level, index in tiles:
        yield f"tile {level}/{index}", "it is missing"


def signed(size: int) -> Iterator[Wrong]:
    """Each note is of its checkpoint, and signed by the log."""
    try:
        believed = any_of(0, [], [term.key for term in keys.terms()])
    except Refused as refused:
        yield "keys", refused.message
        return
    begun = [(term.since, term.key.name) for term in keys.terms()]
    for one in Checkpoint.objects.filter(note__isnull=False).iterator():
        try:
            note = parse_checkpoint(bytes(one.note or b""))
            head = note.head
            signatures(note, believed)
        except Refused as refused:
            yield f"checkpoint {one.size}", refused.message
            continue
        name = max((since, name) for since, name in begun if since <= one.size)[1]
        if (head.origin, head.size, head.root) != (name, one.size, bytes(one.root)):
            yield f"checkpoint {one.size}", "another was signed"
    if size and tree.size() != size:
        yield "log", f"it has {tree.size()} leaves and {size} places"
