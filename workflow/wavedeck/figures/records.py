"""Figures and comparisons as records, and as columns of the stores."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pyarrow as pa

SHOWN_STATES = ("shown", "low_base")
VALUE_COLUMNS = (
    "estimate",
    "se",
    "ci_low",
    "ci_high",
    "base",
    "weighted_base",
    "effective_base",
    "deff",
    "degf",
)
INTERNAL_COLUMNS = ("units", "sd", "smallest_base")
FIGURE_SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("address", "part", "indicator", "item", "category", "group", "wave")]
    + [("statistic", pa.string()), ("unit", pa.string()), ("decimals", pa.int64()), ("state", pa.string())]
    + [(name, pa.float64()) for name in VALUE_COLUMNS]
    + [(name, pa.float64()) for name in INTERNAL_COLUMNS]
)
COMPARISON_VALUES = (
    "difference",
    "se",
    "t",
    "df",
    "p",
    "p_adjusted",
    "decision_df",
    "decision_p",
)
TESTED = ("difference", "se", "t", "df", "p", "decision_df", "decision_p")
COMPARISON_SCHEMA = pa.schema(
    [("address", pa.string()), ("kind", pa.string()), ("against", pa.string())]
    + [(name, pa.float64()) for name in COMPARISON_VALUES]
    + [("mark", pa.string()), ("reason", pa.string()), ("rest_base", pa.float64())]
)


def finite(value: float) -> float | None:
    """Return a number of the stores: None where there is none.

    >>> finite(float("nan")), finite(1)
    (None, 1.0)
    """
    return float(value) if math.isfinite(value) else None


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One indicator for one group in one wave, with its uncertainty and bases.

    Values are None where the state hides them or where they do not exist. Percentages stand on a
    scale of 0 to 100, and so do their standard errors; NPS from -100 to 100.

    Attributes
    ----------
    address, part, indicator, item, category, group, wave
        Name of the figure and its parts.
    statistic, unit, decimals
        How it is computed and printed.
    state
        shown, low_base, suppressed, not_asked, not_comparable, empty or failed.
    estimate, se, ci_low, ci_high
        In the unit of the figure.
    base, weighted_base, effective_base
        Answers: unweighted, sum of weights, Kish.
    deff, degf
        Design effect and degrees of freedom.
    units, sd
        Sampling units behind the base, and the spread of the answers (full store only).
    smallest_base
        Where it is not the base: answers on the smaller side of a difference, members that a
        composition counts (full store only).
    """

    address: str
    part: str
    indicator: str
    item: str
    category: str
    group: str
    wave: str
    statistic: str
    unit: str
    decimals: int
    state: str
    estimate: float | None = None
    se: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    base: float | None = None
    weighted_base: float | None = None
    effective_base: float | None = None
    deff: float | None = None
    degf: float | None = None
    units: float | None = None
    sd: float | None = None
    smallest_base: float | None = None

    @property
    def is_shown(self) -> bool:
        """Tell whether the figure may be printed."""
        return self.state in SHOWN_STATES


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A figure against the previous wave, a stated wave, or the rest of the total.

    Attributes
    ----------
    address, kind, against
        The figure, `previous`, `stated` or `rest`, and the address of the other figure (`rest` has none).
    difference, se, t, df, p
        The figure less the other, and its t test as R `survey` gives it.
    p_adjusted
        p of the decision after the study's correction within its family.
    decision_df, decision_p
        Welch degrees of freedom on the groups' own respondents or clusters, and the p they give.
    mark
        ``+``, ``-`` or ``none``; empty when there is no test.
    reason
        Why there is no test or no mark.
    rest_base
        Answers in the rest (full store only).
    """

    address: str
    kind: str
    against: str = ""
    difference: float | None = None
    se: float | None = None
    t: float | None = None
    df: float | None = None
    p: float | None = None
    p_adjusted: float | None = None
    decision_df: float | None = None
    decision_p: float | None = None
    mark: str = ""
    reason: str = ""
    rest_base: float | None = None
