"""The command that recomputes built figures, on the tiny study."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from built_study import build
from tiny_study import ROOT, study
from wavedeck.audit.recompute.r_study import r_is_there
from wavedeck.cli.app import FINE, STOPPED, WRONG_USE, app
from wavedeck.cli.main import run

FIGURE = "visitors/overall/branch_north/2024"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("recompute") / "tiny"
    shutil.copytree(ROOT, made)
    build(study(), made, made, "2024")
    return made


def _recompute(folder: Path, *words: str) -> int:
    command = ["recompute", "tiny", *words, "--directory", str(folder)]
    return run(lambda: app(command, prog_name="wavedeck"))


def test_command_says_that_all_agrees_and_writes_every_comparison(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _recompute(folder) == FINE
    said = capsys.readouterr().out
    assert "recomputed from the raw files agree, 0 do not" in said
    lines = (folder / "data/processed/tiny/2024/recompute.csv").read_text().splitlines()
    assert lines[0] == "address,field,stored,recomputed,route,difference,verdict,reason"
    assert f'{FIGURE},base,22,22,sql,,same,""' in [line for line in lines if line.startswith(FIGURE)]


def test_command_writes_a_figure_in_every_form(folder: Path, tmp_path: Path) -> None:
    names = {"--sql": "a.sql", "--r": "a.R", "--spss": "a.sps", "--xlsx": "a.xlsx"}
    asked = [word for option, name in names.items() for word in (option, str(tmp_path / name))]
    assert _recompute(folder, FIGURE, *asked) == FINE
    assert {path.name for path in tmp_path.iterdir()} == {*names.values(), "a.csv"}
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["figure", "scores", "rows"]


def test_sql_is_printed_without_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _recompute(folder, FIGURE) == FINE
    assert capsys.readouterr().out.startswith(f"-- {FIGURE}\n")


def test_form_without_a_figure_is_wrong_use(folder: Path, tmp_path: Path) -> None:
    assert _recompute(folder, "--sql", str(tmp_path / "a.sql")) == WRONG_USE


def test_unknown_figure_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _recompute(folder, "visitors/nothing/all/2024") == STOPPED
    assert "indicator 'nothing' does not exist" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.skipif(not r_is_there(), reason="R or its package survey is not installed")
def test_r_checks_standard_errors(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _recompute(folder, "--with-r") == FINE
    assert "R scripts were run and compared" in capsys.readouterr().out
    text = (folder / "data/processed/tiny/2024/recompute.csv").read_text()
    compared = [line for line in text.splitlines() if ",r," in line]
    assert len(compared) > 700
    assert all(",same," in line for line in compared)
