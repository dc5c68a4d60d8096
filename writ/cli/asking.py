"""A question put together from the words of a command line, or read from a file."""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from writ.cli.entry import refuse
from writ.cli.parser import count

if TYPE_CHECKING:
    from writ.diagnostics import Diagnostic, Span

MAX_YAML = 4_000_000
MAX_JSON = 64_000_000
"""Bytes of requests in one file; YAML takes far longer to read."""

_DATE = r"\d{4}-\d\d-\d\d(?:T[0-9:.+\-]*[0-9]Z?)?"
_DONE = re.compile(rf"(?P<name>[^@:]+)(?:@(?P<at>{_DATE}?))?(?::(?P<by>[a-z][a-z0-9-]*))?")
_STATE = re.compile(rf"(?P<name>[^@:]+)(?:@(?P<since>{_DATE}))?")


def options(parser: argparse.ArgumentParser, actor: bool = True) -> None:
    """The parts of a request as options."""
    add = parser.add_argument
    if actor:
        add("--actor", metavar="NAME", help="who acts: an office, body or person")
        add("--person", metavar="ID", help="the person who acts, by identity")
        add("--number", type=count, metavar="N", help="how many persons act together")
    add("--act", metavar="NAME", help="what is done")
    add("--at", metavar="DATE", help="when, as a day or a moment (default: today)")
    add("--thing", metavar="NAME", help="a narrower thing than the act's own")
    add("--about", metavar="ID", help="which one it is done to")
    add("--against", metavar="NAME", help="the actor that it is aimed at")
    if actor:
        add("--omit", action="store_true", default=None, help="may it be left undone?")
    add("--fact", action="append", default=[], metavar="NAME=VALUE", help="an attribute")
    add(
        "--done",
        action="append",
        default=[],
        metavar="ACT[@DATE][:BY]",
        help="an act done, or an event that happened, before",
    )
    add(
        "--state",
        action="append",
        default=[],
        metavar="NAME[@SINCE]",
        help="a state that is in effect",
    )
    add("--known-at", metavar="DATE", help="as the law was known on that day")


def from_options(args: argparse.Namespace) -> dict[str, object]:
    """The request that the options say, as plain data."""
    data: dict[str, object] = {"at": dt.date.today().isoformat()}
    for name in ("actor", "act", "at", "thing", "about", "against", "person", "number", "omit"):
        value = getattr(args, name, None)
        if value is not None:
            data[name] = value
    if args.known_at is not None:
        data["known-at"] = args.known_at
    facts = dict(_fact(written) for written in args.fact)
    if facts:
        data["facts"] = facts
    done = [_parts(_DONE, written, "--done", "ACT[@DATE][:BY]") for written in args.done]
    if done:
        data["done"] = [{("act" if k == "name" else k): v for k, v in one.items()} for one in done]
    states = [_parts(_STATE, written, "--state", "NAME[@SINCE]") for written in args.state]
    if states:
        data["states"] = [
            {("state" if k == "name" else k): v for k, v in one.items()} for one in states
        ]
    return data


def _fact(written: str) -> tuple[str, object]:
    from writ.engine.yaml_text import compose, plain

    name, equals, value = written.partition("=")
    if not equals or not name.strip():
        refuse(
            f"`--fact {written}` is not NAME=VALUE",
            f"for example `--fact {name.strip() or 'night'}=yes`",
        )
    node, found = compose(value, "--fact")
    if found or node is None:
        return name.strip(), value
    data, found = plain(node, "--fact")
    return name.strip(), value if found else data


def _parts(pattern: re.Pattern[str], written: str, option: str, form: str) -> dict[str, str]:
    match = pattern.fullmatch(written)
    if match is None:
        refuse(f"`{option} {written}` is not {form}", "a date is written 2022-02-14")
    return {key: value for key, value in match.groupdict().items() if value}


def from_file(path: str) -> tuple[list[tuple[object, Span]], bool, list[Diagnostic]]:
    """The requests of a file (`-` is the input) with their places, and whether they came as a list."""
    text = _text(path)
    name = "<input>" if path == "-" else path
    if text.lstrip()[:1] in ("{", "["):
        data, read = _json(text)
        if read:
            from writ.diagnostics import Span

            place = Span(name, 1, 1, 1, 2)
            many = isinstance(data, list)
            return [(one, place) for one in (data if isinstance(data, list) else [data])], many, []
    if len(text) > MAX_YAML:
        refuse(
            f"`{name}` has {len(text) / 1e6:.0f} MB of YAML; at most {MAX_YAML / 1e6:.0f} are read",
            f"write the requests as JSON: of that, {MAX_JSON / 1e6:.0f} MB",
        )
    return _yaml(text, name)


def _yaml(text: str, name: str) -> tuple[list[tuple[object, Span]], bool, list[Diagnostic]]:
    import yaml

    from writ.engine import yaml_text

    root, found = yaml_text.compose(text, name)
    if root is None:
        if not found:
            refuse(f"`{name}` holds no request", "`writ vocabulary BOOK` says how to write one")
        return [], False, found
    many = isinstance(root, yaml.SequenceNode)
    requests: list[tuple[object, Span]] = []
    for node in root.value if many else [root]:
        data, wrong = yaml_text.plain(node, name)
        found += wrong
        requests.append((data, yaml_text.span(node, name)))
    return requests, many, found


def _json(text: str) -> tuple[object, bool]:
    import msgspec

    try:
        return msgspec.json.decode(text), True
    except (msgspec.DecodeError, RecursionError):
        return None, False  # perhaps a YAML mapping in braces


def _text(path: str) -> str:
    try:
        if path == "-":
            raw = sys.stdin.buffer.read(MAX_JSON + 1)
        else:
            with Path(path).open("rb") as file:
                raw = file.read(MAX_JSON + 1)
    except OSError as error:
        refuse(f"`{path}` cannot be read: {error.strerror}")
    if len(raw) > MAX_JSON:
        refuse(f"`{path}` has more than {MAX_JSON // 1_000_000} MB", "ask in several files")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        refuse(f"`{path}` is not UTF-8 at byte {error.start}")
