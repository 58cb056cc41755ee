"""Workbooks, hidden parts included, and workbooks as finished files."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from audit.verify import finished
from audit.verify.plant import Parts
from wavedeck.audit.verify.ooxml import read_package
from wavedeck.audit.verify.spreadsheet import verify_workbook
from wavedeck.audit.verify.workbook import cells_of, read_workbook

ADDRESS = "visitors/overall/all/2024"


def book(value: float = 7.4) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Marks"
    sheet["A1"], sheet["B1"] = "The library as a whole", value
    return made


def saved(made: openpyxl.Workbook, path: Path, *, field: str = "estimate", address: str = ADDRESS) -> Path:
    stream = io.BytesIO()
    made.save(stream)
    parts = Parts.read(stream.getvalue())
    line = f'<line element="Marks/B1" address="{address}" field="{field}" printed="7.4"/>'
    parts["customXml/item1.xml"] = (
        f'<ledger xmlns="urn:wavedeck:ledger"><slide id="0" number="0">{line}</slide></ledger>'.encode()
    )
    path.write_bytes(parts.blob())
    return path


def test_hidden_cells_are_read() -> None:
    made = book()
    sheet = made["Marks"]
    sheet["D3"] = 5.6
    sheet.column_dimensions["D"].hidden = True
    sheet.row_dimensions[1].hidden = True
    stream = io.BytesIO()
    made.save(stream)
    read = read_workbook(read_package(stream.getvalue(), "book.xlsx")).sheets[0]
    assert read.cells["D3"] == Decimal("5.6")
    assert read.concealed == {"A1", "B1", "D3"}


def test_reference_names_its_cells() -> None:
    assert cells_of("'My sheet'!$B$2:$C$3") == ("My sheet", ("B2", "B3", "C2", "C3"))
    assert cells_of("Sheet1!$AA$10") == ("Sheet1", ("AA10",))


def test_workbook_that_holds_its_figures_is_accounted_for(tmp_path: Path) -> None:
    found = verify_workbook(saved(book(), tmp_path / "a.xlsx"), finished.truth())
    assert [str(one) for one in found.faults] == []
    assert found.counts["figure"] == 2


@pytest.mark.parametrize("value", [7.3, 7.38, 7.4001])
def test_cell_must_hold_the_rounded_value(value: float, tmp_path: Path) -> None:
    found = verify_workbook(saved(book(value), tmp_path / "a.xlsx"), finished.truth())
    assert [one.element for one in found.faults] == ["Marks/B1"]


def test_number_without_a_claim_is_an_orphan(tmp_path: Path) -> None:
    made = book()
    made["Marks"]["C9"] = 31
    found = verify_workbook(saved(made, tmp_path / "a.xlsx"), finished.truth())
    assert [(one.element, one.problem) for one in found.faults] == [("Marks/C9", "orphan")]


def test_suppressed_figure_in_a_cell_is_a_leak(tmp_path: Path) -> None:
    hidden = next(one for one in finished.truth().store if one.state == "suppressed")
    found = verify_workbook(saved(book(), tmp_path / "a.xlsx", address=hidden.address), finished.truth())
    assert "leak" in {one.problem for one in found.faults}
