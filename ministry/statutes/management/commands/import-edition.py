"""`ministry import-edition`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ministry.editions.content import NotABook
from ministry.editions.queries import NoEdition, digest_at
from ministry.statutes.archives import MOST_ARCHIVE, Unfit, folder, opened
from ministry.statutes.importing import Report, take_in

LISTED = 100


class Command(BaseCommand):
    help = (
        "Deposit the edition in a folder or ZIP archive, and say how it differs from the one in force. "
        "It decides nothing until it is proposed, certified and promulgated."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, metavar="FOLDER|ARCHIVE")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        try:
            files = folder(path) if path.is_dir() else opened(read(path))
            found = take_in(files, digest_at(timezone.now()))
        except NotABook as error:
            lines = [
                f"{one.span.file}:{one.span.line}: {one.code} {one.message}" for one in error.found
            ]
            raise CommandError("\n".join([str(error), *lines[:LISTED]])) from None
        except (Unfit, NoEdition, OSError) as error:
            raise CommandError(str(error)) from None
        self.said(found)

    def said(self, found: Report) -> None:
        self.stdout.write(
            f"{found.digest}: {found.title}, {found.norms:,} norms in {found.files:,} files"
        )
        if found.in_force:
            self.stdout.write("it is the edition in force")
        for one in found.differs[:LISTED]:
            self.stdout.write(f"  {one.how:<8} {one.citation}  {one.title}")
        if len(found.differs) > LISTED:
            self.stdout.write(f"  and {len(found.differs) - LISTED:,} more")
        for why in found.unfit:
            self.stdout.write(f"  it cannot be proposed: {why}")


def read(path: Path) -> bytes:
    """The bytes of an archive, one more than may be taken in at most."""
    with path.open("rb") as file:
        return file.read(MOST_ARCHIVE + 1)
