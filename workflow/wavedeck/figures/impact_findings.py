"""What a person should know of the models of impact: failures, signs, collinearity, what was left out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wavedeck.figures.impact_model import Fitted
from wavedeck.impact.errors import ImpactError, TooFewRespondentsError
from wavedeck.impact.selection import REASONS
from wavedeck.stats.arrays import Booleans
from wavedeck.study.findings import Finding, Severity

STANDARD_ERRORS = 2.0


def failed_finding(place: str, error: ImpactError) -> Finding:
    """Return the finding of a group whose answers carry no model."""
    few = isinstance(error, TooFewRespondentsError)
    message = f"has no model and its figures are hidden: {error}"
    return _finding("note" if few else "warning", "impact_no_model", place, message)


def findings_of(place: str, fitted: Fitted) -> Iterator[Finding]:
    """Yield what a person should know of one model."""
    yield from _left_out(place, fitted)
    found = fitted.importance
    yield from _negative(place, fitted)
    if found.remedied.remedy:
        message = (
            "the pairwise correlation matrix was not positive definite (smallest eigenvalue "
            f"{found.remedied.minimum_eigenvalue:.3g}); remedy {found.remedied.remedy} changed a correlation "
            f"by up to {found.remedied.largest_change:.3f}"
        )
        yield _finding("warning", "impact_remedy", place, message)
    yield from _collinear(place, fitted)
    if found.lost:
        message = f"{found.lost} replicates gave no answer and do not count"
        yield _finding("note", "impact_replicates_lost", place, message)


def _negative(place: str, fitted: Fitted) -> Iterator[Finding]:
    """Yield drivers that pull the wrong way: a warning where that is more than chance, else a note."""
    found = fitted.importance
    clear = found.direction < -STANDARD_ERRORS / np.sqrt(found.base)
    severities: dict[Severity, Booleans] = {
        "warning": found.negative & clear,
        "note": found.negative & ~clear,
    }
    for severity, which in severities.items():
        if which.any():
            names = ", ".join(item for item, one in zip(fitted.items, which, strict=True) if one)
            more = "" if severity == "warning" else ", which may be chance"
            message = f"{names}: importance, or correlation with the outcome, is below 0{more}"
            yield _finding(severity, "impact_negative", place, message)


def _left_out(place: str, fitted: Fitted) -> Iterator[Finding]:
    for item, (reason, base) in fitted.left_out.items():
        message = f"'{item}' is left out: {REASONS[reason]}; {base:.0f} respondents answered it"
        yield _finding("note", "impact_left_out", place, message)


def _collinear(place: str, fitted: Fitted) -> Iterator[Finding]:
    found = fitted.collinearity
    if found is None:
        return
    for pair in found.duplicates:
        names = f"{fitted.items[pair.first]} and {fitted.items[pair.second]}"
        message = (
            f"{names} nearly coincide (correlation {pair.correlation:.2f}) and share their importance; "
            "keep one of them"
        )
        yield _finding("warning", "impact_duplicate", place, message)
    if found.strong:
        worst = int(found.vif.argmax())
        message = (
            f"drivers depend strongly on one another (condition number {found.condition_number:.1f}; "
            f"variance inflation up to {found.vif[worst]:.1f}, of {fitted.items[worst]}): read with care"
        )
        yield _finding("warning", "impact_collinear", place, message)


def _finding(severity: Severity, rule: str, place: str, message: str) -> Finding:
    return Finding(severity=severity, rule=rule, file=place, message=message)
