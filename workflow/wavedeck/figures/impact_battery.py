"""The answers that an analysis of impact rests on, out of the responses of one wave."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from wavedeck.figures.columns import PERCENT, Column, column_values, plan_columns
from wavedeck.figures.recipe import Recipe
from wavedeck.stats.arrays import Booleans, Floats
from wavedeck.study.impact import Analysis

NOT_APPLICABLE = ("not_applicable",)
IMPUTABLE = ("refused", "blank")


@dataclass(frozen=True, kw_only=True, eq=False)
class Battery:
    """Hold the answers that an analysis rests on.

    Attributes
    ----------
    items
        Every driver that some wave asked.
    asked
        Those of this wave: the p columns of `drivers`, `not_applicable` and `imputable`, shape (n, p).
    outcome
        Shape (n,), NaN without an answer; 0 or 1 for a share.
    outcome_scale
        By which the outcome becomes what is printed: 100 for a share.
    ends
        Lowest and highest mark of the drivers' scale, None where there is none.
    is_asked
        Whether the wave asked outcome and drivers.
    """

    items: tuple[str, ...]
    asked: tuple[str, ...]
    outcome: Floats
    outcome_scale: float = 1.0
    drivers: Floats
    not_applicable: Booleans
    imputable: Booleans
    ends: tuple[float | None, float | None]
    is_asked: bool


def read_battery(responses: pa.Table, recipe: Recipe, analysis: Analysis) -> Battery:
    """Take outcome and drivers of an analysis from the responses.

    Parameters
    ----------
    responses
        One row per respondent, as intake writes them.
    """
    outcome, drivers = _outcome(recipe, analysis), _drivers(recipe, analysis)
    asked = [(name, column) for name, column in drivers if column.question is not None]
    questions = [column.question for _, column in asked if column.question is not None]
    return Battery(
        items=tuple(name for name, _ in drivers),
        asked=tuple(name for name, _ in asked),
        outcome=column_values(outcome, responses) if outcome else np.full(responses.num_rows, np.nan),
        outcome_scale=PERCENT if outcome is not None and outcome.is_share else 1.0,
        drivers=_stacked([column_values(one, responses) for _, one in asked], responses, float),
        not_applicable=_stacked(
            [_is_any(responses, one.name, NOT_APPLICABLE) for one in questions], responses, bool
        ),
        imputable=_stacked([_is_any(responses, one.name, IMPUTABLE) for one in questions], responses, bool),
        ends=(
            min((one.minimum for one in questions if one.minimum is not None), default=None),
            max((one.maximum for one in questions if one.maximum is not None), default=None),
        ),
        is_asked=bool(asked) and outcome is not None and outcome.question is not None,
    )


def _planned(recipe: Recipe, name: str) -> list[Column]:
    found = recipe.indicators[name]
    return plan_columns(name, found, recipe.codebook, part=recipe.part, wave=recipe.wave)


def _outcome(recipe: Recipe, analysis: Analysis) -> Column | None:
    """Return the one column of the outcome; None where the part never asks it."""
    item = analysis.outcome.partition("@")[2]
    found = [column for column in _planned(recipe, analysis.outcome_name) if column.item == item]
    return found[0] if found else None


def _drivers(recipe: Recipe, analysis: Analysis) -> list[tuple[str, Column]]:
    """Return name and column of each driver; an entry's items are named as if there were no loop."""
    columns, entry = _planned(recipe, analysis.drivers_name), analysis.drivers_entry
    if not entry:
        return [(column.item, column) for column in columns]
    return [(column.category, column) for column in columns if column.item == entry]


def _is_any(responses: pa.Table, name: str, kinds: tuple[str, ...]) -> Booleans:
    reasons = responses[f"{name}!"].cast(pa.string()).to_numpy(zero_copy_only=False)
    return np.isin(reasons.astype(str), kinds)


def _stacked(columns: list[np.ndarray], responses: pa.Table, kind: type) -> np.ndarray:
    return np.column_stack(columns) if columns else np.zeros((responses.num_rows, 0), dtype=kind)
