"""Salted commitments."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writ.journal.log.commitment import SIZE, commit, new_salt, opens


def test_it_is_what_the_documentation_says() -> None:
    salt = bytes(range(32))
    expected = hashlib.sha256(b"writ.record/v1\n" + salt + b"record").digest()
    assert commit(salt, b"record") == expected
    assert len(expected) == SIZE


@given(st.binary(max_size=100), st.binary(max_size=100))
def test_it_opens_for_the_record_alone(record: bytes, other: bytes) -> None:
    salt, another = new_salt(), new_salt()
    commitment = commit(salt, record)
    assert opens(commitment, salt, record)
    assert opens(commitment, salt, other) is (other == record)
    assert not opens(commitment, another, record)
    # What of the salt goes over into the record is not the same.
    assert not opens(commitment, salt[:31], salt[31:] + record)


def test_a_salt_has_32_bytes() -> None:
    for salt in (b"", b"x" * 31, b"x" * 33):
        with pytest.raises(ValueError, match="32 bytes"):
            commit(salt, b"record")
        assert not opens(b"", salt, b"record")


def test_salts_differ() -> None:
    assert len({new_salt() for _ in range(100)}) == 100
