"""Pooling what several imputed data sets give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from wavedeck.impact.errors import ImpactError
from wavedeck.impact.importance import Importance
from wavedeck.impact.inference import percentiles, t_interval, two_sided
from wavedeck.stats.arrays import ArrayLike, Floats, divide


@dataclass(frozen=True, eq=False)
class Pooled:
    """Hold pooled estimates; arrays of shape (k,).

    Parameters
    ----------
    missing_information
        Share of the variance that comes from not having the answers.
    df
        Barnard and Rubin's degrees of freedom.
    """

    estimate: Floats
    se: Floats
    df: Floats
    missing_information: Floats
    imputations: int


def pool(estimates: ArrayLike, variances: ArrayLike, *, df: ArrayLike = np.inf) -> Pooled:
    """Pool m estimates by Rubin's rules.

    Parameters
    ----------
    estimates, variances
        Shape (m, k), one row per imputed data set.
    df
        Degrees of freedom without missing answers, scalar or (k,).

    References
    ----------
    Rubin (1987), Multiple imputation for nonresponse in surveys; Barnard, Rubin (1999), Biometrika 86.

    >>> pooled = pool([[1.0], [3.0]], [[1.0], [1.0]])
    >>> pooled.estimate.tolist(), pooled.se.tolist()
    ([2.0], [2.0])
    """
    q, u = np.asarray(estimates, dtype=np.float64), np.asarray(variances, dtype=np.float64)
    if q.shape != u.shape or q.ndim != 2 or len(q) < 2:
        raise ImpactError(f"{q.shape} estimates, {u.shape} variances: give two or more imputations of both")
    m = len(q)
    within, between = u.mean(axis=0), q.var(axis=0, ddof=1)
    total = within + (1 + 1 / m) * between
    share = divide((1 + 1 / m) * between, total)
    freedom = _degrees_of_freedom(share, m, np.broadcast_to(np.asarray(df, dtype=np.float64), share.shape))
    return Pooled(q.mean(axis=0), np.sqrt(total), freedom, np.nan_to_num(share), m)


def _degrees_of_freedom(share: Floats, imputations: int, complete: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        old = (imputations - 1) / share**2
        observed = np.where(
            np.isinf(complete), np.inf, (complete + 1) / (complete + 3) * complete * (1 - share)
        )
        return np.asarray(1 / (1 / old + 1 / observed))


def pool_importance(parts: Sequence[Importance]) -> Importance:
    """Pool the importance measured on several imputed data sets.

    Parameters
    ----------
    parts
        One measure of the same drivers per imputed data set, each with its uncertainty. Replicates of all
        are put together, so that quadrants hold both kinds of uncertainty.
    """
    first = parts[0]
    if any(part.measure != first.measure for part in parts):
        raise ImpactError("imputed data sets were measured differently; pool one measure")
    complete = np.where(np.isnan(first.df), np.inf, first.df)
    found = pool([x.estimate for x in parts], [x.se**2 for x in parts], df=complete)
    fit = pool([[x.r_squared] for x in parts], [[x.r_squared_se**2] for x in parts])
    draws = None if any(x.draws is None for x in parts) else np.concatenate([x.draws for x in parts])
    shares = first.measure in {"shapley", "johnson"}
    low, high = t_interval(found.estimate, found.se, found.df, level=first.level)
    if shares and draws is not None:
        low, high = percentiles(draws, level=first.level)
    return replace(
        first,
        estimate=found.estimate,
        se=found.se,
        ci_low=low,
        ci_high=high,
        p=first.p if shares else two_sided(found.estimate, found.se, found.df),
        df=found.df,
        direction=np.mean([x.direction for x in parts], axis=0),
        r_squared=float(fit.estimate[0]),
        r_squared_se=float(fit.se[0]),
        error_bound=np.max([x.error_bound for x in parts], axis=0),
        draws=draws,
    )
