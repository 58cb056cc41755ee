"""What one impact stage needs to know of the study."""

from __future__ import annotations

from wavedeck.figures.recipe import Recipe, recipe_for
from wavedeck.study.base import Strict
from wavedeck.study.impact import Analysis, QuadrantNames
from wavedeck.study.impact_indicators import ImpactIndicator
from wavedeck.study.load import Study
from wavedeck.study.wordless import SILENT

NAMELESS = QuadrantNames(priority=SILENT, strength=SILENT, precondition=SILENT, no_priority=SILENT)


class ImpactRecipe(Strict):
    """Settings of one impact stage; goes through the workflow as a plain dictionary."""

    recipe: Recipe
    analyses: dict[str, Analysis]
    made: dict[str, ImpactIndicator]

    def group_names(self) -> tuple[str, ...]:
        """Return every group that an analysis needs."""
        wanted = [name for analysis in self.analyses.values() for name in analysis.groups]
        return self.recipe.expand(list(dict.fromkeys(["all", *wanted])))


def impact_recipe(study: Study, part: str, wave: str) -> ImpactRecipe:
    """Take what the impact stage of one wave of one part needs from a study."""
    analyses = {
        name: analysis.model_copy(update={"quadrants": NAMELESS, "kinds": {}})
        for name, analysis in study.impact.analyses.items()
        if analysis.parts is None or part in analysis.parts
    }
    used = [name for one in analyses.values() for name in (one.outcome_name, one.drivers_name)]
    known = study.indicators.indicators
    recipe = recipe_for(study, part, wave).model_copy(
        update={"indicators": {name: known[name] for name in used}, "gross": None}
    )
    made = {
        name: spec.model_copy(update={"named": {}})
        for name, spec in study.every_indicator.items()
        if isinstance(spec, ImpactIndicator)
    }
    return ImpactRecipe(recipe=recipe, analyses=analyses, made=made)
