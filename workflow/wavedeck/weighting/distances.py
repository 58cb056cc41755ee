"""How far weights may move: the functions that calibration minimises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from wavedeck.stats.arrays import Floats
from wavedeck.study.errors import WeightingError
from wavedeck.weighting.errors import InfeasibleCapsError

Method = Literal["linear", "raking", "logit"]
LARGEST = 500.0


@dataclass(frozen=True, eq=False)
class Distance:
    """Turn the linear predictor of a row into the ratio of its new weight to its old.

    Parameters
    ----------
    lower, upper
        Bounds of the ratio: numbers, or one per row.
    """

    method: Method
    lower: Floats
    upper: Floats

    def ratio(self, u: Floats) -> Floats:
        """Return the ratio at predictor `u`; 1 at 0."""
        if self.method == "logit":
            low, high, grown = self.lower, self.upper, self._grown(u)
            return (low * (high - 1) + high * (1 - low) * grown) / (high - 1 + (1 - low) * grown)
        raw = 1 + u if self.method == "linear" else np.exp(np.clip(u, -LARGEST, LARGEST))
        return np.clip(raw, self.lower, self.upper)

    def slope(self, u: Floats) -> Floats:
        """Return the derivative of the ratio; 0 for rows at a bound."""
        ratio = self.ratio(u)
        if self.method == "logit":
            return self._steepness() * (ratio - self.lower) * (self.upper - ratio) / (self.upper - self.lower)
        inside = (ratio > self.lower) & (ratio < self.upper)
        return np.where(inside, 1.0 if self.method == "linear" else ratio, 0.0)

    def _steepness(self) -> Floats:
        return (self.upper - self.lower) / ((self.upper - 1) * (1 - self.lower))

    def _grown(self, u: Floats) -> Floats:
        return np.exp(np.clip(self._steepness() * u, -LARGEST, LARGEST))


def make_distance(method: Method, bounds: tuple[float, float] | None) -> Distance:
    """Return the distance of a method, bounds checked.

    Raises
    ------
    InfeasibleCapsError
        When the bounds do not lie on either side of 1.
    """
    if method not in get_args(Method):
        raise WeightingError(f"method {method!r} is not one of {', '.join(get_args(Method))}")
    if bounds is None and method == "logit":
        raise WeightingError("logit calibration needs bounds, such as (0.3, 3)")
    low, high = bounds if bounds is not None else (-np.inf, np.inf)
    if not low < 1 < high:
        raise InfeasibleCapsError(f"bounds {low:g} to {high:g} must have 1 between them")
    return Distance(method, np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64))
