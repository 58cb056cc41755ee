from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from wavedeck.audit.trace.weighting import trace_weights

SEX = {"female": 0.8, "male": 1.25}
AGE = {"young": 1.5, "middle": 0.9, "old": 0.6}


def raked(cells: list[str], weights: list[float]) -> Any:
    rows = [{"margin": name, "category": one} for name, own in (("sex", SEX), ("age", AGE)) for one in own]
    table = pa.table({"cell": cells, "weight": weights})
    return SimpleNamespace(
        certificate={"method": "rake", "rows": rows, "efficiency": 0.9, "unplaced_treatment": "weight_one"},
        weights=table,
        weight=table["weight"].to_numpy(),
    )


def test_raked_weight_is_taken_apart_into_one_factor_per_margin() -> None:
    cells = [f"{sex}/{age}" for sex in SEX for age in AGE]
    data = raked(cells, [SEX[sex] * AGE[age] for sex in SEX for age in AGE])
    found = trace_weights(data, np.arange(len(cells)))
    assert {one.cell for one in found.cells} == set(cells)
    for one in found.cells:
        first, second = (float(part.split()[2]) for part in one.how.partition(" = ")[0].split(" x "))
        assert first * second == pytest.approx(one.weight, rel=1e-4)
        assert "cap" not in one.how


def test_capped_weight_and_who_fits_no_cell_are_told() -> None:
    cells = [f"{sex}/{age}" for sex in SEX for age in AGE]
    weights = [SEX[sex] * AGE[age] for sex in SEX for age in AGE]
    weights[3] = 1.0
    found = trace_weights(raked([*cells, ""], [*weights, 1.0]), np.arange(len(cells) + 1))
    assert "held at 1 by a cap" in next(one.how for one in found.cells if one.cell == cells[3])
    assert next(one.how for one in found.cells if not one.cell) == "fits no cell: weight_one"
