from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tiny_study import ROOT
from wavedeck.study.errors import ConfigError
from wavedeck.study.handover import dump_study, restore_study
from wavedeck.study.load import Study, load_study


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the tiny study's files."""
    return Path(shutil.copytree(ROOT / "config" / "studies" / "tiny", tmp_path / "config/studies/tiny"))


def _changed(folder: Path, file: str, old: str, new: str) -> Study:
    path = folder / f"{file}.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return load_study(folder)


def test_files_stand_where_a_wave_has_them(folder: Path) -> None:
    study = _changed(folder, "verbatims", 'visitors_cleared.csv"}', 'visitors_cleared.csv", waves: ["2024"]}')
    assert study.verbatims.coding("visitors", "2023").path("2023") == "data/raw/tiny/2023/visitors_coding.csv"
    assert study.verbatims.cleared("visitors", "2023") is None
    assert list(study.verbatims.selections_in("2023")) == []
    assert list(study.verbatims.selections_in("2024")) == ["wishes"]


def test_coded_question_has_no_raw_column(folder: Path) -> None:
    questions = {one.name: one for one in load_study(folder).codebook.questions("visitors", "2024")}
    assert questions["remark_theme"].raw_columns == ()
    assert questions["remark_theme"].coded_from == "remark"
    assert questions["remark"].coded_from == ""


def test_study_comes_back_with_its_verbatims(folder: Path) -> None:
    study = load_study(folder)
    assert restore_study(dump_study(study)).verbatims == study.verbatims


def test_base_is_who_got_a_code_unless_declared(folder: Path) -> None:
    study = load_study(folder)
    assert study.verbatims.base("remark_theme") == "answered"
    assert study.verbatims.base("another") == "coded"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "codebook",
            "coded_from: remark",
            "coded_from: remrk",
            "unknown variable 'remrk'; did you mean 'remark'",
        ),
        ("codebook", "coded_from: remark", "coded_from: sex", "'sex' is no open question by itself"),
        (
            "codebook",
            "coded_from: remark",
            "coded_from: remark\n    columns: x",
            "coded answers are of type 'multi', without columns",
        ),
        (
            "verbatims",
            "    coding: {file",
            "    cleard: {file",
            "unknown key 'cleard'; did you mean 'cleared'",
        ),
        (
            "verbatims",
            "{wave}/visitors_coding",
            "visitors_coding",
            "is one file for several waves; write {wave}",
        ),
        (
            "verbatims",
            'visitors_coding.csv"}',
            'visitors_coding.csv", waves: ["2024"]}',
            "coded answers 'remark_theme' of part visitors have no coding file in 2023",
        ),
        ("verbatims", "  visitors:\n    coding", "  visitor:\n    coding", "unknown part 'visitor'"),
        (
            "verbatims",
            "opening: negative",
            "openin: negative",
            "unknown category 'openin'; did you mean 'opening'",
        ),
        ("verbatims", "  remark_theme:", "  remark_themes:", "unknown coded variable 'remark_themes'"),
        ("verbatims", "names: [Jones]", "own: {odd: '('}", "'(' is no regular expression"),
        (
            "verbatims",
            "variable: remark",
            "variable: sex",
            "'sex' is of type 'single'; quotes come from open",
        ),
        ("verbatims", "group: sex_female", "group: sex", "'sex' is a breakdown, a set of groups"),
        ("verbatims", "group: all, tone", "group: all, codes: [loud], tone", "unknown category 'loud'"),
        (
            "verbatims",
            "staff: positive, ",
            "",
            "no category of 'remark_theme' is positive; see frames, remark_theme, tones",
        ),
        (
            "verbatims",
            "    variable: remark",
            "    variable: remark\n    minimum_length: 300",
            "is above maximum_length, 240",
        ),
        ("deck", "selection: wishes", "selection: wish", "unknown selection 'wish'; did you mean 'wishes'"),
        (
            "deck",
            "kind: quotes, selection: wishes",
            "kind: quotes",
            "needs either 'selection' or 'quotes'",
        ),
    ],
)
def test_mistake_is_named_with_file_and_line(
    folder: Path, file: str, old: str, new: str, message: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        _changed(folder, file, old, new)
    assert message in str(caught.value)
    assert f"config/studies/tiny/{'verbatims' if 'coding file' in message else file}.yaml, line " in str(
        caught.value
    )


def test_cleaning_rule_on_coded_answers_points_to_the_coding_file(folder: Path) -> None:
    rule = "{id: x, variable: remark_theme, action: set_missing, reason: y}"
    with pytest.raises(ConfigError, match="'remark_theme' is filled from a coding file after cleaning"):
        _changed(folder, "cleaning", "duplicates: stop", f"duplicates: stop\nrules:\n  - {rule}")
