"""A ministry's book of 1,000 norms, as text: what may be done in incidents, with licences and with documents.

Every one of twelve fields (floods, fires, rail …) has its regulation of the same plan: powers with conditions on facts,
on states and on what was done before, limits, prohibitions with exceptions, duties with every kind of trigger and day,
lapses. The Act has the words, the calendars, the general powers and the delegations.
"""

from __future__ import annotations

from collections.abc import Iterable

from bench.ministry_act import ACT

FIELDS = (
    "floods",
    "fires",
    "rail",
    "ports",
    "food",
    "health",
    "nuclear",
    "cyber",
    "borders",
    "energy",
    "mines",
    "aviation",
)
REGIONS = ("north", "east", "south", "west", "coast", "capital", "highlands", "islands")
SEVERITIES = ("minor", "moderate", "serious", "grave")
GRADES = ("open", "restricted", "confidential", "secret", "top-secret")
NORMS = 1_000

BOOK = """---
book: ministry
title: The law of a ministry
calendar: civil
---
# The law of a ministry
"""

ACTS = {
    "incident": """report-incident assess-incident assign-incident inspect-site take-sample raise-alert
        extend-alert amend-alert lift-alert publish-alert review-alert make-order serve-order suspend-order
        resume-order revoke-order evacuate end-evacuation notify-minister notify-neighbour request-assistance
        send-home open-inquiry report-inquiry consult-district close-incident""",
    "licence-file": """apply register-application request-opinion give-opinion hear-party grant-licence
        refuse-licence renew-licence withdraw-licence appeal decide-appeal inspect-premises pay-fee
        put-on-probation withdraw-application""",
    "document": """classify declassify read-document release-document embargo lift-embargo lend-document
        return-document review-document""",
    "district": "warn-district clear-district",
    "": """declare-emergency end-emergency lay-report freeze-expenditure free-expenditure sign-delegation
        revoke-delegation brief-parliament publish-figures check-stocks consult-council""",
}
STATED = {
    "assess-incident": ["severity: severity"],
    "raise-alert": ["radius: number", "grounds: text"],
    "amend-alert": ["radius: number"],
    "extend-alert": ["grounds: text"],
    "make-order": ["grounds: text", "cost: number"],
    "evacuate": ["persons: number"],
    "inspect-premises": ["defects: number"],
    "grant-licence": ["capacity: number"],
    "classify": ["level: grade", "reason: text"],
    "lend-document": ["to-whom: text"],
    "sign-delegation": ["up-to: number"],
}
PRIVATE = ("apply", "appeal", "withdraw-application", "pay-fee")
MATERIAL = ("inspect-site", "take-sample", "publish-alert", "serve-order")

GENERAL = (
    "power\n  minister may declare-emergency\n  when threat is grave\n  after consult-council within 30 days\n"
    "  begins emergency for 30 days",
    "power\n  minister may end-emergency\n  when emergency in effect\n  ends emergency",
    "lapse\n  emergency lapses\n  when threat at most minor",
    "power\n  treasurer may freeze-expenditure\n  when budget-left below 100\n  begins freeze",
    "power\n  treasurer, minister may free-expenditure\n  ends freeze",
    "lapse\n  freeze lapses\n  after 6 months",
    "power\n  anyone may sign-delegation",
    "prohibition\n  no one except minister, director may sign-delegation",
    "power\n  minister, director may revoke-delegation",
    "power\n  minister, director may make-order",
    "limit\n  director may make-order only\n  when freeze in effect\n  with cost below 500",
    "delegation\n  minister may delegate make-order, raise-alert to duty-officer by sign-delegation\n"
    "  limited to make-order.cost below grant.up-to\n  for 90 days",
    "delegation\n  director may delegate inspect-premises, give-opinion to registrar by sign-delegation\n"
    "  for 120 days\n  depth 2",
    "power\n  director may give-opinion",
    "duty\n  minister must brief-parliament\n  within 7 sitting days of parliament of declare-emergency",
    "duty\n  minister must lay-report\n  to parliament\n  within 15 sitting days of parliament of end of emergency",
    "duty\n  treasurer must publish-figures\n  every 1 months",
    "duty\n  director must check-stocks\n  every 1 weeks while emergency in effect\n  on start of emergency",
    "duty\n  auditor must publish-figures\n  within 30 days of start of freeze\n  until freeze not in effect",
    "duty\n  secretary-general must consult-council\n  before declare-emergency",
    "power\n  duty-officer, minister may warn-district\n  begins district-alert for 5 days",
    "power\n  duty-officer, minister may clear-district\n  ends district-alert",
    "lapse\n  district-alert lapses\n  after 10 days",
    "power\n  archivist may declassify\n  when document.created before now - 20 years\n  ends classified",
    "prohibition\n  no one except minister may release-document\n  when classified in effect",
    "permission\n  anyone may read-document\n  when actor.clearance at least document.grade",
    "prohibition\n  no one may read-document\n  when embargoed in effect\n  unless actor is legal-counsel",
    "permission\n  resident may read-document\n  when classified not in effect",
    "power\n  archivist may lend-document\n  when classified not in effect\n  begins on-loan for 30 days",
    "power\n  archivist may return-document\n  ends on-loan",
    "duty\n  archivist must return-document\n  within 30 days of lend-document\n  waived by secretary-general",
    "duty\n  archivist must review-document\n  by document.created + 15 years\n  when classified in effect",
    "permission\n  archivist need not review-document\n  when embargoed in effect",
    "right\n  operator has the right to appeal",
    "immunity\n  minister is immune from inspect-premises",
    "duty\n  legal-counsel must consult-council\n  when threat is grave",
    "duty\n  press-officer must publish-figures\n  within 3 working days of media-inquiry",
    "disability\n  no one has power to revoke-delegation\n  when emergency in effect\n  unless actor is minister",
    "power\n  director, inspector, duty-officer may send-home\n  ends assistance",
    "power\n  secretary-general, minister, treasurer may consult-council",
    "power\n  minister, director, duty-officer may consult-district",
    "power\n  anyone may lay-report",
)

PLAN = (
    # Incidents.
    "power\n  {i}, duty-officer may report-incident\n  when field is {f}\n  begins incident-open",
    "lapse\n  incident-open lapses\n  when incident.field is {f}\n  after {n24} months",
    "power\n  {i} may assess-incident\n  when field is {f}\n  when incident-open in effect",
    "power\n  {d} may assess-incident\n  when field is {f}\n  when weighty",
    "duty\n  {i} must assess-incident\n  within {n4} days of report-incident\n  when field is {f}",
    "power\n  {d}, duty-officer may assign-incident\n  when field is {f}\n  after report-incident",
    "power\n  {i} may inspect-site\n  when field is {f}\n  unless hazardous and severity is grave",
    "permission\n  {i} may inspect-site\n  when field is {f}\n  when hazardous and actor.clearance at least secret",
    "duty\n  {i} must inspect-site\n  within {n9} working days of assess-incident\n"
    "  when field is {f} and severity at least moderate\n  until incident-open not in effect",
    "power\n  {i}, chief-scientist may take-sample\n  when field is {f}\n  after inspect-site",
    "prohibition\n  {i} may not take-sample\n  when field is {f}\n  when severity is grave and hazardous",
    "duty\n  chief-scientist must take-sample\n  within {n9} days of inspect-site\n"
    "  when field is {f} and hazardous\n  waived by {d}",
    "duty\n  {d} must notify-minister\n  within {h} hours of assess-incident\n"
    "  when field is {f} and severity is serious",
    "duty\n  {d} must notify-minister\n  within 24 hours of assess-incident\n"
    "  when field is {f} and severity is grave\n  if breached escalates to minister",
    "power\n  {d}, {i} may notify-minister\n  when field is {f}",
    "power\n  minister, {d} may notify-neighbour\n  when field is {f} and cross-border",
    "duty\n  minister must notify-neighbour\n  within 3 days of raise-alert\n  when field is {f} and cross-border",
    "power\n  {d} may raise-alert\n  when field is {f} and severity at least serious\n  after assess-incident\n"
    "  begins alert for {n14} days",
    "power\n  {i} may raise-alert\n  when field is {f} and severity is grave\n  when emergency in effect\n"
    "  begins alert for 3 days",
    "limit\n  {d} may raise-alert only\n  when field is {f}\n  stating grounds",
    "limit\n  {d}, {i} may raise-alert only\n  when field is {f}\n  when region is {r1}\n  after consult-district",
    "prohibition\n  {i} may not raise-alert\n  when field is {f} and cross-border\n  unless emergency in effect",
    "lapse\n  alert lapses\n  when incident.field is {f}\n  after 90 days",
    "lapse\n  alert lapses\n  when incident.field is {f}\n  at end of incident-open",
    "duty\n  press-officer must publish-alert\n  within 12 hours of raise-alert\n  when field is {f}",
    "power\n  press-officer, {d} may publish-alert\n  when field is {f}",
    "duty\n  {d} must review-alert\n  every {n9} days while alert in effect\n  on raise-alert\n  when field is {f}",
    "power\n  {d}, {i} may review-alert\n  when field is {f}",
    "power\n  {d} may extend-alert\n  when field is {f}\n  when alert in effect\n  after review-alert\n"
    "  continues alert for {n14} days",
    "prohibition\n  {d} may not extend-alert\n  when field is {f} and severity at most moderate",
    "power\n  {d} may amend-alert\n  when field is {f}\n  amends alert",
    "power\n  {d}, minister may lift-alert\n  when field is {f}\n  when alert in effect\n  ends alert",
    "power\n  {d} may make-order\n  when field is {f}\n  when alert in effect\n  stating grounds\n"
    "  begins order-in-force for {n24} days",
    "power\n  {i} may make-order\n  when field is {f} and severity is grave\n  when alert in effect\n"
    "  when cost below {c}\n  begins order-in-force for 7 days",
    "prohibition\n  {i}, {d} may not make-order\n  when field is {f} and region is {r2}\n  when casualties below 1\n"
    "  unless alert in effect and alert.radius above 5",
    "prohibition\n  {d} may not make-order\n  when field is {f}\n  when cost above {c}000\n"
    "  unless consult-council done since now - 90 days",
    "duty\n  {d} must serve-order\n  to each of operator, resident\n  within {n4} working days of make-order\n"
    "  when field is {f}",
    "power\n  {d}, {i} may serve-order\n  when field is {f}",
    "power\n  {d} may suspend-order\n  when field is {f}\n  when order-in-force in effect\n"
    "  suspends order-in-force",
    "power\n  {d} may resume-order\n  when field is {f}\n  resumes order-in-force",
    "power\n  {d}, minister may revoke-order\n  when field is {f}\n  ends order-in-force",
    "power\n  {d} may evacuate\n  when field is {f} and severity is grave\n  when alert in effect\n"
    "  after consult-district\n  begins evacuation for {n9} days",
    "limit\n  {d} may evacuate only\n  when field is {f}\n  with persons below {c}00",
    "power\n  {d} may end-evacuation\n  when field is {f}\n  ends evacuation",
    "duty\n  {d} must end-evacuation\n  by end of evacuation\n  when incident.field is {f}\n"
    "  when evacuation in effect",
    "power\n  {d}, minister may request-assistance\n  when field is {f} and weighty\n"
    "  begins assistance for {n14} days",
    "power\n  {d} may open-inquiry\n  when field is {f}\n  when casualties above 0\n  begins inquiry",
    "duty\n  {d} must open-inquiry\n  within {n9} days of end of alert\n  when incident.field is {f}"
    "\n  when incident.casualties above 5",
    "power\n  {d}, {i} may report-inquiry\n  when field is {f}\n  when inquiry in effect\n  ends inquiry",
    "duty\n  {d} must report-inquiry\n  within {n24} working days of start of inquiry\n"
    "  when incident.field is {f}",
    "power\n  {d}, {i} may close-incident\n  when field is {f}\n  after assess-incident\n  ends incident-open",
    "prohibition\n  {i}, {d} may not close-incident\n  when field is {f}\n  when alert in effect",
    "prohibition\n  {i} may not close-incident\n  when field is {f} and severity at least serious\n"
    "  unless notify-minister done",
    "duty\n  {i} must inspect-site\n  within 2 days of sensor-alarm\n  when field is {f}",
    # Licences.
    "power\n  registrar may register-application\n  when field is {f}\n  after apply\n  begins application-open",
    "duty\n  registrar must register-application\n  within {n4} working days of apply\n  when field is {f}",
    "lapse\n  application-open lapses\n  when licence-file.field is {f}\n  after 12 months",
    "power\n  {d}, registrar may request-opinion\n  when field is {f}\n  when application-open in effect",
    "power\n  {i} may give-opinion\n  when field is {f}\n  after request-opinion",
    "duty\n  {i} must give-opinion\n  within {n14} working days of request-opinion\n  when field is {f}\n"
    "  until application-open not in effect",
    "power\n  {d}, {i} may hear-party\n  when field is {f}",
    "duty\n  {d} must hear-party\n  before refuse-licence\n  when field is {f}",
    "power\n  {d} may grant-licence\n  when field is {f}\n  when application-open in effect\n  after give-opinion\n"
    "  begins licence for 12 months\n  ends application-open",
    "limit\n  {d} may grant-licence only\n  when field is {f} and objections\n  after hear-party",
    "prohibition\n  {d} may not grant-licence\n  when field is {f} and foreign-owned\n"
    "  when licence-file.capacity above {c}0",
    "power\n  {d} may refuse-licence\n  when field is {f}\n  when application-open in effect\n"
    "  ends application-open",
    "power\n  {d} may renew-licence\n  when field is {f}\n  when licence in effect\n"
    "  unless probation in effect\n  continues licence for 12 months",
    "power\n  {d} may withdraw-licence\n  when field is {f}\n  when probation in effect\n  ends licence",
    "power\n  {d} may put-on-probation\n  when field is {f}\n  when licence in effect\n"
    "  after inspect-premises within 90 days\n  begins probation for 6 months",
    "power\n  {i} may inspect-premises\n  when field is {f}\n  when licence in effect",
    "duty\n  {i} must inspect-premises\n  every {n4} months while licence in effect\n  on grant-licence\n"
    "  when field is {f}",
    "duty\n  {i} must inspect-premises\n  within {n14} days of complaint\n  when field is {f}",
    "duty\n  {d} must renew-licence\n  within 12 months of grant-licence\n  when field is {f}\n"
    "  until licence not in effect",
    "power\n  {d}, minister may decide-appeal\n  when field is {f}\n  when appeal-pending in effect\n"
    "  ends appeal-pending",
    "duty\n  {d} must decide-appeal\n  within {n24} working days of appeal\n  when field is {f}",
    # Documents.
    "power\n  {d} may classify\n  when field is {f}\n  when grade at least restricted\n"
    "  when actor.clearance at least secret\n"
    "  begins classified for {n9} years",
    "power\n  {i} may classify\n  when field is {f}\n  when actor.clearance at least confidential\n"
    "  when level at most confidential\n  begins classified for {n4} years",
    "prohibition\n  {i}, {d} may not classify\n  when field is {f}\n  unless actor.trained after now - 3 years",
    "limit\n  {d}, {i} may classify only\n  when field is {f}\n  stating reason",
    "power\n  {d} may declassify\n  when field is {f}\n  when classified in effect\n  ends classified",
)
PRIVATE_EFFECTS = "power\n  operator may appeal\n  begins appeal-pending"


def files() -> dict[str, str]:
    """The book: `NORMS` norms, twelve regulations made under one Act."""
    acts = [words(), *provisions(1, [*GENERAL, PRIVATE_EFFECTS, ENABLING])]
    found = {"book.md": BOOK, "act.md": ACT + "".join(acts)}
    left = NORMS - len(GENERAL) - 2
    for at, field in enumerate(FIELDS):
        here = left // (len(FIELDS) - at)
        left -= here
        found[f"{field}.md"] = regulation(at, field, here)
    return found


ENABLING = "power\n  minister may ordinance\n  enabling affair"


def words() -> str:
    lines = [
        "\n## 1 Words\n\n```writ\n",
        f"kind field\n{names(FIELDS)}",
        f"\nkind region\n{names(REGIONS)}",
    ]
    for field in FIELDS:
        lines.append(
            f"\noffice director-of-{field}\n  is director\n  reports to secretary-general\n"
        )
        lines.append(
            f"\noffice inspector-of-{field}\n  is inspector\n  reports to director-of-{field}\n"
        )
    for thing, acts in ACTS.items():
        for act in acts.split():
            lines.append(f"\nact {act}\n  is affair\n")
            lines += [f"  on {thing}\n"] if thing else []
            lines += [f"  {one}\n" for one in STATED.get(act, ())]
            lines += ["  material\n"] if act in MATERIAL else []
    return "".join([*lines, "```\n"])


def names(values: Iterable[str]) -> str:
    return "".join(f"  {value}\n" for value in values)


def provisions(first: int, norms: Iterable[str]) -> list[str]:
    return [
        f"\n## {at} On this\n\nWhat the paragraph says, for people to read.\n\n```writ\n{norm}\n```\n"
        for at, norm in enumerate(norms, first + 1)
    ]


def regulation(at: int, field: str, norms: int) -> str:
    """The regulation of one field: so many norms of the plan."""
    given = {
        "f": field,
        "d": f"director-of-{field}",
        "i": f"inspector-of-{field}",
        "r1": REGIONS[at % len(REGIONS)],
        "r2": REGIONS[(at + 3) % len(REGIONS)],
        "c": str(5 + at),
        "h": str(24 + 12 * (at % 3)),
        "n4": str(2 + at % 4),
        "n9": str(5 + at % 5),
        "n14": str(10 + at % 7),
        "n24": str(20 + at % 6),
    }
    plan = [one.format(**given) for one in PLAN[:norms]]
    for place in range(at, norms, 7):  # what came later, and what has an end
        if plan[place].startswith(("limit", "prohibition")):
            plan[place] += f"\n  in force from {2020 + at % 4}-0{1 + place % 9}-01"
    calendar = ("civil", "courts", "session")[at % 3]
    head = (
        f"---\nid: {field}\ntitle: Regulation on {field}\nkind: regulation\ncitation: R-{field}\n"
        f"cite-as: r. {{}}\nunder: act 45\nenacted-by: minister\nin-force: {2016 + at % 4}-01-01\n"
        f"calendar: {calendar}\n---\n# Regulation on {field}\n"
    )
    return head + "".join(provisions(0, plan))
