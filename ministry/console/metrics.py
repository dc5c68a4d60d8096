"""What Prometheus is told: requests by address pattern, acts by outcome. Nothing that says who did what.

With several processes each keeps its counts in a file of the folder `PROMETHEUS_MULTIPROC_DIR`, and any of them adds
them up.
"""

from __future__ import annotations

import os
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess

from ministry.database import router
from ministry.database.statements import Row
from ministry.register.rows import appended

REGISTRY = CollectorRegistry()
REQUESTS = Counter(
    "ministry_requests", "Requests answered", ["method", "pattern", "status"], registry=REGISTRY
)
SECONDS = Histogram(
    "ministry_request_seconds",
    "Seconds to answer a request",
    ["pattern"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=REGISTRY,
)
RECORDS = Counter(
    "ministry_records",
    "Records appended to the register",
    ["kind", "act", "outcome"],
    registry=REGISTRY,
)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def request(asked: HttpRequest, status: int, seconds: float) -> None:
    """Count a request. The pattern stands for the address, which may name a person or a thing."""
    match = asked.resolver_match
    pattern = f"/{match.route}" if match is not None else "none"
    method = asked.method if asked.method in METHODS else "other"
    REQUESTS.labels(method, pattern, str(status)).inc()
    SECONDS.labels(pattern).observe(seconds)


@receiver(appended, dispatch_uid="count records")
def count(record: Row, **_: Any) -> None:
    """Count a record once it is there for good."""
    if router.current() == "default":
        labels = (record["kind"], record["act"], record["outcome"])
        transaction.on_commit(lambda: RECORDS.labels(*labels).inc(), robust=True)


def exposition() -> bytes:
    """The text format that Prometheus reads."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    together = CollectorRegistry()
    multiprocess.MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return generate_latest(together)
