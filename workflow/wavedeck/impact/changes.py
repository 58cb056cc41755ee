"""What differs between two models: waves, or a group and the rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wavedeck.impact.errors import ImpactError
from wavedeck.impact.importance import Importance
from wavedeck.impact.inference import spread, t_interval, two_sided
from wavedeck.impact.quadrants import Placement, is_high
from wavedeck.stats.arrays import Booleans, Floats, Integers
from wavedeck.stats.corrections import Correction, adjust_p


@dataclass(frozen=True, eq=False)
class QuadrantChanges:
    """Hold changes of quadrant of p drivers.

    Parameters
    ----------
    moved
        Shape (p,), whether the estimates stand in another quadrant.
    p, adjusted_p
        Shape (p,), that the distance to every border that was crossed did not change; NaN where none was.
    probability
        Shape (p,), that the quadrants differ, over all replicates of both sides.
    changed
        Shape (p,), moved, and the adjusted p is below 1 - level.
    """

    moved: Booleans
    p: Floats
    adjusted_p: Floats
    probability: Floats
    changed: Booleans


@dataclass(frozen=True, eq=False)
class ImportanceChanges:
    """Hold differences in importance, second minus first; all of shape (p,).

    `mark` is 1, -1 or 0.
    """

    difference: Floats
    se: Floats
    ci_low: Floats
    ci_high: Floats
    p: Floats
    adjusted_p: Floats
    mark: Integers


def compare_quadrants(
    before: Placement,
    after: Placement,
    *,
    paired: bool = False,
    level: float = 0.95,
    correction: Correction = "holm",
) -> QuadrantChanges:
    """Test which drivers changed quadrant.

    Parameters
    ----------
    paired
        Both sides rest on the same replicates (a panel, or two groups of one sample); otherwise they are
        independent samples.

    Notes
    -----
    A driver whose estimate crossed a border by chance has the same distance to it as before. All borders
    that were crossed must show a change, so the largest p counts.
    """
    _require_same(len(before.quadrant), len(after.quadrant))
    crossed = is_high(before.distance) != is_high(after.distance)
    se = _se(before.distance_draws, after.distance_draws, paired=paired)
    p = two_sided(after.distance - before.distance, se)
    moved = np.asarray(crossed.any(axis=1))
    largest = np.where(moved, np.where(crossed, p, 0.0).max(axis=1), np.nan)
    adjusted = adjust_p(largest, correction=correction)
    same = (before.probability * after.probability).sum(axis=1)
    return QuadrantChanges(moved, largest, adjusted, 1 - same, moved & (adjusted < 1 - level))


def compare_importance(
    first: Importance,
    second: Importance,
    *,
    paired: bool = False,
    level: float = 0.95,
    correction: Correction = "none",
) -> ImportanceChanges:
    """Test whether drivers weigh differently in two models.

    Parameters
    ----------
    first, second
        Of the same measure and drivers. A group is compared with the rest, never with the total.
    paired
        As in `compare_quadrants`; both need replicates from one bootstrap.
    """
    _require_same(len(first.estimate), len(second.estimate))
    if first.measure != second.measure:
        raise ImpactError(f"{first.measure} and {second.measure} differ; compare one measure")
    if paired and (first.draws is None or second.draws is None):
        raise ImpactError("a paired comparison needs replicates of both sides")
    if paired and first.draws is not None and second.draws is not None:
        se = _se(first.draws, second.draws, paired=True)
    else:
        se = np.sqrt(first.se**2 + second.se**2)
    difference = second.estimate - first.estimate
    low, high = t_interval(difference, se, level=level)
    p = two_sided(difference, se)
    adjusted = adjust_p(p, correction=correction)
    mark = np.where(adjusted < 1 - level, np.sign(difference), 0).astype(np.int64)
    return ImportanceChanges(difference, se, low, high, p, adjusted, mark)


def _se(first: Floats, second: Floats, *, paired: bool) -> Floats:
    if not paired:
        return np.asarray(np.hypot(spread(first), spread(second)))
    if first.shape != second.shape:
        raise ImpactError("a paired comparison needs the same replicates on both sides")
    return spread(second - first)


def _require_same(first: int, second: int) -> None:
    if first != second:
        raise ImpactError(f"{first} drivers stand against {second}; give both sides the same drivers")
