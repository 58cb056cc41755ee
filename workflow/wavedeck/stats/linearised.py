"""Estimates that carry their influence values, so that anything built from them has a variance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from wavedeck.stats.arrays import ArrayLike, Booleans, Floats, as_columns, divide
from wavedeck.stats.cells import Quantile, critical
from wavedeck.stats.columns import category_columns
from wavedeck.stats.design import Design
from wavedeck.stats.influence import taylor_covariance
from wavedeck.study.errors import StatisticsError


@dataclass(frozen=True, eq=False)
class Estimates:
    """Hold m estimates on the respondents of one design.

    Parameters
    ----------
    estimate
        Shape (m,).
    influence
        Shape (n, m), what each respondent adds to each estimate; 0 where they have no part.
    answered
        Shape (n, m), True for respondents in the base.
    unknown
        Shape (m,), True where the variance is unknown since a part rests on one sampling unit.
    """

    estimate: Floats
    influence: Floats
    answered: Booleans
    design: Design
    unknown: Booleans | None = field(default=None, kw_only=True)

    @cached_property
    def covariance(self) -> Floats:
        """Shape (m, m), linearised; NaN for estimates that rest on one sampling unit."""
        known = np.where(self.alone, np.nan, 1.0)
        return taylor_covariance(self.influence, self.design) * known * known[:, None]

    @property
    def se(self) -> Floats:
        """Shape (m,)."""
        return np.asarray(np.sqrt(np.diag(self.covariance)))

    @property
    def base(self) -> Floats:
        """Shape (m,), answered respondents, unweighted."""
        return self.answered.sum(axis=0).astype(np.float64)

    @property
    def positive_base(self) -> Floats:
        """Shape (m,), answered respondents with weight."""
        return self._counted.sum(axis=0).astype(np.float64)

    @property
    def weighted_base(self) -> Floats:
        """Shape (m,), sum of weights of answered respondents."""
        return np.asarray(self.design.weights @ self.answered)

    @property
    def effective_base(self) -> Floats:
        """Shape (m,), Kish: (sum w)^2 / sum w^2 over answered respondents."""
        return np.nan_to_num(divide(self.weighted_base**2, self.design.weights**2 @ self.answered))

    @cached_property
    def units(self) -> Floats:
        """Shape (m,), sampling units with an answer that carries weight."""
        return _distinct(self._counted, self.design.unit, self.design.unit_count)

    @property
    def degf(self) -> Floats:
        """Shape (m,), sampling units minus strata among answers that carry weight."""
        return self.units - _distinct(self._counted, self.design.stratum, self.design.strata_count)

    @property
    def deff(self) -> Floats:
        """Shape (m,), variance over that of a simple sample of the same size with replacement."""
        w, n = self.design.weights[:, None] * self.answered, self.positive_base
        total = self.weighted_base
        u = np.nan_to_num(divide(self.influence, w)) * total
        centre = np.nan_to_num(divide((w * u).sum(axis=0), total))
        spread = divide((w * (u - centre) ** 2).sum(axis=0), total)
        return divide(np.diag(self.covariance), divide(spread, n - 1))

    @property
    def alone(self) -> Booleans:
        """Shape (m,), True where one sampling unit leaves the variance unknown."""
        alone = self.units < 2
        return alone if self.unknown is None else alone | self.unknown

    @property
    def _counted(self) -> Booleans:
        return self.answered & (self.design.weights > 0)[:, None]

    def interval(self, *, level: float = 0.95, quantile: Quantile = "domain") -> tuple[Floats, Floats]:
        """Return lower and upper ends, each of shape (m,)."""
        half = critical(level, self.degf, self.design, quantile) * self.se
        return self.estimate - half, self.estimate + half

    def combine(self, weights: ArrayLike) -> Estimates:
        """Return linear combinations, such as an index or a difference.

        Parameters
        ----------
        weights
            Shape (m,) or (r, m); a weight of 0 leaves an estimate out, also where it has no value.
        """
        rows = np.atleast_2d(np.asarray(weights, dtype=np.float64))
        if rows.shape[1] != len(self.estimate):
            raise StatisticsError(f"{rows.shape[1]} weights do not fit {len(self.estimate)} estimates")
        parts = (rows != 0).astype(np.float64)
        used = self.answered.astype(np.float64) @ parts.T > 0
        empty = parts @ np.isnan(self.estimate) > 0
        estimate = np.where(empty, np.nan, rows @ np.nan_to_num(self.estimate))
        unknown = parts @ self.alone > 0
        return Estimates(estimate, self.influence @ rows.T, used, self.design, unknown=unknown)

    def difference(self, first: int, second: int) -> Estimates:
        """Return one estimate minus another, on the same or overlapping respondents."""
        weights = np.zeros(len(self.estimate))
        weights[first] += 1
        weights[second] -= 1
        return self.combine(weights)


def together(parts: Sequence[Estimates]) -> Estimates:
    """Put estimates on the respondents of one design together, to combine or compare them.

    Raises
    ------
    StatisticsError
        When the parts do not share one design.
    """
    design = parts[0].design
    if any(part.design.n != design.n or part.design.weights is not design.weights for part in parts):
        raise StatisticsError("estimates on different designs are independent; compare them as such")
    return Estimates(
        np.concatenate([part.estimate for part in parts]),
        np.column_stack([part.influence for part in parts]),
        np.column_stack([part.answered for part in parts]),
        design,
        unknown=np.concatenate([part.alone for part in parts]),
    )


def means(values: ArrayLike, design: Design) -> Estimates:
    """Estimate means of columns (n, k), each on its own answers.

    >>> means([1.0, 2.0, 6.0], Design([1.0, 1.0, 1.0])).estimate.tolist()
    [3.0]
    """
    x, answered = read_columns(values, design)
    w = design.weights[:, None] * answered
    total = w.sum(axis=0)
    mean = divide((w * x).sum(axis=0), total)
    influence = np.where(answered, w * (x - np.nan_to_num(mean)), 0.0) * np.nan_to_num(divide(1.0, total))
    return Estimates(mean, influence, answered, design)


def totals(values: ArrayLike, design: Design) -> Estimates:
    """Estimate population totals of columns (n, k); weights must gross up to the population.

    References
    ----------
    Horvitz, Thompson (1952), JASA 47. R `survey`: `svytotal`.

    >>> totals([1.0, 2.0], Design([10.0, 10.0])).estimate.tolist()
    [30.0]
    """
    x, answered = read_columns(values, design)
    influence = design.weights[:, None] * x * answered
    empty = (design.weights[:, None] * answered).sum(axis=0) == 0
    return Estimates(np.where(empty, np.nan, influence.sum(axis=0)), influence, answered, design)


def ratios(numerator: ArrayLike, denominator: ArrayLike, design: Design) -> Estimates:
    """Estimate ratios of totals, such as the share of one mention among all mentions.

    Parameters
    ----------
    numerator, denominator
        Shape (n, k); a respondent is in the base where both are given.

    References
    ----------
    Särndal, Swensson, Wretman (1992), 5.6. R `survey`: `svyratio`.

    >>> ratios([1.0, 1.0], [2.0, 2.0], Design([1.0, 1.0])).estimate.tolist()
    [0.5]
    """
    x, has_x = read_columns(numerator, design)
    y, has_y = read_columns(denominator, design)
    both = has_x & has_y
    w = design.weights[:, None] * both
    below = (w * y).sum(axis=0)
    ratio = divide((w * x).sum(axis=0), below)
    influence = np.where(both, w * (x - np.nan_to_num(ratio) * y), 0.0) * np.nan_to_num(divide(1.0, below))
    return Estimates(ratio, influence, both, design)


def distribution(codes: ArrayLike, categories: Sequence[float], design: Design) -> Estimates:
    """Estimate the shares of all categories of one question, with their covariance.

    >>> distribution([1.0, 2.0, 2.0, 2.0], [1, 2], Design([1.0] * 4)).estimate.tolist()
    [0.25, 0.75]
    """
    return means(category_columns(codes, categories), design)


def mention_shares(ticked: ArrayLike, design: Design) -> Estimates:
    """Estimate the share of each answer among all answers given to a multiple-response question.

    Parameters
    ----------
    ticked
        Shape (n, c), 1 ticked, 0 not, NaN not asked. For shares of respondents take the mean of
        `wavedeck.stats.columns.multiple_columns`.
    """
    columns = as_columns(ticked, rows=design.n, what="ticked")
    given = np.nansum(columns, axis=1)
    everything = np.where(np.isnan(columns).all(axis=1), np.nan, given)
    filled = np.where(np.isnan(columns) & ~np.isnan(everything)[:, None], 0.0, columns)
    return ratios(filled, np.broadcast_to(everything[:, None], columns.shape), design)


def read_columns(values: ArrayLike, design: Design) -> tuple[Floats, Booleans]:
    """Return columns with 0 where not answered, and who answered within the domain, each (n, k)."""
    columns = as_columns(values, rows=design.n, what="values")
    answered = ~np.isnan(columns) & design.rows[:, None]
    return np.where(answered, columns, 0.0), answered


def _distinct(counted: Booleans, codes: np.ndarray, count: int) -> Floats:
    if count == 1:
        return np.asarray(counted.any(axis=0), dtype=np.float64)
    if count == len(codes):
        return np.asarray(counted.sum(axis=0), dtype=np.float64)
    row, column = np.nonzero(counted)
    pairs = np.unique(codes[row] * counted.shape[1] + column)
    return np.bincount(pairs % counted.shape[1], minlength=counted.shape[1]).astype(np.float64)
