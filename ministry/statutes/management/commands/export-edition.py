"""`ministry export-edition`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ministry.editions.content import NotABook, digest
from ministry.editions.models import Edition
from ministry.editions.queries import NoEdition, digest_at
from ministry.statutes.archives import Unfit, written
from ministry.statutes.importing import files_of

IN_FORCE = "in-force"


class Command(BaseCommand):
    help = "Write an edition of the Book into a folder, from which it compiles to the same digest."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help=f"its digest, or `{IN_FORCE}`")
        parser.add_argument("folder", type=Path, help="a folder that is new or empty")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            name = options["edition"]
            wanted = digest_at(timezone.now()) if name == IN_FORCE else name
            files = files_of(wanted)
            if digest(files) != wanted:
                raise NotABook(f"the text of edition {wanted[:12]} was changed")
            written(files, options["folder"])
        except Edition.DoesNotExist:
            raise CommandError(f"there is no edition {options['edition'][:80]}") from None
        except (NoEdition, NotABook, Unfit, OSError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{wanted}: {len(files):,} files in {options['folder']}")
