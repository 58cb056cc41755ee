from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from wavedeck.intake.coding import read_coding
from wavedeck.intake.problems import RawDataError
from wavedeck.intake.run import Intake, run_intake
from wavedeck.study.codebook import Codebook
from wavedeck.study.settings import Cleaning, Part
from wavedeck.study.verbatims import VerbatimFile

RAW = "data/raw/tiny/2017/responses.csv"
CODING = "data/raw/tiny/2017/main_coding.csv"
RESPONSES = "id,used,why\n1,yes,Too slow\n2,yes,Kind and fast\n3,yes,\n4,yes,hm\n5,no,\n"
CODES = "respondent,variable,code,coder\n1,why,1,A\n2,why,2,A\n2,why,3,B\n4,why,99,A\n"
VARIABLES = {
    "id": {"label": "Id", "type": "id"},
    "used": {"type": "single", "categories": {"yes": "Yes", "no": "No"}},
    "why": {"type": "open", "asked_if": {"used": "yes"}},
    "theme": {
        "type": "multi",
        "coded_from": "why",
        "categories": {"slow": "Slow", "kind": "Kind", "fast": "Fast"},
        "codes": {"1": "slow", "2": "kind", "3": "fast"},
        "missing": {"99": "uncoded"},
    },
}

QUESTIONS = Codebook.model_validate(
    {"variables": {name: {"label": name, **one} for name, one in VARIABLES.items()}}
).questions("main", "2017")


@pytest.fixture
def code(tmp_path: Path):
    """Take in responses and their codes."""

    def run(
        codes: str = CODES, *, base: str = "coded", responses: str = RESPONSES, **cleaning: object
    ) -> Intake:
        (tmp_path / "responses.csv").write_text(responses)
        (tmp_path / "coding.csv").write_text(codes)
        declared = VerbatimFile(file="data/raw/tiny/{wave}/main_coding.csv")
        coding = read_coding(tmp_path / "coding.csv", declared=declared, wave="2017", bases={"theme": base})
        source = {"file": RAW, "format": "csv"}
        return run_intake(
            tmp_path / "responses.csv",
            raw_name=RAW,
            part=Part.model_validate({"label": "People", "id": "id", "source": source}),
            part_name="main",
            wave="2017",
            questions=QUESTIONS,
            cleaning=Cleaning.model_validate(cleaning),
            coding=coding,
        )

    return run


def _ticks(responses: pa.Table) -> list[list[bool | None]]:
    return [responses[f"theme.{name}"].to_pylist() for name in ("slow", "kind", "fast")]


def _rules(intake: Intake) -> dict[str, tuple[str, int | None, int]]:
    return {one.rule: (one.severity, one.row, one.count) for one in intake.findings}


def test_codes_become_a_question_with_several_answers(code) -> None:
    intake = code()
    assert _ticks(intake.responses) == [
        [True, False, None, None, None],
        [False, True, None, None, None],
        [False, True, None, None, None],
    ]
    assert intake.responses["theme!"].to_pylist() == [None, None, "blank", "uncoded", "not_asked"]
    assert intake.findings == ()


@pytest.mark.parametrize(
    ("base", "missing"),
    [
        ("coded", [None, None, "blank", "uncoded", "not_asked"]),
        ("answered", [None, None, "blank", None, "not_asked"]),
        ("asked", [None, None, None, None, "not_asked"]),
    ],
)
def test_base_says_who_counts(code, base: str, missing: list[str | None]) -> None:
    assert code(base=base).responses["theme!"].to_pylist() == missing


def test_unknown_respondent_stops_with_file_and_row(code) -> None:
    with pytest.raises(RawDataError, match=f"{CODING}:6: codes for respondents who are not in the raw file"):
        code(CODES + "77,why,1,A\n")


def test_unknown_respondent_left_out_as_declared_is_logged_and_counted(code) -> None:
    intake = code(CODES + "77,why,1,A\n78,why,1,A\n", coding={"unknown_respondents": "leave_out"})
    assert _rules(intake) == {"unknown_respondent": ("warning", 6, 2)}
    logged = intake.log[["file", "row", "id", "variable", "raw", "rule"]].values.tolist()
    assert logged == [
        [CODING, 6, "77", "theme", "1", "unknown_respondent"],
        [CODING, 7, "78", "theme", "1", "unknown_respondent"],
    ]


def test_respondent_dropped_in_cleaning_is_no_finding(code) -> None:
    rule = {
        "id": "trial",
        "where": {"used": "yes", "not": {"answered": "why"}},
        "action": "drop",
        "reason": "x",
    }
    intake = code(CODES + "3,why,1,A\n", rules=[rule])
    assert set(_rules(intake)) == {"trial"}
    assert intake.responses.num_rows == 4


def test_unknown_code_stops_and_suggests(code) -> None:
    with pytest.raises(RawDataError, match=r"main_coding.csv:6: code '11' is not in the code frame 'theme'"):
        code(CODES + "1,why,11,A\n")


def test_unknown_code_left_out_keeps_the_other_codes_of_the_answer(code) -> None:
    intake = code(CODES + "1,why,11,A\n", unknown_codes={"theme": "leave_uncoded"})
    assert intake.responses["theme.slow"].to_pylist()[0] is True
    assert _rules(intake) == {"unknown_code": ("warning", 6, 1)}


def test_unknown_code_can_make_an_answer_invalid(code) -> None:
    codes = CODES.replace("1,why,1,A", "1,why,11,A")
    intake = code(codes, unknown_codes={"theme": "set_missing"}, coding={"uncoded_at_most": 50})
    assert intake.responses["theme!"].to_pylist()[0] == "invalid"


def test_code_given_twice_counts_once(code) -> None:
    intake = code(CODES + "1,why,1,B\n")
    assert _rules(intake) == {"repeated_code": ("warning", 6, 1)}
    assert _ticks(intake.responses)[0][0] is True


def test_code_without_answer_stops_unless_declared(code) -> None:
    codes = CODES + "3,why,1,A\n"
    with pytest.raises(RawDataError, match="codes for respondents who gave no answer to 'why'"):
        code(codes)
    left = code(codes, coding={"without_answer": "leave_out"})
    assert left.responses["theme!"].to_pylist()[2] == "blank"
    kept = code(codes, coding={"without_answer": "keep"})
    assert kept.responses["theme.slow"].to_pylist()[2] is True


def test_answers_without_code_stop_above_the_declared_share(code) -> None:
    codes = CODES.replace("4,why,99,A\n", "")
    with pytest.raises(RawDataError, match=f"{RAW}:5: 33.3% of the answers to 'why' have no code"):
        code(codes)
    intake = code(codes, coding={"uncoded_at_most": 34})
    assert _rules(intake) == {"uncoded": ("warning", 5, 1)}


def test_codes_of_an_unexpected_question_stop(code) -> None:
    with pytest.raises(RawDataError, match="no codes of 'wy' are expected; did you mean 'why'"):
        code(CODES + "1,wy,1,A\n")


def test_file_without_a_needed_column_is_refused(code) -> None:
    with pytest.raises(RawDataError, match="has no column 'respondent'; it has person, variable, code"):
        code("person,variable,code\n1,why,1\n")


def test_missing_file_is_named(tmp_path: Path) -> None:
    declared = VerbatimFile(file="data/{wave}.csv")
    with pytest.raises(RawDataError, match=r"data/2017.csv: this raw file is missing"):
        read_coding(tmp_path / "no.csv", declared=declared, wave="2017", bases={})
