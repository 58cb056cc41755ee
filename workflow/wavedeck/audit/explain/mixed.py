"""Figures of a mixed build: raw files of one, weighting of another, definitions of a third.

Every stage's work is kept under what it rests on, so that a step whose inputs are equal costs nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pyarrow as pa

from wavedeck.audit.explain.build import Build
from wavedeck.audit.ledger import AuditError
from wavedeck.figures.assemble import assemble, store_settings
from wavedeck.figures.estimate import estimate_wave
from wavedeck.figures.impact import impact_wave
from wavedeck.figures.impact_recipe import impact_recipe
from wavedeck.figures.recipe import Recipe, recipe_for
from wavedeck.figures.records import Figure
from wavedeck.intake.coding import read_coding
from wavedeck.intake.run import run_intake
from wavedeck.study.errors import WavedeckError
from wavedeck.study.handover import IntakeSettings
from wavedeck.study.settings import PartWeighting
from wavedeck.study.wordless import without_words, wordless
from wavedeck.weighting.stage import weigh

Made = TypeVar("Made")
Unit = tuple[str, str]


@dataclass(frozen=True)
class Mix:
    """Which build each kind of input is taken from."""

    records: Build
    weights: Build
    definition: Build


@dataclass
class Workshop:
    """Computes the figures of mixes with the library's own stages; writes nothing.

    Attributes
    ----------
    made
        Results by stage and by the digest of all that they rest on.
    tables
        Responses and weights per part and wave: equal ones are one table, however they were made.
    """

    made: dict[tuple[str, str], Any] = field(default_factory=dict)
    tables: dict[tuple[str, ...], list[pa.Table]] = field(default_factory=dict)

    def figures(self, mix: Mix, units: Sequence[Unit]) -> tuple[dict[str, Figure], dict[Unit, str]]:
        """Return the figures of some parts and waves by address, and why some could not be computed."""
        found: dict[Unit, list[Figure]] = {}
        failed: dict[Unit, str] = {}
        for unit in units:
            try:
                found[unit] = self.estimates(mix, unit)
            except WavedeckError as error:
                failed[unit] = str(error)
        return self._judged(mix.definition, found), failed

    def _judged(self, definition: Build, found: dict[Unit, list[Figure]]) -> dict[str, Figure]:
        """Return figures with their states and ranges, as the store gives them."""
        if not found:
            return {}
        settings = store_settings(definition.study, definition.wave)
        recipes = [one for one in settings.recipes if (one.part, one.wave) in found]
        own = settings.model_copy(update={"recipes": recipes})
        every = [one for unit in found.values() for one in unit]
        return dict(assemble(every, [], own).full.figures)

    def estimates(self, mix: Mix, unit: Unit) -> list[Figure]:
        """Return the figures of one part and wave.

        Raises
        ------
        WavedeckError
            When the mix does not go together, e.g. a raw file lacks a column of the codebook.
        """
        responses, weights = self.responses(mix, unit), self.weights(mix, unit)
        study, (part, wave) = mix.definition.study, unit
        method = _weighting(mix.weights, part).method
        update = {"weighting": method}
        recipe = recipe_for(study, part, wave).model_copy(update=update)
        impact = impact_recipe(study, part, wave)
        impact = impact.model_copy(update={"recipe": impact.recipe.model_copy(update=update)})
        root, on = mix.definition.folder, f"{id(responses)}/{id(weights)}/{_id_lists(mix.definition)}"
        own = self._once(
            "estimate",
            (on, wordless(recipe)),
            lambda: estimate_wave(responses, weights, recipe, root).figures,
        )
        if not impact.analyses:
            return list(own)
        driven = self._once(
            "impact", (on, wordless(impact)), lambda: impact_wave(responses, weights, impact, root).figures
        )
        return [*own, *driven]

    def responses(self, mix: Mix, unit: Unit) -> pa.Table:
        """Return the responses of one part and wave: raw files of one build, definitions of another."""
        _require(mix.records, unit)
        _require(mix.definition, unit)
        settings = intake_settings(mix.records, mix.definition, unit)
        on = (wordless(settings), file_digests(mix.records, unit))
        return self._once("intake", on, lambda: self._alike(unit, _intake(mix, settings)))

    def weights(self, mix: Mix, unit: Unit) -> pa.Table:
        """Return the weights of one part and wave."""
        part, _ = unit
        table, declared = self._with_given(mix, unit), _weighting(mix.weights, part)
        study = mix.definition.study
        on = (
            id(table),
            wordless(declared),
            wordless(study.groups),
            wordless(study.codebook),
            _id_lists(mix.definition),
        )
        book, root = study.group_book, mix.definition.folder
        return self._once(
            "weight",
            on,
            lambda: self._alike(
                ("weights", *unit), weigh(table, weighting=declared, book=book, part=part, root=root).table()
            ),
        )

    def _with_given(self, mix: Mix, unit: Unit) -> pa.Table:
        """Return the responses; weights that raw files give are those of the build that weights are of."""
        table, declared = self.responses(mix, unit), _weighting(mix.weights, unit[0])
        if declared.method != "given" or mix.weights is mix.records:
            return table
        other = self.responses(Mix(mix.weights, mix.weights, mix.definition), unit)
        name = str(declared.variable)
        if other is table or name not in table.column_names or name not in other.column_names:
            return table
        return self._once(
            "given", (id(table), id(other), name), lambda: self._alike(unit, _taken(table, other, name))
        )

    def _alike(self, kind: tuple[str, ...], table: pa.Table) -> pa.Table:
        """Return a table that was made before and says the same, or this one."""
        known = self.tables.setdefault(kind, [])
        for other in known:
            if _bare(other).equals(_bare(table)):
                return other
        known.append(table)
        return table

    def _once(self, stage: str, on: Any, make: Callable[[], Made]) -> Made:
        key = (stage, digest(on))
        if key not in self.made:
            try:
                self.made[key] = make()
            except WavedeckError as error:
                self.made[key] = error
        found = self.made[key]
        if isinstance(found, WavedeckError):
            raise found
        return found


def _bare(table: pa.Table) -> pa.Table:
    """Return a table without the name of the raw file."""
    return table.drop_columns([name for name in ("_file",) if name in table.column_names])


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


def _intake(mix: Mix, spec: IntakeSettings) -> pa.Table:
    root = mix.records.folder
    coding = None
    if spec.coding:
        path = root / spec.coding.path(spec.wave)
        coding = read_coding(path, declared=spec.coding, wave=spec.wave, bases=spec.bases)
    return run_intake(
        root / spec.raw_name,
        raw_name=spec.raw_name,
        part=spec.part,
        part_name=spec.part_name,
        wave=spec.wave,
        questions=spec.questions,
        cleaning=spec.cleaning,
        earlier=spec.earlier,
        coding=coding,
    ).responses


def files_of(build: Build, unit: Unit) -> list[str]:
    """Return the raw file of a part and wave and, where there is one, its coding file."""
    part, wave = unit
    coding = build.study.verbatims.coding(part, wave)
    return [build.study.raw_file(part, wave), *([coding.path(wave)] if coding else [])]


def file_digests(build: Build, unit: Unit) -> dict[str, str]:
    """Return file -> SHA-256 of the records of a part and wave, empty where a file is missing."""
    return {name: _checksum(build, name) for name in files_of(build, unit)}


def _checksum(build: Build, name: str) -> str:
    path = build.folder / name
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _id_lists(build: Build) -> dict[str, str]:
    listed = (group.ids.file for group in build.study.groups.groups.values() if group.ids)
    return {name: _checksum(build, name) for name in sorted(set(listed))}


def _weighting(build: Build, part: str) -> PartWeighting:
    return build.study.weighting.parts.get(part, PartWeighting(method="none"))


def _require(build: Build, unit: Unit) -> None:
    part, wave = unit
    if wave not in build.study.wave_names or part not in build.study.parts_in(wave):
        raise AuditError(f"{build.label} has no part '{part}' in wave '{wave}'")


def respondent_keys(table: pa.Table) -> list[str]:
    """Return one name per row by which a respondent is known in another build: the id, numbered if twice."""
    seen: dict[str, int] = {}
    keys = []
    for one in table["_id"].to_pylist():
        seen[one] = seen.get(one, 0) + 1
        keys.append(one if seen[one] == 1 else f"{one}#{seen[one]}")
    return keys


def _taken(table: pa.Table, other: pa.Table, name: str) -> pa.Table:
    """Return a table in which respondents of the other one have their weight from there."""
    given = dict(zip(respondent_keys(other), other[name].to_pylist(), strict=True))
    own = table[name].to_pylist()
    values = [given.get(key, value) for key, value in zip(respondent_keys(table), own, strict=True)]
    place = table.column_names.index(name)
    return table.set_column(place, name, pa.array(values, table.schema.field(name).type))


def differing(first: Build, second: Build, unit: Unit) -> frozenset[str]:
    """Return which kinds of input of a part and wave differ between two builds.

    Words (labels, questions, notes) move no figure and are left aside.
    """
    if any(wave_missing(build, unit) for build in (first, second)):
        return frozenset({"records", "weights", "definition"})
    kinds = {
        "records": [_records_key(one, unit) for one in (first, second)],
        "weights": [wordless(_weighting(one, unit[0])) for one in (first, second)],
        "definition": [_definition_key(one, unit) for one in (first, second)],
    }
    found = {kind for kind, (a, b) in kinds.items() if digest(a) != digest(b)}
    given = any(_weighting(build, unit[0]).method == "given" for build in (first, second))
    return frozenset(found | ({"weights"} if given and "records" in found else set()))


def wave_missing(build: Build, unit: Unit) -> bool:
    """Tell whether a build has no such part and wave."""
    return unit not in build.units()


def _records_key(build: Build, unit: Unit) -> Any:
    source = build.study.settings.parts[unit[0]].source.model_dump(exclude={"checksums", "file"})
    return (sorted(file_digests(build, unit).values()), source)


def _definition_key(build: Build, unit: Unit) -> Any:
    part, wave = unit
    study = build.study
    settings = intake_settings(build, build, unit).model_dump(exclude={"coding": True, "raw_name": True})
    settings["part"].pop("source")
    store = store_settings(study, wave)
    recipe: Recipe = recipe_for(study, part, wave).model_copy(update={"weighting": ""})
    impact = wordless(impact_recipe(study, part, wave))
    impact["recipe"]["weighting"] = ""
    return (
        without_words(settings),
        wordless(recipe),
        impact,
        wordless(store.suppression),
        _id_lists(build),
    )
