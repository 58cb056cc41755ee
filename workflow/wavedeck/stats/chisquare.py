"""Tests of independence of two questions under a design."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from scipy import special

from wavedeck.stats.arrays import ArrayLike, Booleans, Floats, Integers
from wavedeck.stats.design import Design
from wavedeck.stats.influence import taylor_covariance
from wavedeck.stats.linearised import Estimates, means
from wavedeck.study.errors import StatisticsError

Statistic = Literal["F", "Chisq", "Wald", "adjWald"]


@dataclass(frozen=True, eq=False)
class Independence:
    """Hold a test of independence.

    Parameters
    ----------
    statistic
        Which one; ``value`` is its value, ``df`` and ``ddf`` its degrees of freedom (``ddf`` infinite
        for ``Chisq``).
    base
        Respondents with both answers.
    table
        Shape (rows, columns), weighted shares of the total.
    effect
        Cramer's V of the weighted table.
    """

    statistic: Statistic
    value: float
    df: float
    ddf: float
    p: float
    base: int
    table: Floats
    effect: float


def check_independence(
    rows: ArrayLike, columns: ArrayLike, design: Design, *, statistic: Statistic = "F"
) -> Independence:
    """Test whether two questions are independent, by Rao and Scott's or Wald's statistic.

    Parameters
    ----------
    rows, columns
        Shape (n,), numeric codes, NaN where not answered.
    statistic
        ``F`` (Rao-Scott second order), ``Chisq`` (Rao-Scott first order), ``Wald`` or ``adjWald``.

    Raises
    ------
    StatisticsError
        When either question has fewer than two answers that occur with weight, or cells that nobody
        is in leave Wald's statistic without a value.

    References
    ----------
    Rao, Scott (1984), Annals of Statistics 12. R `survey`: `svychisq`.
    """
    if statistic not in get_args(Statistic):
        raise StatisticsError(f"statistic {statistic!r} is not one of {', '.join(get_args(Statistic))}")
    first, second = (np.asarray(codes, dtype=np.float64) for codes in (rows, columns))
    kept = ~np.isnan(first) & ~np.isnan(second) & design.rows
    shares, shape = _cell_shares(first, second, kept & (design.weights > 0), design)
    base, domain = int(kept.sum()), design.domain(kept)
    if statistic in {"Wald", "adjWald"}:
        value, df, ddf, p = _wald(shares, shape, domain.degf, statistic)
    else:
        value, df, ddf, p = _rao_scott(shares, shape, domain, base, statistic)
    table = shares.estimate.reshape(shape)
    effect = np.sqrt(_pearson(table) / min(shape[0] - 1, shape[1] - 1))
    return Independence(statistic, value, df, ddf, p, base, table, float(effect))


def _cell_shares(
    first: Floats, second: Floats, kept: Booleans, design: Design
) -> tuple[Estimates, tuple[int, int]]:
    names = [np.unique(codes[kept]) for codes in (first, second)]
    for name, which in zip(names, ("rows", "columns"), strict=True):
        if len(name) < 2:
            raise StatisticsError(
                f"{which} hold {len(name)} different answers; independence needs two or more"
            )
    width = len(names[1])
    code = np.searchsorted(names[0], first) * width + np.searchsorted(names[1], second)
    cells = np.arange(len(names[0]) * width)
    values = np.where(kept[:, None], code[:, None] == cells, np.nan)
    return means(values, design), (len(names[0]), width)


def _pearson(table: Floats) -> float:
    expected = np.outer(table.sum(axis=1), table.sum(axis=0))
    gap = np.divide((table - expected) ** 2, expected, out=np.zeros_like(table), where=expected > 0)
    return float(gap.sum())


def _rao_scott(
    shares: Estimates, shape: tuple[int, int], domain: Design, base: int, statistic: Statistic
) -> tuple[float, float, float, float]:
    p = shares.estimate
    inverse = np.diag(np.divide(1.0, p, out=np.zeros_like(p), where=p > 0))
    contrast = _interaction(shape)
    covariance = taylor_covariance(shares.influence, shares.design)
    simple = contrast.T @ (inverse / base) @ contrast
    actual = contrast.T @ inverse @ covariance @ inverse @ contrast
    delta = np.linalg.solve(simple, actual)
    trace, pearson = float(np.trace(delta)), base * _pearson(p.reshape(shape))
    if statistic == "Chisq":
        size = len(delta)
        return pearson, float(size), float("inf"), float(special.chdtrc(size, pearson * size / trace))
    df = trace**2 / float(np.trace(delta @ delta))
    ddf = df * domain.degf
    return pearson / trace, df, ddf, float(special.fdtrc(df, ddf, pearson / trace))


def _interaction(shape: tuple[int, int]) -> Floats:
    """Return contrasts of the cells that neither rows nor columns explain."""
    row, column = (index.reshape(-1) for index in np.indices(shape))
    main = np.column_stack([np.ones(row.size), _dummies(row), _dummies(column)])
    both = np.einsum("ni,nj->nij", _dummies(row), _dummies(column)).reshape(row.size, -1)
    fitted, *_ = np.linalg.lstsq(main, both, rcond=None)
    return both - main @ fitted


def _dummies(codes: Integers) -> Floats:
    return (codes[:, None] == np.arange(1, codes.max() + 1)).astype(np.float64)


def _wald(
    shares: Estimates, shape: tuple[int, int], nu: int, statistic: Statistic
) -> tuple[float, float, float, float]:
    """Test departures from independence of the totals, as R does."""
    size = float(shares.weighted_base[0])
    table = shares.estimate.reshape(shape) * size
    gap = (table - np.outer(table.sum(axis=1), table.sum(axis=0)) / size)[1:, 1:].reshape(-1)
    covariance = taylor_covariance(_gap_influence(shares, table), shares.design)
    if np.linalg.matrix_rank(covariance) < gap.size:
        raise StatisticsError("Wald's statistic has no value: cells without respondents; use statistic='F'")
    df = float(gap.size)
    value = float(gap @ np.linalg.solve(covariance, gap)) / df
    if statistic == "Wald":
        return value, df, float(nu), float(special.fdtrc(df, nu, value))
    ddf = nu - df + 1
    value = value * ddf / nu
    return value, df, ddf, float(special.fdtrc(df, ddf, value))


def _gap_influence(shares: Estimates, table: Floats) -> Floats:
    size = table.sum()
    share_influence = shares.influence.reshape(-1, *table.shape)
    weight = (shares.design.weights * shares.answered[:, 0])[:, None, None]
    z = share_influence * size + table / size * weight
    row, column = table.sum(axis=1)[:, None] / size, table.sum(axis=0) / size
    gap = (
        z - z.sum(axis=2, keepdims=True) * column - row * z.sum(axis=1, keepdims=True) + row * column * weight
    )
    return gap[:, 1:, 1:].reshape(len(z), -1)
