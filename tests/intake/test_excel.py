from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from wavedeck.intake.excel import read_excel
from wavedeck.intake.problems import RawDataError
from wavedeck.intake.run import Intake

TakeIn = Callable[..., Intake]


def write(path: Path, *rows: list[Any], sheet: str = "Data") -> Path:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Notes"
    target = book.create_sheet(sheet)
    for row in rows:
        target.append(row)
    book.save(path)
    return path


def texts(path: Path, column: str) -> list[str]:
    table = read_excel(path, file="raw.xlsx", sheet="Data")
    return table.columns[column].texts(np.arange(len(table.rows)))


def test_cells_become_text(tmp_path: Path) -> None:
    day = date(2017, 5, 8)
    path = write(
        tmp_path / "a.xlsx", ["id", "mark", "day", "yes"], [1, 2.5, day, True], ["x", 3.0, None, "t"]
    )
    assert texts(path, "id") == ["1", "x"]
    assert texts(path, "mark") == ["2.5", "3"]
    assert texts(path, "day") == ["2017-05-08", ""]
    assert texts(path, "yes") == ["TRUE", "t"]


def test_rows_are_numbered_as_excel_shows_them(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", ["id"], [1], [None], [2])
    assert read_excel(path, file="raw.xlsx", sheet="Data").rows.tolist() == [2, 4]


def test_first_sheet_is_read_unless_one_is_declared(take_in: TakeIn, tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", ["id"], ["p"])
    assert take_in(path, {}, format="xlsx", sheet="Data").responses["_id"].to_pylist() == ["p"]
    with pytest.raises(RawDataError, match="no rows under its header"):
        take_in(path, {}, format="xlsx")


def test_misspelt_sheet_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", ["id"], [1])
    with pytest.raises(RawDataError, match="there is no sheet 'Dat'; did you mean 'Data'"):
        read_excel(path, file="raw.xlsx", sheet="Dat")


def test_truncated_workbook_gives_one_message(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", ["id"], [1])
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(RawDataError, match="truncated or damaged"):
        read_excel(path, file="raw.xlsx", sheet=None)


def test_cells_beside_the_header_name_their_row(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", ["id"], [1], [2, "stray"])
    with pytest.raises(RawDataError, match=r"raw.xlsx:3: the row has cells to the right"):
        read_excel(path, file="raw.xlsx", sheet="Data")


def test_name_twice_in_the_header_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", ["id", "id"], [1, 2])
    with pytest.raises(RawDataError, match="names 'id' twice"):
        read_excel(path, file="raw.xlsx", sheet="Data")
