"""Values as readers see them: rounded figures, numbers in constants, and how two of them compare."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from wavedeck.figures.formats import DEFAULT_DECIMALS, round_half_up
from wavedeck.figures.records import Figure
from wavedeck.study.errors import NarrativeError


def printed_value(figure: Figure) -> Decimal:
    """Return a figure as rounded in print."""
    places = DEFAULT_DECIMALS[figure.unit] if figure.decimals is None else figure.decimals
    return round_half_up(figure.estimate or 0.0, places)


def number_in(text: str, name: str) -> Decimal:
    """Return the number that a constant holds.

    >>> number_in("5,5", "pass_mark"), number_in("30%", "third")
    (Decimal('5.5'), Decimal('30'))

    Raises
    ------
    NarrativeError
        When it holds something else.
    """
    try:
        return Decimal(text.strip().rstrip("%").strip().replace(",", "."))
    except InvalidOperation:
        raise NarrativeError(f"constant '{name}' is '{text}', no number to compare with") from None


def side_of(one: Decimal, other: Decimal) -> str:
    """Return the side of another value on which a value stands: '+', '-' or nothing when equal."""
    return "+" if one > other else "-" if one < other else ""
