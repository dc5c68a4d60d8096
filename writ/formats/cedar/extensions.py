"""Cedar's extension values: decimals, network addresses, moments and durations, and their functions.

Source: the Cedar language reference, "Extension functions"; held to cedarpy by the tests.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
from collections.abc import Callable

from writ.formats.cedar.values import INT_HIGH, INT_LOW, Value, boolean

DAY = 86_400_000
"""Milliseconds."""


class Erring(Exception):
    """Cedar's evaluation errs here; the policy is skipped. The text says why."""


def bounded(number: int) -> int:
    """The number, if it fits 64 bits.

    Raises:
        Erring: it does not.
    """
    if not INT_LOW <= number <= INT_HIGH:
        raise Erring("overflow")
    return number


_DECIMAL = re.compile(r"(-?)(\d+)\.(\d{1,4})", re.ASCII)


def decimal(text: str) -> Value:
    found = _DECIMAL.fullmatch(text)
    if found is None or len(text) > 30:
        raise Erring("no decimal")
    number = int(found[2]) * 10_000 + int(found[3].ljust(4, "0"))
    return Value("decimal", bounded(-number if found[1] else number))


_PREFIX = re.compile(r"0|[1-9]\d{0,2}", re.ASCII)


def ip(text: str) -> Value:
    address, slash, prefix = text.partition("/")
    dotted = "." in address
    if len(text) > 43 or "%" in text or (dotted and ":" in address):
        raise Erring("no address")
    if slash and (not _PREFIX.fullmatch(prefix) or int(prefix) > (32 if dotted else 128)):
        raise Erring("no address")
    try:
        return Value("ip", ipaddress.ip_interface(text))
    except ValueError:
        raise Erring("no address") from None


_DATETIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d{3}))?(?:Z|([+-])(\d\d)(\d\d)))?",
    re.ASCII,
)


def datetime(text: str) -> Value:
    found = _DATETIME.fullmatch(text)
    if found is None:
        raise Erring("no datetime")
    year, month, day, hour, minute, second, milli = (int(part or 0) for part in found.groups()[:7])
    sign, ahead_hours, ahead_minutes = found[8], int(found[9] or 0), int(found[10] or 0)
    if hour > 23 or minute > 59 or second > 59 or ahead_hours > 23 or ahead_minutes > 59:
        raise Erring("no datetime")
    try:
        # The calendar repeats itself every 400 years of 146,097 days; Python knows no year 0.
        alike = 2000 + year % 400
        days = (dt.date(alike, month, day) - dt.date(1970, 1, 1)).days
        days += (year - alike) // 400 * 146_097
    except ValueError:
        raise Erring("no datetime") from None
    ahead = (ahead_hours * 60 + ahead_minutes) * (-1 if sign == "-" else 1)
    minutes = days * 1440 + hour * 60 + minute - ahead
    return Value("datetime", (minutes * 60 + second) * 1000 + milli)


_DURATION = re.compile(r"(-?)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?", re.ASCII)
UNITS = (DAY, 3_600_000, 60_000, 1_000, 1)


def duration(text: str) -> Value:
    found = _DURATION.fullmatch(text)
    if found is None or not any(found.groups()[1:]) or len(text) > 200:
        raise Erring("no duration")
    total = sum(int(part or 0) * unit for part, unit in zip(found.groups()[1:], UNITS, strict=True))
    return Value("duration", bounded(-total if found[1] else total))


CONSTRUCTORS: dict[str, Callable[[str], Value]] = {
    "decimal": decimal,
    "ip": ip,
    "datetime": datetime,
    "duration": duration,
}

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))
MULTICAST = (ipaddress.ip_network("224.0.0.0/4"), ipaddress.ip_network("ff00::/8"))


def _among(value: Value, networks: tuple[object, ...]) -> bool:
    return any(_inside(value.of.network, network) for network in networks)


def _inside(inner: object, outer: object) -> bool:
    assert isinstance(inner, ipaddress.IPv4Network | ipaddress.IPv6Network)
    return inner.version == outer.version and inner.subnet_of(outer)  # type: ignore[attr-defined, arg-type]


def _shifted(moment: Value, by: Value) -> Value:
    return Value("datetime", bounded(moment.of + by.of))


def _whole(value: int, unit: int) -> Value:
    """A quotient rounded toward zero."""
    return Value("long", value // unit if value >= 0 else -(-value // unit))


METHODS: dict[str, tuple[tuple[str, ...], Callable[..., Value]]] = {
    "lessThan": (("decimal", "decimal"), lambda a, b: boolean(a.of < b.of)),
    "lessThanOrEqual": (("decimal", "decimal"), lambda a, b: boolean(a.of <= b.of)),
    "greaterThan": (("decimal", "decimal"), lambda a, b: boolean(a.of > b.of)),
    "greaterThanOrEqual": (("decimal", "decimal"), lambda a, b: boolean(a.of >= b.of)),
    "isIpv4": (("ip",), lambda a: boolean(a.of.version == 4)),
    "isIpv6": (("ip",), lambda a: boolean(a.of.version == 6)),
    "isLoopback": (("ip",), lambda a: boolean(_among(a, LOOPBACK))),
    "isMulticast": (("ip",), lambda a: boolean(_among(a, MULTICAST))),
    "isInRange": (("ip", "ip"), lambda a, b: boolean(_inside(a.of.network, b.of.network))),
    "offset": (("datetime", "duration"), _shifted),
    "durationSince": (
        ("datetime", "datetime"),
        lambda a, b: Value("duration", bounded(a.of - b.of)),
    ),
    "toDate": (("datetime",), lambda a: Value("datetime", bounded(a.of // DAY * DAY))),
    "toTime": (("datetime",), lambda a: Value("duration", a.of % DAY)),
    "toMilliseconds": (("duration",), lambda a: _whole(a.of, 1)),
    "toSeconds": (("duration",), lambda a: _whole(a.of, UNITS[3])),
    "toMinutes": (("duration",), lambda a: _whole(a.of, UNITS[2])),
    "toHours": (("duration",), lambda a: _whole(a.of, UNITS[1])),
    "toDays": (("duration",), lambda a: _whole(a.of, UNITS[0])),
}
"""The kinds that a function takes, and what it gives."""

RESULTS = {"offset": "datetime", "toDate": "datetime", "durationSince": "duration"} | {
    "toTime": "duration",
    **{f"to{unit}": "long" for unit in ("Milliseconds", "Seconds", "Minutes", "Hours", "Days")},
}
"""The kind of value that a conversion gives; the other functions are tests."""
