"""Linearised variances of means and of differences between means, for all cells at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wavedeck.stats.arrays import Floats, divide
from wavedeck.stats.design import Design
from wavedeck.stats.moments import Moments

NOISE = 1e-12


@dataclass(frozen=True, eq=False)
class Spread:
    """Hold the mean of each cell and what its variance is made of.

    Parameters
    ----------
    mean
        Shape (g, k), on the shifted scale.
    weight
        Shape (g, k), sum of weights of answered rows.
    squares
        Shape (h, g, k), per stratum the sum of squared influences of its sampling units.
    sums
        Shape (h, g, k), per stratum the sum of influences.
    units
        Shape (p, g, k), influence of each cluster; None without clusters.
    """

    mean: Floats
    weight: Floats
    squares: Floats
    sums: Floats
    units: Floats | None


def spread_of(moments: Moments, design: Design) -> Spread:
    """Return means and the parts of their variances."""
    weight = moments.total("w")
    mean = divide(moments.total("wx"), weight)
    m, inverse = np.nan_to_num(mean), np.nan_to_num(divide(1.0, weight))
    influence = (moments.wx - m * moments.w) * inverse
    if not design.has_clusters:
        squares = _denoised(moments.vxx, m * moments.vx, m * m * moments.v) * inverse**2
        return Spread(mean, weight, squares, influence, None)
    return Spread(mean, weight, by_stratum(influence**2, design), by_stratum(influence, design), influence)


def _denoised(xx: Floats, mx: Floats, mm: Floats) -> Floats:
    """Return xx - 2 mx + mm, with 0 where only rounding is left."""
    squares = xx - 2 * mx + mm
    return np.where(squares <= NOISE * (np.abs(xx) + np.abs(mm)), 0.0, squares)


def by_stratum(units: Floats, design: Design) -> Floats:
    """Sum an array of sampling units (p, ...) to strata (h, ...)."""
    if design.strata_count == 1:
        return units.sum(axis=0, keepdims=True)
    starts = np.searchsorted(design.stratum_of_unit, np.arange(design.strata_count))
    return np.add.reduceat(units, starts, axis=0)


def variance_of(squares: Floats, sums: Floats, design: Design) -> Floats:
    """Combine squares and sums per stratum (h, ...) to a with-replacement variance (...).

    Notes
    -----
    V = sum_h c_h [ sum_p z_p^2 - (sum_p z_p)^2 / n_h ], with c_h = n_h / (n_h - 1) times the share of the
    stratum that was not sampled.
    """
    shape = (-1,) + (1,) * (squares.ndim - 1)
    scale, size = design.scale.reshape(shape), design.strata_size.reshape(shape)
    around = squares - design.centred.reshape(shape) * sums**2 / size
    return design.inflation * np.maximum((scale * around).sum(axis=0), 0.0)


def mean_variance(spread: Spread, design: Design) -> Floats:
    """Return the variance of each mean, shape (g, k)."""
    return variance_of(spread.squares, spread.sums, design)


def difference_variance(a: Spread, b: Spread, design: Design, *, shared: Floats | float = 0.0) -> Floats:
    """Return the variance of mean a minus mean b for the same cells of two sets of groups.

    Parameters
    ----------
    shared
        Shape (h, g, k), sum over respondents in both groups of the product of their influences; 0 when
        the groups are disjoint. Clusters need none: their influences are added per cluster first.
    """
    if a.units is not None and b.units is not None:
        both = a.units - b.units
        return variance_of(by_stratum(both**2, design), by_stratum(both, design), design)
    return variance_of(a.squares + b.squares - 2 * shared, a.sums - b.sums, design)


def shared_influence(a: Spread, b: Spread, both: Moments) -> Floats:
    """Return per stratum the product of influences of respondents in both groups."""
    ma, mb = np.nan_to_num(a.mean), np.nan_to_num(b.mean)
    product = both.vxx - (ma + mb) * both.vx + ma * mb * both.v
    return product * np.nan_to_num(divide(1.0, a.weight * b.weight))
