"""What recomputation needs to know of a study: everything but words and slides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wavedeck.study.base import Strict
from wavedeck.study.codebook import Codebook
from wavedeck.study.deck import DeckSpec
from wavedeck.study.impact import Impact
from wavedeck.study.indicators import Indicators
from wavedeck.study.load import Study
from wavedeck.study.settings import Cleaning, Groups, StudySettings, Weighting
from wavedeck.study.verbatims import Verbatims
from wavedeck.study.wordless import wordless


class RecomputeSettings(Strict):
    """A study as its figures see it."""

    folder: str
    settings: StudySettings
    codebook: Codebook
    cleaning: Cleaning
    groups: Groups
    weighting: Weighting
    indicators: Indicators
    impact: Impact
    verbatims: Verbatims


NAMES = [name for name in RecomputeSettings.model_fields if name != "folder"]


def recompute_settings(study: Study) -> dict[str, Any]:
    """Take what recomputation needs from a study, words left out."""
    models = {name: getattr(study, name) for name in NAMES}
    return wordless(RecomputeSettings(folder=str(study.folder), **models))


def restored(data: dict[str, Any]) -> Study:
    """Return the study that `recompute_settings` gave as plain data."""
    given = RecomputeSettings.model_validate(data)
    models = {name: getattr(given, name) for name in NAMES}
    return Study(folder=Path(given.folder), deck=DeckSpec.model_construct(slides=[]), **models)


def files_read(study: Study, wave: str) -> list[str]:
    """Return the files of the study that the recomputation of a wave's report reads."""
    found: list[str] = []
    for one in study.waves_until(wave):
        for part in study.parts_in(one):
            coding = study.verbatims.coding(part, one)
            found += [study.raw_file(part, one), *([coding.path(one)] if coding else [])]
    found += [group.ids.file for group in study.groups.groups.values() if group.ids]
    return list(dict.fromkeys(found))
