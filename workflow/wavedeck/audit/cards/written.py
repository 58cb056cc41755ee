"""Numbers of a card as reports round and write them, per language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from wavedeck.figures.formats import DEFAULT_DECIMALS, format_figure, round_half_up
from wavedeck.figures.records import Figure

PLAIN_UNIT = "points"


def written(figure: Figure, languages: Sequence[str]) -> dict[str, Any]:
    """Return estimate and base of a figure, rounded, and written out in each language."""
    numbers = {name: (rounded, unit) for name, rounded, unit in _rounded(figure)}
    if not numbers:
        return {}
    return {
        "rounded": {name: str(one) for name, (one, _) in numbers.items()},
        "printed": {
            language: {
                name: _text(one, unit, figure.decimals if name == "estimate" else 0, language)
                for name, (one, unit) in numbers.items()
            }
            for language in languages
        },
    }


def _rounded(figure: Figure) -> Iterator[tuple[str, Decimal, str]]:
    if figure.estimate is not None:
        unit = figure.unit if figure.unit in DEFAULT_DECIMALS else PLAIN_UNIT
        yield "estimate", round_half_up(figure.estimate, figure.decimals), unit
    if figure.base is not None:
        yield "base", round_half_up(figure.base, 0), "count"


@lru_cache(maxsize=100_000)
def _text(rounded: Decimal, unit: str, decimals: int, language: str) -> str:
    return format_figure(float(rounded), unit, decimals, language)
