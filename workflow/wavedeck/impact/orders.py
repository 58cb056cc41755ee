"""Shares of R² from drawn orders of the drivers, with a bound on the error of drawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from wavedeck.stats.arrays import Floats, Integers

NUMBERS_AT_ONCE = 2**21


@dataclass(frozen=True, eq=False)
class Drawn:
    """Hold shares from drawn orders.

    Parameters
    ----------
    estimate
        Shape (p,); sums to R².
    bound
        Shape (p,), no share is further off than this, with the declared confidence for all together.
    orders
        Number of orders, the reversed ones included.
    """

    estimate: Floats
    bound: Floats
    orders: int


def drawn_shares(
    correlations: Floats, *, pairs: int = 50_000, seed: int = 0, confidence: float = 0.999
) -> Drawn:
    """Average the increments of R² over drawn orders and their reverses.

    Parameters
    ----------
    correlations
        Shape (p + 1, p + 1), drivers first, outcome last; positive definite.
    pairs
        Number of orders drawn; each is also taken backwards, which takes out much of the variance.
    confidence
        With which all bounds hold together.

    Notes
    -----
    The mean of m draws between 0 and R² with sample variance V is within
    sqrt(2 V ln(4 p / a) / m) + 7 R² ln(4 p / a) / (3 (m - 1)) of its expectation for all p drivers on
    both sides, with confidence 1 - a.

    References
    ----------
    Castro, Gómez, Tejada (2009), Computers & Operations Research 36; Maurer, Pontil (2009), Empirical
    Bernstein bounds, theorem 4.
    """
    place = own_order(correlations)
    sorted_matrix = correlations[np.ix_([*place, -1], [*place, -1])]
    total, squares = np.zeros(len(place)), np.zeros(len(place))
    for block in _blocks(draw_orders(len(place), pairs=pairs, seed=seed)):
        mean = (_increments(sorted_matrix, block) + _increments(sorted_matrix, block[:, ::-1])) / 2
        total += mean.sum(axis=0)
        squares += (mean**2).sum(axis=0)
    average = total / pairs
    variance = np.maximum(squares - pairs * average**2, 0.0) / (pairs - 1)
    bound = _bernstein(variance, float(average.sum()), pairs, 1 - confidence)
    back = np.argsort(place)
    return Drawn(average[back], bound[back], 2 * pairs)


def shares_by_orders(correlations: Floats, orders: Integers) -> Floats:
    """Average the increments over given orders, for a batch of matrices.

    Parameters
    ----------
    correlations
        Shape (b, p + 1, p + 1).
    orders
        Shape (m, p), the same for every matrix; each is also taken backwards.

    Returns
    -------
    Floats
        Shape (b, p).
    """
    return np.stack([_average(matrix, orders) for matrix in correlations])


def _average(matrix: Floats, orders: Integers) -> Floats:
    forth = [_increments(matrix, block).sum(axis=0) for block in _blocks(orders)]
    back = [_increments(matrix, block[:, ::-1]).sum(axis=0) for block in _blocks(orders)]
    return np.asarray((np.sum(forth, axis=0) + np.sum(back, axis=0)) / (2 * len(orders)))


def draw_orders(drivers: int, *, pairs: int, seed: int) -> Integers:
    """Return orders of the drivers, shape (pairs, drivers)."""
    rng = np.random.default_rng(seed)
    return rng.permuted(np.tile(np.arange(drivers), (pairs, 1)), axis=1)


def own_order(correlations: Floats) -> Integers:
    """Return an order of the drivers that rests on their correlations, not on where they stand.

    >>> own_order(np.array([[1, 0, 0.5], [0, 1, 0.2], [0.5, 0.2, 1]])).tolist()
    [1, 0]
    """
    r = correlations[:-1, -1].round(12)
    spread = np.sort(correlations[:-1, :-1].round(12), axis=1)
    return np.lexsort((*spread.T, r))


def _blocks(orders: Integers) -> Iterator[Integers]:
    step = max(1, NUMBERS_AT_ONCE // (orders.shape[1] + 1) ** 2)
    return (orders[i : i + step] for i in range(0, len(orders), step))


def _increments(matrix: Floats, orders: Integers) -> Floats:
    """Return the increment of each driver in each order, shape (m, p).

    Increments are the squares of the last row of a Cholesky factor.
    """
    place = np.column_stack([orders, np.full(len(orders), orders.shape[1])])
    factor = np.linalg.cholesky(matrix[place[:, :, None], place[:, None, :]])
    out = np.empty(orders.shape)
    np.put_along_axis(out, orders, factor[:, -1, :-1] ** 2, axis=1)
    return out


def _bernstein(variance: Floats, width: float, draws: int, risk: float) -> Floats:
    log = np.log(4 * len(variance) / risk)
    return np.asarray(np.sqrt(2 * variance * log / draws) + 7 * width * log / (3 * (draws - 1)))
