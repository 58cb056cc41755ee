from pathlib import Path

import openpyxl
import pyreadstat
import pytest

from wavedeck.dummy.draw import draw_respondents
from wavedeck.dummy.make import raw_content
from wavedeck.dummy.rehearse import make_raw_files
from wavedeck.intake.run import Intake, run_intake
from wavedeck.study.errors import ConfigError
from wavedeck.study.findings import stopping
from wavedeck.study.load import load_study

WAVES = ("1", "2", "3")


@pytest.fixture
def made(study, tmp_path) -> list[Path]:
    return make_raw_files(study, tmp_path)


def taken_in(study, root: Path, wave: str) -> Intake:
    name = study.raw_file("visitors", wave)
    return run_intake(
        root / name,
        raw_name=name,
        part=study.settings.parts["visitors"],
        part_name="visitors",
        wave=wave,
        questions=study.codebook.questions("visitors", wave),
        cleaning=study.cleaning,
    )


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("wave", WAVES)
def test_intake_gives_back_what_the_respondents_said(study, plan, tmp_path, wave):
    respondents = draw_respondents(study, plan, part="visitors", wave=wave).answers
    responses = taken_in(study, tmp_path, wave).responses.to_pandas()
    assert list(responses["_id"]) == list(respondents["number"])
    for name in (column for column in respondents if not column.endswith("!") and column != "number"):
        said, read = respondents[name], responses[name]
        assert (said.isna() == read.isna()).all(), name
        assert (said[said.notna()] == read[read.notna()]).all(), name


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("wave", WAVES)
def test_intake_finds_nothing_that_stops(study, tmp_path, wave):
    assert stopping(taken_in(study, tmp_path, wave).findings) == []


@pytest.mark.usefixtures("made")
def test_cleaning_takes_out_all_dirt(study, plan, tmp_path):
    intake = taken_in(study, tmp_path, "1")
    dropped = intake.dispositions[intake.dispositions["disposition"] == "dropped"]
    assert len(dropped) == 5
    assert len(raw_content(study, plan, part="visitors", wave="1")) == 115
    rules = {finding.rule: finding.count for finding in intake.findings}
    assert (rules["duplicate_id"], rules["out_of_range"], rules["routing"]) == (3, 2, 4)


def test_files_are_the_same_bytes_when_made_again(study, made, tmp_path):
    first = [path.read_bytes() for path in made]
    assert [path.read_bytes() for path in make_raw_files(study, tmp_path)] == first


def test_one_wave_can_be_made_alone(study, tmp_path):
    files = make_raw_files(study, tmp_path, waves=["2"])
    assert [file.name for file in files] == ["2.xlsx"]


def test_csv_has_the_declared_delimiter_and_encoding(made):
    text = made[0].read_bytes().decode("cp1252")
    assert text.startswith("nr;area;bought;what_1;what_2;what_3;m1;remark\r\n")
    assert '"Too déar; really"' in text


def test_excel_has_the_declared_sheet_columns_and_codes(made):
    sheet = openpyxl.load_workbook(made[1])["Answers"]
    header, *rows = sheet.values
    assert header[:3] == ("nr", "Area", "bought")
    assert {row[1] for row in rows} == {"N", "S", "X"}
    assert all(isinstance(row[0], int) for row in rows)


def test_sav_has_labels_and_user_missing_codes(made):
    _, meta = pyreadstat.read_sav(made[2], user_missing=True)
    assert meta.column_names_to_labels["food"] == "What: Food"
    assert meta.variable_value_labels["area"] == {1.0: "North", 2.0: "South", 9.0: "Unknown"}
    assert meta.missing_ranges["m2"] == [{"lo": 98.0, "hi": 98.0}, {"lo": 99.0, "hi": 99.0}]


def test_make_refuses_a_study_with_respondents_of_its_own(folder, tmp_path):
    file = folder / "study.yaml"
    file.write_text(file.read_text().replace("dummy: true", "dummy: false"))
    with pytest.raises(ConfigError, match="its raw files are real"):
        make_raw_files(load_study(folder), tmp_path)


def test_make_refuses_a_sign_that_the_encoding_lacks(folder, tmp_path):
    file = folder / "dummy.yaml"
    file.write_text(file.read_text().replace("Fine", "\u0141ine"), encoding="utf-8")
    with pytest.raises(ConfigError, match="'\u0141' in the made-up answers does not exist in cp1252"):
        make_raw_files(load_study(folder), tmp_path, waves=["1"])
    assert not list((tmp_path / "data").rglob("*.csv"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("mark@shop, code", "mark@shap, code", "'mark@shap' is not asked in that wave"),
        ('code: "11", rows: 2', 'code: "11", rows: 99', "99 are needed"),
    ],
)
def test_dirt_that_does_not_fit_is_named(folder, tmp_path, old, new, message):
    file = folder / "dummy.yaml"
    file.write_text(file.read_text().replace(old, new))
    with pytest.raises(ConfigError, match=message):
        make_raw_files(load_study(folder), tmp_path, waves=["1"])


def test_a_kind_of_missing_answer_needs_a_code(folder, tmp_path):
    file = folder / "codebook.yaml"
    file.write_text(file.read_text().replace('{"98": dont_know, "99": not_applicable}', '{"98": dont_know}'))
    with pytest.raises(ConfigError, match="'mark@shop' has answers 'not_applicable'"):
        make_raw_files(load_study(folder), tmp_path, waves=["1"])
