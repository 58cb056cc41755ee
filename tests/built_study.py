"""A study as a build leaves it: respondents, weights and the full store, made by the library alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from wavedeck.figures.assemble import Stores, assemble
from wavedeck.figures.estimate import estimate_wave
from wavedeck.figures.impact import impact_wave
from wavedeck.figures.impact_recipe import impact_recipe
from wavedeck.figures.recipe import recipe_for, store_settings
from wavedeck.figures.records import Comparison, Figure
from wavedeck.figures.store import write_comparisons, write_figures
from wavedeck.intake.run import coding_of, run_intake
from wavedeck.intake.write import write_intake, write_text
from wavedeck.study.impact import Impact
from wavedeck.study.load import Study
from wavedeck.weighting.stage import weigh
from wavedeck.weighting.stored import write_weights


def build(study: Study, raw: Path, into: Path, wave: str, *, impact: bool = True) -> None:
    """Write what the stages up to the store of a wave's report write, below a folder."""
    made = stores(study if impact else replace(study, impact=Impact()), raw, into, wave)
    folder = into / "data" / "processed" / study.name / wave
    write_stores(made, folder)


def write_stores(made: Stores, folder: Path) -> None:
    """Write both stores where a build has them."""
    for prefix, store in (("full_", made.full), ("", made.publishable)):
        write_figures(store.figures.values(), folder / f"{prefix}figures.parquet")
        write_comparisons(store.comparisons.values(), folder / f"{prefix}comparisons.parquet")


def stores(study: Study, raw: Path, into: Path, wave: str) -> Stores:
    """Return the stores of a wave's report, computed from raw files below a folder."""
    figures: list[Figure] = []
    comparisons: list[Comparison] = []
    for one in study.waves_until(wave):
        for part in study.parts_in(one):
            folder = into / "data" / "processed" / study.name / one / part
            for found, tested in _estimated(study, raw, folder, part, one):
                figures += found
                comparisons += tested
    return assemble(figures, comparisons, store_settings(study, wave))


def _estimated(
    study: Study, raw: Path, folder: Path, part: str, wave: str
) -> Iterator[tuple[list[Figure], list[Comparison]]]:
    file = study.raw_file(part, wave)
    intake = run_intake(
        raw / file,
        raw_name=file,
        part=study.settings.parts[part],
        part_name=part,
        wave=wave,
        questions=study.codebook.questions(part, wave),
        cleaning=study.cleaning,
        earlier=study.earlier(part, wave),
        coding=coding_of(study, raw, part, wave),
    )
    write_intake(intake, folder)
    declared = study.weighting.parts.get(part)
    made = weigh(intake.responses, weighting=declared, book=study.group_book, part=part, root=raw)
    write_weights(made, folder)
    own = estimate_wave(intake.responses, made.table(), recipe_for(study, part, wave), raw)
    yield own.figures, own.comparisons
    driven = impact_wave(intake.responses, made.table(), impact_recipe(study, part, wave), raw)
    write_text(json.dumps(driven.cards, indent=1) + "\n", folder / "impact.json")
    yield driven.figures, driven.comparisons
