"""Which differences a report marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from wavedeck.stats.arrays import ArrayLike, Booleans, Floats, Integers
from wavedeck.stats.corrections import Correction, adjust_p, expected_by_chance
from wavedeck.stats.tested import Comparisons, NoTest

ROUNDING = 1e-9
Decision = Literal["welch", "survey"]


@dataclass(frozen=True, eq=False)
class Marks:
    """Hold what a report prints of comparisons.

    Parameters
    ----------
    mark
        1 (higher), -1 (lower) or 0.
    adjusted_p
        The corrected decision p; NaN where not tested.
    tests
        How many tests were done.
    by_chance
        How many marks chance alone gives without correction.
    """

    mark: Integers
    adjusted_p: Floats
    tests: int
    by_chance: float


def mark(
    compared: Comparisons,
    *,
    correction: Correction = "none",
    family: ArrayLike | None = None,
    minimum_difference: float = 0.0,
    decision: Decision = "welch",
) -> Marks:
    """Decide which differences a report marks.

    Parameters
    ----------
    correction, family
        See `adjust_p`; a family is one table or one chart.
    minimum_difference
        Smaller differences are not marked, however significant; one that is as large is.
    decision
        ``welch`` decides with the groups' own sizes; ``survey`` with R's p.
    """
    p = compared.decision_p if decision == "welch" else compared.p
    adjusted = adjust_p(p, correction=correction, family=family)
    with np.errstate(invalid="ignore"):
        large = is_large(compared.difference, minimum_difference)
        significant = (adjusted <= 1 - compared.level) & large
    tests = int((compared.reason == NoTest.TESTED).sum())
    signs = np.where(significant, np.sign(np.nan_to_num(compared.difference)), 0).astype(np.int64)
    return Marks(signs, adjusted, tests, expected_by_chance(tests, level=compared.level))


def is_large(difference: ArrayLike, minimum: float) -> Booleans:
    """Tell whether differences reach the declared minimum, whatever rounding left of them.

    >>> bool(is_large(0.35 - 0.25, 0.1)), 0.35 - 0.25 >= 0.1
    (True, False)
    """
    return np.asarray(np.abs(np.asarray(difference, dtype=np.float64)) >= minimum * (1 - ROUNDING))
