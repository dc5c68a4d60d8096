"""Files that are versions of one work, as one instrument."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import msgspec

from writ.diagnostics import Diagnostic
from writ.formats.legislation.codes import finding
from writ.formats.legislation.instruments import Instruments
from writ.formats.legislation.model import Document
from writ.formats.legislation_history.deltas import fingerprint
from writ.formats.legislation_history.records import as_of

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Work = tuple[str, ...]


def work_name(file: Path) -> str:
    """By what other files refer to the work of a file: its name, or that of its folder where it is named by a day.

    `E-4.5.xml` and `E-4.5/2021-02-26.xml` are both `E-4.5`.
    """
    return file.resolve().parent.name if _DAY.fullmatch(file.stem) else file.stem


def work_of(document: Document) -> Work:
    """What versions of one work have in common: the language, and Justice Canada's number of it, or else its key."""
    number = dict(document.attributes).get("lims:fid", "")
    if document.format == "justice-canada" and number:
        return document.format, document.kind, document.language, "", number
    return document.format, document.kind, document.language, document.key


class _Taken(msgspec.Struct):
    """A version while the others are read."""

    file: str
    key: str
    as_of: dt.date
    document: bytes
    """As JSON; empty while it is that of the entry."""
    provisions: int


class Histories:
    """Collects the versions of each work, so that one of them is the instrument."""

    def __init__(self) -> None:
        self.taken: dict[Work, list[_Taken]] = {}
        self.undated: dict[Work, list[str]] = {}
        self.entries: dict[Work, int] = {}
        self.numbered: dict[Work, list[Work]] = {}
        """The works that the publisher knows by one number: of copies under several names there are several."""

    def _work(self, document: Document, day: dt.date | None) -> Work:
        """The work among those known that a document is a version of, or a new one.

        It has the same name; or the same number, and that work has no version of the day yet. Two texts of one day
        under two names are not versions: somebody has copied a file.
        """
        number = work_of(document)
        work = (*number, document.key)
        known = self.numbered.setdefault(number, [])
        if work in known:
            return work
        for each in known:
            if day is not None and all(one.as_of != day for one in self.taken.get(each, ())):
                return each
        known.append(work)
        return work

    def add(self, made: Instruments, document: Document, file: str) -> None:
        """Take in the document of a file: as an instrument, or as one more version of an instrument."""
        day = as_of(document)
        work = self._work(document, day)
        if day is None:
            self.undated.setdefault(work, []).append(file)
            made.add(document, file)
            return
        versions = self.taken.setdefault(work, [])
        data = b""
        before = made.provisions
        if versions:
            data = msgspec.json.encode(document)
        else:
            self.entries[work] = len(made.entries)
            made.add(document, file)
        versions.append(_Taken(file, document.key, day, data, made.provisions - before))

    def files(self, made: Instruments) -> dict[str, bytes]:
        """The histories of works of several versions, by path; the newest version of each becomes the instrument."""
        from writ.formats.legislation_history.store import SUFFIX, encoded

        found: dict[str, bytes] = {}
        for work, files in self.undated.items():
            if len(files) + len(self.taken.get(work, ())) > 1:
                for file in files:
                    made.found.append(_undated(file))
        for work, versions in self.taken.items():
            if len(versions) < 2:
                continue
            at = self.entries[work]
            versions[0].document = made.entries[at].document
            read = [msgspec.json.decode(each.document, type=Document) for each in versions]
            ordered = self._ordered(made, list(zip(versions, read, strict=True)))
            newest, document = ordered[-1]
            if newest is not versions[0]:
                _renew(made, at, document, newest.file, versions[0])
            entry = made.entries[at]
            for key in {each.key for each in versions}:
                made.by_key.setdefault((key, document.language), entry)
            if len(ordered) > 1:
                documents = [each for _, each in ordered]
                names = [each.file for each, _ in ordered]
                found[f"{entry.id}{SUFFIX}"] = encoded(documents, names)
        return found

    def _ordered(
        self, made: Instruments, read: list[tuple[_Taken, Document]]
    ) -> list[tuple[_Taken, Document]]:
        """By the days of the files; what is the same twice is there once."""
        first = dt.date.min
        read.sort(
            key=lambda one: (
                *(one[0].as_of, one[1].amended or first, one[1].version or first),
                one[0].file,
            )
        )
        ordered: list[tuple[_Taken, Document]] = []
        for each, document in read:
            if ordered and ordered[-1][0].as_of == each.as_of:
                other = ordered[-1][0].file
                if fingerprint(bare(document)) == fingerprint(bare(ordered[-1][1])):
                    made.found.append(
                        finding(
                            "X621",
                            each.file,
                            1,
                            f"the same version is in `{other}`; it is kept once",
                        )
                    )
                    continue
                message = (
                    f"`{other}` is another text of {each.as_of}; this one is taken to be the later"
                )
                help = "leave out the one that was superseded, if it is the other"
                made.found.append(finding("X622", each.file, 1, message, help))
            ordered.append((each, document))
        return ordered


def bare(document: Document) -> Document:
    """A document without what hangs on its file."""
    return msgspec.structs.replace(document, unusual=(), key="")


def _undated(file: str) -> Diagnostic:
    message = "there are other versions, and this one has no day: it stays an instrument of its own"
    return finding("X623", file, 1, message, "leave out all but one, or add the day to the file")


def _renew(made: Instruments, at: int, document: Document, file: str, first: _Taken) -> None:
    """Put another document in the place of an instrument."""
    old = made.entries.pop(at)
    made.taken.discard(old.id)
    made.provisions -= first.provisions
    made.found[:] = [
        one for one in made.found if one.span.file != first.file or one.code not in ("X613", "X614")
    ]
    made.add(document, file)
    made.entries.insert(at, made.entries.pop())
