"""Example studies by the second route: every stored number compared or named."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from workplace import ROOT

MADE_UP = sorted(path.parent.name for path in (ROOT / "config" / "studies").glob("*/published.csv"))


@pytest.mark.slow
@pytest.mark.parametrize("study", MADE_UP)
def test_study_recomputes_without_a_difference(study: str, build_study: Callable[[str], Path]) -> None:
    folder = build_study(study) / "data" / "processed" / study
    (path,) = sorted(folder.glob("*/recompute.csv"))
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    verdicts = Counter(row["verdict"] for row in rows)
    assert set(verdicts) == {"same", "not recomputed"}
    assert verdicts["same"] > 5000
    assert all(row["reason"] for row in rows if row["verdict"] == "not recomputed")
