"""Round numbers for an axis: steps of one, two or five times a power of ten."""

from __future__ import annotations

import math
from decimal import Decimal

STEPS = (1, 2, 5)


def ticks(low: float, high: float, most: int = 6) -> tuple[float, ...]:
    """Round numbers, evenly spaced, of which the first is at most `low` and the last at least `high`.

    Between 2 and `most` of them. Zero is one of them where it lies between.

    Raises:
        ValueError: a number is not finite, or `most` leaves no choice.
    """
    if not (math.isfinite(low) and math.isfinite(high)) or most < 4:
        raise ValueError("an axis needs finite numbers, and room for four ticks")
    low, high = min(low, high), max(low, high)
    if low == high:
        low, high = (min(low, 0.0), max(high, 0.0)) if low else (0.0, 1.0)
    first, last = Decimal(repr(float(low))), Decimal(repr(float(high)))
    power = (last - first).adjusted() - 1
    while True:
        for one in STEPS:
            step = Decimal(one).scaleb(power)
            begin, end = _floor(first, step), _ceiling(last, step)
            if end - begin + 1 <= most:
                return tuple(float(n * step) for n in range(begin, max(end, begin + 1) + 1))
        power += 1


def _floor(value: Decimal, step: Decimal) -> int:
    return math.floor(value / step)


def _ceiling(value: Decimal, step: Decimal) -> int:
    return math.ceil(value / step)
