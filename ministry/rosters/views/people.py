"""People as a page names them: whoever reads may not know of is nobody."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from django.utils.translation import gettext

from ministry.console.here import Here
from ministry.gate.readers import hidden


class Who(msgspec.Struct, frozen=True):
    """Somebody on a page; `key` is empty for whom the reader may not know of."""

    key: str
    name: str


class Names:
    """The people of a page, asked for at once."""

    do_not_call_in_templates = True  # a template hands it on

    def __init__(self, found: Here, keys: Iterable[str]) -> None:
        wanted = {key for key in keys if key}
        self.found = found
        self.unknown = hidden(found.reader, wanted, found.held.changes)
        found.know(wanted - self.unknown)

    def __call__(self, key: str) -> Who:
        if not key or key in self.unknown:
            return Who("", gettext("nobody named"))
        return Who(key, self.found.person(key))
