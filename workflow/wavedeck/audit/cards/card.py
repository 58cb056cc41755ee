"""One figure as plain data."""

from __future__ import annotations

from typing import Any

from wavedeck.audit.cards.coding import plain
from wavedeck.audit.cards.shelf import Shelf
from wavedeck.audit.cards.sums import Sum
from wavedeck.audit.cards.written import written
from wavedeck.figures.records import COMPARISON_VALUES, VALUE_COLUMNS, Comparison, Figure

NAME = ("address", "part", "indicator", "item", "category", "group", "wave")
KIND = ("statistic", "unit", "decimals", "state")
UNWEIGHTED = ("count", "response_rate")
#: Formulas of whole numbers, which rounding leaves as they are.
WHOLE = ("count", "gross", "benchmark")


def card_of_figure(figure: Figure, made: Sum, shelf: Shelf) -> dict[str, Any]:
    """Return the card of a figure; what has nothing to say is left out."""
    exact = not shelf.rounded or made.kind in WHOLE
    filled = {"filled": made.filled} if made.filled and exact and figure.estimate is not None else {}
    tests = [test_card(one, figure, shelf) for one in shelf.compared.get(figure.address, ())]
    rest = {
        "rests_on": list(made.rests_on),
        "questions": [f"{figure.part}/{figure.wave}/{one.name}" for one in made.questions],
        "counted": list(made.counted),
        "tests": tests,
    }
    return {
        **{name: getattr(figure, name) for name in (*NAME, *KIND)},
        **values_of_figure(figure),
        **written(figure, shelf.study.settings.languages),
        "formula": {"kind": made.kind, "text": made.text, **filled},
        **{name: own for name, own in rest.items() if own},
    }


def values_of_figure(figure: Figure) -> dict[str, dict[str, Any]]:
    """Return the numbers that a figure has, under ``values``."""
    numbers = {name: getattr(figure, name) for name in VALUE_COLUMNS}
    found = {name: plain(value) for name, value in numbers.items() if value is not None}
    return {"values": found} if found else {}


def test_card(one: Comparison, figure: Figure, shelf: Shelf) -> dict[str, Any]:
    """Return the card of a comparison: mark and reason always, numbers where it has them."""
    other = shelf.by_address.get(one.against)
    numbers = {name: getattr(one, name) for name in COMPARISON_VALUES}
    numbers["other"] = other.estimate if other else None
    family = shelf.families[figure.part, figure.indicator, figure.wave, one.kind]
    return {
        "kind": one.kind,
        "against": one.against,
        **{name: plain(value) for name, value in numbers.items() if value is not None},
        "mark": one.mark,
        "reason": one.reason,
        **({"tests": family} if one.p_adjusted is not None else {}),
    }


def is_weighted(figure: Figure, made: Sum) -> bool:
    """Tell whether weights count in a figure."""
    if figure.statistic in (*UNWEIGHTED, "gross", "benchmark") or figure.state == "not_asked":
        return False
    return not made.terms or any(term.weighted for term in made.terms)
