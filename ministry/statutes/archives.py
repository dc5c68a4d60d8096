"""An edition as a folder, a ZIP or a tar archive, and back: the digest is the same, since the files are.

What comes in is bounded and is never unpacked to a disk: names must be plain relative paths of Markdown files, no
member may be a link, be there twice or be encrypted, and no more is read than the whole may have, whatever a head says.
"""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

from django.utils.translation import gettext

from ministry.statutes import tarred
from ministry.words.said import number
from writ.book.load import read_file

MOST_FILES = 2_000
MOST_BYTES = 64 * 1024 * 1024
"""Of all texts together: as much as an edition may have."""
MOST_ARCHIVE = 16 * 1024 * 1024
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Unfit(ValueError):
    """An archive or folder that holds what no edition has, or too much."""


def named(name: str) -> str:
    """The name of a text, where it is one.

    Raises:
        Unfit: it leads elsewhere, is hidden, or is of another kind.
    """
    if len(name) > 200 or not _NAME.fullmatch(name):
        raise Unfit(
            gettext(
                "`{what}` is no name of a text: letters, figures, `_`, `-`, `.` and `/`"
            ).format(what=name[:80])
        )
    if not name.endswith(".md"):
        raise Unfit(
            gettext("`{what}` is not Markdown; an edition holds `.md` files alone").format(
                what=name[:80]
            )
        )
    return name


def archive(files: Mapping[str, str]) -> bytes:
    """The files as a ZIP archive, the same bytes for the same files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in sorted(files.items()):
            head = zipfile.ZipInfo(named(name), _EPOCH)
            head.compress_type, head.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            out.writestr(head, text.encode())
    return made.getvalue()


def opened(data: bytes) -> dict[str, str]:
    """The texts of a ZIP or tar archive; where all lie in one folder, by their paths in it.

    Raises:
        Unfit: it is damaged, or holds what no edition has, or too much.
    """
    if len(data) > MOST_ARCHIVE:
        raise Unfit(
            gettext("the archive has more than {most_archive} bytes").format(
                most_archive=number(MOST_ARCHIVE)
            )
        )
    found: dict[str, bytes] = {}
    if tarred.is_tar(data):
        return texts(without_folder(of_tar(data)))
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as given:
            members = [one for one in given.infolist() if not one.is_dir()]
            if len(members) > MOST_FILES:
                raise Unfit(
                    gettext("the archive has more than {most_files} files").format(
                        most_files=number(MOST_FILES)
                    )
                )
            for one in members:
                name = fit(one)
                if name in found:
                    raise Unfit(gettext("`{name}` is in the archive twice").format(name=name))
                with given.open(one) as text:
                    found[name] = text.read(left + 1)
                left -= len(found[name])
                if left < 0:
                    raise Unfit(
                        gettext("the texts have more than {most_bytes} bytes").format(
                            most_bytes=number(MOST_BYTES)
                        )
                    )
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        RuntimeError,
        ValueError,
        NotImplementedError,
    ) as error:
        if isinstance(error, Unfit):
            raise
        raise Unfit(
            gettext("this is no ZIP archive that can be read: {what}").format(what=str(error)[:120])
        ) from None
    except Exception as error:  # the module lets errors of its decompressors through
        raise Unfit(
            gettext("the archive is damaged: {name__}").format(name__=type(error).__name__)
        ) from None
    return texts(without_folder(found))


def of_tar(data: bytes) -> dict[str, bytes]:
    """The files of a tar archive, gzipped or not."""
    found: dict[str, bytes] = {}
    try:
        for name, text in tarred.members(data, named, MOST_FILES, MOST_BYTES):
            if name in found:
                raise Unfit(gettext("`{name}` is in the archive twice").format(name=name))
            found[name] = text
            if len(found) > MOST_FILES:
                raise Unfit(
                    gettext("the archive has more than {most_files} files").format(
                        most_files=number(MOST_FILES)
                    )
                )
    except tarred.Damaged as error:
        raise Unfit(str(error)) from None
    return found


def fit(one: zipfile.ZipInfo) -> str:
    """The name of a member, where it may be taken in."""
    kind = stat.S_IFMT(one.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise Unfit(gettext("`{what}` is no plain file").format(what=one.filename[:80]))
    if one.flag_bits & 0x1:
        raise Unfit(gettext("the archive is encrypted"))
    if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unfit(gettext("the archive is compressed in another way than deflate"))
    if one.orig_filename != one.filename:  # a NUL, a backslash
        raise Unfit(gettext("`{what}` is no name of a text").format(what=one.filename[:80]))
    return named(one.filename)


def without_folder(found: dict[str, bytes]) -> dict[str, bytes]:
    """The texts by their paths in the one folder in which they all lie."""
    tops = {name.partition("/")[0] for name in found}
    if "book.md" in found or len(tops) != 1:
        return found
    start = f"{tops.pop()}/"
    return {name.removeprefix(start): data for name, data in found.items()}


def folder(path: Path) -> dict[str, str]:
    """The texts of a folder. Hidden files and folders, links, and what is not Markdown are left out.

    Raises:
        Unfit: it holds too much, or what cannot be read.
    """
    found: dict[str, bytes] = {}
    left = MOST_BYTES
    for where, folders, names in os.walk(path):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(names):
            file = os.path.join(where, name)
            if not name.endswith(".md") or name.startswith(".") or os.path.islink(file):
                continue
            try:
                data = read_file(file)
            except OSError as error:
                raise Unfit(f"`{name[:80]}` cannot be read: {error.strerror or error}") from None
            found[named(Path(os.path.relpath(file, path)).as_posix())] = data
            left -= len(data)
            if left < 0 or len(found) > MOST_FILES:
                raise Unfit(
                    gettext(
                        "the folder has more than {most_files} texts or {most_bytes} bytes"
                    ).format(most_files=number(MOST_FILES), most_bytes=number(MOST_BYTES))
                )
    return texts(found)


def texts(found: Mapping[str, bytes]) -> dict[str, str]:
    """The texts, read as UTF-8."""
    if not found:
        raise Unfit(gettext("there is no Markdown file in it"))
    read = {}
    for name, data in found.items():
        try:
            read[name] = data.decode("utf-8")
        except UnicodeDecodeError:
            raise Unfit(gettext("`{name}` is not UTF-8").format(name=name)) from None
    return read


def written(files: Mapping[str, str], to: Path) -> None:
    """Write the files into a folder that is new or empty.

    Raises:
        Unfit: it is not.
        OSError: it cannot be written.
    """
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise Unfit(gettext("`{to}` is not an empty folder").format(to=to))
    for name, text in sorted(files.items()):
        file = to / named(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
