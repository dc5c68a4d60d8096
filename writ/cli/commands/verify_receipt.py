"""`writ verify-receipt`: that a record is in a log, and who saw the log; nothing but two files is needed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from writ.cli.entry import Stop, refuse
from writ.cli.parser import FILE, completed, json_option

if TYPE_CHECKING:
    from writ.diagnostics import Diagnostic
    from writ.journal.log.note import Signed
    from writ.journal.log.policy import Policy
    from writ.journal.log.receipt import Receipt, Verdict

LARGEST = 4_000_000
"""Bytes of a file that are read; no receipt or policy has as many."""


def configure(parser: argparse.ArgumentParser) -> None:
    receipt = parser.add_argument("receipt", metavar="FILE", help="the receipt; - for the input")
    completed(receipt, FILE)
    policy = parser.add_argument(
        "--policy", metavar="FILE", required=True, help="the keys of the log and its witnesses"
    )
    completed(policy, FILE)
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    from writ.journal.log.receipt import verify

    policy, receipt, data = _read(args.policy, args.receipt)
    name = _named(args.receipt)
    verdict = verify(receipt, policy)
    found = [one.diagnostic(name) for one in verdict.refused]
    if args.json:
        from writ.cli.printing import print_json

        print_json(_data(verdict, found))
    else:
        _print(verdict, found, data)
    return 0 if verdict.verified else 1


def _read(policy_path: str, receipt_path: str) -> tuple[Policy, Receipt, bytes]:
    """Both files; complains of what cannot be read in them, and ends with 2."""
    from writ.journal.log.codes import Refused
    from writ.journal.log.policy_file import parse_policy
    from writ.journal.log.receipt import parse_receipt

    path, data = policy_path, _bytes(policy_path)
    try:
        policy = parse_policy(data)
        path, data = receipt_path, _bytes(receipt_path)
        return policy, parse_receipt(data), data
    except Refused as refused:
        found = refused.diagnostic(_named(path))
        print(_rendered([found], data, error=True), end="\n\n", file=sys.stderr)
    what = "the policy" if path == policy_path else "the receipt"
    raise Stop(f"{what} cannot be read, so nothing is verified")


def _bytes(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read(LARGEST)
    try:
        with Path(path).open("rb") as file:
            return file.read(LARGEST)
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        refuse(f"`{path}` cannot be read: {reason}")


def _named(path: str) -> str:
    return "input" if path == "-" else path


def _print(verdict: Verdict, found: Sequence[Diagnostic], data: bytes) -> None:
    from writ.cli.printing import number
    from writ.formats.paint import paint_for, visible

    paint = paint_for(sys.stdout)
    head = verdict.head
    if verdict.verified:
        print(f"{paint.good('verified')}: the record is in `{visible(head.origin)}`")
    else:
        shown = f"that the record is in `{visible(head.origin)}`"
        print(f"{paint.bad('not verified')}: the receipt does not show {shown}")
    _rows("place", [f"index {verdict.index:,} in a tree of {head.size:,}"])
    _rows("signed by", [_signer(one.key.name, one) for one in verdict.logs])
    _rows("cosigned by", [_signer(name, one) for name, one in verdict.witnesses.items()])
    if verdict.record is not None:
        text = verdict.record.decode("utf-8", "replace")
        print(f"\n{visible(text)}")
    if found:
        print(f"\n{_rendered(found, data)}\n\n{number(len(found), 'error')}")


def _rows(name: str, rows: Sequence[str]) -> None:
    for at, row in enumerate(rows):
        print(f"  {name if not at else '':11}  {row}")


def _signer(name: str, signed: Signed) -> str:
    from writ.formats.paint import visible

    when = _when(signed.time)
    algorithm = _algorithm(signed)
    return visible(f"{name}, {algorithm}{f', {when}' if when else ''}")


def _algorithm(signed: Signed) -> str:
    from writ.journal.log.keys import Kind

    return "ML-DSA-44" if signed.key.kind is Kind.MLDSA44_COSIGNATURE else "Ed25519"


def _when(time: int | None) -> str | None:
    """A time in ISO 8601; none where a signature states none, or one that no calendar has."""
    import datetime as dt

    if not time:
        return None
    try:
        moment = dt.datetime.fromtimestamp(time, dt.UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.replace(tzinfo=None).isoformat() + "Z"


def _rendered(found: Sequence[Diagnostic], data: bytes, error: bool = False) -> str:
    from writ.diagnostics import Source
    from writ.formats.paint import paint_for
    from writ.formats.text import render, width_of

    stream = sys.stderr if error else sys.stdout
    source = Source.of("", data.decode("utf-8", "replace"))
    return render(found, lambda _: source, paint_for(stream), width=width_of(stream))


def _data(verdict: Verdict, found: Sequence[Diagnostic]) -> dict[str, object]:
    from writ.journal.log.fields import encoded

    record = verdict.record
    return {
        "schema": "writ-receipt/1",
        "verified": verdict.verified,
        "origin": verdict.head.origin,
        "size": verdict.head.size,
        "root": encoded(verdict.head.root),
        "index": verdict.index,
        "logs": [_signed(one.key.name, one) for one in verdict.logs],
        "witnesses": [_signed(name, one) for name, one in verdict.witnesses.items()],
        "record": None if record is None else record.decode("utf-8", "replace"),
        "record-base64": None if record is None else encoded(record),
        "diagnostics": found,
    }


def _signed(name: str, signed: Signed) -> dict[str, object]:
    return {
        "name": name.encode("utf-8", "replace").decode(),
        "key": f"{signed.key.name}+{signed.key.id.hex()}",
        "algorithm": _algorithm(signed),
        "at": _when(signed.time),
    }
