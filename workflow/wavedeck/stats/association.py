"""How two columns go together: correlations and (co)variances."""

from __future__ import annotations

import numpy as np

from wavedeck.stats.arrays import ArrayLike, divide
from wavedeck.stats.design import Design
from wavedeck.stats.linearised import Estimates, means, read_columns


def correlations(first: ArrayLike, second: ArrayLike, design: Design) -> Estimates:
    """Estimate correlations of pairs of columns (n, k), each on respondents who answered both.

    References
    ----------
    Linearised as z = w / sum(w) (ab / (sx sy) - r/2 (a^2 / sx^2 + b^2 / sy^2)).
    """
    x, has_x = read_columns(first, design)
    y, has_y = read_columns(second, design)
    both = has_x & has_y
    w = design.weights[:, None] * both
    share = w * np.nan_to_num(divide(1.0, w.sum(axis=0)))
    a, b = x - (share * x).sum(axis=0), y - (share * y).sum(axis=0)
    sx, sy = np.sqrt((share * a * a).sum(axis=0)), np.sqrt((share * b * b).sum(axis=0))
    r = divide((share * a * b).sum(axis=0), sx * sy)
    u, v = np.nan_to_num(divide(a, sx)), np.nan_to_num(divide(b, sy))
    influence = share * (u * v - np.nan_to_num(r) / 2 * (u * u + v * v))
    return Estimates(r, np.where(both, influence, 0.0), both, design)


def variances(first: ArrayLike, second: ArrayLike, design: Design) -> Estimates:
    """Estimate population (co)variances of pairs of columns (n, k), with n / (n - 1).

    References
    ----------
    R `survey`: `svyvar`; the means count as known in the standard error.
    """
    x, has_x = read_columns(first, design)
    y, has_y = read_columns(second, design)
    both = has_x & has_y
    w = design.weights[:, None] * both
    share, n = w * np.nan_to_num(divide(1.0, w.sum(axis=0))), (w > 0).sum(axis=0)
    product = (x - (share * x).sum(axis=0)) * (y - (share * y).sum(axis=0)) * divide(n, n - 1)
    return means(np.where(both, product, np.nan), design)
