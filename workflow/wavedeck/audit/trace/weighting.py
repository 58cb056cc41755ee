"""How each respondent's weight came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from wavedeck.audit.trace.place import WaveData

LEVEL_JOIN = "/"


@dataclass(frozen=True)
class CellWeight:
    """The weight of everybody in one cell.

    Attributes
    ----------
    cell
        Name of the cell; empty for who fits none.
    respondents
        How many of those behind the figure are in it.
    weight
        Their weight.
    how
        How it came about, with the numbers.
    """

    cell: str
    respondents: int
    weight: float
    how: str


@dataclass(frozen=True)
class WeightingTrace:
    """How the weights of a part were made.

    Attributes
    ----------
    method
        none, given, cell or rake.
    rule
        In words.
    cells
        One entry per cell and weight that occur behind the figure.
    efficiency
        Effective share of the sample, from the certificate.
    """

    method: str
    rule: str
    cells: tuple[CellWeight, ...]
    efficiency: float | None


def trace_weights(data: WaveData, places: np.ndarray) -> WeightingTrace:
    """Return how the weights of some respondents came about.

    Parameters
    ----------
    places
        Positions in the responses, shape (n,).
    """
    facts = data.certificate
    method = str(facts["method"])
    if method not in ("cell", "rake"):
        return WeightingTrace(method, _rule(facts), (), facts.get("efficiency"))
    found = _counted(data, places)
    told = _Told(data, facts)
    made = [
        CellWeight(cell, count, weight, told.how(cell, weight)) for (cell, weight), count in found.items()
    ]
    return WeightingTrace(
        method, _rule(facts), tuple(sorted(made, key=lambda one: one.cell)), facts.get("efficiency")
    )


def _counted(data: WaveData, places: np.ndarray) -> dict[tuple[str, float], int]:
    """Return cell and weight -> how many respondents have them."""
    names = data.weights["cell"].combine_chunks().dictionary_encode()
    codes = names.indices.to_numpy(zero_copy_only=False)[places].astype(np.float64)
    pairs, counts = np.unique(np.column_stack([codes, data.weight[places]]), axis=0, return_counts=True)
    words = names.dictionary.to_pylist()
    return {
        (words[int(code)], float(weight)): int(count)
        for (code, weight), count in zip(pairs, counts, strict=True)
    }


def _rule(facts: dict[str, Any]) -> str:
    return {
        "none": "everybody weighs 1",
        "given": f"the weight stands in the raw data, as variable '{facts.get('variable')}'",
        "cell": "weight = target share of the cell / its share of the sample",
        "rake": "weight = product of one factor per margin, so that every margin meets its targets",
    }.get(str(facts["method"]), str(facts["method"]))


class _Told:
    """Tells how the weight of a cell came about."""

    def __init__(self, data: WaveData, facts: dict[str, Any]) -> None:
        self.data, self.facts = data, facts
        self.by_cell = {str(row["category"]): row for row in facts["rows"] if row["margin"] == "cells"}
        self.margins = list(dict.fromkeys(str(row["margin"]) for row in facts["rows"]))
        self.factors = _factors(data) if facts["method"] == "rake" else {}

    def how(self, cell: str, weight: float) -> str:
        if not cell:
            return f"fits no cell: {self.facts.get('unplaced_treatment') or self.facts.get('treatment')}"
        if self.facts["method"] == "cell" and cell in self.by_cell:
            row = self.by_cell[cell]
            target, own = float(row["target"]), float(row["unweighted"])
            return f"target {100 * target:.4g}% / sample {100 * own:.4g}% = {target / own:.6g}"
        return self._product(cell, weight)

    def _product(self, cell: str, weight: float) -> str:
        levels = cell.split(LEVEL_JOIN)
        parts = [self.factors.get((place, level)) for place, level in enumerate(levels)]
        if not parts or any(part is None for part in parts) or len(levels) != len(self.margins):
            return "see certificate.json"
        named = zip(self.margins, levels, parts, strict=True)
        product = float(np.prod([part for part in parts if part is not None]))
        text = " x ".join(f"{margin} {level} {part:.5g}" for margin, level, part in named)
        capped = "" if abs(product - weight) <= 1e-6 * weight else f", held at {weight:.6g} by a cap"
        return f"{text} = {product:.6g}{capped}"


def _factors(data: WaveData) -> dict[tuple[int, str], float]:
    """Return one factor per margin and category whose products are the raked weights.

    The first margin carries the level; the others have a mean factor of 1 over their categories.
    """
    cells = np.asarray(data.weights["cell"].to_pylist(), object)
    known = {cell: weight for cell, weight in zip(cells, data.weight, strict=True) if cell and weight > 0}
    levels = [cell.split(LEVEL_JOIN) for cell in known]
    keys = list(dict.fromkeys((place, level) for one in levels for place, level in enumerate(one)))
    matrix = _indicators(levels, keys)
    logs = np.linalg.lstsq(matrix, np.log(np.array(list(known.values()))), rcond=None)[0]
    return _anchored(keys, logs)


def _indicators(levels: Sequence[Sequence[str]], keys: Sequence[tuple[int, str]]) -> np.ndarray:
    place = {key: number for number, key in enumerate(keys)}
    matrix = np.zeros((len(levels), len(keys)))
    for row, one in enumerate(levels):
        for key in enumerate(one):
            matrix[row, place[key]] = 1.0
    return matrix


def _anchored(keys: Sequence[tuple[int, str]], logs: np.ndarray) -> dict[tuple[int, str], float]:
    margins = np.array([margin for margin, _ in keys])
    moved = logs.copy()
    for margin in range(1, int(margins.max()) + 1):
        mean = logs[margins == margin].mean()
        moved[margins == margin] -= mean
        moved[margins == 0] += mean
    return dict(zip(keys, np.exp(moved).tolist(), strict=True))
