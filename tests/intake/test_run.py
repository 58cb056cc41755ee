from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavedeck.intake.problems import RawDataError
from wavedeck.intake.raw import RawColumn, RawTable
from wavedeck.intake.run import Intake, check_study, examine
from wavedeck.study.codebook import Codebook
from wavedeck.study.deck import DeckSpec
from wavedeck.study.findings import stopping
from wavedeck.study.indicators import Indicators
from wavedeck.study.load import Study
from wavedeck.study.settings import Cleaning, Groups, Part, StudySettings, Weighting

TakeIn = Callable[..., Intake]
SFO_2017 = Path(os.environ.get("WAVEDECK_DATA", "/nowhere"), "sfo", "raw", "2017", "responses.csv")
CODES = {str(mark): str(mark) for mark in range(1, 6)}
NO_MARK = {"0": "blank", "6": "not_applicable"}


def test_responses_know_file_row_and_id(take_in: TakeIn) -> None:
    variables = {"text": {"type": "open", "columns": "T"}}
    table = take_in('id,T\n7,"two\nlines"\n3,x\n', variables).responses
    assert table["_file"].to_pylist() == ["data/raw/tiny/2017/responses.csv"] * 2
    assert table["_row"].to_pylist() == [2, 4]
    assert table["_id"].to_pylist() == ["7", "3"]
    assert table.column_names == ["_file", "_row", "_id", "id", "id!", "text", "text!"]


def test_question_of_another_wave_has_no_column(take_in: TakeIn) -> None:
    variables = {"old": {"type": "rating", "columns": "O", "waves": ["2015"]}}
    assert "old" not in take_in("id\n1\n", variables).responses.column_names


def test_id_that_the_wave_does_not_have_stops(take_in: TakeIn) -> None:
    with pytest.raises(
        RawDataError, match=r"variable 'id', the id in study\.yaml, is not asked in this wave"
    ):
        take_in("id\n1\n", {"id": {"type": "id", "waves": ["2015"]}}, ignore_columns=["id"])


def test_many_problems_are_cut_to_twenty_lines(take_in: TakeIn) -> None:
    variables = {"sex": {"type": "single", "columns": "S", "codes": {"1": "m"}}}
    content = "id,S\n" + "".join(f"{row},x{row}\n" for row in range(30))
    with pytest.raises(RawDataError) as caught:
        take_in(content, variables)
    assert len(str(caught.value).splitlines()) == 20
    assert len(caught.value.findings) == 30


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["1", "2", "0", "", "9"])), min_size=1))
def test_every_raw_row_has_one_disposition_and_kept_rows_are_the_responses(
    rows: list[tuple[str, str]],
) -> None:
    columns = {
        name: RawColumn.of(pa.array(values))
        for name, values in zip(("id", "M"), zip(*rows, strict=True), strict=True)
    }
    raw = RawTable("f.csv", np.arange(2, len(rows) + 2), columns)
    mark = {
        "label": "M",
        "type": "rating",
        "columns": "M",
        "minimum": 1,
        "maximum": 2,
        "missing": {"0": "refused"},
    }
    book = Codebook.model_validate({"variables": {"id": {"label": "Id", "type": "id"}, "mark": mark}})
    intake = examine(
        raw,
        part=Part.model_validate({"label": "P", "id": "id", "source": {"file": "f.csv", "format": "csv"}}),
        part_name="main",
        wave="2017",
        questions=book.questions("main", "2017"),
        cleaning=Cleaning.model_validate(
            {"duplicates": "keep_first", "out_of_range": {"default": "set_missing"}}
        ),
    )
    kept = intake.dispositions[intake.dispositions["disposition"] == "kept"]
    assert intake.dispositions["row"].tolist() == raw.rows.tolist()
    assert kept["row"].tolist() == intake.responses["_row"].to_pylist()
    assert len(set(intake.responses["_id"].to_pylist())) == intake.responses.num_rows
    answered, kind = intake.responses["mark"].is_valid(), intake.responses["mark!"].is_valid()
    assert pc.all(pc.xor(answered, kind)).as_py()


def study(**source: Any) -> Study:
    settings = {
        "study": "tiny",
        "title": "Tiny",
        "author": "Bureau",
        "languages": ["en"],
        "parts": {"main": {"label": "M", "id": "id", "source": {"format": "csv", **source}}},
        "waves": [{"id": "2016", "published": "2016-12-01"}, {"id": "2017", "published": "2017-12-01"}],
    }
    mark = {"label": "M", "type": "rating", "columns": "M", "minimum": 1, "maximum": 5}
    return Study(
        folder=Path("config/studies/tiny"),
        settings=StudySettings.model_validate(settings),
        codebook=Codebook.model_validate({"variables": {"id": {"label": "Id", "type": "id"}, "mark": mark}}),
        cleaning=Cleaning(),
        groups=Groups(),
        weighting=Weighting(),
        indicators=Indicators.model_construct(),
        deck=DeckSpec.model_construct(),
    )


def test_check_collects_findings_of_all_waves_and_missing_files(tmp_path: Path) -> None:
    (tmp_path / "2017.csv").write_text("id,M\n1,7\n1,5\n")
    findings = check_study(study(file="{wave}.csv"), tmp_path)
    assert [(finding.file, finding.rule) for finding in stopping(findings)] == [
        ("2016.csv", "missing_file"),
        ("2017.csv", "out_of_range"),
        ("2017.csv", "duplicate_id"),
    ]


def test_check_of_clean_files_finds_nothing(tmp_path: Path) -> None:
    for wave in ("2016", "2017"):
        (tmp_path / f"{wave}.csv").write_text("id,M\n1,5\n")
    assert check_study(study(file="{wave}.csv"), tmp_path) == []


@pytest.fixture
def sfo(take_in: TakeIn) -> Intake:
    if not SFO_2017.exists():
        pytest.skip(f"the raw files of sfo are not at WAVEDECK_DATA ({SFO_2017})")
    variables = {
        "id": {"type": "id", "columns": "RESPNUM"},
        "overall": {"type": "rating", "columns": "Q7ALL", "codes": CODES, "missing": {"Blank": "blank"}},
        "parking": {"type": "rating", "columns": "Q7PARK", "codes": CODES, "missing": NO_MARK},
        "recommend": {"type": "nps", "columns": "NETPRO", "missing": {"11": "blank"}},
        "destination": {"type": "text", "columns": "DESTINATION"},
    }
    return take_in(SFO_2017, variables, ignore_columns=["*"])


def test_real_file_keeps_every_row_and_its_line(sfo: Intake) -> None:
    lines = SFO_2017.read_text(encoding="ascii").splitlines()
    rows, ids = sfo.responses["_row"].to_pylist(), sfo.responses["_id"].to_pylist()
    assert len(rows) == len(lines) - 1 == 2831
    assert all(lines[row - 1].startswith(f"{id_},") for row, id_ in zip(rows, ids, strict=True))


def test_real_file_counts_agree_with_its_description(sfo: Intake) -> None:
    def count(column: str, value: str | float) -> int:
        return int(pc.sum(pc.equal(sfo.responses[column], value)).as_py())

    assert count("overall!", "blank") == 143
    assert count("recommend!", "blank") == 85
    assert count("recommend", 0.0) == 17
    assert sfo.findings == ()
