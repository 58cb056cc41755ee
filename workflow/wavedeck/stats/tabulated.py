"""Counting marks: when answers are few whole codes, one table per item holds every figure about it.

The table of class x item x code is counted once. Means, shares, nets, NPS, their variances and tests all
follow from it, for groups that are unions of classes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from wavedeck.stats.arrays import ArrayLike, Booleans, Floats, Integers
from wavedeck.stats.design import Design
from wavedeck.stats.moments import Moments, add_rows, empty_moments, products
from wavedeck.study.errors import StatisticsError

PAIRED_LIMIT = 40_000
LARGEST_CODE = 254


@dataclass(frozen=True, eq=False)
class Table:
    """Hold counts of class x item x code.

    Parameters
    ----------
    count, positive, w, v
        Shape (c, items, codes): respondents, respondents with weight, sum of weights, of squared weights.
    classes
        Shape (c,), the class (as given) of each row of the table; segments divide classes.
    segment
        Shape (c,), segment of the design of each row.
    """

    count: Floats
    positive: Floats
    w: Floats
    v: Floats
    classes: Integers
    segment: Integers
    design: Design


@dataclass(frozen=True, eq=False)
class Column:
    """Name a figure: an item and the value of each of its codes; NaN leaves a code out of the base."""

    item: int
    scores: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Tabulated:
    """Hold what cells are estimated from: a table, the figures, and the groups of classes.

    Parameters
    ----------
    groups
        Shape (c, g), which rows of the table make a group.
    shift
        Shape (k,), taken off the scores before summing.
    """

    table: Table
    columns: tuple[Column, ...]
    groups: Booleans
    design: Design
    shift: Floats

    def moments(self, groups: Booleans) -> Moments:
        """Sum the rows of the table to groups (c, g)."""
        sums = empty_moments(self.design, groups.shape[1], len(self.columns))
        add_rows(sums, self._terms(), groups, self.table.segment)
        return Moments.of(sums)

    def _terms(self) -> Floats:
        items = np.array([column.item for column in self.columns])
        scores = np.array([column.scores for column in self.columns]) - self.shift[:, None]
        answered = ~np.isnan(scores)
        x = np.where(answered, scores, 0.0)
        powers = np.stack([answered, x, x * x]).astype(np.float64)
        return products(
            *(
                self._sum(getattr(self.table, name)[:, items], powers)
                for name in ("count", "positive", "w", "v")
            )
        )

    @staticmethod
    def _sum(counts: Floats, powers: Floats) -> Floats:
        """Sum codes (c, k, codes) times powers of scores to (c, 3, k)."""
        return np.einsum("ckm,pkm->cpk", counts, powers)


def tabulate(codes: Sequence[NDArray[np.uint8]], classes: ArrayLike, design: Design) -> Table:
    """Count every item in one pass over its answers.

    Parameters
    ----------
    codes
        One array of shape (n,), dtype uint8, per item; code 0 is no answer.
    classes
        Shape (n,), the class of each respondent, whole numbers from 0. Groups are unions of classes, so
        that a crossing of banner questions, or a pattern of memberships, makes the classes.

    Raises
    ------
    StatisticsError
        When an item has another length or type.
    """
    _require_bytes(codes, design)
    given = np.asarray(classes, dtype=np.int64)
    rows, row_classes, row_segment = _rows(given, design)
    width = int(max((int(item.max(initial=0)) for item in codes), default=0)) + 1
    weights = _weight_columns(design)
    tables = np.empty((len(row_classes), len(codes), width, 4))
    step = 2 if len(row_classes) * width * width <= PAIRED_LIMIT else 1
    for first in range(0, len(codes), step):
        _count(tables[:, first : first + step], codes[first : first + step], rows, weights, design)
    count, positive, w, v = np.moveaxis(tables, -1, 0)
    return Table(count, positive, w, v, row_classes, row_segment, design)


def _require_bytes(codes: Sequence[NDArray[np.uint8]], design: Design) -> None:
    for i, item in enumerate(codes):
        if item.dtype != np.uint8 or item.shape != (design.n,):
            raise StatisticsError(
                f"item {i + 1} has dtype {item.dtype} and shape {item.shape}; expected uint8 codes for "
                f"{design.n} respondents, 0 where not answered"
            )


def _rows(classes: Integers, design: Design) -> tuple[Integers, Integers, Integers]:
    """Return each respondent's row of the table, and the class and segment of each row."""
    if design.segment_count == 1:
        size = int(classes.max()) + 1
        return classes, np.arange(size), np.zeros(size, dtype=np.int64)
    joint = design.segment * (int(classes.max()) + 1) + classes
    present = np.flatnonzero(np.bincount(joint))
    place = np.zeros(int(present[-1]) + 1, dtype=np.int64)
    place[present] = np.arange(len(present))
    segment, of_class = np.divmod(present, int(classes.max()) + 1)
    return place[joint], of_class, segment


def _weight_columns(design: Design) -> Floats | None:
    """Return what is summed per respondent (n, 3 or 4); None where all weights are equal and count."""
    w, counted = design.weights, design.mask
    if counted is None and w[0] > 0 and w.min() == w.max():
        return None
    inside = np.ones(design.n) if counted is None else counted.astype(np.float64)
    columns = [inside, w * inside, w * w * inside]
    if w.min() == 0:
        columns.append((w > 0) * inside)
    return np.column_stack(columns)


def _count(
    into: Floats, codes: Sequence[NDArray[np.uint8]], rows: Integers, weights: Floats | None, design: Design
) -> None:
    """Fill the tables (rows, items, codes, 4) of one item or of two at once."""
    size, _, width, _ = into.shape
    cell = rows.astype(np.int32) if len(codes) == 1 else rows.astype(np.int32) * np.int32(width)
    if len(codes) == 2:
        cell += codes[0]
    cell *= np.int32(width)
    cell += codes[-1]
    sums = _sums(cell, size * width ** len(codes), weights, design)
    table = sums.reshape(size, *[width] * len(codes), 4)
    into[:, 0] = table.sum(axis=2) if len(codes) == 2 else table
    if len(codes) == 2:
        into[:, 1] = table.sum(axis=1)


def _sums(cell: NDArray[np.int32], size: int, weights: Floats | None, design: Design) -> Floats:
    """Return count, count with weight, sum of weights and of their squares, shape (size, 4)."""
    if weights is None:
        count, w = np.bincount(cell, minlength=size), float(design.weights[0])
        return np.multiply.outer(count, [1.0, 1.0, w, w * w])
    rows = len(cell)
    add = sparse.csc_array((np.ones(rows), cell, np.arange(rows + 1, dtype=np.int32)), shape=(size, rows))
    sums = add @ weights
    positive = sums[:, 3] if sums.shape[1] == 4 else sums[:, 0]
    return np.column_stack([sums[:, 0], positive, sums[:, 1], sums[:, 2]])
