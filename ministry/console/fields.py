"""Fields of forms: label, hint, what was typed, what is wrong with it. A page shows them; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class Field(msgspec.Struct):
    """One field. `kind`: text, number, date, textarea, select, radios, checkboxes, hidden.

    `value` is what was typed, or for checkboxes what was ticked. `suggest` names a list of suggestions on the page.
    """

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    value: str = ""
    ticked: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    error: str = ""
    help: str = ""
    suggest: str = ""
    suggestions: tuple[tuple[str, str], ...] = ()
    required: bool = False
    why: tuple[str, ...] = ()
    """Citations of the norms that look at it."""

    @property
    def id(self) -> str:
        return "f-" + "".join(one if one.isalnum() else "-" for one in self.name)

    @property
    def described(self) -> str:
        """The ids of what describes it."""
        said = [f"{self.id}-hint"] if self.hint or self.why else []
        if self.error:
            said.append(f"{self.id}-error")
        return " ".join(said)


class Wrong(msgspec.Struct, frozen=True):
    """Something wrong with a form: in which field, or in none."""

    message: str
    field: Field | None = None
    help: str = ""
    suggested: str = ""
    """The address of the same page with the suggestion taken; `help` is then the suggestion."""


def wrongs(fields: Iterable[Field], general: Iterable[Wrong] = ()) -> list[Wrong]:
    """All that is wrong with a form, for the summary above it."""
    return [Wrong(one.error, one, one.help) for one in fields if one.error] + list(general)
