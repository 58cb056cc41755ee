"""Models of impact.yaml: what drives an overall judgement."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from wavedeck.study.base import GroupName, Identifier, LocalText, PlacedError, Strict, WaveName

QUADRANTS = ("priority", "strength", "precondition", "no_priority")
Measure = Literal["auto", "correlation", "coefficient", "shapley", "johnson"]
Family = Literal["linear", "binary", "ordinal"]
Reference = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]*(@[a-z0-9][a-z0-9_]*)?$")]
Kind = Literal[
    "importance",
    "rating",
    "quadrant",
    "importance_distance",
    "rating_distance",
    "whatif",
    "direction",
    "vif",
    "duplicate",
    "not_applicable",
    "importance_border",
    "rating_border",
    "condition",
    "r2",
    "base",
]
SHARES = ("shapley", "johnson")
LOGIT = ("binary", "ordinal")
REPLICATES_PER_IMPUTATION = 10


def quadrant_of(across: float, up: float) -> str:
    """Return the quadrant at a distance from the borders of importance and rating.

    >>> quadrant_of(0.1, -0.2), quadrant_of(-0.1, 0.0)
    ('priority', 'precondition')
    """
    priority, strength, precondition, no_priority = QUADRANTS
    if across >= 0:
        return strength if up >= 0 else priority
    return precondition if up >= 0 else no_priority


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


class Imputation(Strict):
    """How refused and blank answers are imputed."""

    imputations: int = Field(20, ge=2, description="Number of imputed data sets.")
    seed: int = Field(1, ge=0, description="Seed of the draws.")


class Analysis(Strict):
    """How much each driver weighs in the overall judgement, and how it is rated."""

    label: LocalText = Field(description="What the analysis is called.")
    parts: list[Identifier] | None = Field(None, description="Parts that have it; all if left out.")
    waves: list[WaveName] | None = Field(None, description="Waves it is computed for; all if left out.")
    groups: list[GroupName] = Field(
        default_factory=lambda: ["all"], description="Groups and breakdowns with a model of their own."
    )
    loop: Identifier | None = Field(
        None, description="Loop of the codebook: one analysis per entry, named `<analysis>_<entry>`."
    )
    entries: list[Identifier] | None = Field(
        None, description="Entries of the loop that have an analysis; all if left out."
    )
    outcome: Reference = Field(
        description="The overall judgement: an indicator with statistic mean, share or nps; `@` names the "
        "item or loop entry that is meant."
    )
    drivers: Reference = Field(
        description="What may drive it: an indicator with statistic mean and items; `@` names a loop entry."
    )
    family: Literal["auto"] | Family = Field(
        "auto",
        description="binary, ordinal: a (cumulative) logit model of the outcome; auto: binary for a share, "
        "else linear.",
    )
    measure: Measure = Field(
        "auto", description="How importance is measured; auto: correlation from 20 drivers, else shapley."
    )
    missing: Literal["auto", "pairwise", "listwise"] = Field(
        "auto",
        description="Every pair on its own answers, or only who answered everything; auto: pairwise, but "
        "listwise for a logit model.",
    )
    impute: Imputation | None = Field(
        None, description="Impute refused and blank drivers several times; never what does not apply."
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
    names: dict[Kind, LocalText] = Field(
        default_factory=dict,
        description="Kind of figure -> what tables and charts call it; each has a name of its own otherwise.",
    )
    step: float = Field(1.0, gt=0, description="What-if: how many points a driver rises.")

    @model_validator(mode="after")
    def _replicates_suffice(self) -> Analysis:
        if self.impute and self.replicates < REPLICATES_PER_IMPUTATION * self.impute.imputations:
            least = REPLICATES_PER_IMPUTATION * self.impute.imputations
            problem = (
                f"is too few for {self.impute.imputations} imputations, which share them; ask for {least}"
            )
            raise PlacedError([(("replicates",), problem)])
        return self

    @property
    def outcome_name(self) -> str:
        """Return the indicator of the outcome."""
        return self.outcome.partition("@")[0]

    @property
    def drivers_name(self) -> str:
        """Return the indicator of the drivers."""
        return self.drivers.partition("@")[0]

    @property
    def drivers_entry(self) -> str:
        """Return the loop entry whose items are the drivers, empty where there is none."""
        return self.drivers.partition("@")[2]

    def used_measure(self, drivers: int) -> str:
        """Return the measure of so many drivers: `impact.importance.default_measure` where it is auto."""
        if self.measure != "auto":
            return self.measure
        return "correlation" if drivers >= 20 else "shapley"

    def used_family(self, measure: str) -> Family:
        """Return the model of the outcome; a correlation needs none, and takes marks as they are."""
        return "linear" if measure == "correlation" or self.family == "auto" else self.family

    def used_missing(self, measure: str) -> Literal["pairwise", "listwise"]:
        """Return how answers that are not there are treated."""
        if self.missing != "auto":
            return self.missing
        return "listwise" if self.used_family(measure) in LOGIT else "pairwise"


class Impact(Strict):
    """impact.yaml: name -> analysis."""

    analyses: dict[Identifier, Analysis] = Field(
        default_factory=dict, description="Analyses by name; the name begins that of their indicators."
    )
