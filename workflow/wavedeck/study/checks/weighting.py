"""Check weighting.yaml: groups, variables and targets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum

from wavedeck.study.checks.vocabulary import FREE_TYPES, Problems, Vocabulary, unknown
from wavedeck.study.settings import Cell, PartWeighting, Weighting
from wavedeck.study.shape import Location

TOLERANCE = 1e-6
KEY_OF_METHOD = {"given": "variable", "cell": "cells", "rake": "margins"}


def check_weighting(weighting: Weighting, names: Vocabulary) -> Problems:
    """Check what weighting.yaml says against the groups and the codebook."""
    yield from names.keys("part", weighting.parts, names.parts, ("parts",))
    for part, declared in weighting.parts.items():
        if part in names.parts:
            yield from _check_part(part, declared, names)


def _check_part(part: str, declared: PartWeighting, names: Vocabulary) -> Problems:
    path = ("parts", part)
    yield from _check_keys(declared, path)
    if declared.variable:
        yield from _check_weight(declared.variable, (*path, "variable"), names, part)
    yield from _check_cells(declared.cells, (*path, "cells"), names, part)
    for name, margin in declared.margins.items():
        place = (*path, "margins", name)
        yield from names.check_field(margin.variable, (*place, "variable"), [part])
        yield from _check_targets(margin.targets, margin.variable, (*place, "targets"), names)
    if declared.minimum and declared.maximum and declared.minimum >= declared.maximum:
        yield (*path, "minimum"), f"{declared.minimum:g} is not below maximum, {declared.maximum:g}"


def _check_keys(declared: PartWeighting, path: Location) -> Problems:
    for method, key in KEY_OF_METHOD.items():
        if method != declared.method and getattr(declared, key):
            yield (*path, key), f"method '{declared.method}' does not read '{key}'; '{method}' does"


def _check_weight(variable: str, path: Location, names: Vocabulary, part: str) -> Problems:
    yield from names.check_field(variable, path, [part])
    known = names.fields.get(variable)
    if known and not known.is_numeric:
        yield path, f"variable '{variable}' is no number; a weight has type numeric"


def _check_cells(cells: Mapping[str, Cell], path: Location, names: Vocabulary, part: str) -> Problems:
    yield from _check_sum((cell.target for cell in cells.values()), path)
    for name, cell in cells.items():
        yield from names.check_single(cell.group, (*path, name, "group"), [part])
        yield from _check_cells(cell.cells, (*path, name, "cells"), names, part)


def _check_targets(
    targets: Mapping[str, float], variable: str, path: Location, names: Vocabulary
) -> Problems:
    yield from _check_sum(targets.values(), path)
    known = names.fields.get(variable)
    if known is None:
        return
    if known.type in FREE_TYPES | {"numeric", "multi"}:
        yield path, f"variable '{variable}' ({known.type}) does not put each respondent in one category"
        return
    for category in targets:
        if category not in known.categories:
            yield (*path, category), unknown(f"category of '{variable}'", category, known.categories)


def _check_sum(targets: Iterable[float], path: Location) -> Problems:
    listed = list(targets)
    total = fsum(listed)
    if listed and abs(total - 100) > TOLERANCE:
        yield path, f"targets sum to {total:.10g}%, not to 100%"
