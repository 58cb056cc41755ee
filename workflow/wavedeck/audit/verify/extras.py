"""What a chart draws beside its values: lines, tables, units, formats that say something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wavedeck.audit.verify.ooxml import C, Element

_DRAWN = {
    "trendline": "a trend line, which no figure is behind",
    "dTable": "a table of its data",
    "dispUnits": "an axis in other units",
    "upDownBars": "bars between its lines",
    "hiLowLines": "lines between its series",
}
_FLAGS = {"showPercent": "percentages of their own", "showBubbleSize": "sizes of bubbles"}
_DIGITS = r'(?:#,##)?0(?:\.0+)?(?:"[^"\d]*")?'
_PRINTS = rf'(?:""|General|\+?{_DIGITS})'
_BELOW_ZERO = rf'(?:-|"\u2212"){_DIGITS}'
_CONDITION = r"\[[<>]=?-?\d+(?:\.\d+)?\]"
_FORMAT = re.compile(rf"{_CONDITION}{_PRINTS};{_PRINTS}|{_PRINTS}(?:;{_BELOW_ZERO}(?:;{_PRINTS})?)?")


def extras_of(content: Element) -> Iterator[str]:
    """Yield what a chart draws that it should not, in words.

    Parameters
    ----------
    content
        The part of the chart.
    """
    for tag, words in _DRAWN.items():
        if next(content.iter(f"{C}{tag}"), None) is not None:
            yield f"it has {words}"
    for tag, words in _FLAGS.items():
        if any(one.get("val", "1") in ("1", "true") for one in content.iter(f"{C}{tag}")):
            yield f"its labels show {words}"
    for bars in content.iter(f"{C}errBars"):
        kind = bars.find(f"{C}errValType")
        if bars.getparent().find(f"{C}yVal") is None or kind is None or kind.get("val") != "cust":
            yield "it has error bars that no figure is behind"
    for one in content.iter(f"{C}numFmt"):
        code = one.get("formatCode", "")
        if not is_plain(code):
            yield f"the format '{code}' prints something else than the value"


def is_plain(code: str) -> bool:
    r"""Tell whether a number format prints a value as it is: digits, decimals, a sign or unit behind.

    >>> is_plain('[<4]"";0"%"'), is_plain("+0;-0;0"), is_plain('0.0;"−"0.0')
    (True, True, True)
    >>> (
    ...     is_plain('"5"0.0'),
    ...     is_plain("0%"),
    ...     is_plain("yyyy"),
    ...     is_plain(r"\50"),
    ...     is_plain("-0"),
    ...     is_plain("0;0"),
    ... )
    (False, False, False, False, False, False)
    """
    return _FORMAT.fullmatch(code) is not None
