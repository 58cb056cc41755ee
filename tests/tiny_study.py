"""The tiny study, its stores and the context of its report, made once for all tests."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pyarrow as pa

from wavedeck.figures.assemble import Stores, assemble
from wavedeck.figures.estimate import Estimates, estimate_wave
from wavedeck.figures.recipe import Recipe, recipe_for, store_settings
from wavedeck.figures.records import Comparison, Figure
from wavedeck.figures.store import FigureStore
from wavedeck.intake.run import coding_of, run_intake
from wavedeck.narrative.narrator import Narrator
from wavedeck.render.compose.context import Context
from wavedeck.render.style import HouseStyle, load_style
from wavedeck.study.deck import ChartSlide, Slide, TableSlide
from wavedeck.study.load import Study, load_study
from wavedeck.weighting.stage import weigh

HOME = Path(__file__).parent
ROOT = HOME / "tiny"
TEMPLATES = ROOT / "templates" / "tiny"
HOUSE = HOME.parent / "templates" / "house"
PART = "visitors"


@cache
def study() -> Study:
    return load_study(ROOT / "config" / "studies" / "tiny")


@cache
def responses(wave: str) -> pa.Table:
    own, raw = study(), study().raw_file(PART, wave)
    return run_intake(
        ROOT / raw,
        raw_name=raw,
        part=own.settings.parts[PART],
        part_name=PART,
        wave=wave,
        questions=own.codebook.questions(PART, wave),
        cleaning=own.cleaning,
        coding=coding_of(own, ROOT, PART, wave),
    ).responses


@cache
def weights(wave: str) -> pa.Table:
    declared = study().weighting.parts[PART]
    made = weigh(responses(wave), weighting=declared, book=study().group_book, part=PART, root=ROOT)
    return made.table()


def recipe(wave: str, **changes: object) -> Recipe:
    return recipe_for(study(), PART, wave).model_copy(update=changes)


@cache
def estimates(wave: str) -> Estimates:
    return estimate_wave(responses(wave), weights(wave), recipe(wave), ROOT)


def assembled(wave: str = "2024", **settings: object) -> Stores:
    made = [estimates(name) for name in study().waves_until(wave)]
    figures: Sequence[Figure] = [one for own in made for one in own.figures]
    rest: Sequence[Comparison] = [one for own in made for one in own.comparisons]
    return assemble(figures, rest, store_settings(study(), wave).model_copy(update=settings))


@cache
def stores(wave: str = "2024") -> Stores:
    return assembled(wave)


def store() -> FigureStore:
    return stores().publishable


def narrator(wave: str = "2024", language: str = "en") -> Narrator:
    return Narrator(stores(wave).publishable, study(), wave, language)


@cache
def style() -> HouseStyle:
    return load_style(HOUSE / "style.yaml")


def context(wave: str = "2024", **changes: object) -> Context:
    made = {"study": study(), "store": stores(wave).publishable, "templates": TEMPLATES, **changes}
    return Context(wave=wave, language="en", style=style(), **made)  # type: ignore[arg-type]


def slide(name: str) -> Slide:
    return next(one for one in study().deck.slides if one.id == name)


def chart_slide(name: str = "services", **changes: object) -> ChartSlide:
    """Return a slide of the tiny deck, its chart declared otherwise."""
    own = slide(name)
    assert isinstance(own, ChartSlide)
    chart = {**own.chart.model_dump(exclude_unset=True), **changes}
    return ChartSlide.model_validate({**own.model_dump(exclude_unset=True), "chart": chart})


def table_slide(name: str = "service_table", **changes: object) -> TableSlide:
    """Return a slide of the tiny deck, its table declared otherwise."""
    own = slide(name)
    assert isinstance(own, TableSlide)
    table = {**own.table.model_dump(exclude_unset=True), **changes}
    return TableSlide.model_validate({**own.model_dump(exclude_unset=True), "table": table})
