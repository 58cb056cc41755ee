"""What a reader should know of a model: method, bases, what was left out, collinearity."""

from __future__ import annotations

from typing import Any

from wavedeck.figures.impact_battery import Battery
from wavedeck.figures.impact_model import Fitted
from wavedeck.figures.records import finite
from wavedeck.impact.selection import REASONS
from wavedeck.study.impact import QUADRANTS, Analysis

METHODS = {
    "correlation": "Weighted correlation of driver and outcome; each driver on its own answers.",
    "coefficient": "Standardised coefficient of a weighted linear model of all drivers.",
    "shapley": "Shapley (LMG) share of the variance explained by a weighted linear model of all drivers.",
    "johnson": "Johnson's relative weight in a weighted linear model of all drivers.",
}


def failed_card(measure: str, problem: str) -> dict[str, Any]:
    """Return the card of a group whose answers do not carry a model."""
    return {"measure": measure, "problem": problem}


def card_of(fitted: Fitted, battery: Battery, analysis: Analysis) -> dict[str, Any]:
    """Return the card of one model, ready for JSON."""
    found, placement = fitted.importance, fitted.placement
    return {
        "measure": found.measure,
        "method": METHODS[found.measure],
        "uncertainty": found.uncertainty,
        "family": analysis.used_family(found.measure),
        "missing": analysis.used_missing(found.measure),
        "imputation": _imputation(fitted, analysis),
        "replicates": analysis.replicates,
        "replicates_lost": found.lost,
        "seed": analysis.seed,
        "respondents": fitted.respondents,
        "answered_everything": found.complete_base,
        "r_squared": finite(found.r_squared),
        "borders": {"importance": placement.importance_border, "rating": placement.rating_border},
        "remedy": {
            "used": found.remedied.remedy or "none",
            "smallest_eigenvalue": finite(found.remedied.minimum_eigenvalue),
            "largest_change": found.remedied.largest_change,
        },
        "drivers": {item: _driver(fitted, place) for place, item in enumerate(fitted.items)},
        "left_out": {
            item: {"reason": REASONS[reason], "base": base}
            for item, (reason, base) in fitted.left_out.items()
        },
        "not_applicable": dict(zip(battery.asked, map(float, fitted.selection.not_applicable), strict=True)),
        "collinearity": _collinearity(fitted),
    }


def _driver(fitted: Fitted, place: int) -> dict[str, Any]:
    found, placement = fitted.importance, fitted.placement
    return {
        "base": float(found.base[place]),
        "importance": float(found.estimate[place]),
        "negative": bool(found.negative[place]),
        "error_bound": float(found.error_bound[place]),
        "rating": float(fitted.ratings.estimate[place]),
        "quadrant": QUADRANTS[int(placement.quadrant[place])],
        "placed": bool(placement.placed[place]),
        "probability": dict(zip(QUADRANTS, map(float, placement.probability[place]), strict=True)),
        "slope": None if fitted.what_if is None else float(fitted.what_if.slope[place]),
    }


def _imputation(fitted: Fitted, analysis: Analysis) -> dict[str, Any] | None:
    if analysis.impute is None or fitted.imputed is None:
        return None
    return {
        "method": "Refused and blank drivers are drawn from a normal model given the other answers, with "
        "parameters of one weighted bootstrap replicate each; estimates are pooled by Rubin's rules. What "
        "does not apply is never imputed, nor is the outcome.",
        "imputations": analysis.impute.imputations,
        "seed": analysis.impute.seed,
        "imputed": dict(zip(fitted.items, map(float, fitted.imputed), strict=True)),
    }


def _collinearity(fitted: Fitted) -> dict[str, Any] | None:
    found = fitted.collinearity
    if found is None:
        return None
    return {
        "condition_number": found.condition_number,
        "variance_inflation": dict(zip(fitted.items, map(float, found.vif), strict=True)),
        "duplicates": [
            {
                "drivers": [fitted.items[pair.first], fitted.items[pair.second]],
                "correlation": pair.correlation,
            }
            for pair in found.duplicates
        ],
        "strong": found.strong,
    }
