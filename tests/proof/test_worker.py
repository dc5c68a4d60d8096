"""Proving in processes of their own: limits are kept, the rest goes on, and none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from tests.proof.judges import moody
from writ.book.assurances import Assurance
from writ.book.load import load_texts
from writ.book.model import Book
from writ.proof.pool import Limits, prove_within
from writ.proof.result import Result, Verdict

pytest.importorskip("z3")

ROOT = Path(__file__).parents[2]
LAW = """\
---
id: act
title: An Act
kind: statute
cite-as: s. {}
top: true
in-force: 2020-01-01
---

```writ
office clerk "Clerk"
office chief "Chief"
act stamp "stamp a letter"
  reserved

power 1
  clerk may stamp

assurance 2
  chief may never stamp
```
"""


def book_of(root: str = "") -> Book:
    book, found = load_texts({"act.md": LAW})
    assert found == []
    book.root = root
    return book


def moods(*titles: str) -> list[Assurance]:
    """Assurances with these titles; the id is the place."""
    first = book_of().assurances[0]
    return [
        msgspec.structs.replace(first, id=str(at), title=title) for at, title in enumerate(titles)
    ]


def prove(*titles: str, root: str = "", **limits: float) -> dict[str, Result]:
    settled = Limits(**{"seconds": 5.0, "jobs": 1, **limits})  # type: ignore[arg-type]
    found = list(prove_within(book_of(root), moods(*titles), settled, moody))
    assert children() == set()
    assert len(found) == len(titles)
    return {result.assurance: result for result in found}


def children() -> set[str]:
    """The processes that this one has started and that are still there, be it as a zombie."""
    found = set()
    for task in Path("/proc/self/task").iterdir():
        found |= set((task / "children").read_text("utf-8").split())
    return found


def gone(pid: int) -> bool:
    """Whether a process of somebody else's comes to its end. A zombie has."""
    for _ in range(1_000):
        try:
            status = Path(f"/proc/{pid}/stat").read_text("utf-8")
        except (FileNotFoundError, ProcessLookupError):
            return True
        if status.rpartition(")")[2].split()[0] in "ZX":
            return True
        time.sleep(0.01)
    return False


def test_all_are_proved_in_one_process_which_then_ends():
    found = prove("", "", "")
    assert {one.verdict for one in found.values()} == {Verdict.PROVED}
    assert len({one.because for one in found.values()}) == 1
    assert found["0"].because != str(os.getpid())


def test_what_takes_too_long_is_unknown_and_the_rest_goes_on_in_another_process():
    found = prove("", "hangs", "", "hangs in the solver", "", seconds=0.5)
    late = {"1", "3"}
    for name in late:
        assert found[name].verdict is Verdict.UNKNOWN
        assert found[name].because == "no answer within 0.5 s"
    rest = [found[name] for name in found if name not in late]
    assert {one.verdict for one in rest} == {Verdict.PROVED}
    assert len({one.because for one in rest}) == 3


def test_what_takes_too_much_memory_is_unknown():
    found = prove("hungry", "", megabytes=700, seconds=60.0)
    assert found["0"].verdict is Verdict.UNKNOWN
    assert found["0"].because == "more than 700 MB of memory would be needed"
    assert found["1"].verdict is Verdict.PROVED


def test_with_too_little_memory_to_start_nothing_is_proved():
    found = prove("", "", "", megabytes=20)
    for one in found.values():
        assert one.verdict is Verdict.UNKNOWN
        assert one.because.startswith("the prover did not start: ")


def test_a_process_that_dies_leaves_its_assurance_unknown():
    found = prove("is killed", "", "fails", "")
    assert found["0"].because == "the prover was ended by SIGKILL"
    assert found["2"].because == "the prover broke off: ValueError: a fault"
    assert [found[name].verdict for name in "0123"] == [
        Verdict.UNKNOWN, Verdict.PROVED, Verdict.UNKNOWN, Verdict.PROVED,
    ]  # fmt: skip


def test_a_verdict_stands_although_what_would_mend_it_was_not_found_in_time():
    found = prove("dawdles over repairs", seconds=0.5)["0"]
    assert found.verdict is Verdict.PROVED
    assert [one.change for one in found.repairs] == ["the first"]


def test_with_two_jobs_two_are_proved_at_once(tmp_path):
    found = prove("waits for another", "waits for another", root=str(tmp_path), jobs=2, seconds=60)
    assert [one.verdict for one in found.values()] == [Verdict.PROVED] * 2


def test_results_come_as_they_are_reached():
    results = prove_within(book_of(), moods("", "hangs"), Limits(seconds=60, jobs=1), moody)
    assert next(results).assurance == "0"
    assert len(children()) == 1
    results.close()
    assert children() == set()


def test_without_assurances_no_process_is_started(monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", None)
    assert list(prove_within(book_of(), ())) == []


def test_the_folder_of_the_caller_lends_no_modules(tmp_path, monkeypatch):
    (tmp_path / "pickle.py").write_text("raise SystemExit(3)", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert prove("")["0"].verdict is Verdict.PROVED


def test_the_judge_proves():
    [result] = prove_within(book_of())
    assert (result.assurance, result.verdict) == ("act/2", Verdict.PROVED)
    assert result.questions > 0


CALLER = """
import sys
from tests.proof.judges import stuck
from tests.proof.test_worker import Limits, book_of, prove_within
for result in prove_within(book_of(sys.argv[1]), limits=Limits(seconds=600), judge=stuck):
    print(result)
"""


@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_the_process_ends_with_the_one_that_started_it(tmp_path, name):
    caller = subprocess.Popen(
        [sys.executable, "-c", CALLER, str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    pid = tmp_path / "pid"
    while not (pid.exists() and pid.read_text("utf-8")):
        assert caller.poll() is None, caller.stderr.read()
        time.sleep(0.01)
    caller.send_signal(signal.Signals[name])
    said = caller.communicate()[1].decode()
    assert gone(int(pid.read_text("utf-8")))
    if name == "SIGINT":
        assert said.rstrip().endswith("KeyboardInterrupt")
    else:
        assert caller.returncode == -signal.Signals[name]
        assert said == ""
