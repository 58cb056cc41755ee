"""Student's t for arrays of degrees of freedom."""

from __future__ import annotations

import numpy as np
from scipy import special

from wavedeck.stats.arrays import ArrayLike, Floats


def two_sided(t: ArrayLike, df: ArrayLike) -> Floats:
    """Return the two-sided p value of t statistics; NaN stays NaN.

    >>> round(float(two_sided(2.0, 30)), 4)
    0.0546
    """
    free, squared = np.asarray(df, dtype=np.float64), np.asarray(t, dtype=np.float64) ** 2
    with np.errstate(invalid="ignore", over="ignore"):
        return np.asarray(special.betainc(free / 2, 0.5, free / (free + squared)))


def t_quantile(probability: float, df: ArrayLike) -> Floats:
    """Return quantiles above the middle, by inverting the distribution of t squared.

    >>> round(float(t_quantile(0.975, 30)), 3)
    2.042
    """
    free = np.asarray(df, dtype=np.float64)
    x = special.betaincinv(free / 2, 0.5, 2 * (1 - probability))
    return np.asarray(np.sqrt(free * (1 - x) / x))
