"""The one pass over respondents: sums per group and column, from which all figures follow."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from scipy import sparse

from wavedeck.stats.arrays import ArrayLike, Booleans, Floats, Integers, as_columns
from wavedeck.stats.design import Design
from wavedeck.study.errors import StatisticsError

BLOCK = 1024
SAMPLE = 4096
TERMS = 9
ROUNDING = 1e-13


@dataclass(frozen=True, eq=False)
class Moments:
    """Hold the sums of every group x column cell, per segment of the design.

    A segment is a stratum, or a sampling unit where the design has clusters, divided further by the
    classes of a calibration. Every array has shape
    (s, g, k); values were shifted by `shift` (k,) before summing. Sums run over answered rows.

    Parameters
    ----------
    base, positive
        Number of answered rows, and of those with a weight above 0.
    w, wx, wxx
        Sums of weight, weight times value, weight times value squared.
    v, vx, vxx
        The same with the squared weight.
    x
        Sum of values of answered rows with weight, unweighted.
    """

    base: Floats
    positive: Floats
    w: Floats
    wx: Floats
    wxx: Floats
    v: Floats
    vx: Floats
    vxx: Floats
    x: Floats

    @classmethod
    def of(cls, sums: Floats) -> Moments:
        """Name the sums (s, g, 9, k)."""
        return cls(*(sums[:, :, i] for i in range(TERMS)))

    def take(self, groups: Integers) -> Moments:
        """Return the moments of the groups at these positions."""
        return Moments(*(array[:, groups] for array in self.arrays()))

    def minus(self, other: Moments) -> Moments:
        """Return the moments of what is left when a part is taken away; rounding noise becomes 0."""
        return Moments(*(_left(a, b) for a, b in zip(self.arrays(), other.arrays(), strict=True)))

    def total(self, name: str) -> Floats:
        """Return one sum over all segments, shape (g, k)."""
        return getattr(self, name).sum(axis=0)

    def replaced(self, groups: Integers, other: Moments) -> Moments:
        """Return these moments with those of some groups replaced."""
        arrays = [array.copy() for array in self.arrays()]
        for array, new in zip(arrays, other.arrays(), strict=True):
            array[:, groups] = new
        return Moments(*arrays)

    def plus(self, other: Moments) -> Moments:
        """Return the moments of two disjoint parts together."""
        return Moments(*(a + b for a, b in zip(self.arrays(), other.arrays(), strict=True)))

    def arrays(self) -> list[Floats]:
        """Return the sums in the order of the fields."""
        return [getattr(self, field.name) for field in fields(self)]


def _left(whole: Floats, part: Floats) -> Floats:
    left = whole - part
    return np.where(np.abs(left) <= ROUNDING * np.abs(whole), 0.0, left)


def sum_moments(values: Floats, groups: Booleans, design: Design, *, shift: Floats) -> Moments:
    """Sum all group x column cells in one pass over the respondents.

    Parameters
    ----------
    values
        Shape (n, k), NaN where not answered.
    groups
        Shape (n, g), True for members; groups may overlap.
    shift
        Shape (k,), taken off the values before summing, for precision.
    """
    segment = design.segment
    sums = empty_moments(design, groups.shape[1], values.shape[1])
    order = None if design.segment_count == 1 else np.argsort(segment, kind="stable")
    inside = groups if design.mask is None else groups & design.mask[:, None]
    for start in range(0, len(values), BLOCK):
        rows = slice(start, start + BLOCK) if order is None else order[start : start + BLOCK]
        terms = _terms(values[rows] - shift, design.weights[rows])
        add_rows(sums, terms, inside[rows], segment[rows])
    return Moments.of(sums)


def empty_moments(design: Design, groups: int, columns: int) -> Floats:
    """Return zeros to add to, shape (s, g, 9, k)."""
    return np.zeros((design.segment_count, groups, TERMS, columns))


def _terms(values: Floats, weights: Floats) -> Floats:
    """Return what is summed, shape (rows, 9, k)."""
    rows, columns = values.shape
    terms = np.empty((rows, TERMS, columns))
    w = weights[:, None]
    answered = terms[:, 0]
    np.logical_not(np.isnan(values), out=answered)
    x = np.where(answered, values, 0.0)
    np.multiply(answered, w > 0, out=terms[:, 1])
    np.multiply(answered, w, out=terms[:, 2])
    np.multiply(x, w, out=terms[:, 3])
    np.multiply(terms[:, 3], x, out=terms[:, 4])
    np.multiply(terms[:, 2:5], w[:, None], out=terms[:, 5:8])
    np.multiply(x, w > 0, out=terms[:, 8])
    return terms


def products(count: Floats, positive: Floats, w: Floats, v: Floats) -> Floats:
    """Return the terms (c, 9, k) of rows that stand for many respondents.

    Parameters
    ----------
    count, positive, w, v
        Shape (c, 3, k): sums of 1, value and squared value over respondents, respondents with weight,
        and times weight and squared weight.
    """
    return np.concatenate([count[:, :1], positive[:, :1], w, v, positive[:, 1:2]], axis=1)


def add_rows(sums: Floats, terms: Floats, groups: Booleans, segment: Integers) -> None:
    """Add terms (rows, 9, k) to the cells their rows belong to; rows come in the order of segments."""
    rows, flat = len(terms), terms.reshape(len(terms), -1)
    first, last = int(segment[0]), int(segment[-1]) + 1
    width = groups.shape[1]
    row, group = np.nonzero(groups)
    cell = (segment[row] - first) * width + group
    one = np.ones(len(row))
    add = sparse.csr_matrix((one, (cell, row)), shape=((last - first) * width, rows))
    sums[first:last] += (add @ flat).reshape(last - first, *sums.shape[1:])


def choose_shift(values: Floats) -> Floats:
    """Return a value near each column's centre, whole where the column holds whole numbers."""
    sample = values[:: max(1, len(values) // SAMPLE)]
    answered = ~np.isnan(sample)
    x = np.where(answered, sample, 0.0)
    centre = x.sum(axis=0) / np.maximum(answered.sum(axis=0), 1)
    return np.where((x == np.rint(x)).all(axis=0), np.rint(centre), centre)


def checked_values(values: ArrayLike, design: Design) -> Floats:
    """Return values as (n, k) floats; refuse infinite ones."""
    array = as_columns(values, rows=design.n, what="values")
    if np.isinf(array).any():
        raise StatisticsError("values hold infinity; give NaN where a respondent did not answer")
    return array


def checked_groups(groups: ArrayLike | None, design: Design) -> Booleans:
    """Return groups as (n, g) booleans; None is one group of everybody."""
    if groups is None:
        return np.ones((design.n, 1), dtype=bool)
    array = np.asarray(groups)
    array = array[:, None] if array.ndim == 1 else array
    if array.ndim != 2 or array.shape[0] != design.n:
        raise StatisticsError(
            f"groups have shape {array.shape}; expected one row for each of {design.n} weights"
        )
    return array if array.dtype == bool else array != 0
