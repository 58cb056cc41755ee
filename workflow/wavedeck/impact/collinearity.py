"""Drivers that say nearly the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wavedeck.impact.model import Model
from wavedeck.stats.arrays import Booleans, Floats

STRONG_CONDITION = 30.0
STRONG_INFLATION = 10.0


@dataclass(frozen=True)
class Duplicate:
    """Name two drivers (positions, the first the smaller) that nearly coincide."""

    first: int
    second: int
    correlation: float


@dataclass(frozen=True, eq=False)
class Collinearity:
    """Hold how far the drivers depend on one another.

    Parameters
    ----------
    condition_number
        Root of the largest over the smallest eigenvalue of their correlation matrix; above 30 strong.
    vif
        Shape (p,), variance inflation factors; above 10 strong.
    duplicates
        Pairs whose correlation reaches the declared limit.
    """

    condition_number: float
    vif: Floats
    duplicates: tuple[Duplicate, ...]

    @property
    def flagged(self) -> Booleans:
        """Shape (p,), drivers that duplicate another."""
        out: Booleans = np.zeros(len(self.vif), dtype=np.bool_)
        for pair in self.duplicates:
            out[[pair.first, pair.second]] = True
        return out

    @property
    def strong(self) -> bool:
        """Tell whether coefficients and shares should be read with care."""
        return self.condition_number > STRONG_CONDITION or bool((self.vif > STRONG_INFLATION).any())


def diagnose(model: Model, *, duplicate_from: float = 0.95) -> Collinearity:
    """Return condition number, variance inflation and duplicates of the drivers of a model.

    Parameters
    ----------
    duplicate_from
        Absolute correlation from which two drivers count as duplicates.

    Raises
    ------
    CollinearDriversError
        When a driver follows exactly from others.

    References
    ----------
    Belsley, Kuh, Welsch (1980), Regression diagnostics; here on centred, standardised drivers.
    """
    r = model.effective.correlation[:-1, :-1]
    values = np.linalg.eigvalsh(r)
    first, second = np.nonzero(np.triu(np.abs(r) >= duplicate_from, 1))
    pairs = tuple(Duplicate(int(a), int(b), float(r[a, b])) for a, b in zip(first, second, strict=True))
    return Collinearity(float(np.sqrt(values[-1] / values[0])), np.diag(np.linalg.inv(r)).copy(), pairs)
