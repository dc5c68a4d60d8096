"""How acts change which edition is in force, and how a text is deposited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from ministry.editions import compiling, content
from ministry.editions.models import Edition, Promulgation


def deposit(files: Mapping[str, str]) -> str:
    """Keep the text of an edition, and give its digest. A text that is there already is not kept twice.

    Raises:
        NotABook: it is none, or has errors.
    """
    digest = content.digest(files)
    if not Edition.objects.filter(digest=digest).exists():
        book = compiling.book_of(files)
        Edition.objects.get_or_create(
            digest=digest,
            defaults={
                "title": book.title or book.name,
                "norms": len(book.norms),
                "content": content.packed(files),
            },
        )
    return digest


def promulgate(promulgation: str, digest: str, number: int, since: dt.datetime) -> None:
    Promulgation.objects.create(id=promulgation, edition=digest, number=number, since=since)
