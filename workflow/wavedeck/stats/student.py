"""Student's t for arrays of degrees of freedom."""

from __future__ import annotations

import numpy as np
from scipy import special

from wavedeck.stats.arrays import ArrayLike, Floats


def two_sided(t: ArrayLike, df: ArrayLike) -> Floats:
    """Return the two-sided p value of t statistics; NaN stays NaN, infinite degrees are the normal.

    >>> round(float(two_sided(2.0, 30)), 4)
    0.0546
    """
    free, squared = np.asarray(df, dtype=np.float64), np.asarray(t, dtype=np.float64) ** 2
    with np.errstate(invalid="ignore", over="ignore"):
        small = special.betainc(free / 2, 0.5, free / (free + squared))
    return np.asarray(np.where(np.isposinf(free), 2 * special.ndtr(-np.sqrt(squared)), small))


def t_quantile(probability: float, df: ArrayLike) -> Floats:
    """Return quantiles above the middle, by inverting the distribution of t squared.

    Infinite degrees of freedom are the normal distribution.

    >>> round(float(t_quantile(0.975, 30)), 3)
    2.042
    """
    free = np.asarray(df, dtype=np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        x = special.betaincinv(free / 2, 0.5, 2 * (1 - probability))
        finite = np.sqrt(free * (1 - x) / x)
    return np.asarray(np.where(np.isposinf(free), special.ndtri(probability), finite))
