"""Drivers that are left out of a model, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from wavedeck.impact.errors import ImpactError
from wavedeck.stats.arrays import ArrayLike, Booleans, Floats, Integers, as_columns, divide
from wavedeck.stats.design import Design


class LeftOut(IntEnum):
    """Say why a driver was left out."""

    KEPT = 0
    LOW_BASE = 1
    NOT_APPLICABLE = 2
    NO_VARIANCE = 3


REASONS = {
    LeftOut.KEPT: "",
    LeftOut.LOW_BASE: "too few respondents answered",
    LeftOut.NOT_APPLICABLE: "for too many respondents it does not apply",
    LeftOut.NO_VARIANCE: "all answers are equal",
}


@dataclass(frozen=True, eq=False)
class Selection:
    """Hold which drivers a model can take.

    Parameters
    ----------
    reason
        Shape (p,), a `LeftOut` each.
    base
        Shape (p,), respondents who answered driver and outcome, unweighted.
    not_applicable
        Shape (p,), weighted share among respondents in the domain who answered the outcome.
    """

    reason: Integers
    base: Floats
    not_applicable: Floats

    @property
    def kept(self) -> Booleans:
        """Shape (p,)."""
        return np.asarray(self.reason == LeftOut.KEPT)


def select_drivers(
    drivers: ArrayLike,
    design: Design,
    *,
    outcome: ArrayLike | None = None,
    not_applicable: ArrayLike | None = None,
    minimum_base: int = 100,
    maximum_not_applicable: float = 0.5,
) -> Selection:
    """Tell which drivers have answers enough for a model.

    Parameters
    ----------
    drivers
        Shape (n, p), NaN where not answered.
    outcome
        Shape (n,); without an answer to it a respondent counts for nothing.
    not_applicable
        Shape (n, p), True where the aspect does not apply; never also an answer. None: nowhere.
    maximum_not_applicable
        Largest share, from 0 to 1.

    Raises
    ------
    ImpactError
        When an answer was given to something marked as not applicable.

    >>> select_drivers([[1.0], [2.0]], Design([1.0, 1.0]), minimum_base=2).kept.tolist()
    [True]
    """
    x = as_columns(drivers, rows=design.n, what="drivers")
    never = np.zeros(x.shape, bool) if not_applicable is None else np.asarray(not_applicable, dtype=bool)
    if never.shape != x.shape:
        raise ImpactError(f"not_applicable has shape {never.shape}; the drivers have {x.shape}")
    if (never & ~np.isnan(x)).any():
        raise ImpactError("an answer stands where the aspect does not apply; blank one of the two")
    inside = design.rows if outcome is None else design.rows & ~np.isnan(_column(outcome, design))
    counted = ~np.isnan(x) & inside[:, None]
    base = counted.sum(axis=0).astype(np.float64)
    w = np.where(inside, design.weights, 0.0)
    share = divide(w @ never, w.sum())
    low = np.where(counted, x, np.inf).min(axis=0)
    high = np.where(counted, x, -np.inf).max(axis=0)
    rules = [base < minimum_base, share > maximum_not_applicable, low >= high]
    found = [LeftOut.LOW_BASE, LeftOut.NOT_APPLICABLE, LeftOut.NO_VARIANCE]
    return Selection(np.select(rules, found, LeftOut.KEPT).astype(np.int64), base, share)


def _column(values: ArrayLike, design: Design) -> Floats:
    return as_columns(values, rows=design.n, what="outcome")[:, 0]
