"""From a study's declaration of weighting to labels and targets, checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from wavedeck.stats.arrays import Booleans, Labels
from wavedeck.study.errors import WeightingError, did_you_mean
from wavedeck.study.settings import Cell, Margin

WEIGHTING_FILE = "weighting.yaml"
LEVEL_JOIN = "/"
TOP_LEVEL = "cells"
SUM_TOLERANCE = 1e-6
MaskOf = Callable[[str], Booleans]


@dataclass(frozen=True, eq=False)
class Level:
    """One set of targets that sum to 100: the cells of a level, or a margin.

    Attributes
    ----------
    name
        ``cells`` for the first level, the path of cells for a nested one, or the margin's name.
    labels
        Category of each respondent, empty outside the level, shape (n,).
    targets
        Category -> percentage.
    """

    name: str
    labels: Labels
    targets: Mapping[str, float]


def cell_levels(cells: Mapping[str, Cell], mask_of: MaskOf) -> Iterator[Level]:
    """Yield the levels of nested cells, outermost first.

    Parameters
    ----------
    cells
        Cells as declared.
    mask_of
        Gives the respondents of a group, shape (n,).

    Raises
    ------
    WeightingError
        When targets do not sum to 100, or two cells of a level share respondents.
    """
    yield from _levels(TOP_LEVEL, cells, mask_of, inside=None)


def _levels(
    name: str, cells: Mapping[str, Cell], mask_of: MaskOf, inside: Booleans | None
) -> Iterator[Level]:
    targets = {cell: declared.target for cell, declared in cells.items()}
    require_hundred("level", name, targets)
    masks = {cell: _within(mask_of(declared.group), inside) for cell, declared in cells.items()}
    yield Level(name, _label(name, masks), targets)
    for cell, declared in cells.items():
        if declared.cells:
            deeper = cell if name == TOP_LEVEL else LEVEL_JOIN.join((name, cell))
            yield from _levels(deeper, declared.cells, mask_of, masks[cell])


def _within(mask: Booleans, inside: Booleans | None) -> Booleans:
    return mask if inside is None else mask & inside


def _label(name: str, masks: Mapping[str, Booleans]) -> Labels:
    labels = np.full(len(next(iter(masks.values()))), "", object)
    for cell, mask in masks.items():
        shared = mask & (labels != "")
        if shared.any():
            other = labels[np.flatnonzero(shared)[0]]
            raise WeightingError(
                f"{WEIGHTING_FILE}: cells '{other}' and '{cell}' of level '{name}' share {int(shared.sum())} "
                "respondents; give them groups that do not overlap"
            )
        if not mask.any():
            raise WeightingError(
                f"{WEIGHTING_FILE}: cell '{cell}' of level '{name}' has a target but no respondents; join it "
                "with another cell, or leave it out and share its target among the others"
            )
        labels[mask] = cell
    return labels


def leaf_labels(levels: tuple[Level, ...]) -> Labels:
    """Return the path of cells of each respondent; empty for those whom no cell fits to the end."""
    by_name = {level.name: level for level in levels}
    labels = by_name[TOP_LEVEL].labels.copy()
    for level in levels[1:]:
        inside = labels == level.name
        deeper = np.array(
            [LEVEL_JOIN.join((level.name, cell)) if cell else "" for cell in level.labels], object
        )
        labels = np.where(inside, deeper, labels)
    return labels


def leaf_targets(levels: tuple[Level, ...]) -> dict[str | tuple[str, ...], float]:
    """Return the share of the whole of each innermost cell, by its path."""
    by_name = {level.name: level for level in levels}
    return dict(_leaves(TOP_LEVEL, by_name, 1.0))


def _leaves(name: str, by_name: Mapping[str, Level], share: float) -> Iterator[tuple[str, float]]:
    for cell, target in by_name[name].targets.items():
        path = cell if name == TOP_LEVEL else LEVEL_JOIN.join((name, cell))
        if path in by_name:
            yield from _leaves(path, by_name, share * target / 100)
        else:
            yield path, share * target / 100


def margin_levels(margins: Mapping[str, Margin], responses: pa.Table) -> tuple[Level, ...]:
    """Return the margins of a raking.

    Raises
    ------
    WeightingError
        When targets do not sum to 100, a variable has no column or a category no respondents.
    """
    return tuple(_margin(name, margin, responses) for name, margin in margins.items())


def _margin(name: str, margin: Margin, responses: pa.Table) -> Level:
    require_hundred("margin", name, margin.targets)
    if margin.variable not in responses.column_names:
        raise WeightingError(
            f"{WEIGHTING_FILE}: margin '{name}' reads '{margin.variable}', which has no answers in this wave"
            f"{did_you_mean(margin.variable, responses.column_names)}"
        )
    labels = _texts(responses.column(margin.variable))
    _require_respondents(name, labels, margin.targets)
    return Level(name, labels, margin.targets)


def _texts(column: pa.ChunkedArray) -> Labels:
    values = column.to_pandas()
    texts = values.map(lambda value: f"{value:g}") if values.dtype.kind == "f" else values.astype(str)
    return np.where(values.isna(), "", texts).astype(object)


def _require_respondents(name: str, labels: Labels, targets: Mapping[str, float]) -> None:
    empty = [category for category in targets if category not in set(labels)]
    if empty:
        raise WeightingError(
            f"{WEIGHTING_FILE}: category '{empty[0]}' of margin '{name}' has a target but no respondents"
            f"{did_you_mean(empty[0], sorted(set(labels) - set(targets)))}; join it with another category"
        )


def require_hundred(kind: str, name: str, targets: Mapping[str, float]) -> None:
    """Raise when targets do not sum to 100.

    Raises
    ------
    WeightingError
        Naming the level or margin and the sum.
    """
    total = sum(targets.values())
    if abs(total - 100) > SUM_TOLERANCE:
        listed = ", ".join(f"{category} {target:g}" for category, target in targets.items())
        raise WeightingError(
            f"{WEIGHTING_FILE}: targets of {kind} '{name}' sum to {total:g}, not 100 ({listed})"
        )
    zero = [category for category, target in targets.items() if target <= 0]
    if zero:
        raise WeightingError(
            f"{WEIGHTING_FILE}: the target of '{zero[0]}' in {kind} '{name}' is {targets[zero[0]]:g}; "
            "write more than 0, or leave the category out"
        )
