"""The indicators that analyses of impact make: one per kind of result, shown like declared ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import Field

from wavedeck.study.base import ANY_LANGUAGE, LocalText
from wavedeck.study.codebook import Codebook
from wavedeck.study.impact import SHARES, Analysis, Impact
from wavedeck.study.indicators import IndicatorBase, Indicators

Statistic = Literal[
    "importance",
    "rating",
    "placement",
    "distance",
    "what_if",
    "explained",
    "border",
    "count",
    "direction",
    "inflation",
    "duplicate",
    "condition",
    "not_applicable",
]
KIND_NAMES: dict[str, dict[str, str]] = {
    "importance": {ANY_LANGUAGE: "Importance", "nl": "Belang", "de": "Gewicht", "fr": "Importance"},
    "rating": {ANY_LANGUAGE: "Rating", "nl": "Oordeel", "de": "Bewertung", "fr": "Note"},
    "quadrant": {ANY_LANGUAGE: "Certainty", "nl": "Zekerheid", "de": "Sicherheit", "fr": "Certitude"},
    "whatif": {ANY_LANGUAGE: "Effect", "nl": "Effect", "de": "Wirkung", "fr": "Effet"},
    "not_applicable": {
        ANY_LANGUAGE: "Does not apply",
        "nl": "Niet van toepassing",
        "de": "Trifft nicht zu",
        "fr": "Sans objet",
    },
    "base": {ANY_LANGUAGE: "Respondents", "nl": "Respondenten", "de": "Befragte", "fr": "Répondants"},
}


class ImpactIndicator(IndicatorBase):
    """One kind of result of an analysis, named and shown like a declared indicator."""

    statistic: Statistic = Field(description="Kind of result.")
    variable: str = Field("", description="Variable of the drivers, where there is a figure per driver.")
    unit: Literal["coefficient", "percent", "mark", "nps", "points", "count"] = Field(description="Unit.")
    items: tuple[str, ...] = Field((), description="Drivers, where there is a figure per driver.")
    named: dict[str, LocalText] = Field(default_factory=dict, description="Quadrant -> what it is called.")


def impact_indicators(
    impact: Impact, indicators: Indicators, codebook: Codebook, decimals: Mapping[str, int]
) -> dict[str, ImpactIndicator]:
    """Return the indicators that analyses make, by the name in their addresses.

    Parameters
    ----------
    decimals
        Unit -> decimals printed, as study.yaml declares them.
    """
    return {
        f"{name}_{kind}": made
        for name, analysis in impact.analyses.items()
        for kind, made in _of_analysis(analysis, indicators, codebook, decimals)
    }


def _of_analysis(
    analysis: Analysis, indicators: Indicators, codebook: Codebook, decimals: Mapping[str, int]
) -> Iterator[tuple[str, ImpactIndicator]]:
    drivers = indicators.indicators[analysis.drivers_name]
    variable = getattr(drivers, "variable", "")
    items = driver_items(codebook, variable)
    shares = analysis.used_measure(len(items)) in SHARES
    own = drivers.decimals if drivers.decimals is not None else decimals.get(drivers.unit, 1)
    weight = ("percent", 1) if shares else ("coefficient", 3)
    mark = (drivers.unit, own + 1)
    kinds: dict[str, tuple[Statistic, bool, tuple[str, int]]] = {
        "importance": ("importance", True, weight),
        "rating": ("rating", True, mark),
        "quadrant": ("placement", True, ("percent", 0)),
        "importance_distance": ("distance", True, weight),
        "rating_distance": ("distance", True, mark),
        "whatif": ("what_if", True, _effect(analysis, indicators)),
        "direction": ("direction", True, ("coefficient", 2)),
        "vif": ("inflation", True, ("coefficient", 1)),
        "duplicate": ("duplicate", True, ("coefficient", 2)),
        "not_applicable": ("not_applicable", True, ("percent", 0)),
        "condition": ("condition", False, ("coefficient", 1)),
        "importance_border": ("border", False, weight),
        "rating_border": ("border", False, mark),
        "r2": ("explained", False, ("percent", 0)),
        "base": ("count", False, ("count", 0)),
    }
    names: dict[str, LocalText] = {**KIND_NAMES, **{str(kind): text for kind, text in analysis.names.items()}}
    for kind, (statistic, is_each, (unit, places)) in kinds.items():
        yield (
            kind,
            ImpactIndicator(
                label=names.get(kind, analysis.label),
                parts=analysis.parts,
                groups=analysis.groups,
                waves=analysis.waves,
                decimals=places,
                statistic=statistic,
                variable=variable if is_each else "",
                items=items if is_each else (),
                unit=unit,
                named=dict(analysis.quadrants) if kind == "quadrant" else {},
            ),
        )


def _effect(analysis: Analysis, indicators: Indicators) -> tuple[str, int]:
    """Return unit and decimals of what-if: those of the outcome, whose mean moves."""
    outcome = indicators.indicators[analysis.outcome_name]
    return ("points", 1) if outcome.unit in ("percent", "nps") else ("points", 2)


def driver_items(codebook: Codebook, variable: str) -> tuple[str, ...]:
    """Return the items of a variable over all waves; the entries of its loop where it has none."""
    declared = codebook.variables[variable]
    return tuple(declared.items) or tuple(codebook.loops.get(declared.loop or "", {}))
