"""The one place where figures are rounded and written out, per language."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal

DEFAULT_DECIMALS = {"mark": 1, "percent": 0, "nps": 0, "count": 0, "points": 1}
_NOISE_DECIMALS = 9
MINUS = "\N{MINUS SIGN}"


def round_half_up(value: float, decimals: int) -> Decimal:
    """Round half away from zero, the way reports do.

    Floating-point noise beyond nine decimals counts as a tie, so that 28.499999999999996 (a share
    of 28.5 percent) becomes 29.

    >>> round_half_up(0.25, 1), round_half_up(-2.5, 0)
    (Decimal('0.3'), Decimal('-3'))
    """
    exact = Decimal(repr(round(float(value), _NOISE_DECIMALS)))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def format_number(value: float | Decimal, decimals: int, language: str, *, signed: bool = False) -> str:
    """Write a number out in a language: decimal mark, thousands mark and sign.

    >>> format_number(7.65, 1, "nl"), format_number(2831, 0, "en"), format_number(0.2, 1, "en", signed=True)
    ('7,7', '2,831', '+0.2')
    >>> format_number(-1, 1, "nl", signed=True) == f"{MINUS}1,0"
    True
    """
    rounded = round_half_up(float(value), decimals)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    if signed:
        pattern = f"+{pattern};-{pattern}" if rounded else pattern
    return str(format_decimal(rounded, format=pattern, locale=language)).replace("-", MINUS)


def format_figure(
    value: float, unit: str, decimals: int | None, language: str, *, signed: bool = False
) -> str:
    """Write a figure out with the decimals and sign of its unit.

    >>> format_figure(35.2, "percent", None, "nl"), format_figure(7.65, "mark", None, "nl")
    ('35%', '7,7')
    """
    places = DEFAULT_DECIMALS[unit] if decimals is None else decimals
    text = format_number(value, places, language, signed=signed)
    return f"{text}%" if unit == "percent" and not signed else text


def format_p(value: float, language: str) -> str:
    """Write a p value out: three decimals, and what is smaller as less than the smallest."""
    least = 0.001
    if value < least:
        return "< " + format_number(least, 3, language)
    return format_number(value, 3, language)


def number_code(unit: str, decimals: int | None) -> str:
    """Return the spreadsheet number format of a unit, for charts and workbooks.

    >>> number_code("percent", 0), number_code("mark", 1)
    ('0"%"', '0.0')
    """
    places = DEFAULT_DECIMALS[unit] if decimals is None else decimals
    code = "#,##0" if unit == "count" else "0" + ("." + "0" * places if places else "")
    return f'{code}"%"' if unit == "percent" else code
