"""Intervals of shares that stay between 0 and 1."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from scipy import special

from wavedeck.stats.arrays import ArrayLike, Floats, divide
from wavedeck.stats.cells import Cells
from wavedeck.stats.student import t_quantile
from wavedeck.study.errors import StatisticsError

Interval = Literal["logit", "wilson", "beta", "asin", "mean"]


def share_interval(
    share: ArrayLike,
    se: ArrayLike,
    *,
    degf: ArrayLike,
    n: ArrayLike,
    effective_base: ArrayLike | None = None,
    method: Interval = "logit",
    level: float = 0.95,
) -> tuple[Floats, Floats]:
    """Return the lower and upper end of intervals of shares.

    Parameters
    ----------
    share, se
        Any one shape, as fractions of 1.
    degf
        Degrees of freedom of each share.
    n
        Answered rows; ``beta`` compares its degrees of freedom with the design's.
    effective_base
        Kish's effective base; shares of 0 and 1, whose se is 0, get the exact binomial interval of
        this size by every method but ``mean``. None gives them NaN, and so does an se of NaN.
    method
        ``logit`` (R's default), ``wilson``, ``beta`` (Korn and Graubard), ``asin`` or ``mean``.

    References
    ----------
    Korn, Graubard (1998), Survey Methodology 24; Wilson (1927), JASA 22. R `survey`: `svyciprop`.

    >>> low, high = share_interval(0.5, 0.05, degf=99, n=100, method="mean")
    >>> round(float(low), 3), round(float(high), 3)
    (0.401, 0.599)
    """
    if method not in get_args(Interval):
        raise StatisticsError(f"interval {method!r} is not one of {', '.join(get_args(Interval))}")
    p, error, free = (np.asarray(x, dtype=np.float64) for x in (share, se, degf))
    if np.any((p < -1e-12) | (p > 1 + 1e-12)):
        raise StatisticsError("shares must lie between 0 and 1; divide percentages by 100")
    tail = (1 - level) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        t = np.where(free > 0, t_quantile(1 - tail, np.where(free > 0, free, 1)), np.nan)
        if method == "beta":
            sample_t = t_quantile(1 - tail, np.maximum(np.asarray(n, dtype=np.float64) - 1, 1))
            low, high = binomial_ends(p, share_effective(p, error) * (sample_t / t) ** 2, tail)
        else:
            low, high = _ends(p, error, t, method)
    size = effective_base if effective_base is None else np.where(np.isnan(error), np.nan, effective_base)
    return _at_the_edges(p, low, high, size, tail=tail, method=method)


def cell_interval(
    cells: Cells, *, columns: ArrayLike | None = None, method: Interval = "logit", level: float | None = None
) -> tuple[Floats, Floats]:
    """Return intervals of the cells of 0/1 columns.

    Parameters
    ----------
    columns
        Shape (m,), positions of the columns that hold shares; None is all.

    Returns
    -------
    low, high
        Each of shape (g, m).
    """
    which = np.arange(cells.estimate.shape[1]) if columns is None else np.asarray(columns, dtype=np.int64)
    return share_interval(
        cells.estimate[:, which],
        cells.se[:, which],
        degf=cells.degf[:, which],
        n=cells.base[:, which],
        effective_base=cells.effective_base[:, which],
        method=method,
        level=cells.level if level is None else level,
    )


def _ends(p: Floats, se: Floats, t: Floats, method: Interval) -> tuple[Floats, Floats]:
    odds = p * (1 - p)
    size = odds / se**2
    if method == "logit":
        half = t * se / odds
        return special.expit(special.logit(p) - half), special.expit(special.logit(p) + half)
    if method == "asin":
        half, angle = t * se / (2 * np.sqrt(odds)), np.arcsin(np.sqrt(p))
        return np.sin(angle - half) ** 2, np.sin(angle + half) ** 2
    if method == "wilson":
        middle, half = p + t**2 / (2 * size), t / (2 * size) * np.sqrt(4 * size * odds + t**2)
        return (middle - half) / (1 + t**2 / size), (middle + half) / (1 + t**2 / size)
    return p - t * se, p + t * se


def binomial_ends(p: Floats, size: Floats, tail: float) -> tuple[Floats, Floats]:
    """Return the exact binomial interval of a share of a sample of this (fractional) size."""
    with np.errstate(invalid="ignore"):
        low = special.betaincinv(size * p, size * (1 - p) + 1, tail)
        high = special.betainccinv(size * p + 1, size * (1 - p), tail)
    return np.where(p <= 0, 0.0, low), np.where(p >= 1, 1.0, high)


def _at_the_edges(
    p: Floats, low: Floats, high: Floats, size: ArrayLike | None, *, tail: float, method: Interval
) -> tuple[Floats, Floats]:
    edge = (p <= 0) | (p >= 1)
    if method == "mean" or not np.any(edge):
        return low, high
    given = np.full(p.shape, np.nan) if size is None else np.broadcast_to(np.asarray(size, float), p.shape)
    exact = binomial_ends(p, given, tail)
    known = np.isfinite(given) & (given > 0)
    return tuple(  # type: ignore[return-value]
        np.where(edge, np.where(known, e, np.nan), end) for e, end in zip(exact, (low, high), strict=True)
    )


def share_effective(share: ArrayLike, se: ArrayLike) -> Floats:
    """Return the size of a simple sample that would give a share this se."""
    p = np.asarray(share, dtype=np.float64)
    return divide(p * (1 - p), np.asarray(se, dtype=np.float64) ** 2)
