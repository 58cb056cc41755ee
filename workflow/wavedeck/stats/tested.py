"""From a difference and its variance to a test: R's, and the one that decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np

from wavedeck.stats.arrays import Booleans, Floats, Integers, divide
from wavedeck.stats.student import t_quantile, two_sided


class NoTest(IntEnum):
    """Say why a comparison was not tested."""

    TESTED = 0
    EMPTY = 1
    ONE_UNIT = 2
    LOW_BASE = 3
    ZERO_VARIANCE = 4
    NO_REST = 5
    SAME = 6
    NO_FREEDOM = 7


REASONS = {
    NoTest.TESTED: "",
    NoTest.EMPTY: "a side has no answers",
    NoTest.ONE_UNIT: "a side has one respondent or cluster",
    NoTest.LOW_BASE: "a side is smaller than the minimum base",
    NoTest.ZERO_VARIANCE: "nothing varies on either side, or the weighting fixes it",
    NoTest.NO_REST: "the group is the total",
    NoTest.SAME: "both sides are the same respondents",
    NoTest.NO_FREEDOM: "too few sampling units leave no degree of freedom",
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
    effective
        Kish's effective base.
    constant
        True where all answers are equal, so that the side tells nothing of its own uncertainty.
    """

    estimate: Floats
    variance: Floats
    base: Floats
    units: Floats
    effective: Floats
    constant: Booleans


@dataclass(frozen=True, eq=False)
class Limits:
    """Hold degrees of freedom and what the study declares: the level and the minimum base."""

    df: Floats
    level: float
    minimum_base: int


def settle(a: Side, b: Side, variance: Floats, limits: Limits) -> Comparisons:
    """Test the difference of two sides whose variance is known."""
    difference = np.asarray(a.estimate - b.estimate)
    reason = _reasons(a, b, variance, limits)
    tested = reason == NoTest.TESTED
    se, df = np.where(tested, np.sqrt(variance), np.nan), np.where(tested, limits.df, np.nan)
    t = difference / se
    half = t_quantile((1 + limits.level) / 2, df) * se
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


def _reasons(a: Side, b: Side, variance: Floats, limits: Limits) -> Integers:
    difference = np.asarray(a.estimate - b.estimate)
    reason = np.zeros(difference.shape, dtype=np.int64)
    scale = np.maximum(np.abs(a.estimate), np.abs(b.estimate))
    reason[~(variance > (1e-13 * scale) ** 2)] = NoTest.ZERO_VARIANCE
    reason[~(limits.df > 0)] = NoTest.NO_FREEDOM
    reason[np.minimum(a.base, b.base) < limits.minimum_base] = NoTest.LOW_BASE
    reason[np.minimum(a.units, b.units) < 2] = NoTest.ONE_UNIT
    reason[~np.isfinite(difference)] = NoTest.EMPTY
    return reason


def _welch(a: Side, b: Side, variance: Floats, tested: Booleans) -> tuple[Floats, Floats]:
    """Return t and df with variances and degrees of freedom of the groups' own sizes."""
    free_a, free_b = np.maximum(a.units - 1, 1), np.maximum(b.units - 1, 1)
    lent_a, lent_b = _lent(a, b), _lent(b, a)
    own_a, own_b = (a.variance + lent_a) * (1 + 1 / free_a), (b.variance + lent_b) * (1 + 1 / free_b)
    widened = variance + lent_a * (1 + 1 / free_a) + lent_b * (1 + 1 / free_b)
    widened = np.where(tested, widened + a.variance / free_a + b.variance / free_b, np.nan)
    df = divide((own_a + own_b) ** 2, own_a**2 / free_a + own_b**2 / free_b)
    return (a.estimate - b.estimate) / np.sqrt(widened), np.where(tested, df, np.nan)


def _lent(side: Side, other: Side) -> Floats:
    """Return the variance that a side of equal answers takes from the other, at its own effective base.

    A share of 0 has a standard error of 0, however few respondents it rests on; under the null hypothesis
    its answers would vary as those of the other side do.
    """
    lent = other.variance * divide(other.effective, side.effective)
    return np.where(side.constant & ~other.constant, lent, 0.0)


def because(compared: Comparisons, where: Booleans, reason: NoTest) -> Comparisons:
    """Take the test away where there is a reason to."""

    def blank(x: Floats) -> Floats:
        return np.where(where, np.nan, x)

    names = ("se", "t", "df", "p", "ci_low", "ci_high", "decision_t", "decision_df", "decision_p")
    blanked = {name: blank(getattr(compared, name)) for name in names}
    return replace(compared, **blanked, reason=np.where(where, int(reason), compared.reason))  # type: ignore[arg-type]
