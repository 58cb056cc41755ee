"""Counting marks: when answers are few whole codes, one table per item holds every figure about it.

The table of class x item x code is counted once. Means, shares, nets, NPS, their variances and tests all
follow from it, for groups that are unions of classes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from wavedeck.stats.arrays import ArrayLike, Booleans, Floats, Integers
from wavedeck.stats.design import Design
from wavedeck.stats.moments import Moments, add_rows, empty_moments, products
from wavedeck.study.errors import StatisticsError

PAIRED_LIMIT = 40_000
BLOCK = 1 << 15
THREADS = 2


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
    items, scores
        Shape (k,) and (k, codes): the item of each figure, and the value of each of its codes.
    groups
        Shape (c, g), which rows of the table make a group.
    shift
        Shape (k,), taken off the scores before summing.
    """

    table: Table
    items: Integers
    scores: Floats
    groups: Booleans
    design: Design
    shift: Floats

    def moments(self, groups: Booleans) -> Moments:
        """Sum the rows of the table to groups (c, g)."""
        sums = empty_moments(self.design, groups.shape[1], len(self.items))
        add_rows(sums, self._terms(), groups, self.table.segment)
        return Moments.of(sums)

    def _terms(self) -> Floats:
        items, scores = self.items, self.scores - self.shift[:, None]
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


def tabulated(table: Table, columns: Sequence[Column], groups: Booleans) -> Tabulated:
    """Return figures of a table, ready to be summed to groups of its rows."""
    scores = np.full((len(columns), table.count.shape[2]), np.nan)
    for i, column in enumerate(columns):
        scores[i, : len(column.scores)] = column.scores[: scores.shape[1]]
    answered = ~np.isnan(scores)
    low, high = (
        np.where(answered, scores, np.inf).min(axis=1),
        np.where(answered, scores, -np.inf).max(axis=1),
    )
    with np.errstate(invalid="ignore"):
        shift = np.where(answered.any(axis=1), np.rint((low + high) / 2), 0.0)
    items = np.array([column.item for column in columns], dtype=np.int64)
    return Tabulated(table, items, scores, groups, table.design, shift)


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
    counter = _Counter(codes, rows, (len(row_classes), width), design)
    tables = np.zeros((len(row_classes), len(codes), width, 4))
    for part in _counted(counter, range(0, design.n, BLOCK)):
        tables += part
    count, positive, w, v = np.moveaxis(tables, -1, 0)
    return Table(count, positive, w, v, row_classes, row_segment, design)


def _counted(counter: _Counter, starts: range) -> Iterator[Floats]:
    """Count all blocks, in their order so that sums come out the same; on two threads where that pays."""
    if len(starts) == 1:
        yield counter.count(0)
        return
    with ThreadPoolExecutor(max_workers=THREADS) as pool:
        yield from pool.map(counter.count, starts)


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


class _Counter:
    """Count the codes of blocks of respondents, two items at once where that fits."""

    def __init__(
        self, codes: Sequence[NDArray[np.uint8]], rows: Integers, shape: tuple[int, int], design: Design
    ) -> None:
        self._codes, self._rows, self._design = codes, rows, design
        self._size, self._width = shape
        self._together = 2 if self._size * self._width**2 <= PAIRED_LIMIT else 1
        w = design.weights
        self._positive = bool(w.min() > 0)
        self._equal = design.mask is None and self._positive and bool(w.min() == w.max())

    def count(self, start: int) -> Floats:
        """Return the tables (rows, items, codes, 4) of the block that starts here."""
        block = slice(start, start + BLOCK)
        width = self._width**self._together
        rows, weights = self._rows[block].astype(np.int32) * np.int32(width), self._weights(block)
        into = np.zeros((self._size, len(self._codes), self._width, 4))
        for first in range(0, len(self._codes), self._together):
            codes = [item[block] for item in self._codes[first : first + self._together]]
            self._add(into[:, first : first + len(codes)], codes, rows, weights)
        return into

    def _weights(self, block: slice) -> Floats:
        """Return what is summed per respondent (rows, 4); without the second where all have weight."""
        w, mask = self._design.weights[block], self._design.mask
        inside = np.ones(len(w)) if mask is None else mask[block].astype(np.float64)
        positive = [] if self._positive else [(w > 0) * inside]
        return np.column_stack([inside, *positive, w * inside, w * w * inside])

    def _add(
        self, into: Floats, codes: Sequence[NDArray[np.uint8]], rows: NDArray[np.int32], weights: Floats
    ) -> None:
        size, width = self._size, self._width
        if self._together == 1:
            into[:, 0] = self._sums(rows + codes[0], weights, size * width).reshape(into[:, 0].shape)
            return
        pair = codes[0].astype(np.uint16)
        pair *= np.uint16(width)
        if len(codes) == 2:
            pair += codes[1]
        sums = self._sums(rows + pair, weights, size * width**2).reshape(size, width, width, 4)
        into[:, 0] = sums.sum(axis=2)
        if len(codes) == 2:
            into[:, 1] = sums.sum(axis=1)

    def _sums(self, cell: NDArray[np.int32], weights: Floats, size: int) -> Floats:
        if self._equal:
            w = float(self._design.weights[0])
            return np.multiply.outer(np.bincount(cell, minlength=size), [1.0, 1.0, w, w * w])
        start = np.arange(len(cell) + 1, dtype=np.int32)
        add = sparse.csc_array((np.ones(len(cell)), cell, start), shape=(size, len(cell)))
        sums = np.asarray(add @ weights)
        return sums[:, [0, 0, 1, 2]] if self._positive else sums
