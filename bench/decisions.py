"""Decisions per second of processor time, ours beside our peers', on the same rules and requests.

Ours carry the full record: citations, the norms considered with what defeated them, what was nearest. The peers answer
yes or no. Before anything is timed, every engine must give the answers of our reference interpreter on a sample.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from bench.peers import PEERS, version_of
from bench.rules import Rules, ask, book_of, make
from writ import __version__
from writ.engine import Engine, reference
from writ.engine.answer import Decision, Outcome
from writ.engine.request import Request

BOOKS = ((100, False), (1_000, False), (10_000, False), (10_000, True))
REQUESTS = 100_000
BATCH = 500_000
SECONDS = 1.0
"""How long one peer may take on one book, beyond its warming."""
ROW = "{:<34} {:>9} {:>12} {:>14} {:>10} {:>10}"


def main() -> None:
    print(ROW.format("engine", "version", "rules", "decisions/s", "p50 us", "p99 us"))
    for norms, skewed in BOOKS:
        made = make(norms, skewed)
        size = f"{norms:,}{' skewed' if skewed else ''}"
        ours(made, size)
        for peer in PEERS:
            theirs(peer, made, size)
        print()


def ours(made: Rules, size: str) -> None:
    book = book_of(made)
    engine = Engine(book)
    requests = ask(made, REQUESTS)
    for request in requests[:: REQUESTS // 60]:
        same(engine.decide(request), reference.decide(book, request))
    cold = rate(engine.decide, requests)
    warm = rate(engine.decide, requests)
    line("writ, full record", __version__, size, warm, requests, engine.decide)
    few = [engine.decide(request) for request in requests[:5_000]]
    counts = {o.value: sum(d.outcome is o for d in few) for o in Outcome}
    print(
        "  the first time "
        f"{cold:,.0f}/s; "
        + ", ".join(f"{n / 50:.0f} % {outcome}" for outcome, n in counts.items() if n)
        + f"; {sum(len(d.considered) for d in few) / 5_000:.1f} norms considered, "
        f"{sum(len(d.nearest) for d in few) / 5_000:.1f} nearest"
    )
    for outcome in (Outcome.PERMITTED, Outcome.PROHIBITED, Outcome.NO_AUTHORITY):
        some = [r for r, d in zip(requests, few, strict=False) if d.outcome is outcome]
        if some:
            line(
                f"  where it is {outcome.value}",
                "",
                size,
                rate(engine.decide, some),
                some,
                engine.decide,
            )
    batches(engine, made, size)


def batches(engine: Engine, made: Rules, size: str) -> None:
    """Outcomes and deciding norms of requests given as columns."""
    batch = engine.encode(ask(made, BATCH, seed=5))
    begun = time.process_time()
    answers = engine.decide_batch(batch)
    first = BATCH / (time.process_time() - begun)
    for row in range(0, BATCH, BATCH // 300):
        decision = engine.decide(batch.request(row))
        deciding = tuple(engine.book.norms[at].id for at in answers.deciding(row))
        assert deciding == decision.deciding, row
    other = engine.encode(ask(made, BATCH, seed=6))
    begun = time.process_time()
    engine.decide_batch(other)
    second = BATCH / (time.process_time() - begun)
    print(ROW.format("writ, batch, the second", __version__, size, f"{second:,.0f}", "-", "-"))
    print(f"  the first batch {first:,.0f}/s")


def theirs(peer: type, made: Rules, size: str) -> None:
    engine = peer(made)
    book = book_of(made)
    requests = ask(made, REQUESTS)
    begun = time.process_time()
    for at, request in enumerate(requests[:40]):
        expected = reference.decide(book, request).outcome is Outcome.PERMITTED
        if engine.allowed(request) != expected:
            raise SystemExit(f"{peer.name} differs from the reference: request {at} of {size}")
    spent = time.process_time() - begun
    count = max(20, min(REQUESTS, int(40 * SECONDS / max(spent, 1e-6))))
    some = requests[:count]
    for request in some:  # what it learns once, it may know
        engine.allowed(request)
    line(peer.name, version_of(peer), size, rate(engine.allowed, some), some, engine.allowed)


def same(found: Decision, expected: Decision) -> None:
    for name in ("outcome", "deciding", "citations", "missing", "nearest", "opens"):
        assert getattr(found, name) == getattr(expected, name), name


def rate(decide: Callable[[Request], Any], requests: list[Request]) -> float:
    """Decisions per second of processor time."""
    gc.collect()
    begun = time.process_time()
    for request in requests:
        decide(request)
    return len(requests) / max(time.process_time() - begun, 1e-9)


def line(
    name: str,
    number: str,
    size: str,
    speed: float,
    requests: list[Request],
    decide: Callable[[Request], Any],
) -> None:
    p50, p99 = percentiles(timed(decide, requests[:20_000]))
    print(ROW.format(name, number, size, f"{speed:,.0f}", f"{p50:.1f}", f"{p99:.1f}"))
    sys.stdout.flush()


def timed(decide: Callable[[Request], Any], requests: Iterable[Request]) -> list[int]:
    clock = time.perf_counter_ns
    found = []
    for request in requests:
        begun = clock()
        decide(request)
        found.append(clock() - begun)
    return found


def percentiles(times: list[int]) -> tuple[float, float]:
    times.sort()
    return times[len(times) // 2] / 1000, times[min(len(times) - 1, len(times) * 99 // 100)] / 1000


if __name__ == "__main__":
    main()
