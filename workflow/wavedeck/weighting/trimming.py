"""Trimming: cutting extreme weights and giving what was cut to the others."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from wavedeck.stats.arrays import ArrayLike, Floats, encode
from wavedeck.study.errors import WeightingError
from wavedeck.weighting.errors import InfeasibleCapsError


def trim(
    weights: ArrayLike, *, lower: float = 0.0, upper: float = float("inf"), strict: bool = True
) -> Floats:
    """Cut weights to caps and spread what was cut evenly over the others; the sum stays, and so does 0.

    Parameters
    ----------
    weights
        Shape (n,); who has 0 does not count and keeps it.
    lower, upper
        Smallest and largest weight.
    strict
        Repeat until no weight is outside the caps; a weight that was cut receives nothing.

    Raises
    ------
    InfeasibleCapsError
        When the sum of weights does not fit between the caps.
    WeightingError
        When a weight is missing or negative.

    References
    ----------
    Potter (1990), Proceedings ASA. R `survey` 4.5: `trimWeights`.

    >>> trim([1.0, 1.0, 4.0], upper=3.0).tolist()
    [1.5, 1.5, 3.0]
    """
    given = np.array(weights, dtype=np.float64)
    if not np.all(np.isfinite(given) & (given >= 0)):
        raise WeightingError("weights to trim must be numbers of 0 or more, none missing")
    counts = given > 0
    given[counts] = _trimmed(given[counts], lower, upper, strict=strict)
    return given


def _trimmed(w: Floats, lower: float, upper: float, *, strict: bool) -> Floats:
    _require_room(w, lower, upper)
    cut = np.zeros(len(w), dtype=bool)
    outside = (w < lower) | (w > upper)
    while outside.any():
        w, cut = _cut_once(w, lower, upper, cut, outside)
        if not strict:
            break
        outside = (w < lower) | (w > upper)
    return w


def _cut_once(
    w: Floats, lower: float, upper: float, cut: np.ndarray, outside: np.ndarray
) -> tuple[Floats, np.ndarray]:
    clipped = np.clip(w, lower, upper)
    free = ~outside & ~cut
    if not free.any():
        raise InfeasibleCapsError(f"every weight is at a cap of {lower:g} or {upper:g}; widen the caps")
    clipped[free] += (w - clipped).sum() / free.sum()
    return clipped, cut | outside


def _require_room(w: Floats, lower: float, upper: float) -> None:
    total, count = float(w.sum()), len(w)
    if not lower < upper:
        raise InfeasibleCapsError(f"the lower cap {lower:g} is not below the upper cap {upper:g}")
    if not count:
        raise WeightingError("no weight is above 0; nothing can be trimmed")
    if count * lower > total * (1 + 1e-12) or count * upper < total * (1 - 1e-12):
        raise InfeasibleCapsError(
            f"{count} weights that sum to {total:g} (average {total / count:g}) "
            f"do not fit between {lower:g} and {upper:g}"
        )


def normalise(
    weights: ArrayLike,
    *,
    within: ArrayLike | None = None,
    totals: float | Mapping[str, float] | None = None,
) -> Floats:
    """Scale weights to an average of 1, or to the size of a population, per wave or all together.

    Parameters
    ----------
    within
        Shape (n,), labels (such as waves) to scale each on its own.
    totals
        What weights sum to: a number, or one per label; None makes the average 1.

    >>> normalise([2.0, 2.0, 6.0], within=["a", "a", "b"]).tolist()
    [1.0, 1.0, 1.0]
    """
    w = np.asarray(weights, dtype=np.float64)
    names, codes = encode(np.zeros(len(w)) if within is None else np.asarray(within))
    sums, counts = np.bincount(codes, weights=w), np.bincount(codes).astype(np.float64)
    if np.any(sums <= 0):
        raise WeightingError(f"weights of {names[sums <= 0][0]!s} sum to 0; nothing can be scaled")
    return w * (_wanted([str(name) for name in names], counts, totals) / sums)[codes]


def _wanted(names: list[str], counts: Floats, totals: float | Mapping[str, float] | None) -> Floats:
    if totals is None:
        return counts
    if not isinstance(totals, Mapping):
        return np.full(len(names), float(totals)) if len(names) == 1 else totals * counts / counts.sum()
    missing = [name for name in names if name not in totals]
    if missing:
        raise WeightingError(f"no total was given for {', '.join(missing)}")
    return np.array([float(totals[name]) for name in names])
