"""The keys of the console: what each does, in one table for the page, for the dialog and for the script.

Single keys act only where nobody types, and can be switched off (WCAG 2.2, 2.1.4); `browser/keys.js` reads where they
lead from the page itself.
"""

from __future__ import annotations

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Key(msgspec.Struct, frozen=True):
    """One or several keys, pressed one after the other, and what they do."""

    keys: tuple[str, ...]
    does: str | Promise


EVERYWHERE = (
    Key(("/",), _("To the search")),
    Key(("?",), _("Show these keys")),
    Key(("j",), _("To the next row of a list; in a list the arrow down does the same")),
    Key(("k",), _("To the row before; in a list the arrow up does the same")),
    Key(("Enter",), _("Open the row")),
    Key(("Esc",), _("Leave the list, the search or this window")),
)
EDITOR = (
    Key(("Ctrl+S",), _("Save now")),
    Key(("Ctrl+Space",), _("Offer names")),
    Key(("Shift+Alt+F",), _("Format")),
    Key(("F8",), _("To the next problem")),
    Key(("Esc", "Tab"), _("Leave the text")),
)
"""These have a modifier or no character, and work also where the others are switched off."""
