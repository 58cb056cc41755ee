"""Linearised variances of means and of differences between means, for all cells at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wavedeck.stats.arrays import Floats, Integers, divide
from wavedeck.stats.calibrated import ClassSums
from wavedeck.stats.design import Design
from wavedeck.stats.moments import Moments

NOISE = 1e-12


@dataclass(frozen=True, eq=False)
class Spread:
    """Hold the mean of each cell and what its variance is made of, per segment of the design.

    Parameters
    ----------
    mean
        Shape (g, k), on the shifted scale.
    weight
        Shape (g, k), sum of weights of answered rows.
    squares, sums, weighted
        Shape (s, g, k), sums over respondents of the squared influence, of the influence, and of weight
        times influence.
    explained
        Shape (s, g, k), what a calibration takes from each influence per unit of weight; None without.
    """

    mean: Floats
    weight: Floats
    squares: Floats
    sums: Floats
    weighted: Floats
    explained: Floats | None


def spread_of(moments: Moments, design: Design) -> Spread:
    """Return means and the parts of their variances."""
    weight = moments.total("w")
    mean = divide(moments.total("wx"), weight)
    m, inverse = np.nan_to_num(mean), np.nan_to_num(divide(1.0, weight))
    sums = (moments.wx - m * moments.w) * inverse
    squares = _denoised(moments.vxx, m * moments.vx, m * m * moments.v) * inverse**2
    weighted = (moments.vx - m * moments.v) * inverse
    per_weight = (moments.x - m * moments.positive) * inverse
    return Spread(mean, weight, squares, sums, weighted, _explained(sums, per_weight, design))


def _denoised(xx: Floats, mx: Floats, mm: Floats) -> Floats:
    """Return xx - 2 mx + mm, with 0 where only rounding is left."""
    squares = xx - 2 * mx + mm
    return np.where(squares <= NOISE * (np.abs(xx) + np.abs(mm)), 0.0, squares)


def _explained(sums: Floats, per_weight: Floats, design: Design) -> Floats | None:
    if design.calibration is None:
        return None
    classes = np.zeros(design.segment_count, dtype=np.int64)
    classes[design.segment] = design.calibration.classes
    width, shape = int(classes.max()) + 1, sums.shape
    by_class = [np.zeros((width, sums[0].size)) for _ in range(2)]
    for total, part in zip(by_class, (sums, per_weight), strict=True):
        np.add.at(total, classes, part.reshape(shape[0], -1))
    return design.calibration.explain(ClassSums(*by_class))[classes].reshape(shape)


def by_stratum(units: Floats, design: Design) -> Floats:
    """Sum an array of sampling units (p, ...) to strata (h, ...)."""
    return _summed(units, design.stratum_of_unit, design.strata_count)


def by_parent(segments: Floats, design: Design) -> Floats:
    """Sum segments (s, ...) to the units or strata that they divide."""
    if design.calibration is None:
        return segments
    return _summed(segments, design.parent, int(design.parent[-1]) + 1)


def _summed(parts: Floats, whole: Integers, count: int) -> Floats:
    if count == 1:
        return parts.sum(axis=0, keepdims=True)
    if count == len(parts):
        return parts
    return np.add.reduceat(parts, np.searchsorted(whole, np.arange(count)), axis=0)


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
    return _variance(spread.squares, spread.sums, spread.weighted, spread.explained, design=design)


def difference_variance(a: Spread, b: Spread, design: Design, *, shared: Floats | float = 0.0) -> Floats:
    """Return the variance of mean a minus mean b for the same cells of two sets of groups.

    Parameters
    ----------
    shared
        Shape (s, g, k), sum over respondents in both groups of the product of their influences; 0 when
        the groups are disjoint.
    """
    explained = None if a.explained is None or b.explained is None else a.explained - b.explained
    squares = a.squares + b.squares - 2 * shared
    return _variance(squares, a.sums - b.sums, a.weighted - b.weighted, explained, design=design)


def _variance(
    squares: Floats, sums: Floats, weighted: Floats, explained: Floats | None, *, design: Design
) -> Floats:
    before = np.abs(squares)
    if explained is not None:
        w = np.bincount(design.segment, weights=design.weights)[:, None, None]
        v = np.bincount(design.segment, weights=design.weights**2)[:, None, None]
        squares = squares - 2 * explained * weighted + explained**2 * v
        squares = np.where(squares <= NOISE * before, 0.0, squares)
        sums = sums - explained * w
    sums = by_parent(sums, design)
    if design.has_clusters:
        return variance_of(by_stratum(sums**2, design), by_stratum(sums, design), design)
    return variance_of(by_parent(squares, design), sums, design)


def shared_influence(a: Spread, b: Spread, both: Moments) -> Floats:
    """Return per segment the product of influences of respondents in both groups."""
    ma, mb = np.nan_to_num(a.mean), np.nan_to_num(b.mean)
    product = both.vxx - (ma + mb) * both.vx + ma * mb * both.v
    return product * np.nan_to_num(divide(1.0, a.weight * b.weight))
