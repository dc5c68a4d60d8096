"""The components of the console, each with an invented example: for whoever builds a desk, and for the tests."""

from __future__ import annotations

import datetime as dt

import msgspec
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_safe

from ministry.console import doors
from ministry.console.components.charts import Series, bars, lines, s_curve, spark, stacked
from ministry.console.components.columns import Column, Kind, choice, days, text
from ministry.console.components.flows import Flow, flows
from ministry.console.components.maps import Place, charted
from ministry.console.components.states import STATES
from ministry.console.components.table import Table
from ministry.console.components.timeline import Event, lanes
from ministry.console.components.tree import Branch, grown
from ministry.console.here import here


class Depot(msgspec.Struct, frozen=True):
    """An invented depot."""

    key: str
    name: str
    stock: int
    checked: dt.date | None
    standing: str
    under: str = ""
    at: tuple[float, float] | None = None


DEPOTS = (
    Depot("north", "Northern depot", 12_400, dt.date(2026, 9, 14), "met", "", (-18.6, 65.3)),
    Depot("harbour", "Harbour store", 2_180, dt.date(2026, 11, 2), "soon", "north", (-16.6, 65.6)),
    Depot("hill", "Hill magazine", 640, None, "breached", "north", (-20.4, 65.2)),
    Depot("south", "Southern depot", 9_050, dt.date(2026, 10, 1), "met late", "", (-19.4, 63.9)),
    Depot("ferry", "Ferry store", 310, dt.date(2026, 4, 30), "waived", "south", (-17.2, 64.2)),
)
TABLE = Table(
    "depots",
    (
        Column("name", _("Depot"), Kind.LINK, True, text(), href=lambda _, one: f"#{one.key}"),
        Column("stock", _("Stock"), Kind.NUMBER, True),
        Column("checked", _("Checked"), Kind.DAY, True, days()),
        Column(
            "standing",
            _("Standing"),
            Kind.STATE,
            True,
            choice(
                tuple((one, STATES[one].words) for one in ("met", "met late", "soon", "breached"))
            ),
        ),
    ),
    order="name",
    caption=_("Depots (invented)"),
    counted=ngettext_lazy("%d depot", "%d depots"),
    size=3,
    key="key",
)
QUARTERS = ("2026 Q1", "2026 Q2", "2026 Q3", "2026 Q4")
MONTHS = tuple(dt.date(2026, month, 1) for month in range(1, 11))


@require_safe
@doors.in_office
def page(request: HttpRequest) -> HttpResponseBase:
    """The catalogue. Everything in it is invented."""
    found = here(request)
    table = TABLE.shown(found, DEPOTS)
    noon = dt.datetime(2026, 11, 20, 12, tzinfo=found.zone)
    events = (
        Event(noon - dt.timedelta(days=19), "Exercise", "Northern depot", "done", until=noon - dt.timedelta(days=12)),
        Event(noon - dt.timedelta(days=16), "Inspection", "Southern depot", "met late"),
        Event(noon - dt.timedelta(days=6), "Inspection", "Northern depot", "met"),
        Event(noon - dt.timedelta(days=3), "Count missed", "Hill magazine", "breached"),
        Event(noon + dt.timedelta(days=5), "Inspection", "Harbour store", "to come"),
    )  # fmt: skip
    roads: tuple[Depot | Place, ...] = (
        *DEPOTS,
        Place("Supply road", line=((-18.6, 65.3), (-18.4, 64.6), (-19.4, 63.9)), state="in force"),
        Place("Closed area", area=((-21.4, 64.4), (-20.2, 64.4), (-20.2, 64.8), (-21.4, 64.8)), state="suspended"),
    )  # fmt: skip
    told = {
        "table": table,
        "states": sorted(STATES),
        "charts": (
            bars(
                "bars",
                _("Stock by depot"),
                [one.name for one in DEPOTS],
                (Series(_("stock"), tuple(one.stock for one in DEPOTS)),),
                _("tonnes"),
            ),
            stacked(
                "stacked",
                _("Inspections by outcome"),
                QUARTERS,
                (
                    Series(_("met"), (7, 9, 6, 4)),
                    Series(_("met late"), (2, 1, 3, 0)),
                    Series(_("breached"), (0, 1, 1, 0)),
                ),
            ),
            lines(
                "lines",
                _("Stock month by month"),
                MONTHS,
                (
                    Series(
                        _("Northern depot"),
                        (9000, 9400, 9900, 11_000, 11_400, 11_600, None, 12_100, 12_200, 12_400),
                    ),
                    Series(
                        _("Southern depot"),
                        (9900, 9800, 9700, 9200, 9100, 8900, 9000, 9040, 9045, 9050),
                    ),
                ),
                _("tonnes"),
            ),
            s_curve(
                "curve",
                _("Rebuilding: planned and done"),
                MONTHS,
                (1, 2, 4, 7, 9, 9, 7, 4, 2, 1),
                (1, 1, 3, 5, 8, 10),
                _("weeks of work"),
            ),
            flows(
                "flows",
                _("Where stock goes"),
                (
                    Flow("Works", "Northern depot", 620),
                    Flow("Works", "Southern depot", 410),
                    Flow("Allies", "Northern depot", 130),
                    Flow("Northern depot", "Harbour store", 380),
                    Flow("Northern depot", "Hill magazine", 190),
                    Flow("Southern depot", "Ferry store", 260),
                ),
                _("tonnes"),
            ),
        ),
        "spark": spark((3, 4, 4, 6, None, 7, 9, 8), _("rising, from 3 to 8")),
        "timeline": lanes("depots", _("Depots this month"), events, found.zone, noon),
        "tree": grown(
            DEPOTS,
            lambda one: one.key,
            lambda one: one.under,
            lambda one: Branch(one.name, f"#{one.key}", f"{one.stock:,}", one.standing),
        ),
        "map": charted(found, "depots", _("Depots and roads"), roads, place),
    }
    return table.file or doors.page(request, "components", told, table.status)


def place(one: Depot | Place) -> Place | None:
    """Where an example lies."""
    if isinstance(one, Place):
        return one
    return Place(one.name, one.at, state=one.standing, href=f"#{one.key}") if one.at else None
