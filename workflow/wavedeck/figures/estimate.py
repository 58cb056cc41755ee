"""One wave of one part: every indicator for every group, and every group against the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from wavedeck.figures.columns import PERCENT, Column, column_values, plan_columns
from wavedeck.figures.declared import declared_figures
from wavedeck.figures.derived import difference_figures, mention_figures
from wavedeck.figures.recipe import Recipe
from wavedeck.figures.records import TESTED, VALUE_COLUMNS, Comparison, Figure, finite
from wavedeck.intake.groups import group_masks
from wavedeck.stats.cells import Cells, estimate_means
from wavedeck.stats.comparisons import REASONS, Comparisons, NoTest, compare_with_rest
from wavedeck.stats.design import Design
from wavedeck.stats.shares import cell_interval
from wavedeck.study.groups import ALL
from wavedeck.study.indicators import CompositionIndicator
from wavedeck.weighting.stored import stored_calibration

SCALED = ("estimate", "se", "ci_low", "ci_high", "sd")


@dataclass(frozen=True, kw_only=True)
class Estimates:
    """Figures of one wave of one part, and the comparison of each group with the rest."""

    figures: list[Figure]
    comparisons: list[Comparison]


@dataclass(frozen=True)
class Block:
    """Columns that are averaged over the same respondents.

    Attributes
    ----------
    columns
        What each of the k columns is.
    values
        Shape (n, k), NaN without an answer.
    wanted
        For each column the names of its groups.
    """

    columns: Sequence[Column]
    values: np.ndarray
    wanted: Sequence[tuple[str, ...]]


def estimate_wave(responses: pa.Table, weights: pa.Table, recipe: Recipe, root: Path) -> Estimates:
    """Estimate all indicators of one wave of one part.

    Parameters
    ----------
    responses
        One row per respondent, as intake writes them.
    weights
        Columns of weights.parquet, row by row the same respondents.
    recipe
        What to compute.
    root
        Folder that paths of id lists start from.
    """
    masks = group_masks(responses, recipe.group_book, recipe.group_names(), recipe.part, root=root)
    design = make_design(responses, weights, recipe)
    block = plan_block(responses, recipe, masks)
    figures: list[Figure] = []
    comparisons: list[Comparison] = []
    for own, used in _by_weight(block, responses, weights, recipe):
        cells = estimate_means(own.values, _stack(masks), used, level=1 - recipe.tests.level)
        figures += _figures(own, cells, list(masks), recipe)
        comparisons += _against_rest(own, cells, list(masks), recipe)
    figures += difference_figures(block.columns, block.values, masks, design, recipe)
    figures += mention_figures(responses, masks, design, recipe)
    figures += declared_figures(masks, recipe)
    return Estimates(figures=figures, comparisons=comparisons)


def _by_weight(
    block: Block, responses: pa.Table, weights: pa.Table, recipe: Recipe
) -> Iterator[tuple[Block, Design]]:
    """Yield the weighted columns and the unweighted ones, where there are any, with the design of each."""
    for weighted in (True, False):
        kept = [k for k, column in enumerate(block.columns) if _is_weighted(column) == weighted]
        if kept:
            own = Block(
                [block.columns[k] for k in kept], block.values[:, kept], [block.wanted[k] for k in kept]
            )
            yield own, make_design(responses, weights, recipe, weighted=weighted)


def _is_weighted(column: Column) -> bool:
    return not isinstance(column.spec, CompositionIndicator) or column.spec.weighted


def make_design(responses: pa.Table, weights: pa.Table, recipe: Recipe, *, weighted: bool = True) -> Design:
    """Return the sampling design of the respondents; those left out of weighting are outside its domain.

    Variances follow how the weights were made (see `wavedeck.stats.calibrated`); without weights
    everybody counts alike.
    """
    design = Design(
        weights["weight"].to_numpy() if weighted else np.ones(responses.num_rows),
        strata=_labels(responses, recipe.design.strata),
        clusters=_labels(responses, recipe.design.clusters),
        lonely=recipe.design.lonely_strata,
        calibration=stored_calibration(weights, recipe.weighting) if weighted else None,
    )
    included = weights["in_weighting"].to_numpy(zero_copy_only=False)
    return design if included.all() else design.domain(included)


def _labels(responses: pa.Table, name: str | None) -> np.ndarray | None:
    return None if name is None else np.array(responses[name].to_pylist(), dtype=object)


def plan_block(responses: pa.Table, recipe: Recipe, masks: Mapping[str, np.ndarray]) -> Block:
    """Turn all indicators that are averages into one block of columns."""
    columns: list[Column] = []
    for name, spec in recipe.active_indicators():
        columns += plan_columns(name, spec, recipe.codebook, part=recipe.part, wave=recipe.wave)
        if isinstance(spec, CompositionIndicator):
            parts = recipe.expand(spec.of)
            columns += [
                Column(indicator=name, item="", category=one, question=None, spec=spec) for one in parts
            ]
    values = [_values(column, responses, masks) for column in columns]
    matrix = np.column_stack(values) if values else np.zeros((responses.num_rows, 0))
    return Block(columns, matrix, [recipe.expand(column.spec.groups) for column in columns])


def _values(column: Column, responses: pa.Table, masks: Mapping[str, np.ndarray]) -> np.ndarray:
    if isinstance(column.spec, CompositionIndicator):
        return masks[column.category].astype(np.float64)
    return column_values(column, responses)


def _stack(masks: Mapping[str, np.ndarray]) -> np.ndarray:
    return np.column_stack(list(masks.values()))


def _figures(block: Block, cells: Cells, groups: Sequence[str], recipe: Recipe) -> Iterator[Figure]:
    arrays = {name: getattr(cells, name) for name in (*VALUE_COLUMNS, "units", "sd")}
    arrays["smallest_base"] = _members(block, cells)
    shares = [k for k, column in enumerate(block.columns) if column.is_share]
    if shares:
        for name, ends in zip(("ci_low", "ci_high"), cell_interval(cells, columns=shares), strict=True):
            arrays[name] = arrays[name].copy()
            arrays[name][:, shares] = ends
    place = {name: index for index, name in enumerate(groups)}
    for k, column in enumerate(block.columns):
        scale = PERCENT if column.is_share else 1.0
        for group in block.wanted[k]:
            values = {name: finite(array[place[group], k]) for name, array in arrays.items()}
            yield recipe.figure(column, group, **_stated(column, scaled(values, SCALED, scale)))


def _members(block: Block, cells: Cells) -> np.ndarray:
    """Return how many respondents each composition counts, NaN for other columns; shape (g, k)."""
    counted = np.full(cells.estimate.shape, np.nan)
    inside = cells.data.groups & cells.data.design.rows[:, None]
    for k, column in enumerate(block.columns):
        if isinstance(column.spec, CompositionIndicator):
            counted[:, k] = (inside & (block.values[:, [k]] > 0)).sum(axis=0)
    return counted


def scaled(values: dict[str, float | None], names: Sequence[str], scale: float) -> dict[str, Any]:
    """Return values with those named multiplied."""
    return {
        name: value * scale if name in names and value is not None else value
        for name, value in values.items()
    }


def _stated(column: Column, values: dict[str, float | None]) -> dict[str, object]:
    if column.question is None and not isinstance(column.spec, CompositionIndicator):
        return {"state": "not_asked"}
    if not values["base"]:
        return {"state": "empty", "base": 0.0}
    return {**values, "state": "failed" if values["estimate"] is None else "shown"}


def _against_rest(block: Block, cells: Cells, groups: Sequence[str], recipe: Recipe) -> Iterator[Comparison]:
    tested = compare_with_rest(cells, level=1 - recipe.tests.level, minimum_base=recipe.tests.minimum_base)
    place = {name: index for index, name in enumerate(groups)}
    for k, column in enumerate(block.columns):
        asked = column.question is not None and recipe.asked_now(column.spec)
        for group in block.wanted[k] if asked else ():
            if group != ALL:
                yield _comparison(tested, (place[group], k), recipe.address(column, group), column)


def _comparison(tested: Comparisons, index: tuple[int, int], address: str, column: Column) -> Comparison:
    values: dict[str, Any] = {name: finite(getattr(tested, name)[index]) for name in TESTED}
    values = scaled(values, ("difference", "se"), PERCENT if column.is_share else 1.0)
    reason = REASONS[NoTest(int(tested.reason[index]))]
    rest_base = finite(tested.base_b[index])
    return replace(Comparison(address=address, kind="rest", reason=reason, rest_base=rest_base), **values)
