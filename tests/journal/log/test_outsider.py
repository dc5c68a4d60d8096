"""A verifier that is not ours accepts our log, and finds out one that was rewritten: Go's `note` and `tlog`."""

from __future__ import annotations

import json
import subprocess
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.journal.log.outsider import outsider
from tests.journal.log.register import LOG_KEYS, WITNESSES, Register
from writ.journal.log.checkpoint import Checkpoint
from writ.journal.log.note import Note
from writ.journal.log.tiles import ENTRIES, tile_data, tiles_of

ENTRIES_OF_LOG = [b"record %d" % at for at in range(70_000)]
OLD, SIZE = 300, 700
RECORDS = (0, 1, 255, 256, 299, 300, 511, 512, 698, 699)
HOLDS = dict.fromkeys(("checkpoint", "old checkpoint", "inclusion", "consistency", "tiles"), "")


@pytest.fixture(scope="session")
def program(request: pytest.FixtureRequest) -> Path:
    return outsider(Path(request.config.cache.mkdir("outsider")))  # type: ignore[union-attr]


def said(
    program: Path,
    folder: Path,
    register: Register,
    size: int,
    old: Checkpoint,
    records: Sequence[int],
    checkpoint: Checkpoint | None = None,
) -> dict[str, str]:
    """What the program says of a log: its files, and our proofs."""
    for tile in tiles_of(size):
        if tile.level != ENTRIES:
            path = folder / tile.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(tile_data(register.read, tile))
    checkpoint = checkpoint or register.checkpoint(size, WITNESSES)
    claims = {
        "Keys": [str(key.verifier) for key in (*LOG_KEYS, *WITNESSES)],
        "Old": old.encode().decode(),
        "Checkpoint": checkpoint.encode().decode(),
        "Tiles": str(folder),
        "Records": [
            {
                "Index": index,
                "Data": b64encode(register.entries[index]).decode(),
                "Proof": texts(register.inclusion(index, size)),
            }
            for index in records
        ],
        "Growth": texts(register.consistency(old.head.size, size)),
    }
    ran = subprocess.run(
        [program], input=json.dumps(claims), capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    answer: dict[str, str] = json.loads(ran.stdout)
    return answer


def texts(hashes: Sequence[bytes]) -> list[str]:
    return [b64encode(one).decode() for one in hashes]


@pytest.fixture(scope="module")
def register() -> Register:
    return Register(ENTRIES_OF_LOG[:SIZE])


def test_it_accepts_our_log(program: Path, tmp_path: Path, register: Register) -> None:
    old = register.checkpoint(OLD)
    assert said(program, tmp_path, register, SIZE, old, RECORDS) == HOLDS


@pytest.mark.parametrize("size", [1, 2, 3, 255, 256, 257, 512, 513])
def test_it_accepts_logs_of_any_size(
    program: Path, tmp_path: Path, register: Register, size: int
) -> None:
    old = register.checkpoint(max(1, size // 2))
    records = sorted({0, size // 2, size - 1})
    assert said(program, tmp_path, register, size, old, records) == HOLDS


def test_it_accepts_a_log_with_tiles_of_three_levels(program: Path, tmp_path: Path) -> None:
    register = Register(ENTRIES_OF_LOG)
    old = register.checkpoint(65_536)
    assert said(program, tmp_path, register, 70_000, old, (0, 65_535, 65_536, 69_999)) == HOLDS


def test_it_refuses_a_log_that_was_rewritten(
    program: Path, tmp_path: Path, register: Register
) -> None:
    """An insider changes a record, hashes everything anew and signs it with the keys of the log."""
    entries = [*ENTRIES_OF_LOG[:SIZE]]
    entries[17] = b"another record"
    rewritten = Register(entries)
    answer = said(program, tmp_path, rewritten, SIZE, register.checkpoint(OLD), RECORDS)
    found = {claim for claim, error in answer.items() if error}
    assert found == {"consistency", "tiles"}


def test_it_refuses_a_record_that_is_not_there(
    program: Path, tmp_path: Path, register: Register
) -> None:
    swapped = Register(ENTRIES_OF_LOG[:SIZE])
    swapped.entries[255] = b"another record"
    answer = said(program, tmp_path, swapped, SIZE, register.checkpoint(OLD), RECORDS)
    assert {claim for claim, error in answer.items() if error} == {"inclusion"}
    assert answer["inclusion"].startswith("record 255: ")


def test_it_refuses_a_checkpoint_of_another_tree(
    program: Path, tmp_path: Path, register: Register
) -> None:
    """The tiles are those of one log, the checkpoint is that of another."""
    other = Register([*ENTRIES_OF_LOG[: SIZE - 1], b"another record"])
    answer = said(
        program,
        tmp_path,
        register,
        SIZE,
        register.checkpoint(OLD),
        RECORDS,
        other.checkpoint(SIZE, WITNESSES),
    )
    assert {claim for claim, error in answer.items() if error} == {
        "inclusion",
        "consistency",
        "tiles",
    }


def test_it_refuses_a_signature_of_another_checkpoint(
    program: Path, tmp_path: Path, register: Register
) -> None:
    good, other = (register.checkpoint(size, WITNESSES) for size in (SIZE, OLD))
    for at in range(len(good.note.signatures)):
        signatures = list(good.note.signatures)
        signatures[at] = other.note.signatures[at]
        forged = Checkpoint(good.head, Note(good.note.text, tuple(signatures)))
        answer = said(program, tmp_path, register, SIZE, other, RECORDS, forged)
        assert "invalid signature" in answer["checkpoint"]
