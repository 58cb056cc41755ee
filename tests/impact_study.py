"""The tiny study with its analysis of impact, made once for all tests."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import tiny_study
from wavedeck.figures.assemble import Stores, assemble
from wavedeck.figures.impact import ImpactResults, impact_wave
from wavedeck.figures.impact_recipe import ImpactRecipe, impact_recipe
from wavedeck.figures.recipe import store_settings
from wavedeck.study.deck import MatrixSlide
from wavedeck.study.impact import Impact
from wavedeck.study.impact_loops import spell_out
from wavedeck.study.load import Study

ANALYSIS = "drivers"
SLIDE = MatrixSlide(id="matrix", kind="matrix", analysis=ANALYSIS)


def recipe(wave: str = "2024", **changes: object) -> ImpactRecipe:
    """Return what the stage needs, the analysis declared otherwise."""
    made = impact_recipe(tiny_study.study(), tiny_study.PART, wave)
    analysis = made.analyses[ANALYSIS].model_copy(update=changes)
    return made.model_copy(update={"analyses": {ANALYSIS: analysis}})


def declared(**changes: object) -> Study:
    """Return the tiny study with its analysis declared otherwise, as `load_study` would give it."""
    study = tiny_study.study()
    own = study.impact.analyses[ANALYSIS].model_dump(exclude_unset=True)
    own.pop("family")
    impact = Impact.model_validate({"analyses": {ANALYSIS: {**own, **changes}}})
    return replace(study, impact=spell_out(impact, study.indicators, study.codebook))


def analysed(study: Study, wave: str = "2024") -> ImpactResults:
    """Return what the stage makes of a study's analyses."""
    wanted = impact_recipe(study, tiny_study.PART, wave)
    return impact_wave(tiny_study.responses(wave), tiny_study.weights(wave), wanted, tiny_study.ROOT)


def results(wave: str = "2024", **changes: object) -> ImpactResults:
    tables = tiny_study.responses(wave), tiny_study.weights(wave)
    return impact_wave(*tables, recipe(wave, **changes), tiny_study.ROOT)


@cache
def stores() -> Stores:
    figures, rest = [], []
    for wave in ("2023", "2024"):
        for own in (tiny_study.estimates(wave), results(wave)):
            figures += own.figures
            rest += own.comparisons
    return assemble(figures, rest, store_settings(tiny_study.study(), "2024"))
