"""What the method appendix says of the tests: how was decided, how many there were, what chance gives."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from wavedeck.figures.records import Comparison, Figure
from wavedeck.intake.write import write_text
from wavedeck.stats.corrections import expected_by_chance
from wavedeck.study.settings import Tests

SIDES = 2
TEST = "t test of a difference under the design, with the variance that follows the weighting"
DECISION = "Welch degrees of freedom on the groups' own respondents, or clusters where the design has them"
FAMILY = "one indicator of one part in one wave, against one thing"
MARKS = ("+", "-")


def method_summary(
    comparisons: Iterable[Comparison], figures: Mapping[str, Figure], tests: Tests
) -> dict[str, Any]:
    """Return how differences were tested, and per kind of comparison how often and with what outcome.

    Parameters
    ----------
    comparisons
        Those of the publishable store, with their marks.
    figures
        Figures of the store by address.
    tests
        What the study declares.

    Returns
    -------
    dict
        ``level``, ``sides``, ``test``, ``decision``, ``minimum_base``, ``correction``, ``family``,
        ``minimum_difference``; under ``kinds`` the counts of all waves, and under ``waves`` those of
        each: ``tests`` done, ``expected_by_chance`` marks when nothing differs, nothing is corrected and
        no smallest difference is asked, ``below_level`` tests with an uncorrected p at most the level,
        ``marks`` printed, and ``untested`` comparisons by reason.
    """
    items = list(comparisons)
    waves: dict[str, list[Comparison]] = defaultdict(list)
    for item in items:
        waves[figures[item.address].wave].append(item)
    return {
        "level": tests.level,
        "sides": SIDES,
        "test": TEST,
        "decision": DECISION,
        "minimum_base": tests.minimum_base,
        "correction": tests.correction,
        "family": FAMILY,
        "minimum_difference": dict(sorted(tests.minimum_difference.items())),
        "kinds": _kinds(items, tests.level),
        "waves": {wave: _kinds(waves[wave], tests.level) for wave in sorted(waves)},
    }


def tests_of(
    comparisons: Iterable[Comparison], figures: Mapping[str, Figure], *, part: str, wave: str, level: float
) -> dict[str, dict[str, Any]]:
    """Return per kind of comparison what `method_summary` counts, for one part in one wave."""
    pairs = ((item, figures[item.address]) for item in comparisons)
    return _kinds([item for item, figure in pairs if (figure.part, figure.wave) == (part, wave)], level)


def _kinds(items: Iterable[Comparison], level: float) -> dict[str, dict[str, Any]]:
    by_kind: dict[str, list[Comparison]] = defaultdict(list)
    for item in items:
        by_kind[item.kind].append(item)
    return {kind: _counts(by_kind[kind], level) for kind in sorted(by_kind)}


def _counts(items: list[Comparison], level: float) -> dict[str, Any]:
    p = [item.decision_p for item in items if item.mark and item.decision_p is not None]
    reasons = Counter(_reason(item) for item in items if not item.mark)
    return {
        "comparisons": len(items),
        "tests": len(p),
        "expected_by_chance": round(expected_by_chance(len(p), level=1 - level), 6),
        "below_level": sum(value <= level for value in p),
        "marks": sum(item.mark in MARKS for item in items),
        "untested": dict(sorted(reasons.items())),
    }


def _reason(item: Comparison) -> str:
    """Return why there was no test, without the address of the figure that is the cause."""
    return item.reason.partition(": ")[0] or "no p value"


def write_methods(summary: Mapping[str, Any], path: Path) -> None:
    """Write a summary as JSON, the same bytes for the same summary."""
    write_text(json.dumps(summary, indent=2, ensure_ascii=False, allow_nan=False) + "\n", path)
