"""Method cards: one test as a small record that can be printed."""

from __future__ import annotations

from dataclasses import dataclass

from wavedeck.stats.corrections import Correction
from wavedeck.stats.marks import Decision, Marks
from wavedeck.stats.tested import REASONS, Comparisons, NoTest


@dataclass(frozen=True)
class MethodCard:
    """Hold one test as a report prints it.

    Parameters
    ----------
    test, side_a, side_b
        What was done, to which sides; the difference is a minus b.
    statistic, df, p
        As R's `svyttest` reports them.
    decision_df, decision_p, adjusted_p
        What decides: Welch's degrees of freedom, its p, and p after correction.
    tests, by_chance
        Size of the family, and how many marks chance alone gives in it without correction.
    mark
        1, -1 or 0.
    reason
        Why there was no test; empty when there was.
    """

    test: str
    side_a: str
    side_b: str
    difference: float
    se: float
    statistic: float
    df: float
    p: float
    decision: Decision
    decision_df: float
    decision_p: float
    adjusted_p: float
    level: float
    correction: Correction
    minimum_difference: float
    base_a: int
    base_b: int
    tests: int
    by_chance: float
    mark: int
    reason: str


def method_card(
    compared: Comparisons,
    marks: Marks,
    at: tuple[int, ...],
    *,
    test: str,
    sides: tuple[str, str],
    correction: Correction = "none",
    decision: Decision = "welch",
    minimum_difference: float = 0.0,
) -> MethodCard:
    """Return the card of the comparison at one position.

    Parameters
    ----------
    compared, marks
        What `compare_with_rest` and its like, and `mark`, returned.
    at
        Position in their arrays, such as (group, column).
    """
    return MethodCard(
        test=test,
        side_a=sides[0],
        side_b=sides[1],
        difference=float(compared.difference[at]),
        se=float(compared.se[at]),
        statistic=float(compared.t[at]),
        df=float(compared.df[at]),
        p=float(compared.p[at]),
        decision=decision,
        decision_df=float(compared.decision_df[at]),
        decision_p=float(compared.decision_p[at]),
        adjusted_p=float(marks.adjusted_p[at]),
        level=compared.level,
        correction=correction,
        minimum_difference=minimum_difference,
        base_a=int(compared.base_a[at]),
        base_b=int(compared.base_b[at]),
        tests=marks.tests,
        by_chance=marks.by_chance,
        mark=int(marks.mark[at]),
        reason=REASONS[NoTest(int(compared.reason[at]))],
    )
