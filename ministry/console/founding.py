"""The first start: the text of the Book is deposited, brought into force, and the first officers enrolled."""

from __future__ import annotations

from pathlib import Path

import msgspec

from ministry.editions.apply import deposit
from ministry.editions.content import NotABook
from ministry.editions.models import Edition, Promulgation
from ministry.gate.founding import First, Founding, found

Officer = tuple[str, str, str]
"""Sign-in name, full name, office."""


class FirstOfficers(msgspec.Struct, frozen=True):
    """The first officer of the ministry, and the first of those who oversee it."""

    ministry: Officer
    oversight: Officer


def is_founded() -> bool:
    return Promulgation.objects.exists()


def texts(folder: Path) -> dict[str, str]:
    """The files of a book, by their path in its folder.

    Raises:
        NotABook: there is none.
    """
    found = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.md"))
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }
    if not found:
        raise NotABook("there is no book in this folder")
    return found


def found_with(folder: Path, first: FirstOfficers) -> str:
    """Found the ministry under the book in a folder; its title.

    Raises:
        NotABook: it is none, or has errors.
        Refused: it lets nobody found a ministry.
    """
    edition = deposit(texts(folder))
    sign_in, name, office = first.ministry
    found(Founding(edition=edition, sign_in=sign_in, name=name, office=office))
    sign_in, name, office = first.oversight
    found(First(sign_in=sign_in, name=name, office=office))
    return Edition.objects.values_list("title", flat=True).get(digest=edition)
