"""Words of the law's own machinery that pages show as states: recorded and compared in English, said in any language.

The engine, the compiler and the tables hold these words themselves; here a translator finds them. A page says one by
`{% translate one.status %}`, which leaves alone what is not here.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

NORMS = (
    _("power"), _("duty"), _("permission"), _("prohibition"), _("right"), _("immunity"), _("delegation"),
    _("definition"), _("deeming"), _("override"), _("sanction"), _("provision"), _("instrument"), _("assurance"),
    _("word"), _("case"), _("must"), _("may"),
)  # fmt: skip
OUTCOMES = (
    _("permitted"), _("prohibited"), _("needs"), _("no authority"), _("conflict"), _("refused"),
    _("applies"), _("open"), _("defeated"), _("does not apply"), _("another bearer"),
)  # fmt: skip
STANDING = (
    _("in force"), _("to come"), _("repealed"), _("suspended"), _("not yet"), _("not commenced"), _("commenced"),
    _("not yet known"), _("not yet in force"),
)  # fmt: skip
CHANGES = (
    _("gained"), _("lost"), _("narrowed"), _("widened"), _("changed"), _("new"), _("gone"), _("moved"), _("same"),
)  # fmt: skip
FINDINGS = (
    _("error"),
    _("warning"),
    _("note"),
    _("holds"),
    _("broken"),
    _("proved"),
    _("not proved"),
)
CHOICES = (
    _("holds"), _("acts in"), _("granted"), _("declined"), _("withdrawn"), _("agrees"), _("objects"),
    _("has nothing to say"), _("accepted"), _("rejected"), _("answered"), _("kept as it is"), _("to be amended"),
    _("to be repealed"), _("as it was when it was taken up"), _("saved"), _("an older version restored"),
    _("taken over from a newer edition"), _("it waits for a worker"), _("it is under way"), _("it is done"),
    _("it could not be done"), _("consultation"), _("examination"), _("certificate"), _("promulgation"),
)  # fmt: skip
"""Choices of the tables, as `get_..._display` says them."""
