from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from openpyxl import load_workbook

from study.codebooks import codebooks
from wavedeck.study.codebook import Codebook
from wavedeck.study.errors import ConfigError
from wavedeck.study.plain import codebook_data, codebook_to_yaml
from wavedeck.study.sheet import codebook_from_xlsx, codebook_to_xlsx
from wavedeck.study.yaml_lines import read_yaml

FREELY = settings(
    max_examples=12, phases=(Phase.generate,), deadline=None, suppress_health_check=list(HealthCheck)
)
ORDERED = ("variables", "items", "categories", "codes", "missing", "by_wave", "scales", "loops")


def orders(data: object, key: str = "") -> list[tuple[str, list[str]]]:
    """Return the order of entries wherever it means something."""
    if not isinstance(data, dict):
        return []
    own = [(key, list(data))] if key in ORDERED else []
    return own + [found for name, inner in data.items() for found in orders(inner, name)]


def assert_same(one: Codebook, other: Codebook) -> None:
    assert codebook_data(one) == codebook_data(other)
    assert sorted(orders(codebook_data(one))) == sorted(orders(codebook_data(other)))


def check_there_and_back(codebook: Codebook, folder: Path) -> None:
    codebook_to_xlsx(codebook, folder / "a.xlsx")
    from_sheet = codebook_from_xlsx(folder / "a.xlsx")
    assert_same(from_sheet, codebook)
    codebook_to_yaml(from_sheet, folder / "b.yaml")
    from_yaml = Codebook.model_validate(read_yaml(folder / "b.yaml").data)
    assert_same(from_yaml, codebook)
    codebook_to_xlsx(from_yaml, folder / "c.xlsx")
    assert (folder / "c.xlsx").read_bytes() == (folder / "a.xlsx").read_bytes()


@FREELY
@given(codebook=codebooks())
def test_sheet_and_yaml_hold_the_same(tmp_path_factory, codebook):
    check_there_and_back(codebook, tmp_path_factory.mktemp("book"))


@pytest.mark.slow
@settings(FREELY, max_examples=300)
@given(codebook=codebooks())
def test_sheet_and_yaml_hold_the_same_many_times(tmp_path_factory, codebook):
    check_there_and_back(codebook, tmp_path_factory.mktemp("book"))


@pytest.mark.parametrize("number", [-0.0, -4.5245106414339176e16, 1e23, 0.1 + 0.2])
def test_sheet_and_yaml_write_a_number_the_same(tmp_path, number):
    scales = {"8m": {"type": "rating", "maximum": number, "missing": {"\x93": "blank", "01": "dont_know"}}}
    check_there_and_back(Codebook.model_validate({"scales": scales, "variables": {}}), tmp_path)


@pytest.fixture
def sheets(folder):
    """The demo's codebook as a spreadsheet, changed cell by cell."""
    path = folder.path / "codebook.xlsx"
    codebook_to_xlsx(folder.load().codebook, path)

    def change(sheet: str, cell: str, value: object) -> str:
        workbook = load_workbook(path)
        workbook[sheet][cell] = value
        workbook.save(path)
        with pytest.raises(ConfigError) as error:
            codebook_from_xlsx(path)
        return str(error.value).removeprefix("config/studies/demo/codebook.xlsx, ")

    change.path = path
    return change


def test_sheet_is_laid_out_for_people(sheets):
    workbook = load_workbook(sheets.path)
    assert workbook.sheetnames[:4] == ["variables", "items", "categories", "codes"]
    variables = workbook["variables"]
    assert variables.freeze_panes == "B2"
    assert variables["A1"].comment.text.startswith("Name of the question")
    assert variables["A1"].font.bold
    assert variables["A2"].number_format == "@"
    assert "rating" in variables.data_validations.dataValidation[0].formula1


def test_sheet_reads_waves_and_codes_typed_as_numbers(folder, sheets):
    workbook = load_workbook(sheets.path)
    workbook["items"]["E3"] = 2017
    workbook["codes"]["E2"] = 1
    workbook.save(sheets.path)
    assert codebook_from_xlsx(sheets.path) == folder.load_codebook()


def test_sheet_keeps_remarks_of_its_owner_apart(folder, sheets):
    workbook = load_workbook(sheets.path)
    workbook.create_sheet("#mine")["A1"] = "to do"
    workbook["items"]["Z1"] = "# seen by"
    workbook["items"]["Z2"] = "me"
    workbook.save(sheets.path)
    assert codebook_from_xlsx(sheets.path) == folder.load_codebook()


ERRORS = {
    "model": (
        ("variables", "C4", "singel"),
        "sheet 'variables', row 4, variables.sex.type: unknown value 'singel'; did",
    ),
    "heading": (
        ("items", "C1", "labell"),
        "sheet 'items', row 1: unknown column 'labell'; did you mean 'label'? valid: ",
    ),
    "heading twice": (("items", "C1", "item"), "sheet 'items', row 1: column 'item' stands twice"),
    "variable of an item": (
        ("items", "A2", "servise"),
        "sheet 'items', row 2: unknown variable 'servise'; did you mean",
    ),
    "item twice": (
        ("items", "B3", "art"),
        "sheet 'items', row 3: 'art' stands twice, first in sheet 'items', row 2",
    ),
    "variable without name": (("variables", "A4", None), "sheet 'variables', row 4: needs 'variable'"),
    "scale and variable": (
        ("codes", "A2", "mark"),
        "sheet 'codes', row 2: names both a scale and a variable",
    ),
    "formula": (
        ("items", "C2", "=A1"),
        "sheet 'items', row 2, column 'label': holds a formula; write its value",
    ),
    "date": (
        ("codes", "E2", date(2017, 5, 1)),
        "sheet 'codes', row 2, column 'code': the spreadsheet made the date",
    ),
    "condition": (
        ("items", "F2", "sex is f"),
        "sheet 'items', row 2, column 'asked_if': 'sex is f' is no condition",
    ),
    "column with and without category": (
        ("columns", "D2", None),
        "sheet 'columns', row 3: either every raw column",
    ),
}


@pytest.mark.parametrize("case", ERRORS)
def test_sheet_errors_name_sheet_and_row(sheets, case):
    cell, expected = ERRORS[case]
    assert sheets(*cell).startswith(expected)


def test_sheet_unknown_sheet(sheets):
    workbook = load_workbook(sheets.path)
    workbook["items"].title = "itemz"
    workbook.save(sheets.path)
    with pytest.raises(ConfigError, match="unknown sheet 'itemz'; did you mean 'items'"):
        codebook_from_xlsx(sheets.path)


def test_sheet_that_is_no_spreadsheet(tmp_path):
    (tmp_path / "codebook.xlsx").write_text(json.dumps({}))
    with pytest.raises(ConfigError, match="no Excel file"):
        codebook_from_xlsx(tmp_path / "codebook.xlsx")


def test_sheet_text_too_long_for_a_cell(tmp_path):
    codebook = Codebook.model_validate({"variables": {"a": {"label": "x" * 40_000, "type": "open"}}})
    with pytest.raises(ConfigError, match="at most 32767 characters, this text has 40000"):
        codebook_to_xlsx(codebook, tmp_path / "codebook.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_checks_of_a_study_name_sheet_and_row(folder, sheets):
    workbook = load_workbook(sheets.path)
    workbook["codes"]["F2"] = "north"
    workbook.save(sheets.path)
    (folder.path / "codebook.yaml").unlink()
    assert folder.problem() == (
        "config/studies/demo/codebook.xlsx, sheet 'codes', row 2, variables.site.codes.1: "
        "unknown category 'north'; valid: n, s"
    )
