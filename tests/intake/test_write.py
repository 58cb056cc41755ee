from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from wavedeck.intake.problems import RawDataError
from wavedeck.intake.run import Intake
from wavedeck.intake.write import write_intake, write_parquet, write_text

TakeIn = Callable[..., Intake]
VARIABLES = {"mark": {"type": "rating", "columns": "M", "minimum": 1, "maximum": 5}}
CLEANING = {"out_of_range": {"mark": "set_missing"}}
CONTENT = "id,M,Extra\na,1,\nb,7,\nc,,\n"
FILES = ["cleaning_log.csv", "dispositions.csv", "findings.csv", "responses.parquet"]


def test_four_files_are_written_and_nothing_else(take_in: TakeIn, tmp_path: Path) -> None:
    write_intake(take_in(CONTENT, VARIABLES, cleaning=CLEANING), tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == FILES


def test_same_input_gives_the_same_bytes(take_in: TakeIn, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        write_intake(take_in(CONTENT, VARIABLES, cleaning=CLEANING), tmp_path / folder)
    for name in FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_responses_come_back_as_written(take_in: TakeIn, tmp_path: Path) -> None:
    intake = take_in(CONTENT, VARIABLES, cleaning=CLEANING)
    write_intake(intake, tmp_path)
    assert pq.read_table(tmp_path / "responses.parquet").equals(intake.responses)


def test_findings_and_dispositions_have_the_agreed_columns(take_in: TakeIn, tmp_path: Path) -> None:
    write_intake(take_in(CONTENT, VARIABLES, cleaning=CLEANING), tmp_path)
    findings = pd.read_csv(tmp_path / "findings.csv")
    assert list(findings) == ["severity", "rule", "file", "row", "column", "value", "message", "count"]
    assert findings["row"].tolist() == [1, 3]
    assert list(pd.read_csv(tmp_path / "dispositions.csv")) == ["file", "row", "id", "disposition", "rule"]


def test_log_without_changes_still_has_its_header(take_in: TakeIn, tmp_path: Path) -> None:
    write_intake(take_in("id,M\na,1\n", VARIABLES), tmp_path)
    header = "file,row,id,variable,column,raw,value,rule,reason\n"
    assert (tmp_path / "cleaning_log.csv").read_text() == header


def test_stopped_intake_writes_nothing(take_in: TakeIn, tmp_path: Path) -> None:
    with pytest.raises(RawDataError):
        write_intake(take_in(CONTENT, VARIABLES), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_failed_write_leaves_the_old_file_and_no_half_one(tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    write_parquet(pa.table({"a": [1]}), path)
    before = path.read_bytes()
    with pytest.raises(AttributeError):
        write_parquet("no table", path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["table.parquet"]


def test_text_has_line_feeds(tmp_path: Path) -> None:
    write_text("a\nb\n", tmp_path / "text.json")
    assert (tmp_path / "text.json").read_bytes() == b"a\nb\n"
