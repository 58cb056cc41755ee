"""How the drivers share R²: Shapley and Johnson."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wavedeck.impact.definite import is_known
from wavedeck.impact.errors import TooManyDriversError
from wavedeck.impact.orders import draw_orders, drawn_shares, own_order, shares_by_orders
from wavedeck.impact.sweeps import average_increments
from wavedeck.stats.arrays import Floats

EXACT_TO = 25
AT_MOST = 30
REPLICATES_EXACT_TO = 17
ORDERS_PER_REPLICATE = 500


@dataclass(frozen=True, eq=False)
class Shares:
    """Hold how drivers share R².

    Parameters
    ----------
    estimate
        Shape (p,); sums to R².
    error_bound
        Shape (p,), how far off an approximation can be; 0 where exact.
    r_squared
        Sum of the shares.
    """

    estimate: Floats
    error_bound: Floats
    r_squared: float


def shapley_shares(correlation: Floats, *, exact_to: int = EXACT_TO, seed: int = 0) -> Shares:
    """Return each driver's average increment of R² over all orders of the drivers.

    Parameters
    ----------
    correlation
        Shape (p + 1, p + 1), drivers first, outcome last; positive definite.
    exact_to
        Above this number of drivers orders are drawn.

    Raises
    ------
    TooManyDriversError
        Above 30 drivers.

    References
    ----------
    Lindeman, Merenda, Gold (1980); Grömping (2007), The American Statistician 61.

    >>> shapley_shares(np.array([[1, 0, 0.5], [0, 1, 0.2], [0.5, 0.2, 1]])).estimate.round(4).tolist()
    [0.25, 0.04]
    """
    drivers = len(correlation) - 1
    _require_few(drivers)
    if drivers <= exact_to:
        exact = average_increments(correlation[None])[0]
        return Shares(exact, np.zeros(drivers), float(exact.sum()))
    drawn = drawn_shares(correlation, seed=seed)
    return Shares(drawn.estimate, drawn.bound, float(drawn.estimate.sum()))


def shapley_replicates(
    correlations: Floats, sample: Floats, *, exact_to: int = REPLICATES_EXACT_TO, seed: int = 0
) -> Floats:
    """Return Shapley shares of every replicate, shape (b, p); NaN where a matrix is NaN.

    Parameters
    ----------
    correlations
        Shape (b, p + 1, p + 1).
    sample
        Shape (p + 1, p + 1), the matrix of the sample. Above `exact_to` drivers the replicates share one set
        of drawn orders, and what these miss on the sample is added to each.
    """
    known = is_known(correlations)
    drivers = correlations.shape[1] - 1
    out = np.full((len(known), drivers), np.nan)
    if drivers <= exact_to:
        if known.any():
            out[known] = average_increments(correlations[known])
        return out
    place = own_order(sample)
    orders = place[draw_orders(drivers, pairs=ORDERS_PER_REPLICATE, seed=seed)]
    missed = shapley_shares(sample, seed=seed).estimate - shares_by_orders(sample[None], orders)[0]
    if known.any():
        out[known] = shares_by_orders(correlations[known], orders) + missed
    return out


def johnson_weights(correlations: Floats) -> Floats:
    """Return Johnson's relative weights for a batch of matrices, shape (b, p); each row sums to R².

    References
    ----------
    Johnson (2000), Multivariate Behavioral Research 35.

    >>> johnson_weights(np.array([[[1, 0, 0.5], [0, 1, 0.2], [0.5, 0.2, 1]]])).round(4).tolist()
    [[0.25, 0.04]]
    """
    known = is_known(correlations)
    out = np.full((len(known), correlations.shape[1] - 1), np.nan)
    r = correlations[known][:, :-1, -1]
    values, vectors = np.linalg.eigh(correlations[known][:, :-1, :-1])
    turned = (vectors.swapaxes(1, 2) @ r[..., None])[..., 0]
    root = (vectors * np.sqrt(values)[:, None, :]) @ vectors.swapaxes(1, 2)
    beta = (vectors @ (turned / np.sqrt(values))[..., None])[..., 0]
    out[known] = ((root**2) @ (beta**2)[..., None])[..., 0]
    return out


def _require_few(drivers: int) -> None:
    if drivers > AT_MOST:
        raise TooManyDriversError(
            f"{drivers} drivers; shares of R² go up to {AT_MOST}: leave drivers out, or take correlations"
        )
