"""Whatever is read, what is not of its format is refused with a code, and nothing else is raised."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.log.register import (
    AUDITOR,
    LOG,
    LOG_KEYS,
    NOW,
    ORIGIN,
    committed,
    receipt_of,
    trusting,
)
from writ.journal.log.checkpoint import parse_checkpoint
from writ.journal.log.codes import CODES, Refused
from writ.journal.log.keys import load_key, parse_key
from writ.journal.log.policy_file import parse_policy
from writ.journal.log.receipt import parse_receipt, verify
from writ.journal.log.rotation import Term, parse_terms, terms_data
from writ.journal.log.tiles import bundle_data, parse_bundle, parse_path, parse_tile
from writ.journal.log.witness import Request, add_checkpoint

REQUEST = Request(3, tuple(committed(9).consistency(3, 9)), committed(9).checkpoint())
LOGS = {ORIGIN: [key.verifier for key in LOG_KEYS]}


def text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


READERS: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
    "receipt": (receipt_of(5, 12).encode(), lambda data: verify(parse_receipt(data), trusting())),
    "checkpoint": (committed(9).checkpoint().encode(), parse_checkpoint),
    "policy": (trusting().encode(), parse_policy),
    "keys": (terms_data([Term(LOG.verifier, 0)]), parse_terms),
    "key": (str(LOG.verifier).encode(), lambda data: parse_key(text(data))),
    "key file": (LOG.pem(), lambda data: load_key(data, LOG.name, LOG.kind)),
    "path": (b"tile/0/x001/x234/067.p/9", lambda data: parse_path(text(data))),
    "bundle": (bundle_data([b"one", b"two"]), lambda data: parse_bundle(data, 2)),
    "tile": (b"x" * 64, lambda data: parse_tile(data, 2)),
    "request": (
        REQUEST.encode(),
        lambda data: add_checkpoint(data, {}, LOGS, [AUDITOR], NOW),
    ),
}


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=60)
@given(data=st.data())
def test_anything_damaged_or_else(name: str, data: st.DataObject) -> None:
    whole, read = READERS[name]
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 60)))
    middle = data.draw(
        st.one_of(
            st.binary(max_size=20),
            st.text(max_size=10).map(str.encode),
            st.sampled_from([whole, b"\n", b"\n\n", b"9" * 5000, b" ", whole[start:end] * 2]),
        )
    )
    try:
        read(whole[:start] + middle + whole[end:])
    except Refused as refused:
        assert refused.code in CODES
        assert refused.message
        assert refused.diagnostic("a").span.line >= 1


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=20)
@given(data=st.binary(max_size=100))
def test_anything(name: str, data: bytes) -> None:
    try:
        READERS[name][1](data)
    except Refused as refused:
        assert refused.code in CODES
