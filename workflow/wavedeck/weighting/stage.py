"""Weigh one wave of one part as its study declares."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from wavedeck.intake.groups import group_masks, with_derived
from wavedeck.stats.arrays import Booleans, Floats, Labels
from wavedeck.study.errors import WeightingError
from wavedeck.study.groups import GroupBook
from wavedeck.study.settings import PartWeighting
from wavedeck.weighting.calibration import calibrate_margins
from wavedeck.weighting.cells import poststratify
from wavedeck.weighting.certificate import QUANTILES, Certificate, kish
from wavedeck.weighting.declared import (
    LEVEL_JOIN,
    WEIGHTING_FILE,
    Level,
    cell_levels,
    leaf_labels,
    leaf_targets,
    margin_levels,
)
from wavedeck.weighting.proof import prove_margins
from wavedeck.weighting.raking import rake
from wavedeck.weighting.result import Unplaced, Weighted
from wavedeck.weighting.stored import Weights

SLACK = 1e-9
TREATMENTS: dict[str, Unplaced] = {"stop": "fail", "weight_one": "one", "exclude": "zero"}


@dataclass(frozen=True, eq=False)
class _Made:
    """Weights with the cell of each respondent and the proof of each level."""

    weights: Floats
    cell: Labels
    certificate: Certificate
    levels: tuple[Level, ...] = ()


def weigh(
    responses: pa.Table, *, weighting: PartWeighting | None, book: GroupBook, part: str, root: Path = Path()
) -> Weights:
    """Weigh the respondents of one wave of one part as declared.

    Given weights are used as they are. Cell and raked weights have mean 1 over the respondents
    placed; a respondent who fits no cell gets the declared treatment.

    Parameters
    ----------
    responses
        One row per respondent, with the columns of responses.parquet.
    weighting
        Declaration of the part; None when it is not weighted.
    book
        Groups of the study, for cells.
    part
        Name of the part.
    root
        Folder from which files with lists of ids are named.

    Raises
    ------
    WeightingError
        Naming the level, cell, category or row, and what would be right.
    """
    if responses.num_rows == 0:
        raise WeightingError(
            f"part '{part}' has no respondents to weigh; see dispositions.csv for who was dropped"
        )
    declared = weighting or PartWeighting(method="none")
    made = _make(responses, declared, book, part, root)
    _require_within_caps(made.weights, declared)
    proofs = [
        asdict(proof)
        for level in made.levels
        for proof in prove_margins(made.weights, {level.name: level.labels}, {level.name: level.targets})
    ]
    return Weights(
        row=responses["_row"].to_numpy(),
        identifier=np.array(responses["_id"].to_pylist(), object),
        weight=made.weights,
        cell=made.cell,
        in_weighting=made.weights > 0,
        certificate=_certificate(made.certificate, declared, part) | {"proof": proofs},
    )


def _make(responses: pa.Table, declared: PartWeighting, book: GroupBook, part: str, root: Path) -> _Made:
    if declared.method == "cell":
        return _cells(responses, declared, book, part, root)
    if declared.method == "rake":
        return _raked(with_derived(responses, book.groups, part), declared)
    if declared.method == "given":
        return _given(responses, declared)
    return _unchanged(np.ones(responses.num_rows), "none", unplaced=0, treatment="none")


def _cells(responses: pa.Table, declared: PartWeighting, book: GroupBook, part: str, root: Path) -> _Made:
    def mask_of(group: str) -> Booleans:
        return group_masks(responses, book, [group], part, root=root)[group]

    levels = tuple(cell_levels(declared.cells, mask_of))
    labels, shares = leaf_labels(levels), leaf_targets(levels)
    _require_placed(responses, labels != "", declared, "fit no cell")
    weighted = poststratify(labels, shares, name="cells", unplaced=TREATMENTS[declared.unplaced])
    return _Made(weighted.weights, labels, weighted.certificate, _proved_on(levels, labels))


def _proved_on(levels: tuple[Level, ...], leaves: Labels) -> tuple[Level, ...]:
    """Return the levels without respondents who fit a cell but none inside it."""
    return tuple(Level(each.name, np.where(leaves == "", "", each.labels), each.targets) for each in levels)


def _raked(responses: pa.Table, declared: PartWeighting) -> _Made:
    levels = margin_levels(declared.margins, responses)
    placed = np.logical_and.reduce([level.labels != "" for level in levels])
    _require_placed(responses, placed, declared, "lack an answer on a margin")
    weighted = _reach(levels, declared)
    joined = [LEVEL_JOIN.join(labels) for labels in zip(*(level.labels for level in levels), strict=True)]
    cell = np.where(placed, np.array(joined, object), "")
    shown = tuple(Level(each.name, np.where(placed, each.labels, ""), each.targets) for each in levels)
    return _Made(weighted.weights, cell, weighted.certificate, shown)


def _reach(levels: tuple[Level, ...], declared: PartWeighting) -> Weighted:
    labels = {level.name: level.labels for level in levels}
    targets = {level.name: level.targets for level in levels}
    unplaced = TREATMENTS[declared.unplaced]
    if declared.minimum is None and declared.maximum is None:
        return rake(labels, targets, unplaced=unplaced)
    bounds = (declared.minimum or 0.0, declared.maximum or np.inf)
    return calibrate_margins(labels, targets, method="raking", bounds=bounds, unplaced=unplaced)


def _given(responses: pa.Table, declared: PartWeighting) -> _Made:
    given = _given_values(responses, str(declared.variable))
    negative = np.flatnonzero(given < 0)
    if len(negative):
        raise WeightingError(
            f"{_first(responses, negative)}: the given weight in '{declared.variable}' is "
            f"{given[negative[0]]:g} ({len(negative)} respondents); weights are numbers above 0"
        )
    placed = given > 0
    _require_placed(responses, placed, declared, f"have no weight above 0 in '{declared.variable}'")
    if not placed.any():
        raise WeightingError(f"{WEIGHTING_FILE}: nobody has a weight in '{declared.variable}'")
    left = given[placed].mean() if declared.unplaced == "weight_one" else 0.0
    weights = np.where(placed, given, left)
    return _unchanged(
        weights, "given", unplaced=int((~placed).sum()), treatment=TREATMENTS[declared.unplaced]
    )


def _given_values(responses: pa.Table, variable: str) -> Floats:
    if variable not in responses.column_names:
        raise WeightingError(
            f"{WEIGHTING_FILE}: variable '{variable}' with the given weights has no answers in this wave"
        )
    column = responses[variable]
    if not pa.types.is_floating(column.type):
        raise WeightingError(f"{WEIGHTING_FILE}: variable '{variable}' is not numeric; weights are numbers")
    return np.asarray(column.to_numpy(), np.float64)


def _unchanged(weights: Floats, method: str, *, unplaced: int, treatment: str) -> _Made:
    used = weights[weights > 0]
    effective = kish(used) if len(used) else 0.0
    certificate = Certificate(
        method=method,
        rows=(),
        respondents=len(weights) - unplaced,
        unplaced=unplaced,
        total=float(used.sum()),
        minimum=float(used.min(initial=np.inf)),
        maximum=float(used.max(initial=0.0)),
        quantiles=tuple((q, float(np.quantile(used, q))) for q in QUANTILES if len(used)),
        effective_base=effective,
        efficiency=effective / max(len(used), 1),
        deff=len(used) / effective if effective else 1.0,
        iterations=0,
        treatment=treatment,
    )
    return _Made(weights, np.full(len(weights), "", object), certificate)


def _require_placed(responses: pa.Table, placed: Booleans, declared: PartWeighting, what: str) -> None:
    left = np.flatnonzero(~np.asarray(placed))
    if declared.unplaced == "stop" and len(left):
        raise WeightingError(
            f"{_first(responses, left)}: {len(left)} of {responses.num_rows} respondents {what}; declare "
            f"unplaced: weight_one or exclude in {WEIGHTING_FILE}, or complete cells, targets or data"
        )


def _first(responses: pa.Table, positions: np.ndarray) -> str:
    at = int(positions[0])
    row, identifier = responses["_row"][at].as_py(), responses["_id"][at].as_py()
    file = responses["_file"][at].as_py() if "_file" in responses.column_names else "responses"
    return f"{file}:{row} (id '{identifier}')"


def _require_within_caps(weights: Floats, declared: PartWeighting) -> None:
    used = weights[weights > 0] / weights[weights > 0].mean()
    low, high = declared.minimum or 0.0, declared.maximum or np.inf
    outside = int(((used < low * (1 - SLACK)) | (used > high * (1 + SLACK))).sum())
    if outside:
        raise WeightingError(
            f"{WEIGHTING_FILE}: {outside} weights lie outside the caps {low:g} to {high:g} times the mean "
            f"(they run from {used.min():.3g} to {used.max():.3g}); join cells or widen the caps"
        )


def _certificate(certificate: Certificate, declared: PartWeighting, part: str) -> dict[str, Any]:
    facts = asdict(certificate)
    deviations = [abs(row.deviation) for row in certificate.rows]
    return {
        "part": part,
        **facts,
        "largest_deviation": max(deviations, default=0.0),
        "unplaced_treatment": declared.unplaced,
        "variable": declared.variable,
        "caps": {"minimum": declared.minimum, "maximum": declared.maximum},
    }
