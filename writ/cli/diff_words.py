"""What somebody gains or loses, in a phrase."""

from __future__ import annotations

from writ.editions.change import Touch

_GRANT = {"gained": "gains {}", "lost": "loses {}", "commenced": "gains {}", "repealed": "loses {}"}
_PHRASES: dict[str, dict[str, str]] = {
    "power": _GRANT,
    "permission": _GRANT,
    "right": {"gained": "gains the right to {}", "lost": "loses the right to {}"},
    "exemption": {"gained": "may now leave {} undone", "lost": "may no longer leave {} undone"},
    "delegation": {"gained": "may now delegate {}", "lost": "may no longer delegate {}"},
    "duty": {"gained": "must now {}", "lost": "need no longer {}"},
    "prohibition": {"gained": "may no longer {}", "lost": "is no longer forbidden {}"},
    "disability": {
        "gained": "has no longer power to {}",
        "lost": "is no longer denied power to {}",
    },
    "immunity": {"gained": "becomes immune from {}", "lost": "is no longer immune from {}"},
    "recipient": {
        "gained": "may now be given {} by delegation",
        "lost": "may no longer be given {} by delegation",
    },
    "liberty": {"gained": "is free to {}", "lost": "is no longer free to {}"},
    "limit": {"gained": "is now limited in {}", "lost": "is no longer limited in {}"},
}
_ALIKE = {"commenced": "gained", "repealed": "lost"}


def phrase(item: Touch) -> str:
    """`loses issue-declaration (s. 17(1))`, `power to sign narrowed (s. 4)`."""
    said = _PHRASES.get(item.kind, {})
    form = said.get(item.change) or said.get(_ALIKE.get(item.change, ""), "")
    if not form:
        link = {"duty": "to", "power": "to", "right": "to", "disability": "as to"}
        form = f"{item.change}: {item.kind} {link.get(item.kind, 'on')} {{}}"
    when = f" from {', '.join(item.dates)}" if item.dates else ""
    cited = f" ({', '.join(item.citations)})" if item.citations else ""
    return f"{form.format(item.act)}{when}{cited}"
