"""Figures in words: fractions, verdicts and counts, judged against the unrounded figure."""

from __future__ import annotations

from decimal import Decimal

from wavedeck.audit.numbers import fraction_in, numbers_in

#: What a word before a fraction says of the figure: above it, below it, or close to it.
_ABOVE = ("ruim ", "meer dan ", "over ", "more than ")
_BELOW = ("bijna ", "minder dan ", "nearly ", "less than ")
_ABOUT = ("ongeveer ", "about ")
_HARDLY = ("vrijwel niemand", "vrijwel geen", "hardly any")
_NONE = ("niemand", "geen", "none", "no ")
BARE, ABOUT, HARDLY, FARTHEST, NOISE = 0.5, 1.5, 2.5, 8.0, 1e-6
_VERDICTS: dict[str, tuple[Decimal | int | None, Decimal | int | None]] = {
    "ruime voldoende": (1, None), "voldoende": (Decimal("0.3"), 1), "krappe voldoende": (0, Decimal("0.3")),
    "net geen voldoende": (Decimal("-0.3"), 0), "onvoldoende": (None, Decimal("-0.3")),
    "comfortable pass": (1, None), "pass": (Decimal("0.3"), 1), "bare pass": (0, Decimal("0.3")),
    "just short of a pass": (Decimal("-0.3"), 0), "fail": (None, Decimal("-0.3")),
}  # fmt: skip


def fits(printed: str, percent: float, language: str) -> bool:
    """Tell whether a fraction in words may stand for a percentage.

    >>> fits("bijna zes op de tien", 58.2, "nl"), fits("ruim een derde van hen", 31.0, "nl")
    (True, False)
    """
    text = printed.casefold()
    if text.startswith(_HARDLY):
        return 0 < percent < HARDLY
    named = fraction_in(printed, language)
    if named is None:
        return text.startswith(_NONE) and percent <= NOISE
    away = percent - named
    if text.startswith(_ABOVE):
        return NOISE < away <= _reach(text)
    if text.startswith(_BELOW):
        return NOISE < -away <= _reach(text)
    return abs(away) <= (ABOUT if text.startswith(_ABOUT) else BARE) + NOISE


def _reach(text: str) -> float:
    """Return how far a fraction may lie beside its figure; 'more than half' is any share above it."""
    return 50.0 if text.startswith(("meer dan", "minder dan", "more than", "less than")) else FARTHEST


def is_verdict(printed: str, value: Decimal, limit: Decimal) -> bool:
    """Tell whether a verdict in words is right for a mark as printed, beside the pass mark.

    >>> is_verdict("net geen voldoende", Decimal("5.8"), Decimal("6"))
    True
    """
    if printed not in _VERDICTS:
        return False
    low, high = _VERDICTS[printed]
    away = value - limit
    return (low is None or away >= low) and (high is None or away < high)


def says(printed: str, value: Decimal, language: str) -> bool:
    """Tell whether a text, as numerals or in words, says a number.

    >>> says("tien", Decimal(10), "nl")
    True
    """
    return value in numbers_in(printed, language)
