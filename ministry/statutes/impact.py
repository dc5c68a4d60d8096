"""What an amendment changes, by proof: asked for by a page, done by a worker in processes that can be killed, kept.

A worker has `SECONDS` for all of it. What was not decided by then is said to be undecided, and why.
"""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from ministry.database.transaction import now
from ministry.editions import content
from ministry.editions.models import Edition
from ministry.editions.queries import law_of
from ministry.statutes.models import Impact, Reach
from ministry.statutes.prover import Line, Task
from ministry.timers.set import set_timer
from writ.book.assurances import Assurance
from writ.book.claims import claim
from writ.book.model import Book

PROVE = "prove-impact"
SECONDS = 120.0
"""For the acts together; the assurances of each edition have as much again."""
EACH = 10.0
"""Seconds for one assurance."""
MEMORY = 2048
"""Megabytes of address space of each process."""
NOT_IN_TIME = "not decided in time"
Tell = Callable[[int | None, dict[str, Any]], None]
"""Is told how many there are to look at, and what was found so far."""


def ask(base: str, edition: str) -> Impact:
    """Let a worker prove what an edition changes; what was asked before is not asked again."""
    found, new = Impact.objects.get_or_create(base=base, edition=edition, defaults={"asked": now()})
    if new:
        set_timer(PROVE, key(base, edition), found.asked, {"base": base, "edition": edition})
    return found


def again(base: str, edition: str) -> Impact:
    """The same for one that failed: under another key, for there is one timer of a key ever."""
    found = ask(base, edition)
    at = now()
    failed = Impact.objects.filter(pk=found.pk, reach=Reach.FAILED)
    if failed.update(reach=Reach.ASKED, asked=at, begun=None, ended=None, done=0, why=""):
        name = f"{key(base, edition)} {at:%Y%m%dT%H%M%S}"
        set_timer(PROVE, name, at, {"base": base, "edition": edition})
        found.refresh_from_db()
    return found


def of(base: str, edition: str) -> Impact | None:
    """What is known of the proof of two editions."""
    return Impact.objects.filter(base=base, edition=edition).first()


def key(base: str, edition: str) -> str:
    return f"{base[:32]} {edition[:32]}"


def proved(base: str, edition: str, tell: Tell) -> dict[str, Any]:
    """Prove what an edition changes. It takes long; `tell` hears of each step."""
    files = [files_of(base), files_of(edition)]
    old, new = law_of(base).book, law_of(edition).book
    before, after = old.assurances, new.assurances
    found: dict[str, Any] = {"acts": [], "assurances": []}
    many = 0
    for line in acts(files[0], files[1]):
        if line.acts is not None:
            many = line.acts + len(before) + len(after)
        else:
            found["acts"].append(msgspec.to_builtins(line))
        tell(many, found)
    was = dict(_verdicts(old, before, lambda: tell(many, found), found))
    now_ = dict(_verdicts(new, after, lambda: tell(many, found), found))
    found.pop("looked", None)
    found["assurances"] = [
        _beside(book.get(name), was.get(name), now_.get(name))
        for book in ({one.id: one for one in before} | {one.id: one for one in after},)
        for name in book
    ]
    return found


def acts(old: dict[str, str], new: dict[str, str], seconds: float = SECONDS) -> Iterator[Line]:
    """What becomes of each act, as it is found. After `seconds` the process is killed; what is left is undecided."""
    task = msgspec.json.encode(Task(old, new, MEMORY << 20))
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
    quiet = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": path}
    with subprocess.Popen(
        [
            sys.executable,
            "-P",
            "-c",
            "from ministry.statutes.prover import main; main()",
            str(len(task)),
        ],
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **quiet},
        process_group=0,
    ) as process:
        try:
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write(task)
            yield from _heard(process, time.monotonic() + seconds)
        finally:
            process.kill()


def _heard(process: subprocess.Popen[bytes], until: float) -> Iterator[Line]:
    assert process.stdout is not None
    output = process.stdout
    os.set_blocking(output.fileno(), False)
    said = b""
    expected, came = None, 0
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        while (left := until - time.monotonic()) > 0:
            if not selector.select(left):
                break
            data = output.read(1 << 16)
            if data == b"":
                break
            said += data or b""
            *whole, said = said.split(b"\n")
            for text in whole:
                line = msgspec.json.decode(text, type=Line)
                expected = line.acts if line.acts is not None else expected
                came += bool(line.act)
                yield line
    if expected is None:
        over = time.monotonic() >= until
        yield Line(0)
        yield Line(
            None, "", "unknown", NOT_IN_TIME if over else "the prover broke off before it began"
        )
    elif came < expected:
        because = NOT_IN_TIME if time.monotonic() >= until else "the prover broke off"
        rest = expected - came
        yield Line(None, "", "unknown", f"{rest} more act{'' if rest == 1 else 's'}: {because}")


def _verdicts(
    book: Book, assurances: tuple[Assurance, ...], tell: Callable[[], None], found: dict[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The verdict on each assurance of an edition."""
    if not assurances:
        return
    from writ.proof.pool import Limits, prove_within
    from writ.proof.story import story

    until = time.monotonic() + SECONDS
    by_id = {one.id: one for one in assurances}
    left = set(by_id)
    with closing(prove_within(book, assurances, Limits(EACH, MEMORY, 1))) as results:
        for result in results:
            one = by_id[result.assurance]
            told = story(book, one, result)
            left.discard(one.id)
            found["looked"] = found.get("looked", 0) + 1
            tell()
            yield (
                one.id,
                {
                    "verdict": str(result.verdict),
                    "because": result.because,
                    "conclusion": told.conclusion if told is not None else "",
                    "citation": one.citation,
                    "title": one.title,
                    "claim": claim(one),
                },
            )
            if time.monotonic() > until:
                break
    for name in left:
        one = by_id[name]
        yield (
            name,
            {
                "verdict": "unknown",
                "because": NOT_IN_TIME,
                "conclusion": "",
                "citation": one.citation,
                "title": one.title,
                "claim": claim(one),
            },
        )


def _beside(
    one: Assurance | None, was: dict[str, Any] | None, now_: dict[str, Any] | None
) -> dict[str, Any]:
    """An assurance with what became of it: holds, broken, mended, gone, new ..."""
    assert one is not None
    there = now_ or was
    assert there is not None
    return {
        "id": one.id,
        "citation": there["citation"],
        "title": there["title"],
        "claim": there["claim"],
        "was": was["verdict"] if was is not None else "",
        "now": now_["verdict"] if now_ is not None else "",
        "because": there["because"],
        "conclusion": there["conclusion"],
    }


def files_of(digest: str) -> dict[str, str]:
    packed = Edition.objects.values_list("content", flat=True).get(digest=digest)
    return content.unpacked(bytes(packed))
