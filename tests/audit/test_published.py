from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tiny_study import ROOT
from wavedeck.audit.published import published_findings, read_published
from wavedeck.study.errors import ConfigError
from wavedeck.study.load import Study, load_study

HEAD = "id,value,address,field,slide,reason\n"
RIGHT = [
    "a,7.7,visitors/overall/branch_north/2024,estimate,8,",
    "b,48,visitors/overall/all/2023,base,8,",
    "c,+,visitors/service@staff/all/2024,previous.mark,15,",
    "d,33,visitors/remark_theme.opening/all/2024,fraction,20,",
    "e,95,study/constants.confidence,constant,3,",
    'f,7,visitors/overall/branch_north*sex_male/2024,estimate,11,"oddity 1: a, b"',
    "g,3,visitors/overall_range.low/all/2024,estimate,8,",
]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    shutil.copytree(ROOT, tmp_path, dirs_exist_ok=True)
    return load_study(tmp_path / "config" / "studies" / "tiny")


def _messages(study: Study, *lines: str) -> list[str]:
    (study.folder / "published.csv").write_text(HEAD + "".join(f"{line}\n" for line in lines))
    return [str(finding) for finding in published_findings(study)]


def test_right_rows_give_no_finding(study: Study) -> None:
    assert _messages(study, *RIGHT) == []


def test_study_without_published_figures_gives_no_finding(study: Study) -> None:
    assert published_findings(study) == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("x,7.7,visitors/overal/all/2024,estimate,8,", "unknown indicator 'overal'; did you mean 'overall'?"),
        ("x,7.7,visitor/overall/all/2024,estimate,8,", "unknown part 'visitor'"),
        (
            "x,7.7,visitors/service@stafff/all/2024,estimate,8,",
            "unknown item 'stafff'; did you mean 'staff'?",
        ),
        ("x,7.7,visitors/service/all/2024,estimate,8,", "unknown item ''"),
        ("x,7.7,visitors/activity.sing/all/2024,estimate,8,", "unknown category 'sing'"),
        ("x,7.7,visitors/overall/north/2024,estimate,8,", "unknown group 'north'"),
        ("x,7.7,visitors/overall/all/2042,estimate,8,", "unknown wave '2042'"),
        ("x,7.7,overall,estimate,8,", "'overall' is not an address"),
        ("x,7.7,study/constants.scales,constant,8,", "unknown constant 'scales'; did you mean 'scale'?"),
        (
            "x,7.7,visitors/overall/all/2024,estimates,8,",
            "unknown field 'estimates'; did you mean 'estimate'?",
        ),
        ("x,7.7,visitors/overall/all/2024,estimate,99,", "slide '99' does not exist"),
        ("x,7.7,visitors/overall/all/2024,estimate,,", "slide '' does not exist"),
        ("x,seven,visitors/overall/all/2024,estimate,8,", "value 'seven' is no number"),
        ("x,7.7,visitors/overall/all/2024,previous.mark,8,", "value '7.7' is no mark"),
        ("a,7.7,visitors/overall/all/2024,estimate,8,", "id 'a' also stands on line 2"),
    ],
)
def test_wrong_row_is_named_with_its_line(study: Study, line: str, message: str) -> None:
    (found,) = _messages(study, RIGHT[0], line)
    assert found.startswith("config/studies/tiny/published.csv:3: ")
    assert message in found


def test_row_of_the_wrong_length_is_named(study: Study) -> None:
    (found,) = _messages(study, "a,7.7,visitors/overall/all/2024,estimate,8,oddity 1: a, b")
    assert "published.csv:2: has 7 fields, not 6; quote a reason with commas" in found


def test_other_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "published.csv"
    path.write_text("id,value\n")
    with pytest.raises(ConfigError, match="its columns are id, value; write id, value, address"):
        read_published(path)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        read_published(tmp_path / "published.csv")
