from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from wavedeck.intake.run import Intake

TakeIn = Callable[..., Intake]
SETS = b"$channel=D1 1 7 Channel C1 C2\n$purpose=C 7 Purpose P1 P2\n"


@pytest.fixture
def sav_with_sets(tmp_path: Path) -> Path:
    """Write an SPSS file and put a record with response sets before the end of its dictionary."""
    columns = {"id": ["a", "b"], "C1": [1.0, 0.0], "C2": [1.0, 0.0], "P1": [1.0, 2.0], "P2": [2.0, None]}
    path = tmp_path / "sets.sav"
    pyreadstat.write_sav(pd.DataFrame(columns), str(path))
    record, end = struct.pack("<iiii", 7, 7, 1, len(SETS)) + SETS, struct.pack("<ii", 999, 0)
    path.write_bytes(path.read_bytes().replace(end, record + end, 1))
    return path


@pytest.mark.parametrize("name", ["channel", "$channel"])
def test_set_of_dichotomies_ticks_the_category_of_each_column(
    take_in: TakeIn, sav_with_sets: Path, name: str
) -> None:
    variables = {"contact": {"type": "multi", "columns": name, "codes": {"C1": "phone", "C2": "mail"}}}
    intake = take_in(sav_with_sets, variables, format="sav", ignore_columns=["P*"])
    assert intake.responses["contact.phone"].to_pylist() == [True, False]
    assert intake.responses["contact.mail"].to_pylist() == [True, False]
    assert intake.findings == ()


def test_set_of_mentions_ticks_the_category_of_each_code(take_in: TakeIn, sav_with_sets: Path) -> None:
    variables = {"why": {"type": "multi", "columns": "$purpose", "codes": {"1": "work", "2": "fun"}}}
    intake = take_in(sav_with_sets, variables, format="sav", ignore_columns=["C*"])
    assert intake.responses["why.work"].to_pylist() == [True, False]
    assert intake.responses["why.fun"].to_pylist() == [True, True]
