"""R² of every subset of drivers, by sweeping stacked matrices."""

from __future__ import annotations

from collections.abc import Callable
from math import lgamma

import numpy as np

from wavedeck.stats.arrays import Floats, Integers

CELLS_AT_ONCE = 2**17

Triangle = list[Floats]


def r_squared_of_subsets(correlations: Floats) -> Floats:
    """Return R² of every subset of drivers, for a batch of matrices.

    Parameters
    ----------
    correlations
        Shape (b, p + 1, p + 1), drivers first, outcome last; positive definite.

    Returns
    -------
    Floats
        Shape (2^p, b); bit j of the position tells whether driver j is in the subset.

    Notes
    -----
    Each driver in turn doubles the stack: one half without it, one half swept by it; then it leaves the
    matrix. The work is about eight numbers per subset, whatever p.

    References
    ----------
    Beaton (1964), The use of special matrix operators in statistical calculus.

    >>> r_squared_of_subsets(np.array([[[1.0, 0.5], [0.5, 1.0]]])).ravel().tolist()
    [0.0, 0.25]
    """
    return _leaves(_triangle(correlations)).reshape(-1, len(correlations))


def average_increments(correlations: Floats) -> Floats:
    """Return the increment of R² by each driver, averaged over all orders of the drivers.

    Parameters
    ----------
    correlations
        Shape (b, p + 1, p + 1), drivers first, outcome last; positive definite.

    Returns
    -------
    Floats
        Shape (b, p).

    References
    ----------
    Shapley (1953); Lindeman, Merenda, Gold (1980), Introduction to bivariate and multivariate analysis;
    Grömping (2007), The American Statistician 61.

    >>> average_increments(np.array([[[1, 0, 0.5], [0, 1, 0.2], [0.5, 0.2, 1]]])).round(4).tolist()
    [[0.25, 0.04]]
    """
    drivers = correlations.shape[1] - 1
    step = max(1, CELLS_AT_ONCE >> drivers)
    parts = [correlations[i : i + step] for i in range(0, len(correlations), step)]
    return np.concatenate([_increments(part) for part in parts])


def _increments(correlations: Floats) -> Floats:
    batch, drivers = len(correlations), correlations.shape[1] - 1
    worth = _weight_of_size(drivers)
    sums = _sums(_triangle(correlations), drivers, 0, batch=batch, worth=worth)
    full = _r_squared(correlations)
    return (sums[1:] - (sums[1:].sum(axis=0) - full) / drivers).T


def _r_squared(correlations: Floats) -> Floats:
    r = correlations[:, :-1, -1]
    return (r * np.linalg.solve(correlations[:, :-1, :-1], r[..., None])[..., 0]).sum(axis=1)


def _weight_of_size(drivers: int) -> Floats:
    """Return, per size of a subset, what its R² counts for a driver in it minus for one outside it.

    With u(s) = s! (p - s - 1)! / p!, share j is the sum of u(s - 1) R² over subsets with j minus the sum of
    u(s) R² over those without; that is the sum of (u(s - 1) + u(s)) R² over those with j, minus
    one sum that is the same for every driver.
    """
    before = [_factorials(s, drivers) for s in range(drivers)]
    return np.array([0.0, *before]) + np.array([*before, 0.0])


def _factorials(size: int, drivers: int) -> float:
    return float(np.exp(lgamma(size + 1) + lgamma(drivers - size) - lgamma(drivers + 1)))


def _sums(rows: Triangle, left: int, size: int, *, batch: int, worth: Floats) -> Floats:
    """Return weighted sums of R² (left + 1, b): over all subsets, then over those with each driver."""
    if batch << left <= CELLS_AT_ONCE or left <= 1:
        squares = _leaves(rows).reshape(1 << left, batch)
        return _fold(squares * worth[sizes(left) + size][:, None], left)
    without, within = _split(rows)
    a = _sums(without, left - 1, size, batch=batch, worth=worth)
    b = _sums(within, left - 1, size + 1, batch=batch, worth=worth)
    both = a + b
    return np.concatenate([both[:1], b[:1], both[1:]])


def sizes(bits: int) -> Integers:
    """Return the number of ones in 0, 1, ..., 2^bits - 1.

    >>> sizes(2).tolist()
    [0, 1, 1, 2]
    """
    count = np.zeros(1, dtype=np.int64)
    for _ in range(bits):
        count = np.concatenate([count, count + 1])
    return count


def _fold(values: Floats, bits: int) -> Floats:
    sums = np.empty((bits + 1, values.shape[1]))
    for bit in range(bits - 1, -1, -1):
        half = 1 << bit
        sums[bit + 1] = values[half:].sum(axis=0)
        values = values[:half] + values[half:]
    sums[0] = values[0]
    return sums


def _triangle(correlations: Floats) -> Triangle:
    width = correlations.shape[1]
    return [np.ascontiguousarray(correlations[:, i, i:].T) for i in range(width)]


def _leaves(rows: Triangle) -> Floats:
    while len(rows) > 1:
        rows = _stacked(rows)
    return np.asarray(1.0 - rows[0][0])


def _stacked(rows: Triangle) -> Triangle:
    """Return the stack without the first driver, followed by the stack swept by it."""
    pivot, k = rows[0], rows[0].shape[1]
    ratio = pivot[1:] / pivot[0]

    def both(i: int) -> Floats:
        out = np.empty((len(rows[i]), 2 * k))
        out[:, :k] = rows[i]
        np.multiply(pivot[i:], ratio[i - 1], out=out[:, k:])
        np.subtract(rows[i], out[:, k:], out=out[:, k:])
        return out

    return _each(both, len(rows))


def _split(rows: Triangle) -> tuple[Triangle, Triangle]:
    pivot = rows[0]
    ratio = pivot[1:] / pivot[0]
    return rows[1:], _each(lambda i: rows[i] - pivot[i:] * ratio[i - 1], len(rows))


def _each(make: Callable[[int], Floats], count: int) -> Triangle:
    return [make(i) for i in range(1, count)]
