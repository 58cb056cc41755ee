from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from wavedeck.intake.problems import RawDataError
from wavedeck.intake.run import Intake
from wavedeck.intake.sav import read_sav

TakeIn = Callable[..., Intake]


def write(path: Path, **columns: list[Any]) -> Path:
    labels = {"sex": {1: "Man", 2: "Woman", 9: "Refused"}} if "sex" in columns else {}
    ranges = {"sex": [9]} if "sex" in columns else {}
    pyreadstat.write_sav(
        pd.DataFrame(columns), str(path), variable_value_labels=labels, missing_ranges=ranges
    )
    return path


@pytest.fixture
def sav(tmp_path: Path) -> Path:
    return write(
        tmp_path / "raw.sav",
        id=["a", "b", "c"],
        sex=[1.0, 9.0, np.nan],
        mark=[2.5, 3.0, np.nan],
        day=[date(2017, 5, 8), date(2017, 5, 30), None],
    )


def texts(path: Path, column: str) -> list[str]:
    table = read_sav(path, file="raw.sav")
    return table.columns[column].texts(np.arange(len(table.rows)))


def test_values_become_their_shortest_text(sav: Path) -> None:
    assert texts(sav, "id") == ["a", "b", "c"]
    assert texts(sav, "sex") == ["1", "9", ""]
    assert texts(sav, "mark") == ["2.5", "3", ""]
    assert texts(sav, "day") == ["2017-05-08", "2017-05-30", ""]


def test_rows_are_case_numbers(sav: Path) -> None:
    assert read_sav(sav, file="raw.sav").rows.tolist() == [1, 2, 3]


def test_labels_and_user_missing_come_along(sav: Path) -> None:
    table = read_sav(sav, file="raw.sav")
    assert table.labels["sex"]["2"] == "Woman"
    assert table.user_missing["sex"] == {"9"}


def test_kinds_of_missing_stay_apart(take_in: TakeIn, sav: Path) -> None:
    variables = {
        "gender": {"type": "single", "columns": "sex", "codes": {"1": "m"}, "missing": {"9": "refused"}},
        "grade": {"type": "numeric", "columns": "mark"},
    }
    intake = take_in(sav, variables, format="sav", ignore_columns=["day"])
    assert intake.responses["gender!"].to_pylist() == [None, "refused", "blank"]
    assert intake.responses["grade"].to_pylist() == [2.5, 3.0, None]


def test_user_missing_code_that_is_not_declared_stops(take_in: TakeIn, sav: Path) -> None:
    variables = {"gender": {"type": "numeric", "columns": "sex"}}
    with pytest.raises(
        RawDataError, match=r"code '9' \('Refused' in the file\) marked as missing in the file"
    ):
        take_in(sav, variables, format="sav", ignore_columns=["day", "mark"])


def test_truncated_file_gives_one_message(take_in: TakeIn, tmp_path: Path) -> None:
    whole = write(
        tmp_path / "whole.sav", id=[str(i) for i in range(500)], mark=[float(i) for i in range(500)]
    )
    data = whole.read_bytes()
    for share in (0.02, 0.5, 0.99):
        with pytest.raises(RawDataError) as caught:
            take_in(data[: int(len(data) * share)], {}, format="sav", ignore_columns=["mark"])
        assert "this SPSS file is truncated or damaged" in str(caught.value)
        assert len(str(caught.value).splitlines()) == 1


def test_other_format_is_refused(take_in: TakeIn) -> None:
    with pytest.raises(RawDataError, match="truncated or damaged"):
        take_in("id,mark\n1,2\n", {}, format="sav")


def test_file_without_cases_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "none.sav"
    pyreadstat.write_sav(pd.DataFrame({"id": pd.Series([], dtype=float)}), str(path))
    with pytest.raises(RawDataError, match="has variables but no cases"):
        read_sav(path, file="raw.sav")
