"""Quantiles of a weighted distribution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from wavedeck.stats.arrays import ArrayLike, Floats
from wavedeck.stats.design import Design
from wavedeck.stats.linearised import means
from wavedeck.stats.student import t_quantile
from wavedeck.study.errors import StatisticsError

Rule = Literal["math", "school"]


@dataclass(frozen=True)
class QuantileEstimate:
    """Hold one quantile: the value, its Woodruff interval, se from that interval, and its bases.

    `deff` is that of the share of answers at or below the value.
    """

    probability: float
    estimate: float
    se: float
    ci_low: float
    ci_high: float
    base: int
    weighted_base: float
    effective_base: float
    deff: float
    degf: float


def weighted_quantile(
    values: ArrayLike, weights: ArrayLike, probability: float, *, rule: Rule = "math"
) -> float:
    """Return the smallest value at which the weighted share reaches the probability.

    Parameters
    ----------
    rule
        ``math``: that value; ``school``: the middle between it and the next where the share is met exactly.

    >>> weighted_quantile([1.0, 2.0, 3.0], [1.0, 1.0, 1.0], 0.5)
    2.0
    """
    if rule not in get_args(Rule):
        raise StatisticsError(f"quantile rule {rule!r} is not one of {', '.join(get_args(Rule))}")
    x, w = np.asarray(values, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    kept = ~np.isnan(x) & (w > 0)
    if not kept.any() or np.isnan(probability):
        return float("nan")
    distinct, position = np.unique(x[kept], return_inverse=True)
    share = np.cumsum(np.bincount(position.reshape(-1), weights=w[kept])) / w[kept].sum()
    at = min(int(np.searchsorted(share, probability * (1 - 1e-14))), len(distinct) - 1)
    exact = abs(share[at] - probability) <= 1e-12 and at + 1 < len(distinct)
    return float((distinct[at] + distinct[at + 1]) / 2 if rule == "school" and exact else distinct[at])


def estimate_quantile(
    values: ArrayLike, design: Design, *, probability: float = 0.5, level: float = 0.95, rule: Rule = "math"
) -> QuantileEstimate:
    """Estimate a quantile within the design's domain, with Woodruff's interval.

    Parameters
    ----------
    values
        Shape (n,), NaN where not answered.

    References
    ----------
    Woodruff (1952), JASA 47. R `survey`: `svyquantile(qrule="math", interval.type="mean")`.
    """
    if not 0 < probability < 1:
        raise StatisticsError(f"probability={probability!r} must lie between 0 and 1")
    x = np.where(design.rows, np.asarray(values, dtype=np.float64), np.nan)
    point = weighted_quantile(x, design.weights, probability, rule=rule)
    below = means(np.where(np.isnan(x), np.nan, x <= point), design)
    t = float(t_quantile((1 + level) / 2, below.degf[0])) if below.degf[0] > 0 else float("nan")
    shares = below.estimate[0] + np.array([-t, t]) * below.se[0]
    low, high = (_at(x, design.weights, share, rule) for share in shares)
    return QuantileEstimate(
        probability=probability,
        estimate=point,
        se=(high - low) / (2 * t),
        ci_low=low,
        ci_high=high,
        base=int(below.base[0]),
        weighted_base=float(below.weighted_base[0]),
        effective_base=float(below.effective_base[0]),
        deff=float(below.deff[0]),
        degf=float(below.degf[0]),
    )


def _at(values: Floats, weights: Floats, share: float, rule: Rule) -> float:
    """Return the quantile at the end of an interval of shares; NaN where the end leaves 0 to 1."""
    return weighted_quantile(values, weights, share, rule=rule) if 0 <= share <= 1 else float("nan")
