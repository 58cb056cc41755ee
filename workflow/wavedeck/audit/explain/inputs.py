"""What a build's figures rest on: files, settings, and which of them differ between two builds."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pandas as pd
import pyarrow as pa

from wavedeck.audit.explain.build import Build
from wavedeck.figures.impact_recipe import impact_recipe
from wavedeck.figures.recipe import recipe_for, store_settings
from wavedeck.study.handover import IntakeSettings
from wavedeck.study.settings import PartWeighting
from wavedeck.study.wordless import without_words, wordless

Unit = tuple[str, str]


def digest(of: Any) -> str:
    """Return one digest of plain data."""
    return hashlib.sha256(json.dumps(of, sort_keys=True, default=str).encode()).hexdigest()


def intake_settings(records: Build, definition: Build, unit: Unit) -> IntakeSettings:
    """Return what intake needs: where raw files stand from one build, what they mean from another."""
    part, wave = unit
    study = definition.study
    questions = list(study.codebook.questions(part, wave))
    source = records.study.settings.parts[part].source
    return IntakeSettings(
        part_name=part,
        wave=wave,
        raw_name=records.study.raw_file(part, wave),
        part=study.settings.parts[part].model_copy(update={"source": source}),
        questions=questions,
        cleaning=study.cleaning,
        earlier=study.earlier(part, wave),
        coding=records.study.verbatims.coding(part, wave),
        bases={one.name: study.verbatims.base(one.name) for one in questions if one.coded_from},
    )


def files_of(build: Build, unit: Unit) -> list[str]:
    """Return the raw file of a part and wave and, where there is one, its coding file."""
    part, wave = unit
    coding = build.study.verbatims.coding(part, wave)
    return [build.study.raw_file(part, wave), *([coding.path(wave)] if coding else [])]


def file_digests(build: Build, unit: Unit) -> dict[str, str]:
    """Return file -> SHA-256 of the records of a part and wave, empty where a file is missing."""
    return {name: build.checksum(name) for name in files_of(build, unit)}


def id_lists(build: Build) -> dict[str, str]:
    """Return file -> SHA-256 of the lists of ids that groups are made of."""
    listed = (group.ids.file for group in build.study.groups.groups.values() if group.ids)
    return {name: build.checksum(name) for name in sorted(set(listed))}


def weighting_of(build: Build, part: str) -> PartWeighting:
    """Return how a part is weighted."""
    return build.study.weighting.parts.get(part, PartWeighting(method="none"))


def respondent_keys(table: pa.Table) -> pd.Index:
    """Return one name per row by which a respondent is known in another build: the id, numbered if twice."""
    ids = pd.Series(table["_id"].to_pandas().to_numpy(object), dtype=object)
    before = ids.groupby(ids).cumcount()
    return pd.Index(ids.where(before == 0, ids.astype(str) + "#" + (before + 1).astype(str)))


def differing(first: Build, second: Build, unit: Unit) -> frozenset[str]:
    """Return which kinds of input of a part and wave differ between two builds.

    Words (labels, questions, notes) move no figure and are left aside.
    """
    if any(wave_missing(build, unit) for build in (first, second)):
        return frozenset({"records", "weights", "definition"})
    kinds = {
        "records": [_records_key(one, unit) for one in (first, second)],
        "weights": [wordless(weighting_of(one, unit[0])) for one in (first, second)],
        "definition": [_definition_key(one, unit) for one in (first, second)],
    }
    found = {kind for kind, (a, b) in kinds.items() if digest(a) != digest(b)}
    given = any(weighting_of(build, unit[0]).method == "given" for build in (first, second))
    return frozenset(found | ({"weights"} if given and "records" in found else set()))


def wave_missing(build: Build, unit: Unit) -> bool:
    """Tell whether a build has no such part and wave."""
    return unit not in build.units()


def _records_key(build: Build, unit: Unit) -> Any:
    source = build.study.settings.parts[unit[0]].source.model_dump(exclude={"checksums", "file"})
    coding = build.study.verbatims.coding(*unit)
    return (sorted(file_digests(build, unit).values()), source, coding.model_dump() if coding else None)


def _definition_key(build: Build, unit: Unit) -> Any:
    part, wave = unit
    study = build.study
    settings = intake_settings(build, build, unit).model_dump(exclude={"coding": True, "raw_name": True})
    settings["part"].pop("source")
    store = store_settings(study, wave)
    recipe = recipe_for(study, part, wave).model_copy(update={"weighting": ""})
    impact = wordless(impact_recipe(study, part, wave))
    impact["recipe"]["weighting"] = ""
    return (
        without_words(settings),
        wordless(recipe),
        impact,
        wordless(store.suppression),
        id_lists(build),
    )
