"""The table book as people and programs open it."""

from __future__ import annotations

import re
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import tiny_study
from wavedeck.render.book.book import sheets_of, write_book
from wavedeck.render.book.describe import Sheet
from wavedeck.render.book.setting import Setting


@cache
def sheets() -> list[Sheet]:
    return sheets_of(Setting(tiny_study.context()))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "tables.xlsx"
    write_book(tiny_study.context(), path)
    return path


def printed() -> set[str]:
    cells = (cell for sheet in sheets() for row in sheet.rows for cell in row if cell is not None)
    return {one.address for cell in cells for one in cell.claims if one.field == "estimate"}


def test_every_figure_of_the_store_is_in_a_table() -> None:
    assert printed() == set(tiny_study.store().figures)


def test_two_books_are_the_same_bytes(book: Path, tmp_path: Path) -> None:
    write_book(tiny_study.context(), tmp_path / "other.xlsx")
    assert (tmp_path / "other.xlsx").read_bytes() == book.read_bytes()


def test_no_digits_of_a_hidden_figure_are_anywhere(book: Path) -> None:
    full, shown = tiny_study.stores().full, tiny_study.store()
    hidden = [one for one in full if one.estimate is not None and shown[one.address].estimate is None]
    exact = {f"{one.estimate:.7f}"[:7] for one in hidden if one.estimate and one.estimate % 0.25}
    assert len(exact) > 5
    with zipfile.ZipFile(book) as opened:
        whole = b"\n".join(opened.read(name) for name in opened.namelist())
    assert [value for value in sorted(exact) if value.encode() in whole] == []


def test_no_value_is_more_exact_than_it_is_printed(book: Path) -> None:
    with zipfile.ZipFile(book) as opened:
        parts = [opened.read(name).decode() for name in opened.namelist() if "worksheets/" in name]
    values = [value for part in parts for value in re.findall(r"<v>([-\d.eE]+)</v>", part)]
    assert values
    assert [one for one in values if len(one.partition(".")[2]) > 3 or "e" in one.lower()] == []


def test_hidden_figures_have_their_sign_and_marks_stand_beside_the_newest_wave(book: Path) -> None:
    sheet = openpyxl.load_workbook(book)["5 The library as a whole"]
    heads = [cell.value for cell in sheet[6]]
    values = [cell.value for cell in sheet[7]]
    assert heads[:6] == ["Measure", "2023", "2024", "vs 2023", "2023", "2024"]
    assert values[:3] == ["Mean", 7.2, 7.4]
    assert "*" in values
    assert values[heads.index("vs others", 8)] == "▼"


def test_low_base_is_a_number_with_its_sign(book: Path) -> None:
    low = {one.address: one for one in tiny_study.store() if one.state == "low_base"}
    opened, seen = openpyxl.load_workbook(book), 0
    for sheet in sheets():
        for r, row in enumerate(sheet.rows, start=1):
            for c, cell in enumerate(row, start=1):
                if cell is not None and any(
                    one.address in low and one.field == "estimate" for one in cell.claims
                ):
                    found, seen = opened[sheet.name].cell(r, c), seen + 1
                    assert isinstance(found.value, int | float)
                    assert found.number_format.startswith('"°"0')
    assert seen >= len(low) > 0


def test_table_reads_into_a_frame(book: Path) -> None:
    frame = pd.read_excel(book, sheet_name="3 In the sample", header=4, nrows=7)
    assert list(frame.columns[:4]) == ["Answer or aspect", "Measure", "2023", "2024"]
    assert frame.loc[frame["Answer or aspect"] == "North", "2024"].item() == 48


def test_sheets_can_be_filtered_scrolled_and_printed(book: Path) -> None:
    opened = openpyxl.load_workbook(book)
    assert opened.sheetnames[:3] == ["Contents", "How to read", "1 Visitors who answered"]
    sheet = opened["6 The library as a whole"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C7", "A6:P10")
    assert sheet.merged_cells.ranges == set()
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$6", "$A:$B")


def test_contents_lead_to_every_table(book: Path) -> None:
    opened = openpyxl.load_workbook(book)
    links = [cell.hyperlink.location for row in opened["Contents"] for cell in row if cell.hyperlink]
    assert [one.rpartition("!")[0].strip("'") for one in links] == ["How to read", *opened.sheetnames[2:]]


def test_file_says_whose_it_is_and_of_which_date(book: Path) -> None:
    properties = openpyxl.load_workbook(book).properties
    assert properties.title == "Visitors of a small library 2024: Table book"
    assert properties.creator == "Tern & Tide Research"
    assert properties.created.date().isoformat() == "2024-06-28"


def test_every_sheet_says_that_data_are_made_up(book: Path) -> None:
    for sheet in openpyxl.load_workbook(book):
        assert sheet.oddHeader.right.text == "Fictitious data"
