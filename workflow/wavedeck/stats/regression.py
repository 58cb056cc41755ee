"""Regression under a design: coefficients with linearised standard errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from wavedeck.stats.arrays import ArrayLike, Floats, as_columns
from wavedeck.stats.design import Design
from wavedeck.stats.linearised import Estimates
from wavedeck.stats.student import two_sided
from wavedeck.study.errors import StatisticsError

Family = Literal["gaussian", "binomial"]
ROUNDS = 60


@dataclass(frozen=True, eq=False)
class Regression:
    """Hold a fitted regression.

    Parameters
    ----------
    coefficients
        Estimates with influence values; the first is the intercept.
    t, p
        Shape (p,), tests of each coefficient against 0.
    df
        Degrees of freedom: those of the complete cases, plus 1, minus the number of coefficients.
    base
        Respondents with all answers.
    """

    coefficients: Estimates
    t: Floats
    p: Floats
    df: float
    base: int


def regress(
    outcome: ArrayLike, predictors: ArrayLike, design: Design, *, family: Family = "gaussian"
) -> Regression:
    """Regress an outcome on predictors, on respondents who answered all of them.

    Parameters
    ----------
    outcome
        Shape (n,); 0/1 for ``binomial``.
    predictors
        Shape (n, q), without an intercept, which is added.

    Raises
    ------
    StatisticsError
        When predictors are collinear, or a binomial fit does not converge.

    References
    ----------
    Binder (1983), International Statistical Review 51. R `survey`: `svyglm`.

    >>> fit = regress([1.0, 2.0, 4.0], [0.0, 1.0, 2.0], Design([1.0, 1.0, 1.0]))
    >>> fit.coefficients.estimate.round(3).tolist()
    [0.833, 1.5]
    """
    y = as_columns(outcome, rows=design.n, what="outcome")[:, 0]
    x = np.column_stack([np.ones(design.n), as_columns(predictors, rows=design.n, what="predictors")])
    kept = ~np.isnan(y) & ~np.isnan(x).any(axis=1) & design.rows
    w = np.where(kept, design.weights, 0.0)
    y, x = np.where(kept, y, 0.0), np.where(kept[:, None], x, 0.0)
    _require_rank(x[kept & (w > 0)])
    beta, residual, bread = _gaussian(y, x, w) if family == "gaussian" else _binomial(y, x, w)
    influence = (x * (w * residual)[:, None]) @ bread
    fit = Estimates(beta, influence, np.repeat(kept[:, None], len(beta), axis=1), design)
    t, df = beta / fit.se, float(fit.degf[0] + 1 - len(beta))
    return Regression(fit, t, two_sided(t, df), df, int(kept.sum()))


def _require_rank(x: Floats) -> None:
    scaled = x / np.maximum(np.abs(x).max(axis=0, initial=0.0), 1e-300)
    rank = int(np.linalg.matrix_rank(scaled)) if len(x) else 0
    if rank < x.shape[1]:
        raise StatisticsError(
            f"{x.shape[1] - rank} of {x.shape[1] - 1} predictors follow from the others (or never vary) "
            f"among {len(x)} complete respondents; leave them out"
        )


def _gaussian(y: Floats, x: Floats, w: Floats) -> tuple[Floats, Floats, Floats]:
    root = np.sqrt(w)
    beta: Floats = np.linalg.lstsq(x * root[:, None], y * root, rcond=None)[0].astype(np.float64)
    bread: Floats = np.linalg.inv((x * w[:, None]).T @ x).astype(np.float64)
    return beta, y - x @ beta, bread


def _binomial(y: Floats, x: Floats, w: Floats) -> tuple[Floats, Floats, Floats]:
    beta = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        mu = special.expit(x @ beta)
        bread: Floats = np.linalg.inv((x * (w * mu * (1 - mu))[:, None]).T @ x).astype(np.float64)
        step = bread @ (x.T @ (w * (y - mu)))
        beta = beta + step
        if np.max(np.abs(step)) < 1e-12 * (1 + np.max(np.abs(beta))):
            return beta, y - special.expit(x @ beta), bread
    raise StatisticsError(
        f"a binomial regression did not converge in {ROUNDS} rounds; the outcome may be separated"
    )
