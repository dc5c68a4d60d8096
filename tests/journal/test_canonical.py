"""Canonical bytes: one entry, one form."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.journal import generated
from writ.book.terms import Period
from writ.journal.canonical import MOST_BYTES, NotCanonical, canonical, digest, read_entry
from writ.journal.entry import Entry, Kind

DAY = dt.date(2022, 2, 14)
ENTRY = Entry(
    Kind.ACT,
    dt.datetime(2022, 2, 14, 16, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5))),
    "declare",
    "r02",
    actor="mayor",
    facts={
        "height": 2.5,
        "grave": True,
        "told": DAY,
        "delay": Period(7, "sitting days", "council"),
        "record.tags": frozenset({"rain", "dam"}),
        "record.lines": ({"amount": 3, "settled": False}, {}),
        "remark": "“é”",
    },
    until=DAY,
)
BYTES = (
    b'{"actor":"mayor","at":"2022-02-14T21:30:00Z","facts":{"delay":{"p":[7,"sitting days","council"]},'
    b'"grave":true,"height":{"n":"2.5"},"record.lines":{"l":[{"amount":3,"settled":false},{}]},'
    b'"record.tags":{"s":["dam","rain"]},"remark":"\xe2\x80\x9c\xc3\xa9\xe2\x80\x9d","told":{"d":"2022-02-14"}},'
    b'"id":"r02","kind":"act","name":"declare","until":"2022-02-14"}'
)


def test_the_form() -> None:
    assert canonical(ENTRY) == BYTES
    assert read_entry(BYTES) == ENTRY
    assert digest(ENTRY) == hashlib.sha256(BYTES).hexdigest()


@given(generated.entry())
def test_what_is_written_is_read(entry: Entry) -> None:
    data = canonical(entry)
    assert read_entry(data) == entry
    assert canonical(read_entry(data)) == data


@given(generated.entry())
def test_it_is_plain_json_in_order(entry: Entry) -> None:
    data = canonical(entry)

    def no_float(text: str) -> object:
        raise AssertionError(text)

    def in_order(pairs: list[tuple[str, object]]) -> dict[str, object]:
        keys = [key for key, _ in pairs]
        assert keys == sorted(set(keys))
        return dict(pairs)

    plain = json.loads(data, parse_float=no_float, object_pairs_hook=in_order)
    again = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert json.loads(again) == json.loads(data)


values = (
    st.booleans()
    | st.none()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=4)
    | st.frozensets(st.text(max_size=2), max_size=3)
    | generated.whens
    | generated.periods
    | st.lists(
        st.dictionaries(
            st.text(max_size=2),
            st.integers() | st.floats(allow_nan=False, allow_infinity=False),
            max_size=2,
        ),
        max_size=2,
    ).map(tuple)
)


@given(values, values)
def test_equal_entries_and_no_others_have_equal_bytes(one: object, other: object) -> None:
    first = Entry(Kind.FACT, DAY, facts={"x": one})  # type: ignore[dict-item]
    second = Entry(Kind.FACT, DAY, facts={"x": other})  # type: ignore[dict-item]
    assert read_entry(canonical(first)) == first
    # To Python, True is 1; to the language it is not.
    same = first == second and isinstance(one, bool) == isinstance(other, bool)
    assert (canonical(first) == canonical(second)) == same


@given(generated.moments, st.integers(-23, 23))
def test_a_moment_is_the_same_at_any_offset(moment: dt.datetime, hours: int) -> None:
    elsewhere = moment.astimezone(dt.timezone(dt.timedelta(hours=hours)))
    assert canonical(Entry(Kind.GONE, moment)) == canonical(Entry(Kind.GONE, elsewhere))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(data, id=name)
        for name, data in {
            "nothing": b"",
            "a space before": b" " + BYTES,
            "a line end": BYTES + b"\n",
            "a space within": BYTES.replace(b',"kind"', b', "kind"'),
            "something behind": BYTES + b"{}",
            "cut off": BYTES[:-1],
            "an unknown key": BYTES.replace(b'"id"', b'"idd"'),
            "a key twice": BYTES.replace(b'"id":"r02"', b'"id":"r01","id":"r02"'),
            "a key out of order": b'{"kind":"gone","at":"2022-02-14"}',
            "a fact out of order": b'{"at":"2022-02-14","facts":{"b":1,"a":1},"kind":"fact"}',
            "a default written": b'{"at":"2022-02-14","id":"","kind":"gone"}',
            "an escape without need": b'{"at":"2022-02-14","id":"\\u0061","kind":"gone"}',
            "no kind": b'{"at":"2022-02-14"}',
            "no day": b'{"kind":"gone"}',
            "an unknown kind": b'{"at":"2022-02-14","kind":"went"}',
            "a day that is not": b'{"at":"2022-02-30","kind":"gone"}',
            "a day by its week": b'{"at":"2022-W01-1","kind":"gone"}',
            "a moment elsewhere": b'{"at":"2022-02-14T16:30:00-05:00","kind":"gone"}',
            "a moment without seconds": b'{"at":"2022-02-14T16:30Z","kind":"gone"}',
            "a float": b'{"at":"2022-02-14","facts":{"a":2.5},"kind":"fact"}',
            "a whole float": b'{"at":"2022-02-14","facts":{"a":{"n":"2.0"}},"kind":"fact"}',
            "a number padded": b'{"at":"2022-02-14","facts":{"a":{"n":"2.50"}},"kind":"fact"}',
            "a small number tagged": b'{"at":"2022-02-14","facts":{"a":{"n":"2"}},"kind":"fact"}',
            "a large number bare": b'{"at":"2022-02-14","facts":{"a":9007199254740992},"kind":"fact"}',
            "a number of many figures": b'{"at":"2022-02-14","facts":{"a":{"n":"'
            + b"9" * 5000
            + b'"}},"kind":"fact"}',
            "figures of elsewhere": '{"at":"2022-02-14","facts":{"a":{"n":"٢.٥"}},"kind":"fact"}'.encode(),
            "a set out of order": b'{"at":"2022-02-14","facts":{"a":{"s":["b","a"]}},"kind":"fact"}',
            "a set with one twice": b'{"at":"2022-02-14","facts":{"a":{"s":["a","a"]}},"kind":"fact"}',
            "a set of numbers": b'{"at":"2022-02-14","facts":{"a":{"s":[1]}},"kind":"fact"}',
            "a bare list": b'{"at":"2022-02-14","facts":{"a":[]},"kind":"fact"}',
            "an unknown tag": b'{"at":"2022-02-14","facts":{"a":{"z":"1"}},"kind":"fact"}',
            "two tags": b'{"at":"2022-02-14","facts":{"a":{"d":"2022-02-14","n":"2.5"}},"kind":"fact"}',
            "a period of yes days": b'{"at":"2022-02-14","facts":{"a":{"p":[true,"days"]}},"kind":"fact"}',
            "a period without unit": b'{"at":"2022-02-14","facts":{"a":{"p":[1]}},"kind":"fact"}',
            "a negative period": b'{"at":"2022-02-14","facts":{"a":{"p":[-1,"days"]}},"kind":"fact"}',
            "lists without end": b'{"at":"2022-02-14","facts":{"a":' + b'{"l":[{"a":' * 5000,
            "lists too deep": b'{"at":"2022-02-14","facts":{"a":'
            + b'{"l":[{"a":' * 40
            + b"1"
            + b"}]}" * 40
            + b'},"kind":"fact"}',
            "not UTF-8": b'{"at":"2022-02-14","id":"\xff","kind":"gone"}',
            "a lone surrogate": b'{"at":"2022-02-14","id":"\\ud800","kind":"gone"}',
            "no object": b"[]",
            "too long": b'{"at":"2022-02-14","id":"' + b"x" * MOST_BYTES + b'","kind":"gone"}',
        }.items()
    ],
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        read_entry(data)


@given(generated.entry(), st.integers(0, 10_000), st.integers(0, 255))
def test_a_byte_changed_is_refused_or_says_something_else(entry: Entry, at: int, byte: int) -> None:
    data = bytearray(canonical(entry))
    data[at % len(data)] = byte
    try:
        read = read_entry(bytes(data))
    except NotCanonical:
        return
    assert canonical(read) == bytes(data)


@pytest.mark.parametrize(
    "entry",
    [
        Entry(Kind.FACT, DAY, facts={"a": float("nan")}),
        Entry(Kind.FACT, DAY, facts={"a": float("inf")}),
        Entry(Kind.FACT, DAY, facts={"a": 10**400}),
        Entry(Kind.FACT, DAY, facts={"a": [1]}),  # type: ignore[dict-item]
        Entry(Kind.GONE, DAY, name="\ud800"),
        Entry(Kind.GONE, DAY, name="x" * MOST_BYTES),
        Entry(Kind.GONE, dt.datetime(2022, 2, 14)),
        Entry(Kind.GONE, dt.datetime.min.replace(tzinfo=dt.timezone(dt.timedelta(hours=5)))),
    ],
    ids=["nan", "inf", "figures", "list", "surrogate", "long", "naive", "range"],
)
def test_an_entry_without_canonical_bytes(entry: Entry) -> None:
    with pytest.raises(NotCanonical):
        canonical(entry)


def test_every_field_of_an_entry_has_its_key() -> None:
    full = {
        "kind": Kind.ACT,
        "at": DAY,
        "known": DAY,
        "until": DAY,
        "number": 3,
        "lawful": True,
        "facts": {"a": 1},
        "revokes": ("x",),
        "under": ("y",),
    }
    fields = {name: full.get(name, f"<{name}>") for name in Entry.__struct_fields__}
    entry = Entry(**fields)
    assert read_entry(canonical(entry)) == entry
    assert set(msgspec.json.decode(canonical(entry))) == set(Entry.__struct_fields__)
