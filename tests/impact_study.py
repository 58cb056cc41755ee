"""The tiny study with its analysis of impact, made once for all tests."""

from __future__ import annotations

from functools import cache

import tiny_study
from wavedeck.figures.assemble import Stores, assemble, store_settings
from wavedeck.figures.impact import ImpactResults, impact_wave
from wavedeck.figures.impact_recipe import ImpactRecipe, impact_recipe
from wavedeck.study.deck import MatrixSlide

ANALYSIS = "drivers"
SLIDE = MatrixSlide(id="matrix", kind="matrix", analysis=ANALYSIS)


def recipe(wave: str = "2024", **changes: object) -> ImpactRecipe:
    """Return what the stage needs, the analysis declared otherwise."""
    made = impact_recipe(tiny_study.study(), tiny_study.PART, wave)
    analysis = made.analyses[ANALYSIS].model_copy(update=changes)
    return made.model_copy(update={"analyses": {ANALYSIS: analysis}})


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
