"""Figures with as many digits as reports print: more digits would solve what a rule of disclosure hides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wavedeck.figures.formats import round_half_up
from wavedeck.figures.records import Comparison, Figure
from wavedeck.figures.store import FigureStore, make_store
from wavedeck.study.settings import Suppression

#: Decimals of what is printed with as many decimals in every unit.
FIXED = {"weighted_base": 0, "effective_base": 0, "deff": 1}
FIXED_IN_TESTS = {"t": 2, "df": 0, "p": 3, "p_adjusted": 3, "decision_df": 0, "decision_p": 3}
#: Decimals beyond those of the figure itself.
MORE = {"estimate": 0, "se": 1, "ci_low": 0, "ci_high": 0}
MORE_IN_TESTS = {"difference": 0, "se": 1}


def only_printed_digits(rules: Suppression) -> bool:
    """Tell whether a study publishes no more digits than it prints.

    A weighted total is a sum of whole counts times known weights. With all its digits only few counts
    fit, also those of groups that are hidden; with the printed ones nearly all do.
    """
    return rules.disclosure is not None


def as_printed(figure: Figure) -> Figure:
    """Return a figure with no more digits than reports print.

    Returns
    -------
    Figure
        Estimate and interval with the decimals of the figure, the standard error with one more, bases whole.
    """
    decimals = {name: figure.decimals + more for name, more in MORE.items()} | FIXED
    return replace(figure, **_rounded(figure, decimals))


def comparison_as_printed(item: Comparison, decimals: int) -> Comparison:
    """Return a comparison of a figure that has so many decimals with no more digits than reports print."""
    own = {name: decimals + more for name, more in MORE_IN_TESTS.items()} | FIXED_IN_TESTS
    return replace(item, **_rounded(item, own))


def store_as_printed(store: FigureStore) -> FigureStore:
    """Return a store with no more digits than reports print."""
    compared = store.comparisons.values()
    return make_store(
        [as_printed(one) for one in store],
        [comparison_as_printed(one, store[one.address].decimals) for one in compared],
    )


def _rounded(record: Figure | Comparison, decimals: Mapping[str, int]) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in decimals}
    return {
        name: float(round_half_up(value, decimals[name]))
        for name, value in values.items()
        if value is not None
    }
