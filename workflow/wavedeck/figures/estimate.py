"""One wave of one part: every indicator for every group, and every group against the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from wavedeck.figures.columns import PERCENT, Column, column_values, plan_columns
from wavedeck.figures.declared import declared_figures
from wavedeck.figures.paired import paired_figures
from wavedeck.figures.recipe import Recipe
from wavedeck.figures.records import Comparison, Figure
from wavedeck.intake.groups import group_masks
from wavedeck.stats.cells import Cells, estimate_means
from wavedeck.stats.comparisons import REASONS, Comparisons, NoTest, compare_with_rest
from wavedeck.stats.design import Design
from wavedeck.study.indicators import CompositionIndicator


@dataclass(frozen=True, kw_only=True)
class Estimates:
    """Figures of one wave of one part, and the comparison of each group with the rest."""

    figures: list[Figure]
    comparisons: list[Comparison]


@dataclass(frozen=True)
class Block:
    """Columns that share respondents: their keys, values and the groups each is wanted for.

    `values` has shape (n, k); `wanted` gives for each column the names of its groups.
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
        `weight` and `in_weighting`, row by row the same respondents.
    recipe
        What to compute.
    root
        Folder that paths of id lists start from.
    """
    masks = group_masks(responses, recipe.groups, recipe.group_names(), recipe.part, root=root)
    design = make_design(responses, weights, recipe)
    block = plan_block(responses, recipe, masks)
    cells = estimate_means(block.values, _stack(masks, design.n), design, level=1 - recipe.tests.level)
    figures = list(_figures(block, cells, list(masks), recipe))
    figures += paired_figures(block.columns, cells, list(masks), recipe)
    figures += declared_figures(masks, recipe)
    comparisons = list(_against_rest(block, cells, list(masks), recipe))
    return Estimates(figures=figures, comparisons=comparisons)


def make_design(responses: pa.Table, weights: pa.Table, recipe: Recipe) -> Design:
    """Return the sampling design of the respondents, those left out of weighting outside its domain."""
    spec = recipe.design

    def labels(name: str | None) -> np.ndarray | None:
        return None if name is None else responses[name].to_pandas().astype(str).to_numpy(dtype=object)

    weight = weights["weight"].to_numpy()
    design = Design(weight, strata=labels(spec.strata), clusters=labels(spec.clusters), lonely=_lonely(spec.lonely_strata))
    included = weights["in_weighting"].to_numpy(zero_copy_only=False)
    return design if included.all() else design.domain(included)


def _lonely(name: str) -> str:
    return name


def plan_block(responses: pa.Table, recipe: Recipe, masks: Mapping[str, np.ndarray]) -> Block:
    """Turn all indicators that are averages into one block of columns."""
    columns, wanted = [], []
    for name, spec in recipe.active_indicators():
        for column in plan_columns(name, spec, recipe.codebook, part=recipe.part, wave=recipe.wave):
            columns.append(column)
            wanted.append(recipe.expand(spec.groups))
    values = [column_values(column, responses) for column in columns]
    for name, spec in recipe.active_indicators():
        if isinstance(spec, CompositionIndicator):
            for category in recipe.expand(spec.of):
                columns.append(Column(indicator=name, item="", category=category, question=None, spec=spec))
                wanted.append(recipe.expand(spec.groups))
                values.append(PERCENT * masks[category])
    matrix = np.column_stack(values) if values else np.zeros((responses.num_rows, 0))
    return Block(columns, matrix, wanted)


def _stack(masks: Mapping[str, np.ndarray], n: int) -> np.ndarray:
    return np.column_stack(list(masks.values())) if masks else np.zeros((n, 0), dtype=bool)


def _figures(block: Block, cells: Cells, groups: Sequence[str], recipe: Recipe) -> Iterator[Figure]:
    arrays = {name: getattr(cells, name) for name in VALUES}
    position = {name: index for index, name in enumerate(groups)}
    for k, column in enumerate(block.columns):
        for group in block.wanted[k]:
            g = position[group]
            values = {name: _clean(array[g, k]) for name, array in arrays.items()}
            yield recipe.figure(column, group, **_stated(column, values))


VALUES = ("estimate", "se", "ci_low", "ci_high", "base", "weighted_base", "effective_base", "deff", "degf", "units", "sd")


def _clean(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _stated(column: Column, values: dict[str, float | None]) -> dict[str, object]:
    if column.question is None and not isinstance(column.spec, CompositionIndicator):
        return {"state": "not_asked"}
    if not values["base"]:
        return {"state": "empty", "base": 0.0}
    return {**values, "state": "failed" if values["estimate"] is None else "shown"}


def _against_rest(block: Block, cells: Cells, groups: Sequence[str], recipe: Recipe) -> Iterator[Comparison]:
    tested = compare_with_rest(cells, level=1 - recipe.tests.level, minimum_base=recipe.tests.minimum_base)
    position = {name: index for index, name in enumerate(groups)}
    for k, column in enumerate(block.columns):
        if column.question is None:
            continue
        for group in block.wanted[k]:
            if group != "all":
                yield comparison_at(tested, (position[group], k), recipe.address(column, group), "rest")


def comparison_at(tested: Comparisons, index: tuple[int, ...], address: str, kind: str, against: str = "") -> Comparison:
    """Return one comparison out of arrays of them, not yet marked."""
    names = ("difference", "se", "t", "df", "p", "decision_df", "decision_p")
    values = {name: _clean(getattr(tested, name)[index]) for name in names}
    reason = REASONS[NoTest(int(tested.reason[index]))]
    return Comparison(address=address, kind=kind, against=against, reason=reason, **values)
