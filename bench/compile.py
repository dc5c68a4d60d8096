"""Compiling: a large book cold, from cache, and after one edit; and the start of the command line.

The peer is Cedar (cedarpy): parsing and validating as many policies against a schema. Its policies carry no
instruments, ranks, dates or text, so that it does less.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from bench import corpus

SIZES = (10_000, 20_000, 50_000, 100_000)
ROOT = Path(__file__).resolve().parents[1]

COLD = """
import json, resource, sys, time
from pathlib import Path
begun = time.process_time()
from writ.book.load import load_book
from writ.checks.run import run
book, found = load_book(Path(sys.argv[1]))
linked = time.process_time()
found = [*found, *run(book)]
done = time.process_time()
print(json.dumps({
    "norms": len(book.norms), "load": linked - begun, "checks": done - linked, "all": done - begun,
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
"""

EDIT = """
import json, sys, time
from pathlib import Path
from writ.book.workspace import Workspace
from writ.checks.run import Runner
folder = Path(sys.argv[1])
space = Workspace(folder)
runner = Runner()
runner.run(space.book)
path = "instrument-00777.md"
text = (folder / path).read_text()
times = []
for number in range(9):
    changed = text.replace("On matter 4", f"On matter 4, amended {number}").replace(
        "  when fact-", f"  when fact-{number} and fact-", 1)
    begun = time.process_time()
    space.update(path, changed)
    runner.run(space.book)
    times.append((time.process_time() - begun) * 1000)
print(json.dumps(sorted(times)))
"""


def child(code: str, *args: str) -> dict:
    done = subprocess.run(
        [sys.executable, "-c", code, *args], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return json.loads(done.stdout)


def command(*args: str, repeat: int = 5) -> tuple[float, float]:
    """Median wall and CPU seconds of a command, as a whole process."""
    walls, cpus = [], []
    for _ in range(repeat):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.perf_counter()
        quiet = subprocess.DEVNULL
        subprocess.run(args, stdout=quiet, stderr=quiet, cwd=ROOT, check=False)
        walls.append(time.perf_counter() - begun)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return sorted(walls)[repeat // 2], sorted(cpus)[repeat // 2]


def cedar(norms: int) -> str:
    try:
        import cedarpy
    except ImportError:
        return "cedarpy is not installed"
    policies = "\n".join(
        f'@id("p{n}") {"forbid" if n % 5 == 1 else "permit"}(principal in Role::"office-{n % 400}", '
        f'action == Action::"act-{n % 800}", resource is Affair) when {{ resource.sector == '
        f'"sector-{n % 24}" && context.amount > {n % 5000} && context.fact{n % 300} }};'
        for n in range(norms)
    )
    flags = {f"fact{n}": {"type": "Boolean"} for n in range(300)}
    context = {"type": "Record", "attributes": {"amount": {"type": "Long"}, **flags}}
    schema = {
        "": {
            "entityTypes": {
                "Role": {},
                "User": {"memberOfTypes": ["Role"]},
                "Affair": {
                    "shape": {"type": "Record", "attributes": {"sector": {"type": "String"}}}
                },
            },
            "actions": {
                f"act-{n}": {
                    "appliesTo": {
                        "principalTypes": ["User", "Role"],
                        "resourceTypes": ["Affair"],
                        "context": context,
                    }
                }
                for n in range(800)
            },
        }
    }
    begun = time.process_time()
    result = cedarpy.validate_policies(policies, json.dumps(schema))
    seconds = time.process_time() - begun
    valid = getattr(result, "validation_passed", result)
    done = f"{norms:,} policies parsed and validated in {seconds:.2f} s CPU (valid: {valid})"
    return f"cedarpy {version('cedarpy')}: {done}"


def main() -> None:
    shm = Path(tempfile.mkdtemp(prefix="writ-bench-"))
    try:
        print("norms    instruments   load s   checks s   all s CPU   peak MB")
        for norms in SIZES:
            folder = shm / str(norms)
            corpus.write(folder, norms, norms // 10)
            got = child(COLD, str(folder))
            print(
                f"{got['norms']:>7,}  {norms // 10:>11,}  {got['load']:>7.2f}  {got['checks']:>9.2f}"
                f"  {got['all']:>10.2f}  {got['megabytes']:>8.0f}",
                flush=True,
            )
        print(cedar(20_000), flush=True)
        folder = shm / "20000"
        writ = [sys.executable, "-m", "writ.cli"]
        command(*writ, "check", str(folder), repeat=1)
        wall, cpu = command(*writ, "check", str(folder), repeat=3)
        print(
            f"writ check of 20,000 norms, unchanged (from cache): {cpu:.2f} s CPU, {wall:.2f} s wall"
        )
        times = child(EDIT, str(folder))
        print(
            f"one of 2,000 files edited and rechecked: median {times[len(times) // 2]:.0f} ms CPU, "
            f"worst {times[-1]:.0f} ms"
        )
        script = Path(sys.executable).with_name("writ")
        start = [str(script)] if script.exists() else writ
        bare, _ = command(sys.executable, "-c", "pass")
        wall, _ = command(*start, "--version")
        print(f"writ --version: {wall:.3f} s wall (python -c pass: {bare:.3f} s)")
        wall, _ = command(*start, "check", "--no-cache", str(ROOT / "books" / "war-powers"))
        norms_of = ROOT / "books" / "war-powers"
        blocks = sum(
            len(
                re.findall(
                    r"^(?:power|permission|duty|prohibition|disability|limit|lapse)\b",
                    p.read_text(),
                    re.M,
                )
            )
            for p in norms_of.glob("*.md")
        )
        print(f"writ check of a small book ({blocks} norms), no cache: {wall:.3f} s wall")
        print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores")
    finally:
        shutil.rmtree(shm, ignore_errors=True)


if __name__ == "__main__":
    main()
