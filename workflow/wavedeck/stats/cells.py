"""Means with their uncertainty for all group x column cells in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from scipy import special

from wavedeck.stats.arrays import ArrayLike, Booleans, Floats, divide
from wavedeck.stats.design import Design
from wavedeck.stats.moments import Moments, checked_groups, checked_values, choose_shift
from wavedeck.stats.responses import Responses
from wavedeck.stats.student import t_quantile
from wavedeck.stats.tabulated import Column, Table, Tabulated, tabulated
from wavedeck.stats.variance import NOISE, Spread, by_parent, by_stratum, mean_variance, spread_of

Quantile = Literal["domain", "design", "normal"]


@dataclass(frozen=True, eq=False)
class Cells:
    """Hold figures and their bases; every array has shape (g, k), groups by columns.

    A cell without an answer that carries weight has estimate NaN. A cell with one such answer has an
    estimate but se, interval and deff NaN. A cell where all answers are equal has se 0.

    Parameters
    ----------
    estimate, se, ci_low, ci_high
        In the unit of the column.
    base
        Number of answered rows, unweighted.
    weighted_base
        Sum of weights of answered rows.
    effective_base
        Kish: (sum w)^2 / sum w^2 over answered rows.
    deff
        Variance over that of a simple sample of the same size drawn with replacement.
    degf
        Sampling units minus strata among answered rows with positive weight.
    positive_base
        Answered rows with positive weight.
    units
        Sampling units (respondents without clusters) among those rows.
    sd
        Weighted standard deviation, sqrt(sum w (x - m)^2 / sum w).
    constant
        True where all answers with weight are equal.
    """

    estimate: Floats
    se: Floats
    ci_low: Floats
    ci_high: Floats
    base: Floats
    weighted_base: Floats
    effective_base: Floats
    deff: Floats
    degf: Floats
    positive_base: Floats
    units: Floats
    sd: Floats
    constant: Booleans
    level: float
    data: Responses | Tabulated = field(repr=False)
    moments: Moments = field(repr=False)
    spread: Spread = field(repr=False)


def estimate_means(
    values: ArrayLike,
    groups: ArrayLike | None,
    design: Design,
    *,
    level: float = 0.95,
    quantile: Quantile = "domain",
) -> Cells:
    """Estimate the weighted mean of every column within every group, each on its own answers.

    Shares, nets, NPS and multiple response are means too: see `wavedeck.stats.columns`.

    Parameters
    ----------
    values
        Shape (n, k), float; NaN where a respondent did not answer or was not asked.
    groups
        Shape (n, g), boolean; groups may overlap. None is everybody.
    design
        The sampling design of all n rows; a domain of it limits all groups.
    level
        Confidence level of the intervals.
    quantile
        Degrees of freedom of the intervals: of the cell's own answers (``domain``), of the whole
        design (``design``), or the normal distribution as R's `confint` (``normal``).

    References
    ----------
    Särndal, Swensson, Wretman (1992), Model Assisted Survey Sampling, 5.7. R `survey`: `svymean`, `svyby`.

    >>> cells = estimate_means([1.0, 2.0, 3.0], None, Design([1.0, 1.0, 1.0]))
    >>> float(cells.estimate[0, 0])
    2.0
    """
    x, member = checked_values(values, design), checked_groups(groups, design)
    data = Responses(values=x, groups=member, design=design, shift=choose_shift(x))
    return cells_of(data, level=level, quantile=quantile)


def estimate_columns(
    table: Table,
    columns: Sequence[Column],
    membership: ArrayLike | None = None,
    *,
    level: float = 0.95,
    quantile: Quantile = "domain",
) -> Cells:
    """Estimate figures from a table of counted codes: the fast route for a million respondents.

    Parameters
    ----------
    table
        From `wavedeck.stats.tabulated.tabulate`.
    columns
        The k figures: an item and the value of each code.
    membership
        Shape (classes, g), which classes make a group; None takes each class as a group.
    level, quantile
        As in `estimate_means`.

    Returns
    -------
    Cells
        As from `estimate_means`, arrays of shape (g, k).
    """
    names = np.arange(int(table.classes.max()) + 1)
    of_class = np.eye(len(names), dtype=bool) if membership is None else np.asarray(membership, dtype=bool)
    data = tabulated(table, columns, of_class[table.classes])
    return cells_of(data, level=level, quantile=quantile)


def cells_of(data: Responses | Tabulated, *, level: float, quantile: Quantile) -> Cells:
    """Estimate all cells of what can be summed."""
    moments = data.moments(data.groups)
    spread = spread_of(moments, data.design)
    squares = mean_variance(spread, data.design), squared_deviation(moments, spread)
    return _cells(data, moments, spread, _refined(data, spread, *squares), level=level, quantile=quantile)


def _cells(
    data: Responses | Tabulated,
    moments: Moments,
    spread: Spread,
    squares: tuple[Floats, Floats],
    *,
    level: float,
    quantile: Quantile,
) -> Cells:
    variance, deviation = squares
    positive = moments.total("positive")
    units, strata = count_units(moments, data.design)
    constant = (positive >= 1) & (deviation == 0)
    estimate = np.where(positive >= 1, spread.mean + data.shift, np.nan)
    se = np.where(units >= 2, np.sqrt(np.where(constant, 0.0, variance)), np.nan)
    degf = np.where(positive >= 1, units - strata, np.nan)
    half = critical(level, degf, data.design, quantile) * se
    simple = np.where(positive >= 2, deviation / np.maximum(positive - 1, 1), np.nan)
    return Cells(
        estimate=estimate,
        se=se,
        ci_low=estimate - half,
        ci_high=estimate + half,
        base=moments.total("base"),
        weighted_base=moments.total("w"),
        effective_base=np.nan_to_num(divide(moments.total("w") ** 2, moments.total("v"))),
        deff=divide(se**2, simple),
        degf=degf,
        positive_base=positive,
        units=units,
        sd=np.where(positive >= 1, np.sqrt(deviation), np.nan),
        constant=constant,
        level=level,
        data=data,
        moments=moments,
        spread=spread,
    )


def critical(level: float, degf: Floats, design: Design, quantile: Quantile) -> Floats:
    """Return the quantile that makes an interval of an se; NaN where no degree of freedom is left."""
    if quantile == "normal":
        return np.full(degf.shape, special.ndtri((1 + level) / 2))
    used = np.full(degf.shape, float(design.degf)) if quantile == "design" else degf
    distinct, position = np.unique(used, return_inverse=True)
    with np.errstate(invalid="ignore"):
        points = np.where(distinct > 0, t_quantile((1 + level) / 2, np.maximum(distinct, 1e-9)), np.nan)
    return points[position].reshape(degf.shape)


def count_units(moments: Moments, design: Design) -> tuple[Floats, Floats]:
    """Return sampling units and strata among answered rows with weight, each of shape (g, k)."""
    present = by_parent(moments.positive, design)
    if not design.has_clusters:
        return moments.total("positive"), (present > 0).sum(axis=0).astype(np.float64)
    present = (present > 0).astype(np.float64)
    return present.sum(axis=0), (by_stratum(present, design) > 0).sum(axis=0).astype(np.float64)


def squared_deviation(moments: Moments, spread: Spread) -> Floats:
    """Return the weighted mean of squared deviations, shape (g, k)."""
    w, wx, wxx = (moments.total(name) for name in ("w", "wx", "wxx"))
    return np.nan_to_num(divide(wxx - np.nan_to_num(spread.mean) * wx, w))


def _refined(
    data: Responses | Tabulated, spread: Spread, variance: Floats, deviation: Floats
) -> tuple[Floats, Floats]:
    """Recompute, from the deviations themselves, the cells whose sums lost their digits."""
    mean = np.nan_to_num(spread.mean)
    deviation = np.where(deviation <= NOISE * mean**2, 0.0, deviation)
    if isinstance(data, Tabulated):
        return variance, deviation
    weak = np.isfinite(spread.mean) & (deviation <= 1e-7 * (mean**2 + deviation))
    group, column = np.nonzero(weak)
    step = max(1, 4_000_000 // data.design.n)
    for start in range(0, len(group), step):
        g, k = group[start : start + step], column[start : start + step]
        variance[g, k], deviation[g, k] = data.exact(g, k, spread.weight[g, k])
    return variance, deviation
