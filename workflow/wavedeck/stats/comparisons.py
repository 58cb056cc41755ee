"""Tests of differences for all cells at once: against the rest, between groups, between waves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Literal

import numpy as np
from scipy import stats

from wavedeck.stats.arrays import ArrayLike, Booleans, Floats, Integers, divide
from wavedeck.stats.cells import Cells, count_units
from wavedeck.stats.corrections import Correction, adjust_p
from wavedeck.stats.moments import Moments, sum_moments
from wavedeck.stats.variance import difference_variance, mean_variance, shared_influence, spread_of
from wavedeck.study.errors import StatisticsError

Decision = Literal["welch", "survey"]


class NoTest(IntEnum):
    """Say why a comparison was not tested."""

    TESTED = 0
    EMPTY = 1
    ONE_UNIT = 2
    LOW_BASE = 3
    ZERO_VARIANCE = 4
    NO_REST = 5
    SAME = 6


REASONS = {
    NoTest.TESTED: "",
    NoTest.EMPTY: "a side has no answers",
    NoTest.ONE_UNIT: "a side has one respondent or cluster",
    NoTest.LOW_BASE: "a side is smaller than the minimum base",
    NoTest.ZERO_VARIANCE: "all answers are equal on both sides",
    NoTest.NO_REST: "the group is the total",
    NoTest.SAME: "both sides are the same respondents",
}


@dataclass(frozen=True, eq=False)
class Comparisons:
    """Hold differences side a minus side b; every array has one shape, as the cells compared.

    `se`, `t`, `df`, `p` and the interval are those of R's `svyttest`. `decision_t`, `decision_df` and
    `decision_p` decide: variances with n / (n - 1) of the groups' own n and Welch degrees of freedom.
    All but the difference are NaN where `reason` is not ``NoTest.TESTED``.
    """

    difference: Floats
    se: Floats
    t: Floats
    df: Floats
    p: Floats
    ci_low: Floats
    ci_high: Floats
    decision_t: Floats
    decision_df: Floats
    decision_p: Floats
    base_a: Floats
    base_b: Floats
    reason: Integers
    level: float


@dataclass(frozen=True, eq=False)
class Marks:
    """Hold what a report prints of comparisons.

    Parameters
    ----------
    mark
        1 (higher), -1 (lower) or 0.
    adjusted_p
        The corrected decision p; NaN where not tested.
    tests
        How many tests were done.
    by_chance
        How many marks chance alone gives without correction.
    """

    mark: Integers
    adjusted_p: Floats
    tests: int
    by_chance: float


@dataclass(frozen=True, eq=False)
class Side:
    """Hold one side of a comparison, one shape throughout.

    Parameters
    ----------
    estimate, variance
        Of the side's figure.
    base
        Answered respondents, unweighted.
    units
        Sampling units with weight; respondents where the design has no clusters.
    """

    estimate: Floats
    variance: Floats
    base: Floats
    units: Floats


@dataclass(frozen=True, eq=False)
class Stored:
    """Hold figures as they were stored, any one shape, to compare with those of another sample.

    Parameters
    ----------
    estimate, se
        Of the figures.
    base
        Answered respondents, unweighted.
    units
        Number of clusters where the design has clusters; the default is `base`.
    degf
        Degrees of freedom of each figure; the default is units - 1.
    """

    estimate: ArrayLike
    se: ArrayLike
    base: ArrayLike
    units: ArrayLike | None = None
    degf: ArrayLike | None = None

    def side(self) -> Side:
        """Return these figures as a side of a comparison."""
        mean, error, base = (np.asarray(x, dtype=np.float64) for x in (self.estimate, self.se, self.base))
        units = base if self.units is None else np.asarray(self.units, dtype=np.float64)
        return Side(mean, error**2, base, units)

    def free(self) -> Floats:
        """Return the degrees of freedom of each figure."""
        return self.side().units - 1 if self.degf is None else np.asarray(self.degf, dtype=np.float64)


@dataclass(frozen=True, eq=False)
class _Sides:
    first: Moments
    second: Moments
    union: Moments
    shared: Moments | None = None


@dataclass(frozen=True, eq=False)
class _Limits:
    df: Floats
    level: float
    minimum_base: int


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
    return _because(compared, rest.total("base") == 0, NoTest.NO_REST)


def _rest(cells: Cells, within: ArrayLike | None) -> tuple[Moments, Moments]:
    if within is None:
        everybody = np.ones((cells.data.design.n, 1), dtype=bool)
        total = sum_moments(cells.data.values, everybody, cells.data.design, shift=cells.data.shift)
        total = total.take(np.zeros(cells.data.groups.shape[1], dtype=np.int64))
        return total.minus(cells.moments), total
    index = np.broadcast_to(np.asarray(within, dtype=np.int64), (cells.data.groups.shape[1],))
    outside = (cells.data.groups & ~cells.data.groups[:, index]).any(axis=0)
    if outside.any():
        where = np.flatnonzero(outside)
        raise StatisticsError(
            f"groups {where[:5].tolist()} are not part of their totals {index[where[:5]].tolist()}; "
            "a group is compared with a total that holds all its respondents"
        )
    total = cells.moments.take(index)
    return total.minus(cells.moments), total


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
    shared = sum_moments(cells.data.values, both, cells.data.design, shift=cells.data.shift)
    first, second = cells.moments.take(ia), cells.moments.take(ib)
    union = first.plus(second).minus(shared)
    sides = _Sides(first, second, union, shared)
    compared = _compare(cells, sides, _side_of(cells, ia), level=level, minimum_base=minimum_base)
    same = (shared.total("base") == union.total("base")) & (union.total("base") > 0)
    return _because(compared, same, NoTest.SAME)


def _side_of(cells: Cells, index: Integers | None = None) -> Side:
    sides = (cells.estimate, cells.se**2, cells.base, cells.units)
    return Side(*(side if index is None else side[index] for side in sides))


def _compare(cells: Cells, sides: _Sides, side_a: Side, *, level: float, minimum_base: int) -> Comparisons:
    design = cells.data.design
    a, b = spread_of(sides.first, design), spread_of(sides.second, design)
    overlap: Floats | float = 0.0
    if sides.shared is not None:
        overlap = shared_influence(a, b, sides.shared)
    variance = difference_variance(a, b, design, shared=overlap)
    units_b = count_units(sides.second, design)[0]
    mean_b = np.where(units_b > 0, b.mean + cells.data.shift, np.nan)
    side_b = Side(mean_b, mean_variance(b, design), sides.second.total("base"), units_b)
    units, strata = count_units(sides.union, design)
    return _tested(side_a, side_b, variance, _Limits(units - strata - 1, level, minimum_base))


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
    limits = _Limits(a.free() + b.free(), level, minimum_base)
    return _tested(first, second, first.variance + second.variance, limits)


def _tested(a: Side, b: Side, variance: Floats, limits: _Limits) -> Comparisons:
    difference = np.asarray(a.estimate - b.estimate)
    reason = _reasons(a, b, variance, limits.minimum_base)
    tested = reason == NoTest.TESTED
    se, df = np.where(tested, np.sqrt(variance), np.nan), np.where(tested, limits.df, np.nan)
    t = difference / se
    half = stats.t.ppf((1 + limits.level) / 2, df) * se
    decision_t, decision_df = _welch(a, b, variance, tested)
    return Comparisons(
        difference=difference,
        se=se,
        t=t,
        df=df,
        p=two_sided(t, df),
        ci_low=difference - half,
        ci_high=difference + half,
        decision_t=decision_t,
        decision_df=decision_df,
        decision_p=two_sided(decision_t, decision_df),
        base_a=a.base,
        base_b=b.base,
        reason=reason,
        level=limits.level,
    )


def two_sided(t: Floats, df: Floats) -> Floats:
    """Return the two-sided p value of t statistics."""
    return np.asarray(2 * stats.t.sf(np.abs(t), df))


def _reasons(a: Side, b: Side, variance: Floats, minimum_base: int) -> Integers:
    difference = np.asarray(a.estimate - b.estimate)
    reason = np.zeros(difference.shape, dtype=np.int64)
    scale = np.maximum(np.abs(a.estimate), np.abs(b.estimate))
    reason[~(variance > (1e-13 * scale) ** 2)] = NoTest.ZERO_VARIANCE
    reason[np.minimum(a.base, b.base) < minimum_base] = NoTest.LOW_BASE
    reason[np.minimum(a.units, b.units) < 2] = NoTest.ONE_UNIT
    reason[~np.isfinite(difference)] = NoTest.EMPTY
    return reason


def _welch(a: Side, b: Side, variance: Floats, tested: Booleans) -> tuple[Floats, Floats]:
    """Return t and df with variances and degrees of freedom of the groups' own sizes."""
    free_a, free_b = np.maximum(a.units - 1, 1), np.maximum(b.units - 1, 1)
    own_a, own_b = a.variance * (1 + 1 / free_a), b.variance * (1 + 1 / free_b)
    widened = np.where(tested, variance + a.variance / free_a + b.variance / free_b, np.nan)
    df = divide((own_a + own_b) ** 2, own_a**2 / free_a + own_b**2 / free_b)
    return (a.estimate - b.estimate) / np.sqrt(widened), np.where(tested, df, np.nan)


def _because(compared: Comparisons, where: Booleans, reason: NoTest) -> Comparisons:
    def blank(x: Floats) -> Floats:
        return np.where(where, np.nan, x)

    names = ("se", "t", "df", "p", "ci_low", "ci_high", "decision_t", "decision_df", "decision_p")
    blanked = {name: blank(getattr(compared, name)) for name in names}
    return replace(compared, **blanked, reason=np.where(where, int(reason), compared.reason))  # type: ignore[arg-type]


def mark(
    compared: Comparisons,
    *,
    correction: Correction = "none",
    family: ArrayLike | None = None,
    minimum_difference: float = 0.0,
    decision: Decision = "welch",
) -> Marks:
    """Decide which differences a report marks.

    Parameters
    ----------
    correction, family
        See `adjust_p`; a family is one table or one chart.
    minimum_difference
        Smaller differences are not marked, however significant.
    decision
        ``welch`` decides with the groups' own sizes; ``survey`` with R's p.
    """
    p = compared.decision_p if decision == "welch" else compared.p
    adjusted = adjust_p(p, correction=correction, family=family)
    with np.errstate(invalid="ignore"):
        significant = (adjusted <= 1 - compared.level) & (np.abs(compared.difference) >= minimum_difference)
    tests = int((compared.reason == NoTest.TESTED).sum())
    signs = np.where(significant, np.sign(np.nan_to_num(compared.difference)), 0).astype(np.int64)
    return Marks(signs, adjusted, tests, tests * (1 - compared.level))
