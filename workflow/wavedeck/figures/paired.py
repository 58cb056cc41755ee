"""Differences between two indicators within one group and wave, on the same respondents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from wavedeck.figures.columns import Column
from wavedeck.figures.recipe import Recipe
from wavedeck.figures.records import Figure
from wavedeck.stats.cells import Cells, critical
from wavedeck.stats.influence import taylor_variance
from wavedeck.study.indicators import DifferenceIndicator

Pair = tuple[int, int]


def paired_figures(
    columns: Sequence[Column], cells: Cells, groups: Sequence[str], recipe: Recipe
) -> list[Figure]:
    """Return the declared differences between indicators.

    Each side is averaged over its own answers; the covariance between them is taken into account.

    Parameters
    ----------
    columns, cells
        The k columns of all averages and their cells, groups by columns.
    groups
        Names of the g groups.
    """
    found: list[Figure] = []
    for name, spec in recipe.active_indicators():
        if isinstance(spec, DifferenceIndicator):
            for pair in _pairs(spec, columns):
                found += _differences(name, spec, pair, (columns, cells, groups), recipe)
    return found


def _pairs(spec: DifferenceIndicator, columns: Sequence[Column]) -> Iterator[Pair]:
    """Yield positions of both sides; sides named without an item are matched item by item."""
    first, second = (_matching(side, columns) for side in (spec.of, spec.minus))
    for key, place in first.items():
        other = second.get(key, next(iter(second.values()), None) if len(second) == 1 else None)
        if other is not None:
            yield place, other


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
    pair: Pair,
    block: tuple[Sequence[Column], Cells, Sequence[str]],
    recipe: Recipe,
) -> Iterator[Figure]:
    columns, cells, groups = block
    item = columns[pair[0]].item
    wanted = recipe.expand(spec.groups)
    places = [groups.index(group) for group in wanted]
    values = _estimated(cells, pair, places)
    for index, group in enumerate(wanted):
        if any(columns[side].question is None for side in pair):
            yield recipe.named(name, item, "", group, spec, state="not_asked")
            continue
        own = {key: float(array[index]) for key, array in values.items()}
        known = {key: value if np.isfinite(value) else None for key, value in own.items()}
        state = "shown" if known["estimate"] is not None else "empty"
        yield recipe.named(name, item, "", group, spec, state=state, **known)


def _estimated(cells: Cells, pair: Pair, places: Sequence[int]) -> dict[str, np.ndarray]:
    first, second = pair
    variance = taylor_variance(
        _influence(cells, first, places) - _influence(cells, second, places), cells.data.design
    )

    def smaller(name: str) -> np.ndarray:
        array = getattr(cells, name)
        return np.minimum(array[places, first], array[places, second])

    estimate = cells.estimate[places, first] - cells.estimate[places, second]
    se, degf = np.sqrt(variance), smaller("degf")
    half = critical(cells.level, degf, cells.data.design, "domain") * se
    bases = {name: smaller(name) for name in ("base", "weighted_base", "effective_base", "units")}
    return {
        "estimate": estimate,
        "se": se,
        "ci_low": estimate - half,
        "ci_high": estimate + half,
        "degf": degf,
        **bases,
    }


def _influence(cells: Cells, column: int, places: Sequence[int]) -> np.ndarray:
    """Return what each respondent adds to the mean of one column in each group, shape (n, groups)."""
    answers = cells.data.values[:, column]
    counted = cells.data.groups[:, places] & (cells.data.design.rows & ~np.isnan(answers))[:, None]
    weights = np.where(counted, cells.data.design.weights[:, None], 0.0)
    deviation = np.nan_to_num(answers)[:, None] - np.nan_to_num(cells.estimate[places, column])
    total = cells.weighted_base[places, column]
    return weights * deviation / np.where(total > 0, total, 1.0)
