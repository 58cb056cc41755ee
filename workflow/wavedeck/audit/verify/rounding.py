"""Round as a report prints."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_NOISE = 9


def half_up(value: float, decimals: int) -> Decimal:
    """Round half away from zero, noise beyond nine decimals aside.

    >>> half_up(28.499999999999996, 0), half_up(-0.04, 1)
    (Decimal('29'), Decimal('0.0'))
    """
    exact = Decimal(repr(round(value, _NOISE)))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded
