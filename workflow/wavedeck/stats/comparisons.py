"""Tests of differences for all cells at once: against the rest, between groups, waves, and a value."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from wavedeck.stats.arrays import ArrayLike, Booleans, Floats, Integers, divide
from wavedeck.stats.cells import Cells, count_units, squared_deviation
from wavedeck.stats.linearised import Estimates
from wavedeck.stats.marks import Marks, mark
from wavedeck.stats.moments import Moments
from wavedeck.stats.stored import Stored
from wavedeck.stats.tested import REASONS, Comparisons, Limits, NoTest, Side, because, settle
from wavedeck.stats.variance import (
    NOISE,
    Spread,
    difference_variance,
    mean_variance,
    shared_influence,
    spread_of,
)
from wavedeck.study.errors import StatisticsError

LITTLE = 1e-2

__all__ = [
    "REASONS",
    "Comparisons",
    "Marks",
    "NoTest",
    "Side",
    "Stored",
    "compare_figures",
    "compare_groups",
    "compare_independent",
    "compare_with_rest",
    "compare_with_value",
    "mark",
]


@dataclass(frozen=True, eq=False)
class _Sides:
    first: Moments
    second: Moments
    union: Moments
    shared: Moments | None = None


def compare_with_rest(
    cells: Cells, *, within: ArrayLike | None = None, level: float = 0.95, minimum_base: int = 30
) -> Comparisons:
    """Test each group against its total minus that group, for all cells at once.

    Parameters
    ----------
    within
        Shape (g,) or one number: for each group the position of the group that is its total. None
        takes everybody in the domain of the design.
    level
        Confidence level of the interval.
    minimum_base
        Sides with fewer answers are not tested.

    Returns
    -------
    Comparisons
        Arrays of shape (g, k): group minus rest.

    Raises
    ------
    StatisticsError
        When a group is not part of its total.

    References
    ----------
    R `survey`: `svyttest(item ~ I(group == g), design)`. Welch (1947), Biometrika 34.
    """
    rest, everybody = _rest(cells, within)
    sides = _Sides(cells.moments, rest, everybody)
    compared = _compare(cells, sides, _side_of(cells), level=level, minimum_base=minimum_base)
    return because(compared, (rest.total("base") == 0) & (cells.base > 0), NoTest.NO_REST)


def _rest(cells: Cells, within: ArrayLike | None) -> tuple[Moments, Moments]:
    """Return the moments of each group's rest and of its total."""
    groups = cells.data.groups
    if within is None:
        index = np.zeros(groups.shape[1], dtype=np.int64)
        everybody = np.ones((len(groups), 1), dtype=bool)
        total = cells.data.moments(everybody).take(index)
        return _subtracted(cells, total, everybody[:, index]), total
    index = np.broadcast_to(np.asarray(within, dtype=np.int64), (groups.shape[1],))
    outside = (groups & ~groups[:, index]).any(axis=0)
    if outside.any():
        where = np.flatnonzero(outside)
        raise StatisticsError(
            f"groups {where[:5].tolist()} are not part of their totals {index[where[:5]].tolist()}; "
            "a group is compared with a total that holds all its respondents"
        )
    total = cells.moments.take(index)
    return _subtracted(cells, total, groups[:, index]), total


def _subtracted(cells: Cells, total: Moments, of_total: Booleans) -> Moments:
    """Take groups from their totals; sum again where so little is left that digits would be lost."""
    rest = total.minus(cells.moments)
    left, whole = rest.total("v"), total.total("v")
    weak = np.flatnonzero(((left < LITTLE * whole) & (rest.total("base") > 0)).any(axis=1))
    if not len(weak):
        return rest
    again = cells.data.moments(of_total[:, weak] & ~cells.data.groups[:, weak])
    return rest.replaced(weak, again)


def compare_groups(
    cells: Cells, a: ArrayLike, b: ArrayLike, *, level: float = 0.95, minimum_base: int = 30
) -> Comparisons:
    """Test pairs of groups, disjoint or overlapping, for all columns at once.

    Waves in one file are groups too. Respondents in both groups are counted exactly: their influence
    on both sides enters the variance of the difference.

    Parameters
    ----------
    a, b
        Shape (m,), positions of the groups on either side.

    Returns
    -------
    Comparisons
        Arrays of shape (m, k): group a minus group b.
    """
    ia, ib = (np.atleast_1d(np.asarray(side, dtype=np.int64)) for side in (a, b))
    both = cells.data.groups[:, ia] & cells.data.groups[:, ib]
    shared = cells.data.moments(both)
    first, second = cells.moments.take(ia), cells.moments.take(ib)
    union = first.plus(second).minus(shared)
    sides = _Sides(first, second, union, shared)
    compared = _compare(cells, sides, _side_of(cells, ia), level=level, minimum_base=minimum_base)
    same = (shared.total("base") == union.total("base")) & (union.total("base") > 0)
    return because(compared, same, NoTest.SAME)


def _side_of(cells: Cells, index: Integers | None = None) -> Side:
    take = slice(None) if index is None else index
    sizes = (cells.base[take], cells.units[take], cells.effective_base[take])
    return Side(cells.estimate[take], cells.se[take] ** 2, *sizes, cells.constant[take])


def _compare(cells: Cells, sides: _Sides, side_a: Side, *, level: float, minimum_base: int) -> Comparisons:
    design = cells.data.design
    a, b = spread_of(sides.first, design), spread_of(sides.second, design)
    overlap: Floats | float = 0.0
    if sides.shared is not None:
        overlap = shared_influence(a, b, sides.shared)
    variance = difference_variance(a, b, design, shared=overlap)
    side_b = _other_side(cells, sides.second, b)
    units, strata = count_units(sides.union, design)
    return settle(side_a, side_b, variance, Limits(units - strata - 1, level, minimum_base))


def _other_side(cells: Cells, moments: Moments, spread: Spread) -> Side:
    units = count_units(moments, cells.data.design)[0]
    mean = np.where(units > 0, spread.mean + cells.data.shift, np.nan)
    effective = np.nan_to_num(divide(moments.total("w") ** 2, moments.total("v")))
    constant = squared_deviation(moments, spread) <= NOISE * np.nan_to_num(spread.mean) ** 2
    variance = mean_variance(spread, cells.data.design)
    return Side(mean, variance, moments.total("base"), units, effective, constant & (units > 0))


def compare_independent(a: Stored, b: Stored, *, level: float = 0.95, minimum_base: int = 30) -> Comparisons:
    """Test figures of independent samples, such as two waves, from their stored estimates.

    Returns
    -------
    Comparisons
        a minus b. For a panel, whose waves share respondents, use `compare_groups` instead.

    >>> compared = compare_independent(Stored(7.5, 0.05, 800), Stored(7.3, 0.05, 800))
    >>> round(float(compared.t), 3)
    2.828
    """
    first, second = a.side(), b.side()
    limits = Limits(a.free() + b.free(), level, minimum_base)
    return settle(first, second, first.variance + second.variance, limits)


def compare_with_value(
    cells: Cells, value: ArrayLike, *, level: float = 0.95, minimum_base: int = 30
) -> Comparisons:
    """Test each cell against a given value; the mean of differences of pairs against 0 is the paired test.

    Parameters
    ----------
    value
        A number, or an array that broadcasts to (g, k).

    References
    ----------
    R `survey`: `svyttest(item - value ~ 0, design)`.
    """
    given = np.broadcast_to(np.asarray(value, dtype=np.float64), cells.estimate.shape)
    endless = np.full(given.shape, np.inf)
    side = _side_of(cells)
    nothing = np.zeros(given.shape)
    fixed = Side(given, nothing, endless, endless, nothing + 1, nothing > 0)
    return settle(side, fixed, side.variance, Limits(cells.degf - 1, level, minimum_base))


def compare_figures(
    estimates: Estimates, first: ArrayLike, second: ArrayLike, *, level: float = 0.95, minimum_base: int = 30
) -> Comparisons:
    """Test pairs of figures on the same or overlapping respondents, such as two items.

    Parameters
    ----------
    estimates
        Figures with their influence values; see `wavedeck.stats.linearised`.
    first, second
        Shape (m,), positions of the figures on either side.

    Returns
    -------
    Comparisons
        Arrays of shape (m,): first minus second. What both sides share is in the variance; as in a test of
        pairs, degrees of freedom are those of everybody in either base.
    """
    a, b = (np.atleast_1d(np.asarray(side, dtype=np.int64)) for side in (first, second))
    weights = np.zeros((len(a), len(estimates.estimate)))
    np.add.at(weights, (np.arange(len(a)), a), 1.0)
    np.add.at(weights, (np.arange(len(b)), b), -1.0)
    gap = estimates.combine(weights)
    smaller = np.minimum(estimates.base[a], estimates.base[b])
    endless = np.full(len(a), np.inf)
    units = np.minimum(gap.units, np.minimum(estimates.units[a], estimates.units[b]))
    nowhere = np.zeros(len(a), dtype=bool)
    sides = (
        Side(gap.estimate, gap.se**2, smaller, units, gap.effective_base, nowhere),
        Side(np.zeros(len(a)), 0 * smaller, endless, endless, np.ones(len(a)), nowhere),
    )
    compared = settle(*sides, gap.se**2, Limits(gap.degf - 1, level, minimum_base))
    compared = replace(compared, base_a=estimates.base[a], base_b=estimates.base[b])
    return because(compared, a == b, NoTest.SAME)
