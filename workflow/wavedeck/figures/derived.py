"""Figures that rest on more than one average: differences, and shares of all answers given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from wavedeck.figures.columns import PERCENT, Column, category_names, tick_matrix
from wavedeck.figures.recipe import Recipe
from wavedeck.figures.records import Figure
from wavedeck.stats.design import Design
from wavedeck.stats.linearised import Estimates, means, mention_shares
from wavedeck.study.codebook import Question
from wavedeck.study.indicators import DifferenceIndicator, MultipleIndicator

Masks = Mapping[str, np.ndarray]
BASES = ("base", "weighted_base", "effective_base", "deff", "degf", "units")


def difference_figures(
    columns: Sequence[Column], values: np.ndarray, masks: Masks, design: Design, recipe: Recipe
) -> list[Figure]:
    """Return the declared differences between indicators, within each group.

    Each side is averaged over its own answers, and the covariance between them is taken into account.
    The base counts respondents who answered at least one side.

    Parameters
    ----------
    columns, values
        The k columns of all averages, and their values of shape (n, k).
    masks
        Group -> shape (n,), boolean.
    """
    found: list[Figure] = []
    for name, spec in recipe.active_indicators():
        if isinstance(spec, DifferenceIndicator):
            for pair in _pairs(spec, columns):
                found += _differences(
                    name, spec, [columns[side] for side in pair], values[:, pair], masks, design, recipe
                )
    return found


def _pairs(spec: DifferenceIndicator, columns: Sequence[Column]) -> Iterator[list[int]]:
    """Yield positions of both sides; sides named without an item are matched item by item."""
    first, second = (_matching(side, columns) for side in (spec.of, spec.minus))
    alone = next(iter(second.values())) if len(second) == 1 else None
    for key, place in first.items():
        other = second.get(key, alone)
        if other is not None:
            yield [place, other]


def _matching(reference: str, columns: Sequence[Column]) -> dict[tuple[str, str], int]:
    stem, _, category = reference.partition(".")
    indicator, _, item = stem.partition("@")
    return {
        (column.item, column.category): place
        for place, column in enumerate(columns)
        if column.indicator == indicator and item in ("", column.item) and category in ("", column.category)
    }


def _differences(
    name: str,
    spec: DifferenceIndicator,
    sides: Sequence[Column],
    values: np.ndarray,
    masks: Masks,
    design: Design,
    recipe: Recipe,
) -> Iterator[Figure]:
    asked = all(side.question is not None for side in sides)
    scale = [PERCENT if side.is_share else 1.0 for side in sides]
    for group in recipe.expand(spec.groups):
        if not asked:
            yield recipe.named(name, sides[0].item, "", group, spec, state="not_asked")
            continue
        made = means(values * scale, design.domain(masks[group])).difference(0, 1)
        yield recipe.named(name, sides[0].item, "", group, spec, **_fields(made, 0, 1.0))


def mention_figures(responses: pa.Table, masks: Masks, design: Design, recipe: Recipe) -> list[Figure]:
    """Return multiple-response shares per answer: each category among all answers given."""
    found: list[Figure] = []
    for name, spec in recipe.active_indicators():
        if isinstance(spec, MultipleIndicator) and spec.per == "answers":
            asked = {one.name: one for one in recipe.codebook.questions(recipe.part, recipe.wave)}
            for known in recipe.codebook.questions_ever(recipe.part):
                if known.variable == spec.variable:
                    question = asked.get(known.name)
                    found += _mentions(name, spec, known, question, (responses, masks, design), recipe)
    return found


def _mentions(
    name: str,
    spec: MultipleIndicator,
    known: Question,
    asked: Question | None,
    data: tuple[pa.Table, Masks, Design],
    recipe: Recipe,
) -> Iterator[Figure]:
    responses, masks, design = data
    item, categories = known.loop_entry or known.item, category_names(known)
    sums = {
        **{one: [one] for one in categories},
        **{net: list(own.categories) for net, own in spec.nets.items()},
    }
    weights = np.array([[float(one in members) for one in categories] for members in sums.values()])
    ticks = tick_matrix(responses, asked, categories) if asked else None
    for group in recipe.expand(spec.groups):
        made = (
            mention_shares(ticks, design.domain(masks[group])).combine(weights) if ticks is not None else None
        )
        for place, category in enumerate(sums):
            values = {"state": "not_asked"} if made is None else _fields(made, place, PERCENT)
            yield recipe.named(name, item, category, group, spec, **values)


def _fields(made: Estimates, place: int, scale: float) -> dict[str, Any]:
    """Return one of several estimates as the values of a figure."""
    low, high = made.interval()
    base = float(made.base[place])
    if not base or not np.isfinite(made.estimate[place]):
        return {"state": "empty" if not base else "failed", "base": base}
    numbers = {"estimate": made.estimate, "se": made.se, "ci_low": low, "ci_high": high}
    values = {name: float(array[place]) * scale for name, array in numbers.items()}
    values |= {name: float(getattr(made, name)[place]) for name in BASES}
    return {name: value if np.isfinite(value) else None for name, value in values.items()}
