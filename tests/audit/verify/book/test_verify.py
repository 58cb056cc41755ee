"""Planted faults in a table book: each is found, and named by sheet and cell."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

import tiny_study
from audit.verify import finished
from audit.verify.book import plant_cells, plant_front, plant_hidden, plant_swaps, plant_tools
from audit.verify.book.plant_tools import FAULTS
from audit.verify.plant import Parts, S
from wavedeck.audit.verify.book.verify import verify_book
from wavedeck.audit.verify.report import verify_file
from wavedeck.render.book.book import write_book

PLANTS = (plant_cells, plant_front, plant_hidden, plant_swaps, plant_tools)


@cache
def book() -> Path:
    path = finished.folder() / "tables.xlsx"
    write_book(tiny_study.context(), path)
    return path


def test_book_without_faults_has_none() -> None:
    found = verify_file(book(), finished.truth())
    assert [str(one) for one in found.faults] == []
    assert found.counts["figure"] >= len(finished.truth().store.figures)
    assert {"base", "mark", "wave", "constant", "page", "label"} <= set(found.counts)


def test_elements_name_sheet_and_cell() -> None:
    elements = {one.element for one in verify_book(book(), finished.truth()).accounts if one.kind == "mark"}
    assert any(one.startswith("tables:6 The library as a whole!") for one in elements)


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_fault_in_a_table_book_is_named(name: str, tmp_path: Path) -> None:
    parts = Parts.read(book())
    place = FAULTS[name](parts)
    assert place is not None, "the fault cannot be planted"
    path = tmp_path / "tables.xlsx"
    path.write_bytes(parts.blob())
    found = [str(one) for one in verify_book(path, finished.truth()).faults]
    assert [one for one in found if place in one], (place, found)


def test_there_are_many_faults() -> None:
    assert len(FAULTS) > 50


def test_planting_knows_nothing_of_the_program() -> None:
    for module in PLANTS:
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        names = [one.module or "" for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)]
        assert not [one for one in names if one.startswith("wavedeck")]


def test_value_of_a_hidden_figure_is_called_by_its_name(tmp_path: Path) -> None:
    truth = finished.truth()
    value, address = next((str(one), own) for one, own in truth.hidden_values.items())
    parts = Parts.read(book())
    sheet = plant_tools.page(parts, plant_tools.SIMPLE)
    sheet.write("Z9", value, number=True)
    sheet.save()
    path = tmp_path / "tables.xlsx"
    path.write_bytes(parts.blob())
    assert any(address in str(one) for one in verify_book(path, truth).faults)


def test_numbers_as_excel_saves_them_are_the_same(tmp_path: Path) -> None:
    parts = Parts.read(book())
    for sheet in plant_tools.pages(parts):
        for value in sheet.root.iter(f"{S}v"):
            if "." in (value.text or ""):
                value.text = f"{float(value.text):.17g}"
        sheet.save()
    path = tmp_path / "tables.xlsx"
    path.write_bytes(parts.blob())
    assert b"999999" in b"".join(parts.values())
    assert [str(one) for one in verify_book(path, finished.truth()).faults] == []


def test_book_without_its_ledger_has_one_fault_that_says_so(tmp_path: Path) -> None:
    parts = Parts.read(book())
    del parts[plant_tools.LEDGER_PART]
    path = tmp_path / "tables.xlsx"
    path.write_bytes(parts.blob())
    (fault,) = verify_file(path, finished.truth()).faults
    assert "the ledger is gone" in str(fault)
