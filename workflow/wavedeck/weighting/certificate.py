"""The certificate: what weights had to reach, what they reached, and what that cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from wavedeck.stats.arrays import Floats
from wavedeck.weighting.margins import Margin

QUANTILES = (0.0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1.0)


@dataclass(frozen=True)
class Achieved:
    """Hold one category: target and achieved share, their deviation, and who is in it."""

    margin: str
    category: str
    target: float
    achieved: float
    deviation: float
    respondents: int
    unweighted: float


@dataclass(frozen=True)
class Certificate:
    """Hold the account of one weighting.

    Parameters
    ----------
    method
        cell, rake, linear, raking or logit.
    rows
        One `Achieved` per category of every margin.
    respondents, unplaced
        Rows that were weighted, and rows that fit no category.
    total, minimum, maximum
        Of the weights of the weighted rows.
    quantiles
        Pairs of probability and weight.
    effective_base
        Kish: (sum w)^2 / sum w^2.
    efficiency
        Effective base over the number of respondents, 0 to 1.
    deff
        Kish design effect of the weights, 1 / efficiency.
    iterations
        Rounds until the margins held.
    lower, upper
        The caps; None where none was set.
    at_lower, at_upper
        Respondents at a cap.
    treatment
        What was done with unplaced respondents.
    """

    method: str
    rows: tuple[Achieved, ...]
    respondents: int
    unplaced: int
    total: float
    minimum: float
    maximum: float
    quantiles: tuple[tuple[float, float], ...]
    effective_base: float
    efficiency: float
    deff: float
    iterations: int
    lower: float | None = None
    upper: float | None = None
    at_lower: int = 0
    at_upper: int = 0
    treatment: str = "fail"

    def capped(self, ratio: Floats, caps: tuple[float | None, float | None] | None) -> Certificate:
        """Return the certificate with its caps, and how many respondents (m,) have reached them."""
        lower, upper = (cap if cap is not None and np.isfinite(cap) else None for cap in caps or (None, None))
        low = 0 if lower is None else int((ratio <= lower * (1 + np.sign(lower) * 1e-9)).sum())
        high = 0 if upper is None else int((ratio >= upper * (1 - 1e-9)).sum())
        return replace(self, lower=lower, upper=upper, at_lower=low, at_upper=high)

    @property
    def largest_deviation(self) -> float:
        """The largest absolute deviation of an achieved share from its target."""
        return max(abs(row.deviation) for row in self.rows)


def certify(
    weights: Floats,
    margins: Sequence[Margin],
    *,
    method: str,
    iterations: int = 1,
    treatment: str = "fail",
) -> Certificate:
    """Write the certificate of finished weights.

    Parameters
    ----------
    weights
        Shape (n,).
    margins
        What the weights had to reach; respondents unplaced in any of them are left out.
    """
    placed = np.logical_and.reduce([margin.placed for margin in margins])
    rows = tuple(row for margin in margins for row in _achieved(margin, weights, placed))
    plain = certify_rows(weights[placed], rows, method=method, iterations=iterations)
    return replace(plain, unplaced=int((~placed).sum()), treatment=treatment)


def certify_rows(
    weights: Floats, rows: tuple[Achieved, ...], *, method: str, iterations: int = 1
) -> Certificate:
    """Write the certificate of weights whose targets and achievements are already known."""
    effective = kish(weights)
    return Certificate(
        method=method,
        rows=rows,
        respondents=len(weights),
        unplaced=0,
        total=float(weights.sum()),
        minimum=float(weights.min()),
        maximum=float(weights.max()),
        quantiles=tuple(zip(QUANTILES, map(float, np.quantile(weights, QUANTILES)), strict=True)),
        effective_base=effective,
        efficiency=effective / len(weights),
        deff=len(weights) / effective,
        iterations=iterations,
    )


def kish(weights: Floats) -> float:
    """Return the effective base of weights, (sum w)^2 / sum w^2.

    References
    ----------
    Kish (1965), Survey Sampling, 11.7.

    >>> float(kish(np.array([1.0, 1.0, 2.0])))
    2.6666666666666665
    """
    return float(weights.sum() ** 2 / (weights**2).sum())


def _achieved(margin: Margin, weights: Floats, placed: np.ndarray) -> list[Achieved]:
    codes, size = margin.codes[placed], len(margin.categories)
    mass = np.bincount(codes, weights=weights[placed], minlength=size)
    count = np.bincount(codes, minlength=size)
    share = mass / mass.sum()
    return [
        Achieved(
            margin=margin.name,
            category=category,
            target=float(margin.shares[i]),
            achieved=float(share[i]),
            deviation=float(share[i] - margin.shares[i]),
            respondents=int(count[i]),
            unweighted=float(count[i] / count.sum()),
        )
        for i, category in enumerate(margin.categories)
    ]
