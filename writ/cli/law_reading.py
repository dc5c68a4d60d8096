"""Finding imported law in a book, and a provision of it on a day, for `writ read` and `writ history`."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from writ.cli.entry import Stop, refuse

if TYPE_CHECKING:
    from writ.formats.legislation.model import Document
    from writ.formats.legislation_history.store import Law
    from writ.formats.legislation_history.timeline import Doubt, Timeline

_SIGN = re.compile(r"^(?:ss?|secs?|arts?)\.?\s+|^(?:section|article)\s+|^§\s*", re.I)


def chosen(book: str, names: Sequence[str]) -> tuple[Law, str]:
    """The law that is asked for, and the provision, which may be none.

    `names` are `INSTRUMENT`, `INSTRUMENT LABEL`, `INSTRUMENT:LABEL`, or, in a book of one imported law, `LABEL`.
    """
    from writ.formats.legislation.exporting import instruments

    folder = Path(book)
    if not folder.exists():
        refuse(f"there is no folder `{book}`")
    files = {each.stem: each for each in instruments(folder)}
    if not files:
        refuse(
            f"`{book}` holds no imported law", "`writ import law` makes such a book; `writ show`"
        )
    asked = " ".join(names).strip()
    name, colon, label = asked.partition(":")
    if not colon:
        name, _, label = asked.partition(" ")
    if name not in files and asked:
        found = _by_key(files, asked, name)
        if found:
            name, label = found
        elif len(files) == 1 and not colon:
            name, label = next(iter(files)), asked
        else:
            _unknown(folder, files, name)
    if not asked:
        if len(files) > 1:
            refuse(f"which instrument? `{book}` holds {len(files)} imported laws", _some(files))
        name, label = next(iter(files)), ""
    return _opened(files[name]), _SIGN.sub("", label.strip())


def _by_key(files: dict[str, Path], asked: str, name: str) -> tuple[str, str] | None:
    """An instrument named as the source names it, `O-5`, with the rest as the label."""
    from writ.formats.legislation.sidecar import SUFFIX, decoded

    key = name.lower()
    for stem, file in files.items():
        try:
            document = decoded(file.with_name(stem + SUFFIX).read_bytes()).document
        except (ValueError, OSError):
            continue
        if document.key.lower().rpartition(":")[2] == key:
            return stem, asked[len(name) :].lstrip(": ")
    return None


def _unknown(folder: Path, files: dict[str, Path], name: str) -> None:
    from writ.book.suggest import did_you_mean

    if folder.is_dir() and (folder / f"{name}.md").is_file():
        refuse(
            f"`{name}` was not imported, so that it has no versions",
            "`writ show` prints its provisions",
        )
    refuse(f"there is no imported law `{name}`", did_you_mean(name, files) or _some(files))


def _some(files: dict[str, Path]) -> str:
    names = sorted(files)
    more = f" and {len(names) - 8} more" if len(names) > 8 else ""
    return f"there are {', '.join(names[:8])}{more}"


def _opened(file: Path) -> Law:
    from writ.formats.legislation_history.store import opened
    from writ.formats.paint import paint_for
    from writ.formats.text import render, width_of

    law, found = opened(file)
    if found:
        text = render(found, lambda path: None, paint_for(sys.stderr), "", width_of(sys.stderr))
        print(text, end="\n\n", file=sys.stderr)
    if law is None or found:
        raise Stop("the law cannot be read as it was imported", "`writ import law`")
    if law.edited:
        print(
            f"writ: the text of `{file}` has been edited since; this is the law as it was imported",
            file=sys.stderr,
        )
    return law


def dated(law: Law) -> Timeline:
    """The versions of a law that says of which days they are."""
    if law.timeline is None:
        refuse(
            f"the file of `{law.id}` does not say of which day its text is", "read it without a day"
        )
    return law.timeline


def known(timeline: Timeline, day: dt.date) -> None:
    """Stop where nothing is known of a day."""
    if day < timeline.first:
        raise Stop(
            f"what the law said on {day}, no version tells",
            f"the text is known from {timeline.first}",
            status=1,
        )


def key_of(document: Document, label: str) -> str:
    """The key of the provision with a label or an identifier; empty where the text has none."""
    from writ.formats.legislation.labels import labels_of

    labels = {value.lower(): key for key, value in labels_of(document).items()}
    found = labels.get(label.lower(), "")
    if found or any(each.id == label for each in document.walk()):
        return found or label
    return ""


def caveats(law: Law, day: dt.date, doubts: Sequence[Doubt], only: str = "") -> list[str]:
    """What the versions do not tell of a day; of one provision, what concerns it."""
    from writ.formats.legislation_history.places import Places

    said: list[str] = []
    for change, step in doubts:
        places = Places(step.new if change.new else step.old)
        key = change.new or change.old
        if only and not beneath(places.near(key), only) and not beneath(only, places.near(key)):
            continue
        place = places.place(key)
        if change.day is None:
            said.append(
                f"{place} may already be otherwise: it was {change.what} on a day after {step.after} and not "
                f"after {step.until}, and the source does not record which"
            )
        else:
            said.append(
                f"{place} was amended on {change.doubt} and on {change.day}; what it said between, no version tells, "
                "and this is the text before both"
            )
    if law.timeline is not None and day > law.timeline.last:
        said.append(
            f"the newest version is current to {law.timeline.last}: later amendments are not known"
        )
    return said


def beneath(label: str, above: str) -> bool:
    """Whether a provision is another one, or in it, by their labels."""
    return bool(above) and (label == above or label.startswith((f"{above}(", f"{above}.(")))


def written(text: str, output: str | None) -> None:
    """The text on standard output, or in a file."""
    if output in (None, "-"):
        print(text)
        return
    from writ.cli.replacing import replace

    assert output is not None
    replace(output, [text.encode("utf-8") + b"\n"])
