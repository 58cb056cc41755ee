"""Cell weighting: poststratification to one margin or to nested cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from wavedeck.stats.arrays import ArrayLike, Labels
from wavedeck.stats.calibrated import Poststratified
from wavedeck.weighting.certificate import certify
from wavedeck.weighting.errors import TargetMissingError
from wavedeck.weighting.margins import coded_labels, make_margin
from wavedeck.weighting.result import Unplaced, Weighted, start_from

JOIN = " x "


def poststratify(
    labels: Sequence[Any] | ArrayLike,
    targets: Mapping[Any, float],
    *,
    name: str = "cell",
    start: ArrayLike | None = None,
    total: float | None = None,
    unplaced: Unplaced = "fail",
) -> Weighted:
    """Weight each cell to its target.

    Parameters
    ----------
    labels
        Shape (n,), or a sequence of such columns that are nested or crossed to cells.
    targets
        Cell to target, as shares or percentages; for several columns a cell is a tuple of labels.
    name
        What messages and the certificate call the margin.
    start, total, unplaced
        As in `rake`.

    Raises
    ------
    WeightingError
        One of its children, naming the cell.

    References
    ----------
    Holt, Smith (1979), JRSS A 142. R `survey`: `postStratify`.

    >>> poststratify(["a", "a", "b"], {"a": 50, "b": 50}).weights.tolist()
    [0.75, 0.75, 1.5]
    """
    joined, wanted = _joined(labels, targets)
    margin = make_margin(name, joined, wanted)
    begin = start_from((margin,), len(margin.codes), start=start, total=total, unplaced=unplaced)
    mass = np.bincount(
        margin.codes[begin.placed], weights=begin.base[begin.placed], minlength=len(margin.shares)
    )
    factor = margin.shares * begin.total / mass
    weights = begin.finish(begin.base * factor[margin.codes])
    calibration = Poststratified(margin.codes, weights)
    certificate = certify(weights, (margin,), method="cell", treatment=unplaced)
    return Weighted(weights, certificate, calibration)


def nested_labels(columns: Sequence[ArrayLike]) -> Labels:
    """Join columns of labels to one label per cell; a missing part leaves the cell missing.

    >>> nested_labels([["a", "a"], ["x", None]]).tolist()
    ['a x x', '']
    """
    parts = [coded_labels(column) for column in columns]
    rows = np.column_stack([codes for _, codes in parts])
    present, place = np.unique(rows, axis=0, return_inverse=True)
    names = [[names[code] for (names, _), code in zip(parts, cell, strict=True)] for cell in present]
    complete = np.asarray((present >= 0).all(axis=1))
    joined = [JOIN.join(name) if whole else "" for name, whole in zip(names, complete, strict=True)]
    return np.array(joined, dtype=object)[place.reshape(-1)]


def _joined(labels: Any, targets: Mapping[Any, float]) -> tuple[Any, dict[str, float]]:
    nested = [isinstance(cell, tuple) for cell in targets]
    if not any(nested):
        return labels, {str(cell): target for cell, target in targets.items()}
    if not all(nested):
        raise TargetMissingError("targets mix single cells and tuples; name every cell the same way")
    joined = {JOIN.join(map(str, cell)): target for cell, target in targets.items()}
    return nested_labels(labels), joined
