"""From estimates to intervals and tests."""

from __future__ import annotations

import numpy as np

from wavedeck.stats import student
from wavedeck.stats.arrays import ArrayLike, Floats, divide


def two_sided(estimate: Floats, se: Floats, df: ArrayLike = np.inf) -> Floats:
    """Return the two-sided p of the estimate being 0; NaN where there is no standard error.

    >>> two_sided(np.array([1.96]), np.array([1.0])).round(3).tolist()
    [0.05]
    """
    t = np.abs(divide(estimate, se))
    return student.two_sided(t, np.where(np.isnan(t), np.nan, df))


def t_interval(
    estimate: Floats, se: Floats, df: ArrayLike = np.inf, *, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Return lower and upper ends of an interval that is symmetric around the estimate."""
    half = student.t_quantile((1 + level) / 2, df) * se
    return estimate - half, estimate + half


def spread(draws: Floats) -> Floats:
    """Return the standard deviation of replicates (b, ...) that gave an answer."""
    return np.asarray(np.std(kept(draws), axis=0, ddof=1))


def percentiles(draws: Floats, *, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return the percentile interval of replicates (b, ...) that gave an answer.

    >>> percentiles(np.arange(101.0)[:, None], level=0.5)[0].tolist()
    [25.0]
    """
    low, high = np.quantile(kept(draws), [(1 - level) / 2, (1 + level) / 2], axis=0)
    return low, high


def kept(draws: Floats) -> Floats:
    """Return the replicates without those that were lost."""
    flat = draws.reshape(len(draws), -1)
    return np.asarray(draws[np.isfinite(flat).all(axis=1)])
