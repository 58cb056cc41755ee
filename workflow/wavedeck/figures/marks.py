"""Which comparisons are marked: corrected p, level, smallest difference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from wavedeck.figures.records import Comparison, Figure
from wavedeck.stats.corrections import adjust_p
from wavedeck.stats.marks import is_large
from wavedeck.study.settings import Tests


def mark_families(
    comparisons: Sequence[Comparison], figures: Mapping[str, Figure], tests: Tests
) -> list[Comparison]:
    """Return the comparisons with their corrected p and their mark, in the same order.

    A family, within which p is corrected, is what one table of an indicator holds: all its items,
    categories and groups in one wave, against one thing (docs/decisions/0003-comparisons.md).
    Comparisons without a test have no mark and count for nothing.
    """
    marked = list(comparisons)
    families: dict[tuple[str, str, str, str], list[int]] = defaultdict(list)
    for place, item in enumerate(comparisons):
        if item.decision_p is not None and not item.reason:
            figure = figures[item.address]
            families[(figure.part, figure.indicator, figure.wave, item.kind)].append(place)
    for places in families.values():
        p = np.array([comparisons[place].decision_p for place in places], dtype=np.float64)
        for place, adjusted in zip(places, adjust_p(p, correction=tests.correction), strict=True):
            unit = figures[comparisons[place].address].unit
            marked[place] = _marked(comparisons[place], float(adjusted), unit, tests)
    return marked


def _marked(item: Comparison, adjusted: float, unit: str, tests: Tests) -> Comparison:
    difference = item.difference or 0.0
    large = bool(is_large(difference, tests.minimum_difference.get(unit, 0.0)))
    significant = adjusted <= tests.level and large
    sign = "+" if difference > 0 else "-"
    return replace(item, mark=sign if significant else "none", p_adjusted=adjusted)
