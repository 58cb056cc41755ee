"""What cells are estimated from, respondent by respondent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wavedeck.stats.arrays import Booleans, Floats, Integers
from wavedeck.stats.design import Design
from wavedeck.stats.influence import taylor_variance
from wavedeck.stats.moments import Moments, sum_moments


@dataclass(frozen=True, eq=False)
class Responses:
    """Hold what cells were estimated from, by reference.

    Parameters
    ----------
    values, groups
        Shape (n, k) and (n, g).
    shift
        Shape (k,), taken off the values before summing.
    """

    values: Floats
    groups: Booleans
    design: Design
    shift: Floats

    def moments(self, groups: Booleans) -> Moments:
        """Sum the respondents of groups (n, g)."""
        return sum_moments(self.values, groups, self.design, shift=self.shift)

    def exact(self, group: Integers, column: Integers, weight: Floats) -> tuple[Floats, Floats]:
        """Return variance and squared deviation of some cells (m,) from the deviations themselves."""
        design, x = self.design, self.values[:, column] - self.shift[column]
        counted = self.groups[:, group] & design.rows[:, None] & ~np.isnan(x) & (design.weights > 0)[:, None]
        w = np.where(counted, design.weights[:, None], 0.0)
        x = np.where(counted, x, 0.0)
        low = np.where(counted, x, np.inf).min(axis=0)
        high = np.where(counted, x, -np.inf).max(axis=0)
        deviation = np.where(counted & (low < high), x - (w * x).sum(axis=0) / weight, 0.0)
        return taylor_variance(w * deviation / weight, design), (w * deviation**2).sum(axis=0) / weight
