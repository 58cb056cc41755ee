"""Models of impact.yaml: what drives an overall judgement, and the figures that follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from wavedeck.study.base import GroupName, Identifier, LocalText, Strict, WaveName
from wavedeck.study.codebook import Codebook
from wavedeck.study.indicators import IndicatorBase, Indicators

QUADRANTS = ("priority", "strength", "precondition", "no_priority")
Measure = Literal["auto", "correlation", "coefficient", "shapley", "johnson"]
Statistic = Literal[
    "importance", "rating", "placement", "distance", "what_if", "explained", "border", "count"
]
SHARES = ("shapley", "johnson")


class BorderRules(Strict):
    """Where the axes of the matrix are cut."""

    importance: Literal["mean", "median"] | float = Field(
        "mean", description="Mean or median of the drivers, or a fixed number as printed."
    )
    rating: Literal["mean", "median", "outcome"] | float = Field(
        "mean", description="Mean or median of the drivers, the mean of the outcome, or a fixed mark."
    )


class QuadrantNames(Strict):
    """What the report calls the four fields."""

    priority: LocalText = Field(description="High importance, low rating.")
    strength: LocalText = Field(description="High importance, high rating.")
    precondition: LocalText = Field(description="Low importance, high rating.")
    no_priority: LocalText = Field(description="Low importance, low rating.")


class Analysis(Strict):
    """How much each driver weighs in the overall judgement, and how it is rated."""

    label: LocalText = Field(description="What the analysis is called.")
    parts: list[Identifier] | None = Field(None, description="Parts that have it; all if left out.")
    waves: list[WaveName] | None = Field(None, description="Waves it is computed for; all if left out.")
    groups: list[GroupName] = Field(
        default_factory=lambda: ["all"], description="Groups and breakdowns with a model of their own."
    )
    outcome: Identifier = Field(description="Indicator with statistic mean: the overall judgement.")
    drivers: Identifier = Field(description="Indicator with statistic mean and items: what may drive it.")
    measure: Measure = Field(
        "auto", description="How importance is measured; auto: correlation from 20 drivers, else shapley."
    )
    missing: Literal["pairwise", "listwise"] = Field(
        "pairwise", description="Every pair on its own answers, or only who answered everything."
    )
    remedy: Literal["fail", "nearest", "ridge", "listwise"] = Field(
        "fail", description="What to do with a pairwise matrix that is not positive definite."
    )
    minimum_base: int = Field(100, ge=10, description="Fewest respondents behind a driver or a model.")
    maximum_not_applicable: float = Field(
        0.5, gt=0, le=1, description="Largest share, 0 to 1, to whom a driver may not apply."
    )
    replicates: int = Field(1000, ge=20, description="Number of bootstrap replicates.")
    seed: int = Field(1, ge=0, description="Seed of the replicates.")
    confidence: float = Field(
        0.8, gt=0.5, lt=1, description="Share of replicates that a driver's quadrant needs, 0 to 1."
    )
    borders: BorderRules = Field(default_factory=BorderRules, description="Where the axes are cut.")
    quadrants: QuadrantNames = Field(description="What the four fields are called.")
    kinds: dict[str, LocalText] = Field(
        default_factory=dict, description="Kind of aspect (`kind` of the codebook's items) -> its name."
    )
    step: float = Field(1.0, gt=0, description="What-if: how many points a driver rises.")

    def used_measure(self, drivers: int) -> str:
        """Return the measure of so many drivers: `impact.importance.default_measure` where it is auto."""
        if self.measure != "auto":
            return self.measure
        return "correlation" if drivers >= 20 else "shapley"


class Impact(Strict):
    """impact.yaml: name -> analysis."""

    analyses: dict[Identifier, Analysis] = Field(
        default_factory=dict, description="Analyses by name; the name begins that of their indicators."
    )


class ImpactIndicator(IndicatorBase):
    """One kind of result of an analysis, named and shown like a declared indicator."""

    statistic: Statistic = Field(description="Kind of result.")
    variable: str = Field("", description="Variable of the drivers, where there is a figure per driver.")
    unit: Literal["coefficient", "percent", "mark", "nps", "points", "count"] = Field(description="Unit.")
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
    found: dict[str, ImpactIndicator] = {}
    for name, analysis in impact.analyses.items():
        drivers = indicators.indicators[analysis.drivers]
        variable = getattr(drivers, "variable", "")
        shares = analysis.used_measure(driver_count(codebook, variable)) in SHARES
        own = drivers.decimals if drivers.decimals is not None else decimals.get(drivers.unit, 1)
        weight = ("percent", 1) if shares else ("coefficient", 3)
        kinds: dict[str, tuple[Statistic, str, tuple[str, int]]] = {
            "importance": ("importance", variable, weight),
            "rating": ("rating", variable, (drivers.unit, own + 1)),
            "quadrant": ("placement", variable, ("percent", 0)),
            "importance_distance": ("distance", variable, weight),
            "rating_distance": ("distance", variable, (drivers.unit, own + 1)),
            "whatif": ("what_if", variable, ("points", 2)),
            "importance_border": ("border", "", weight),
            "rating_border": ("border", "", (drivers.unit, own + 1)),
            "r2": ("explained", "", ("percent", 0)),
            "base": ("count", "", ("count", 0)),
        }
        for kind, (statistic, of, (unit, places)) in kinds.items():
            found[f"{name}_{kind}"] = ImpactIndicator(
                label=analysis.label,
                parts=analysis.parts,
                groups=analysis.groups,
                waves=analysis.waves,
                decimals=places,
                statistic=statistic,
                variable=of,
                unit=unit,
                named=dict(analysis.quadrants) if kind == "quadrant" else {},
            )
    return found


def driver_count(codebook: Codebook, variable: str) -> int:
    """Return how many items a variable has, over all waves."""
    declared = codebook.variables[variable]
    return len(declared.items) or len(codebook.loops.get(declared.loop or "", {}))
