from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tiny_study import ROOT
from wavedeck.figures.quote_check import check_quotes
from wavedeck.study.load import load_study

CLEARED = "data/raw/tiny/2024/visitors_cleared.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the tiny study."""
    shutil.copytree(ROOT, tmp_path, dirs_exist_ok=True)
    return tmp_path


def _rules(folder: Path) -> list[str]:
    study = load_study(folder / "config/studies/tiny")
    return [finding.rule for finding in check_quotes(study, folder, waves=["2024"])]


def test_check_names_what_redaction_took_out(folder: Path) -> None:
    assert _rules(folder) == ["redacted"]


def test_check_names_a_file_of_cleared_texts_that_is_not_there(folder: Path) -> None:
    (folder / CLEARED).unlink()
    assert _rules(folder) == ["missing_file"]


def test_check_names_a_group_too_small_for_its_label(folder: Path) -> None:
    rules = folder / "config/studies/tiny/verbatims.yaml"
    rules.write_text(
        rules.read_text().replace("{group: all, tone: positive}", "{group: branch_east*sex_male}")
    )
    assert "small_group" in _rules(folder)


def test_check_looks_at_cleared_texts_alone_where_raw_data_stop(folder: Path) -> None:
    raw = folder / "data/raw/tiny/2024/responses.csv"
    raw.write_text(raw.read_text().replace("24001,1,", "24001,9,"))
    assert _rules(folder) == ["redacted"]
