"""Figures of a mixed build: raw files of one, weighting of another, definitions of a third.

Every stage's work is kept under what it rests on, so that a step whose inputs are equal costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa

from wavedeck.audit.explain.build import Build
from wavedeck.audit.explain.inputs import (
    Unit,
    digest,
    file_digests,
    id_lists,
    intake_settings,
    respondent_keys,
    weighting_of,
)
from wavedeck.audit.ledger import AuditError
from wavedeck.figures.assemble import assemble
from wavedeck.figures.estimate import estimate_wave
from wavedeck.figures.impact import impact_wave
from wavedeck.figures.impact_recipe import impact_recipe
from wavedeck.figures.recipe import recipe_for, store_settings
from wavedeck.figures.records import Figure
from wavedeck.intake.coding import read_coding
from wavedeck.intake.run import run_intake
from wavedeck.study.errors import WavedeckError
from wavedeck.study.handover import IntakeSettings
from wavedeck.study.wordless import wordless
from wavedeck.weighting.stage import weigh

Made = TypeVar("Made")


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
        method = weighting_of(mix.weights, part).method
        update = {"weighting": method}
        recipe = recipe_for(study, part, wave).model_copy(update=update)
        impact = impact_recipe(study, part, wave)
        impact = impact.model_copy(update={"recipe": impact.recipe.model_copy(update=update)})
        root, on = mix.definition.folder, f"{id(responses)}/{id(weights)}/{id_lists(mix.definition)}"
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
        table, declared = self._with_given(mix, unit), weighting_of(mix.weights, part)
        study = mix.definition.study
        on = (
            id(table),
            wordless(declared),
            wordless(study.groups),
            wordless(study.codebook),
            id_lists(mix.definition),
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
        table, declared = self.responses(mix, unit), weighting_of(mix.weights, unit[0])
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


def _require(build: Build, unit: Unit) -> None:
    part, wave = unit
    if wave not in build.study.wave_names or part not in build.study.parts_in(wave):
        raise AuditError(f"{build.label} has no part '{part}' in wave '{wave}'")


def _taken(table: pa.Table, other: pa.Table, name: str) -> pa.Table:
    """Return a table in which respondents of the other one have their weight from there."""
    at = respondent_keys(other).get_indexer(respondent_keys(table))
    there, own = (one[name].to_numpy(zero_copy_only=False) for one in (other, table))
    values = np.where(at >= 0, there[at], own)
    place = table.column_names.index(name)
    return table.set_column(place, name, pa.array(values, table.schema.field(name).type, from_pandas=True))
