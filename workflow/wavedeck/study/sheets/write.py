"""Write the sheets of a codebook so that people like to work in them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from wavedeck.study.base import ANY_LANGUAGE
from wavedeck.study.codebook import MissingKind, VariableType
from wavedeck.study.sheets.cells import to_cell
from wavedeck.study.sheets.layout import ABOUT, ABOUT_TEXT, SHEETS, Column
from wavedeck.study.sheets.rows import Row

_MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001 - the format has no time zone
_ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)
_BOLD = Font(bold=True)
_SHADE = PatternFill("solid", fgColor="E8ECEF")
_TOP = Alignment(vertical="top", wrap_text=True)
_CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    ("variables", "type"): get_args(VariableType),
    ("scales", "type"): get_args(VariableType),
    ("missing", "why"): get_args(MissingKind),
}
_LAST_ROW = 5000


def write_workbook(rows: dict[str, list[Row]], path: Path) -> None:
    """Write rows of all sheets to a spreadsheet, the same bytes for the same rows."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    languages = _languages(rows)
    for name, columns in SHEETS.items():
        _write_sheet(workbook.create_sheet(name), columns, rows[name], languages)
    _write_about(workbook.create_sheet(ABOUT))
    workbook.properties.creator = "wavedeck"
    workbook.properties.created = _MOMENT
    buffer = BytesIO()
    workbook.save(buffer)
    _replace(path, _timeless(buffer))


def _languages(rows: dict[str, list[Row]]) -> list[str]:
    texts = [
        value
        for sheet in rows.values()
        for row in sheet
        for key, value in row.items()
        if _is_text(key, value)
    ]
    found = {language for text in texts for language in text}
    return sorted(found, key=lambda code: (code != ANY_LANGUAGE, code)) or [ANY_LANGUAGE]


def _is_text(key: str, value: Any) -> bool:
    return key in ("label", "question", "asked_of") and isinstance(value, dict)


def _write_sheet(sheet: Any, columns: Sequence[Column], rows: list[Row], languages: list[str]) -> None:
    spread = [(column, heading) for column in columns for heading in column.headings(languages)]
    for place, (column, heading) in enumerate(spread, start=1):
        _write_heading(sheet, place, column, heading)
        _offer_choices(sheet, place, column)
    for number, row in enumerate(rows, start=2):
        for place, (column, heading) in enumerate(spread, start=1):
            _write_cell(sheet.cell(number, place), _value(row, column, heading), column)
    sheet.freeze_panes = sheet.cell(2, 2 if columns[0].name not in ("scale",) else 3)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(spread))}{max(len(rows) + 1, 2)}"


def _value(row: Row, column: Column, heading: str) -> Any:
    value = row.get(column.name)
    if column.kind != "local" or value is None:
        return value
    return value.get(heading.removeprefix(column.name).strip() or ANY_LANGUAGE)


def _write_heading(sheet: Any, place: int, column: Column, heading: str) -> None:
    cell = sheet.cell(1, place, heading)
    cell.font, cell.fill = _BOLD, _SHADE
    cell.comment = Comment(column.note, "wavedeck", height=60, width=260)
    sheet.column_dimensions[get_column_letter(place)].width = column.width


def _write_cell(cell: Any, value: Any, column: Column) -> None:
    kind = "text" if column.kind == "local" else column.kind
    cell.value = to_cell(value, kind)
    cell.alignment = _TOP
    if kind not in ("number", "flag"):
        cell.number_format = "@"
        if isinstance(cell.value, str):
            cell.data_type = "s"


def _offer_choices(sheet: Any, place: int, column: Column) -> None:
    choices = _CHOICES.get((sheet.title, column.name))
    if choices:
        listed = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
        letter = get_column_letter(place)
        listed.add(f"{letter}2:{letter}{_LAST_ROW}")
        sheet.add_data_validation(listed)


def _write_about(sheet: Any) -> None:
    for number, (name, text) in enumerate(ABOUT_TEXT, start=1):
        sheet.cell(number, 1, name).font = _BOLD
        sheet.cell(number, 2, text)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 14, 90


def _timeless(buffer: BytesIO) -> bytes:
    """Return the same file without the moment of writing."""
    result = BytesIO()
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                stamp = f"{_MOMENT.isoformat()}Z".encode()
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            entry = zipfile.ZipInfo(name, _ZIP_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return result.getvalue()


def _replace(path: Path, content: bytes) -> None:
    partial = path.with_name(f".{path.name}.part")
    partial.write_bytes(content)
    partial.replace(path)
