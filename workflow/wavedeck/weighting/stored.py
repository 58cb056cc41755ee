"""Finished weights: the record, its files, and what variances need of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from wavedeck.intake.write import write_parquet, write_text
from wavedeck.stats.arrays import Booleans, Floats, Labels
from wavedeck.stats.calibrated import Calibration, Poststratified, Raked
from wavedeck.weighting.declared import LEVEL_JOIN


@dataclass(frozen=True, eq=False)
class Weights:
    """The weights of one wave of one part, row by row those of the responses.

    Attributes
    ----------
    row, identifier
        Raw row number and id, shape (n,).
    weight
        Shape (n,), float64, never missing; 0 for who is left out.
    cell
        Cell (``outer/inner``) or combination of margins, empty for who fits none, shape (n,).
    in_weighting
        False for who is left out, shape (n,).
    certificate
        What was wanted, what was reached and what that cost, ready for JSON.
    """

    row: np.ndarray
    identifier: np.ndarray
    weight: Floats
    cell: Labels
    in_weighting: Booleans
    certificate: dict[str, Any]

    def table(self) -> pa.Table:
        """Return the columns of weights.parquet."""
        return pa.table(
            {
                "_row": pa.array(self.row, pa.int64()),
                "_id": pa.array(self.identifier, pa.string()),
                "weight": pa.array(self.weight, pa.float64()),
                "cell": pa.array(self.cell, pa.string()),
                "in_weighting": pa.array(self.in_weighting, pa.bool_()),
            }
        )


def write_weights(weights: Weights, folder: Path) -> None:
    """Write weights.parquet and certificate.json into a folder; the same weights give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    write_parquet(weights.table(), folder / "weights.parquet")
    text = json.dumps(weights.certificate, indent=2, ensure_ascii=False, allow_nan=False)
    write_text(text + "\n", folder / "certificate.json")


def stored_calibration(weights: pa.Table, method: str) -> Calibration | None:
    """Return what variances must know about stored weights; None for given or no weights.

    Parameters
    ----------
    weights
        The columns of weights.parquet.
    method
        Method of the weighting, as declared.
    """
    values = weights["weight"].to_numpy()
    cells = np.array(weights["cell"].to_pylist(), object)
    placed = cells != ""
    if method == "cell":
        return Poststratified(_codes(cells), values)
    if method == "rake":
        width = max((cell.count(LEVEL_JOIN) for cell in cells[placed]), default=0) + 1
        parts = [cell.split(LEVEL_JOIN) if cell else [""] * width for cell in cells]
        columns = [np.array(column, object) for column in zip(*parts, strict=True)]
        return Raked(tuple(_codes(column) for column in columns), values, placed=placed)
    return None


def _codes(labels: Labels) -> np.ndarray:
    present = [label for label in np.unique(labels.astype(str)) if label]
    place = {label: position for position, label in enumerate(present)}
    return np.array([place.get(str(label), -1) for label in labels], np.int64)
