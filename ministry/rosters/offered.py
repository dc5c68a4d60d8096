"""The forms of the acts of rosters, and the words of their fields."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from ministry.console.forms import Form, offer

POST = (_("Post"), _("As its address names it"), "text", "")
START = (_("Shift that begins"), _("Day, time and offset: 2026-12-01T06:00+00:00"), "text", "")
PERSON = (_("Person"), _("Name, sign-in name or key"), "text", "people")
WHY = (_("Reason"), _("Everybody in office reads it"), "textarea", "")
SWAP = (_("Swap"), "", "hidden", "")

offer(
    "establish-duty-post",
    Form(_("Establish"), _("A place at which somebody is on duty, by a pattern of shifts.")),
    {
        "post": (_("Short name"), _("Small letters, figures and hyphens: it stands in its address"), "text", ""),
        "name": (_("Name"), "", "text", ""),
        "office": (_("Whose duty it is"), "", "text", "offices"),
        "keeper": (_("Who keeps its roster"), "", "text", "offices"),
        "zone": (_("Time zone"), _("Such as Europe/London; left out: that of the Book's calendar"), "text", ""),
        "pattern": (_("Pattern"), _("A line for each shift: Night | FREQ=DAILY | 22:00-06:00"), "textarea", ""),
        "always": (_("Somebody is on duty at every moment"), _("yes; left out: by the pattern"), "text", ""),
        "needs": (_("How many are on duty"), _("One; left out"), "number", ""),
        "overlap": (_("Minutes of handover"), _("In which both are on duty; left out: none"), "number", ""),
        "offices": (_("In one of these offices"), _("With commas between; left out: whose duty it is"), "text", ""),
        "acts": (_("Able to do these acts"), _("Names of the Book with commas between"), "text", ""),
    },
)  # fmt: skip
offer(
    "close-duty-post",
    Form(_("Close"), _("From now on nobody need be on duty there."), True),
    {"post": POST},
)
offer(
    "assign-to-post",
    Form(_("Assign"), _("They may be on its roster, and are called in this order.")),
    {"post": POST, "person": PERSON, "order": (_("Place in the order of calls"), _("First: 1"), "number", "")},
)  # fmt: skip
offer(
    "release-from-post",
    Form(_("Release"), _("They are on no further roster of it. Shifts stay until changed."), True),
    {"post": POST, "person": PERSON},
)  # fmt: skip
offer(
    "record-absence",
    Form(_("Record"), _("They are on no roster then. Why is not asked.")),
    {
        "person": PERSON,
        "start": (_("From"), _("Day, time and offset: 2026-12-01T00:00+00:00"), "text", ""),
        "end": (_("Until"), _("The same"), "text", ""),
    },
)  # fmt: skip
offer(
    "end-absence",
    Form(_("End it"), _("They may be on a roster again.")),
    {"absence": (_("Absence"), "", "hidden", "")},
)
offer(
    "change-roster",
    Form(_("Change"), _("It is published at once, and those concerned are told.")),
    {
        "post": POST,
        "start": START,
        "old": (_("Who has the shift"), _("Left out: nobody"), "text", "people"),
        "new": (_("Who is to have it"), _("Left out: it stays open"), "text", "people"),
        "reason": WHY,
    },
)
offer("fill-gap", Form(_("Fill the gap")), {"post": POST, "start": START, "person": PERSON})
offer(
    "report-gap",
    Form(_("Report"), _("Say why nobody can be found, and what is done instead.")),
    {"post": POST, "start": START, "reason": WHY},
)
offer(
    "except-roster",
    Form(_("Allow"), _("Shifts may then breach the rule as far as it says here, and no further.")),
    {
        "post": POST,
        "breaches": (_("Breaches"), _("A line for each: person, shift, rule, how much"), "textarea", ""),
        "reason": (_("Reason"), _("Why nothing less serves, and how those concerned rest instead"), "textarea", ""),
    },
)  # fmt: skip
offer(
    "propose-swap",
    Form(_("Ask"), _("They accept or decline; then it is approved, and the rules of rest are asked again.")),
    {
        "shift": (_("Shift"), "", "hidden", ""),
        "taker": (_("Who is asked to take it"), _("Name, sign-in name or key"), "text", "people"),
        "back": (_("Shift of theirs in return"), _("Its key, as their shifts name it; left out: none"), "text", ""),
        "reason": (_("Reason"), _("Left out where there is nothing to say"), "textarea", ""),
    },
)  # fmt: skip
offer("accept-swap", Form(_("Accept")), {"swap": SWAP})
offer("end-swap", Form(_("Decline or withdraw"), "", True), {"swap": SWAP})
offer(
    "approve-swap", Form(_("Approve"), _("The shifts pass to the others at once.")), {"swap": SWAP}
)
offer(
    "hand-over",
    Form(_("Leave the note"), _("The next shift begins with it, and signs it.")),
    {
        "post": POST,
        "standing": (_("How things stand"), "", "textarea", ""),
        "open": (_("Open matters"), _("Left out: nothing is open"), "textarea", ""),
        "marking": (_("Marking"), _("Left out: open to the office. Such as secret/plans,sources"), "text", "markings"),
    },
)  # fmt: skip
offer("take-over", Form(_("Sign and begin")), {"post": POST, "note": (_("Note"), "", "hidden", "")})
