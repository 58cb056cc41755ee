from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from wavedeck.study.codebook import Codebook
from wavedeck.study.groups import GroupBook
from wavedeck.study.settings import Groups, PartWeighting
from wavedeck.weighting.raking import rake
from wavedeck.weighting.stage import weigh
from wavedeck.weighting.stored import Weights, stored_calibration, write_weights

AREA, SEX = ["n", "n", "n", "s", "s", "s", None], ["m", "m", "f", "m", "f", "f", "f"]
PEOPLE = pa.table({"_row": range(2, 9), "_id": list("abcdefg"), "area": AREA, "sex": SEX})
TARGETS = {"area": {"n": 60, "s": 40}, "sex": {"m": 50, "f": 50}}
GROUPS = {
    "groups": {
        "north": {"label": "N", "where": {"area": "n"}},
        "south": {"label": "S", "where": {"area": "s"}},
    }
}
CELLS = {"north": {"group": "north", "target": 60}, "south": {"group": "south", "target": 40}}
BOOK = GroupBook(Groups.model_validate(GROUPS), Codebook(variables={}))


def weights(method: str) -> Weights:
    margins = {name: {"variable": name, "targets": targets} for name, targets in TARGETS.items()}
    declared: dict[str, Any] = {"rake": {"margins": margins}, "cell": {"cells": CELLS}}[method]
    weighting = PartWeighting.model_validate({"method": method, "unplaced": "exclude", **declared})
    return weigh(PEOPLE, weighting=weighting, book=BOOK, part="main")


def test_table_and_certificate_come_back(tmp_path: Path) -> None:
    made = weights("cell")
    write_weights(made, tmp_path)
    table = pq.read_table(tmp_path / "weights.parquet")
    assert table.column_names == ["_row", "_id", "weight", "cell", "in_weighting"]
    assert table["weight"].to_pylist() == made.weight.tolist()
    assert table["in_weighting"].to_pylist() == [True] * 6 + [False]
    certificate = json.loads((tmp_path / "certificate.json").read_text())
    assert certificate["part"] == "main"
    assert certificate["unplaced_treatment"] == "exclude"
    assert [row["category"] for row in certificate["rows"]] == ["north", "south"]


def test_same_weights_give_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        write_weights(weights("rake"), tmp_path / folder)
    for name in ("weights.parquet", "certificate.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_stored_raking_leaves_the_same_residuals_as_fresh() -> None:
    fresh = rake({"area": AREA, "sex": SEX}, TARGETS, unplaced="zero").calibration
    stored = stored_calibration(weights("rake").table(), "rake")
    influence = np.arange(7.0)[:, None]
    assert fresh is not None
    assert stored is not None
    assert stored.residuals(influence) == pytest.approx(fresh.residuals(influence))


def test_stored_cells_explain_the_mean_of_each_cell() -> None:
    stored = stored_calibration(weights("cell").table(), "cell")
    assert stored is not None
    by_cell = weights("cell").weight * np.array([5.0] * 3 + [7.0] * 3 + [0.0])
    assert stored.residuals(by_cell[:, None]) == pytest.approx(np.zeros((7, 1)))


@pytest.mark.parametrize("method", ["none", "given"])
def test_weights_that_were_not_calibrated_have_no_calibration(method: str) -> None:
    assert stored_calibration(weights("cell").table(), method) is None
