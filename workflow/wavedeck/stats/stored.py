"""Figures of another sample, as a store holds them, as a side of a comparison."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wavedeck.stats.arrays import ArrayLike, Floats
from wavedeck.stats.tested import Side


@dataclass(frozen=True, eq=False)
class Stored:
    """Hold figures as they were stored, any one shape, to compare with those of another sample.

    Parameters
    ----------
    estimate, se
        Of the figures.
    base
        Answered respondents, unweighted.
    units
        Number of clusters where the design has clusters; the default is `base`.
    degf
        Degrees of freedom of each figure; the default is units - 1.
    effective_base
        Kish's effective base; the default is `base`.
    constant
        True where all answers are equal, as for a share of 0 or 1; the default is nowhere.
    """

    estimate: ArrayLike
    se: ArrayLike
    base: ArrayLike
    units: ArrayLike | None = None
    degf: ArrayLike | None = None
    effective_base: ArrayLike | None = None
    constant: ArrayLike | None = None

    def side(self) -> Side:
        """Return these figures as a side of a comparison."""
        mean, error, base = (np.asarray(x, dtype=np.float64) for x in (self.estimate, self.se, self.base))
        units = base if self.units is None else np.asarray(self.units, dtype=np.float64)
        effective = base if self.effective_base is None else np.asarray(self.effective_base, dtype=np.float64)
        constant = np.zeros(mean.shape, bool) if self.constant is None else np.asarray(self.constant, bool)
        return Side(mean, error**2, base, units, effective, constant)

    def free(self) -> Floats:
        """Return the degrees of freedom of each figure."""
        return self.side().units - 1 if self.degf is None else np.asarray(self.degf, dtype=np.float64)
