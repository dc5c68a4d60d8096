"""The data types of XACML that a value of the language can hold, and its values in the form in which they are equal."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

XSD = "http://www.w3.org/2001/XMLSchema#"
XACML1 = "urn:oasis:names:tc:xacml:1.0:data-type:"
MAX_DIGITS = 15
"""What a number of the language holds exactly."""

_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_DAYS = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.0+)?S)?)?")
_MONTHS = re.compile(r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?")

Plain = str | int | float | bool
"""A value as a request gives it; days and moments are text."""


class Unheld(ValueError):
    """A value that is right, and that the language cannot hold."""


@dataclass(frozen=True)
class DataType:
    """A type: its short name in XACML, the type of the language, and how a value is read (ValueError: it is none)."""

    name: str
    base: str
    read: Callable[[str], Plain]
    ordered: bool = False

    def written(self, value: Plain) -> str:
        """A value as it stands in a condition. Truth values are conditions, and not written so.

        Raises:
            Unheld: no text of the language holds it.
        """
        if self.base == "number":
            assert isinstance(value, int | float)
            shown = format(Decimal(repr(abs(value))), "f").removesuffix(".0")
            return f"(0 - {shown})" if value < 0 else shown
        if self.base == "date":
            return str(value)
        text = str(value)
        if '"' in text or any(not char.isprintable() for char in text):
            raise Unheld("a text of a book has no quotes, line ends or control characters")
        return f'"{text}"'


def _integer(text: str) -> int:
    if not _INTEGER.fullmatch(text.strip()):
        raise ValueError("a whole number is asked for")
    if len(text.strip().lstrip("+-")) > MAX_DIGITS:
        raise Unheld(f"it has more than {MAX_DIGITS} digits")
    return int(text)


def _double(text: str) -> float:
    if text.strip() in ("INF", "-INF", "NaN"):
        raise Unheld("it is not finite")
    if not _DECIMAL.fullmatch(text.strip()):
        raise ValueError("a number is asked for")
    value = float(text)
    if value and not 1e-9 <= abs(value) < 10**MAX_DIGITS:
        raise Unheld("it is too large or too small to be written")
    return value


def _boolean(text: str) -> bool:
    if text.strip() not in ("true", "false", "1", "0"):
        raise ValueError("true or false is asked for")
    return text.strip() in ("true", "1")


def _date(text: str) -> str:
    found = _DAY.fullmatch(text.strip())
    if not found:
        raise ValueError("a day such as 2022-02-14 is asked for")
    if found[2]:
        raise Unheld("a day has no time zone of its own")
    return dt.date.fromisoformat(found[1]).isoformat()


def _moment(text: str) -> str:
    found = _MOMENT.fullmatch(text.strip())
    if not found:
        raise ValueError("a moment such as 2022-02-14T15:00:00-05:00 is asked for")
    if not found[2]:
        raise Unheld("a moment without a time zone is not one moment")
    return dt.datetime.fromisoformat(text.strip()).isoformat()


def _octets(text: str) -> str:
    return binascii.unhexlify(text.strip()).hex().upper()


def _base64(text: str) -> str:
    return base64.b64encode(base64.b64decode("".join(text.split()), validate=True)).decode("ascii")


def _mail(text: str) -> str:
    """The domain is the same in capitals and small letters; the name before it is not."""
    local, at, domain = text.strip().rpartition("@")
    if not local or not domain or not at:
        raise ValueError("a mail address is asked for")
    return f"{local}@{domain.lower()}"


def _seconds(text: str) -> int:
    found = _DAYS.fullmatch(text.strip())
    if not found or not any(found.groups()[1:]) or text.strip().endswith("T"):
        raise ValueError("a duration in days and whole seconds is asked for")
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    return _bounded(-total if found[1] else total)


def _months(text: str) -> int:
    found = _MONTHS.fullmatch(text.strip())
    if not found or not any(found.groups()[1:]):
        raise ValueError("a duration in years and months is asked for")
    total = int(found[2] or 0) * 12 + int(found[3] or 0)
    return _bounded(-total if found[1] else total)


def _bounded(total: int) -> int:
    if abs(total) >= 10**MAX_DIGITS:
        raise Unheld("the duration is too long")
    return total


TYPES = {
    f"{XSD}string": DataType("string", "text", str),
    f"{XSD}anyURI": DataType("anyURI", "text", str.strip),
    f"{XSD}boolean": DataType("boolean", "yes-no", _boolean),
    f"{XSD}integer": DataType("integer", "number", _integer, ordered=True),
    f"{XSD}double": DataType("double", "number", _double, ordered=True),
    f"{XSD}date": DataType("date", "date", _date, ordered=True),
    f"{XSD}dateTime": DataType("dateTime", "date", _moment, ordered=True),
    f"{XSD}hexBinary": DataType("hexBinary", "text", _octets),
    f"{XSD}base64Binary": DataType("base64Binary", "text", _base64),
    f"{XSD}dayTimeDuration": DataType("dayTimeDuration", "number", _seconds),
    f"{XSD}yearMonthDuration": DataType("yearMonthDuration", "number", _months),
    f"{XACML1}rfc822Name": DataType("rfc822Name", "text", _mail),
}
BY_NAME = {kind.name: kind for kind in TYPES.values()}
