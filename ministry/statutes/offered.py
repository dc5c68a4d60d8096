"""The forms of acts on the law that are no steps of a proposal, and where a provision leads to them."""

from __future__ import annotations

from django.utils.http import urlencode
from django.utils.translation import gettext_noop as _

from ministry.console import amending
from ministry.console.forms import Form, offer

PROVISIONS = (
    _("Provisions"),
    _("INSTRUMENT/LABEL, or an instrument for all of it; several with spaces"),
    "text",
    "",
)
PROVISION = (_("Provision"), _("INSTRUMENT/LABEL"), "text", "")
INSTRUMENT = (_("Instrument"), _("Its name, as identity-regulation"), "text", "")
DAY = (_("Repealed from"), _("The first day on which it is no longer in force"), "date", "")
EDITION = (
    _("Edition"),
    _("The digest of a deposited text that mends what refers to it as well; left out: the edition promulgated last"),
    "text",
    "",
)  # fmt: skip
WHY = (_("Reason"), _("Everybody in office reads it"), "textarea", "")


def register() -> None:
    """Offer the forms, and lead to them from every provision."""
    offer(
        "suspend-provision",
        Form(
            _("Suspend"),
            _("It does not apply from now on, until the end of that day; then it applies again by itself."),
            True,
            ("since",),
        ),
        {"provisions": PROVISIONS, "until": (_("Until"), _("Its last day"), "date", ""), "reason": WHY},
    )  # fmt: skip
    offer(
        "lift-suspension",
        Form(_("End the suspension"), _("What is suspended applies again at once.")),
        {"suspension": (_("Suspension"), "", "hidden", ""), "reason": WHY},
    )
    repeal = Form(
        _("Propose the repeal"),
        _("An edition is proposed, and goes the way of any edition. Its page says what still refers to it."),
    )  # fmt: skip
    offer("repeal-provision", repeal, {"provisions": PROVISIONS, "day": DAY, "edition": EDITION})
    offer("repeal-instrument", repeal, {"instrument": INSTRUMENT, "day": DAY, "edition": EDITION})
    offer(
        "correct-clerical-error",
        Form(
            _("Correct"),
            _("Two persons correct it. Where anything would mean something else it is refused, and is amended."),
        ),
        {
            "provision": PROVISION,
            "old": (_("What it says"), _("Words that stand there once"), "text", ""),
            "new": (_("What it should say"), "", "text", ""),
            "reason": WHY,
        },
    )  # fmt: skip
    offer(
        "decide-ending",
        Form(_("Say so"), _("What is to be renewed is amended before its day; the rest ends by itself.")),
        {
            "instrument": INSTRUMENT,
            "provision": (_("Provision"), _("Left out: the whole instrument"), "text", ""),
            "outcome": (_("What becomes of it"), _("renew, or lapse"), "text", ""),
            "reasons": WHY,
        },
    )  # fmt: skip
    offer(
        "publish-instrument",
        Form(_("Publish"), _("Everybody may read it in the reading room, without signing in.")),
        {"instrument": INSTRUMENT, "reason": WHY},
    )
    offer(
        "withhold-instrument",
        Form(_("Withhold"), _("It is in the reading room no longer. Whoever has read it has read it."), True),
        {"instrument": INSTRUMENT, "reason": WHY},
    )  # fmt: skip
    amending.on_provision(_("Suspend"), _leading("suspend-provision", "provisions"))
    amending.on_provision(_("Repeal"), _leading("repeal-provision", "provisions"))
    amending.on_provision(_("Correct"), _leading("correct-clerical-error", "provision"))


def _leading(act: str, field: str) -> amending.Address:
    def address(instrument: str, label: str) -> str:
        key = f"{instrument}/{label}" if label else instrument
        return f"/acts/{act}/?{urlencode({field: key})}"

    return address
