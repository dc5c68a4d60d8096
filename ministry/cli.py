"""The command `ministry`."""

from __future__ import annotations

import os
import sys

COMMANDS = {
    "backup": "write everything into one file, while the ministry runs",
    "check": "look at the settings, the database, the edition, the log, its keys and the disk",
    "enrol": "print the enrolment link of somebody who has no passkey yet",
    "export-edition": "write an edition of the Book into a folder",
    "import-edition": "deposit the edition in a folder or ZIP archive, and say how it differs",
    "journal": "write what was done into a journal, for `writ audit` to replay",
    "migrate": "bring the tables of the database up to this release",
    "recover": "let somebody in again whom no officer can",
    "restore": "put a backup into an empty database and home",
    "up": "serve the ministry; the first start founds it, `--demo` with invented people",
    "verify": "replay the register: decide everything again, build the tables again, and say what differs",
    "witness": "be a witness of the log, on a machine of the overseer's own",
    "worker": "run what is due, deliver what is in the outbox, and audit both, until told to stop",
}


def main(argv: list[str] | None = None) -> int:
    """Run one command; its exit status."""
    given = sys.argv[1:] if argv is None else argv
    if not given or given[0] in ("-h", "--help", "help"):
        print(usage())
        return 0
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ministry.settings")
    import django
    from django.core.management import execute_from_command_line, get_commands

    try:
        django.setup()
    except (
        ValueError,
        OSError,
    ) as error:  # a setting that cannot be read, a home that cannot be written
        return wrong(str(error))
    if given[0] not in get_commands():
        print(f"ministry: no command `{given[0]}`\n\n{usage()}", file=sys.stderr)
        return 2
    from django.db.utils import OperationalError

    try:
        execute_from_command_line(["ministry", *given])
    except OperationalError as error:
        return wrong(f"the database does not answer: {str(error).strip()}")
    return 0


def wrong(message: str) -> int:
    """Say what is wrong; the exit status for it."""
    print(f"ministry: {message}", file=sys.stderr)
    return 2


def usage() -> str:
    rows = "\n".join(f"  {name:<14} {what}" for name, what in COMMANDS.items())
    return (
        f"ministry: the server of a ministry\n\n{rows}\n\nministry COMMAND --help says more of one."
    )


if __name__ == "__main__":
    sys.exit(main())
