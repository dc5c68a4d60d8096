"""The command `ministry`."""

from __future__ import annotations

import os
import sys

COMMANDS = {
    "migrate": "bring the tables of the database up to this release",
    "verify": "replay the register: decide everything again, build the tables again, and say what differs",
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

    django.setup()
    if given[0] not in get_commands():
        print(f"ministry: no command `{given[0]}`\n\n{usage()}", file=sys.stderr)
        return 2
    execute_from_command_line(["ministry", *given])
    return 0


def usage() -> str:
    rows = "\n".join(f"  {name:<10} {what}" for name, what in COMMANDS.items())
    return (
        f"ministry: the server of a ministry\n\n{rows}\n\nministry COMMAND --help says more of one."
    )


if __name__ == "__main__":
    sys.exit(main())
