"""What drives a judgement, once more: sums by SQL, importance by the textbook formula of each measure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np
import numpy.typing as npt

from wavedeck.study.impact import Analysis, BorderRules

Floats = npt.NDArray[np.float64]
PERCENT = 100.0
MOST_DRIVERS = 16
LEAST_EIGENVALUE = 1e-10


@dataclass(frozen=True)
class Driver:
    """Sums of one driver in one group: over who gave driver and outcome, but for rating and own base.

    Attributes
    ----------
    own_base, rating, spread
        Respondents who gave the driver, their weighted mean and the weighted standard deviation.
    base, low, high, units
        Respondents who gave both, lowest and highest mark, sampling units.
    correlation, slope
        With the outcome, and of the outcome on the driver alone.
    rise
        Average rise that is possible, over all who gave the outcome.
    not_applicable
        Weighted share, 0 to 1, of those who gave the outcome.
    """

    own_base: float
    rating: float
    spread: float
    base: float
    low: float
    high: float
    units: float
    correlation: float
    slope: float
    rise: float
    not_applicable: float

    def left_out(self, analysis: Analysis) -> bool:
        """Tell whether the analysis leaves the driver aside."""
        few = self.base < analysis.minimum_base
        return few or self.not_applicable > analysis.maximum_not_applicable or self.low >= self.high


def shapley(matrix: Floats) -> Floats:
    """Return the average rise of R² by each driver over all orders, from correlations (outcome last).

    >>> shapley(np.array([[1, 0, 0.5], [0, 1, 0.2], [0.5, 0.2, 1]])).round(4).tolist()
    [0.25, 0.04]
    """
    count = len(matrix) - 1
    found = np.zeros(2**count)
    for size in range(1, count + 1):
        sets = np.array(list(combinations(range(count), size)))
        among = matrix[sets[:, :, None], sets[:, None, :]]
        outcome = matrix[sets, -1]
        slopes = np.linalg.solve(among, outcome[..., None])[..., 0]
        found[(1 << sets).sum(axis=1)] = (slopes * outcome).sum(axis=1)
    every = np.arange(2**count)
    sizes = np.array([int(one).bit_count() for one in every])
    weight = np.array(
        [factorial(size) * factorial(count - size - 1) / factorial(count) for size in range(count)]
    )
    shares = np.zeros(count)
    for driver in range(count):
        without = every[(every >> driver) & 1 == 0]
        shares[driver] = weight[sizes[without]] @ (found[without | 1 << driver] - found[without])
    return shares


def johnson(matrix: Floats) -> Floats:
    """Return Johnson's relative weights from correlations (outcome last)."""
    values, vectors = np.linalg.eigh(matrix[:-1, :-1])
    root = vectors @ np.diag(np.sqrt(values)) @ vectors.T
    return np.asarray(root**2 @ np.linalg.solve(root, matrix[:-1, -1]) ** 2)


def slopes_of(matrix: Floats) -> Floats:
    """Return standardised coefficients from correlations (outcome last)."""
    return np.asarray(np.linalg.solve(matrix[:-1, :-1], matrix[:-1, -1]), dtype=np.float64)


MEASURES = {"shapley": shapley, "johnson": johnson, "coefficient": slopes_of}


def border(rule: str | float, values: Floats, overall: float, scale: float) -> float:
    """Return where an axis is cut; a number is as printed, on the scale of the figures."""
    if rule == "mean":
        return float(values.mean())
    if rule == "median":
        return float(np.median(values))
    return overall if rule == "outcome" else float(rule) / scale


@dataclass(frozen=True)
class Judged:
    """What the drivers of one group are measured by.

    Attributes
    ----------
    drivers
        By item, those in the model only.
    matrix
        Correlations, outcome last; None where each driver stands alone.
    spread
        Standard deviation of the outcome.
    overall
        Mean of the outcome.
    outcome_scale
        100 for a share.
    complete_base
        Respondents behind a listwise model; None where pairs stand for themselves.
    """

    analysis: Analysis
    measure: str
    drivers: Mapping[str, Driver]
    matrix: Floats | None
    spread: float
    overall: float
    outcome_scale: float
    complete_base: float | None = None
    slopes: Floats | None = None

    @property
    def scale(self) -> float:
        """By which importance becomes what is printed."""
        return PERCENT if self.measure in ("shapley", "johnson") else 1.0

    @property
    def importance(self) -> Floats:
        """In the order of the drivers."""
        if self.matrix is None:
            return np.array([one.correlation for one in self.drivers.values()])
        return np.asarray(MEASURES[self.measure](self.matrix))

    def figures(self, strata: float) -> Iterator[tuple[str, str, str, float]]:
        """Yield kind, item, field and value of each figure of the model.

        Parameters
        ----------
        strata
            Number of strata of the design.
        """
        rules: BorderRules = self.analysis.borders
        importance = self.importance
        ratings = np.array([one.rating for one in self.drivers.values()])
        across = border(rules.importance, importance, 0.0, self.scale)
        up = border(rules.rating, ratings, self.overall, 1.0)
        places = zip(self.drivers.items(), importance, self._effects(), strict=True)
        for (item, one), weight, effect in places:
            base = one.base if self.complete_base is None else self.complete_base
            values = {
                "importance": weight * self.scale,
                "rating": one.rating,
                "importance_distance": (weight - across) * self.scale,
                "rating_distance": one.rating - up,
                "whatif": effect,
            }
            for kind, value in values.items():
                yield kind, item, "estimate", value
                yield kind, item, "base", one.own_base if kind == "rating" else base
                yield kind, item, "units", one.units
                yield kind, item, "degf", one.units - strata
            yield "quadrant", item, "base", base
        bases = [
            one.base if self.complete_base is None else self.complete_base for one in self.drivers.values()
        ]
        least = min(bases)
        for kind, value in (("importance_border", across * self.scale), ("rating_border", up)):
            yield kind, "", "estimate", value
            yield kind, "", "base", least
        yield from self._of_model(least, strata)

    def _effects(self) -> Floats:
        rise = np.array([one.rise for one in self.drivers.values()]) * self.outcome_scale
        if self.matrix is None:
            return np.array([one.slope for one in self.drivers.values()]) * rise
        if self.slopes is not None:
            return self.slopes * rise
        spreads = np.array([one.spread for one in self.drivers.values()])
        return slopes_of(self.matrix) * self.spread / spreads * rise

    def _of_model(self, least: float, strata: float) -> Iterator[tuple[str, str, str, float]]:
        if self.matrix is None:
            return
        among = self.matrix[:-1, :-1]
        explained = PERCENT * float(slopes_of(self.matrix) @ self.matrix[:-1, -1])
        values = np.linalg.eigvalsh(among)
        units = min(one.units for one in self.drivers.values())
        for field, value in (
            ("estimate", explained),
            ("base", least),
            ("units", units),
            ("degf", units - strata),
        ):
            yield "r2", "", field, value
        yield "condition", "", "estimate", float(np.sqrt(values[-1] / values[0]))
        yield "condition", "", "base", least
        inflation = np.diag(np.linalg.inv(among))
        for place, (item, one) in enumerate(self.drivers.items()):
            base = one.base if self.complete_base is None else self.complete_base
            for kind, value in (("direction", self.matrix[place, -1]), ("vif", inflation[place])):
                yield kind, item, "estimate", float(value)
                yield kind, item, "base", base


def is_sound(matrix: Floats) -> bool:
    """Tell whether a correlation matrix is positive definite."""
    return bool(np.isfinite(matrix).all()) and float(np.linalg.eigvalsh(matrix)[0]) > LEAST_EIGENVALUE


def correlations(sums: Mapping[tuple[str, str], Sequence[float]], items: Sequence[str]) -> Floats:
    """Return correlations of items, the outcome ('') last, from sums of 1, x, y, xx, yy, xy per pair."""
    names = [*items, ""]
    matrix = np.eye(len(names))
    for (a, first), (b, second) in combinations(enumerate(names), 2):
        total, x, y, xx, yy, xy = sums.get((first, second)) or _swapped(sums[second, first])
        mx, my = x / total, y / total
        spread = np.sqrt((xx / total - mx**2) * (yy / total - my**2))
        matrix[a, b] = matrix[b, a] = (xy / total - mx * my) / spread if spread else np.nan
    return matrix


def _swapped(sums: Sequence[float]) -> tuple[float, ...]:
    total, x, y, xx, yy, xy = sums
    return (total, y, x, yy, xx, xy)
