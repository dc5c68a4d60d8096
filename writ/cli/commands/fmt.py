"""`writ fmt`: put the `writ` blocks of instruments, and journals, in the one style."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from writ.cli.entry import refuse
from writ.cli.parser import FILE, completed
from writ.cli.printing import number

if TYPE_CHECKING:
    from writ.diagnostics import Diagnostic

BOM = "\ufeff"
JOURNAL = ".journal"
FORMATTED = frozenset({".md", JOURNAL})


def configure(parser: argparse.ArgumentParser) -> None:
    paths = parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="files, or folders of them; - for the input"
    )
    completed(paths, FILE)
    parser.add_argument("--check", action="store_true", help="write nothing; say what would change")
    parser.add_argument("--diff", action="store_true", help="write nothing; print the changes")


def run(args: argparse.Namespace) -> int:
    if "-" in args.paths:
        if len(args.paths) > 1:
            refuse("`-` stands alone")
        return _filter(args)
    changed, broken = [], False
    named = list(files(args.paths))
    for file in named:
        old = _read(file)
        new, found = styled(str(file), old)
        broken |= _complain(str(file), old, found)
        if new == old:
            continue
        changed.append(file)
        if args.diff:
            sys.stdout.writelines(difference(str(file), old, new))
        elif args.check:
            print(f"would format {file}")
        else:
            _write(file, new)
            print(f"formatted {file}")
    if not changed and not broken and sys.stdout.isatty():
        print(f"nothing to change in {number(len(named), 'file')}")
    return 1 if broken or (changed and (args.check or args.diff)) else 0


def files(paths: Sequence[str]) -> Iterator[Path]:
    """Every file named, and every Markdown file and journal in the folders named."""
    for name in paths:
        path = Path(name)
        if path.is_dir():
            for file in sorted(each for each in path.rglob("*") if each.suffix in FORMATTED):
                if not any(part.startswith(".") for part in file.relative_to(path).parts):
                    yield file
        elif path.exists():
            yield path
        else:
            refuse(f"there is no file `{name}`")


def styled(path: str, text: str) -> tuple[str, list[Diagnostic]]:
    """The text in the one style; a byte-order mark stays."""
    if path.endswith(JOURNAL):
        from writ.journal.formatter import styled as styled_journal

        return styled_journal(path, text)
    from writ.syntax.formatter import format_text

    if text.startswith(BOM):
        new, found = format_text(path, text[1:])
        return BOM + new, found
    return format_text(path, text)


def difference(path: str, old: str, new: str) -> Iterator[str]:
    from difflib import unified_diff

    yield from unified_diff(
        old.splitlines(keepends=True), new.splitlines(keepends=True), path, f"{path} (formatted)"
    )


def _filter(args: argparse.Namespace) -> int:
    try:
        old = sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        refuse(f"the input is not UTF-8 at byte {error.start}")
    new, found = styled("<input>", old)
    broken = _complain("<input>", old, found)
    if args.diff:
        sys.stdout.writelines(difference("<input>", old, new))
    elif not args.check:
        sys.stdout.write(new)
    return 1 if broken or (new != old and (args.check or args.diff)) else 0


def _complain(path: str, text: str, found: list[Diagnostic]) -> bool:
    """Print what is wrong on the error output; whether anything is."""
    from writ.diagnostics import Source, failed
    from writ.formats.paint import paint_for
    from writ.formats.text import render, width_of

    if not failed(found):
        return False
    source = Source.of(path, text)
    shown = render(found, lambda _: source, paint_for(sys.stderr), width=width_of(sys.stderr))
    print(shown, end="\n\n", file=sys.stderr)
    return True


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except OSError as error:
        refuse(f"`{file}` cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        refuse(f"`{file}` is not UTF-8 at byte {error.start}")


def _write(file: Path, text: str) -> None:
    """Replace the file whole or not at all, with the mode that it has; through a link, what it leads to."""
    target = file.resolve()
    try:
        descriptor, draft = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with open(descriptor, "wb") as out:
                out.write(text.encode("utf-8"))
                os.fchmod(out.fileno(), target.stat().st_mode & 0o7777)
            os.replace(draft, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(draft)
            raise
    except OSError as error:
        refuse(f"`{file}` cannot be written: {error.strerror}")
