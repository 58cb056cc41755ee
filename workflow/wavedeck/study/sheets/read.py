"""Read the sheets of a codebook, knowing the sheet and row of everything."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from wavedeck.study.base import ANY_LANGUAGE
from wavedeck.study.errors import ConfigError, did_you_mean
from wavedeck.study.paths import shown
from wavedeck.study.shape import Location
from wavedeck.study.sheets.cells import from_cell
from wavedeck.study.sheets.layout import ABOUT, REMARK, SHEETS, Column

Values = dict[str, Any]


@dataclass(frozen=True)
class SheetRow:
    """One row of a sheet: its 1-based number and its filled cells by heading."""

    sheet: str
    number: int
    values: Values

    @property
    def place(self) -> str:
        """Return sheet and row as messages show them."""
        return f"sheet '{self.sheet}', row {self.number}"


@dataclass(frozen=True)
class SheetFile:
    """A codebook kept as a spreadsheet.

    Attributes
    ----------
    data
        Content, as the YAML file would hold it.
    rows
        Path of keys -> the row it was read from.
    """

    path: Path
    data: Any
    rows: dict[Location, SheetRow] = field(repr=False)

    def place(self, location: Location) -> str:
        """Return file, sheet and row of a path of keys, as messages show them."""
        row = self._row(location)
        return f"{shown(self.path)}, {row.place}" if row else shown(self.path)

    def order(self, location: Location) -> int:
        """Return a number that sorts keys as they stand in the file."""
        row = self._row(location)
        return list(SHEETS).index(row.sheet) * 2_000_000 + row.number if row else 0

    def _row(self, location: Location) -> SheetRow | None:
        while location and location not in self.rows:
            location = location[:-1]
        return self.rows.get(location)


def read_rows(path: Path) -> list[SheetRow]:
    """Return all rows of all sheets, in the order in which they build on each other.

    Raises
    ------
    ConfigError
        When the file cannot be read, or a sheet, heading or cell is not as it should be.
    """
    workbook = _open(path)
    try:
        unknown = [name for name in workbook.sheetnames if not _is_known(name)]
        if unknown:
            hint = did_you_mean(unknown[0], SHEETS)
            raise ConfigError(
                f"unknown sheet '{unknown[0]}'{hint or ';'} put # before the name of one of your own"
            )
        return [row for name in SHEETS if name in workbook.sheetnames for row in _rows(workbook[name])]
    except ConfigError as error:
        raise ConfigError(f"{shown(path)}, {error}") from error
    finally:
        workbook.close()


def _open(path: Path) -> Any:
    try:
        return load_workbook(path)
    except FileNotFoundError as error:
        raise ConfigError(f"{shown(path)}: this file is missing") from error
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, EOFError) as error:
        raise ConfigError(
            f"{shown(path)}: this is no Excel file (.xlsx), or it is damaged; save it again"
        ) from error


def _is_known(name: str) -> bool:
    return name in SHEETS or name == ABOUT or name.startswith(REMARK)


def _rows(sheet: Any) -> Iterator[SheetRow]:
    cells = sheet.iter_rows()
    headings = _headings(sheet.title, next(cells, ()))
    for number, row in enumerate(cells, start=2):
        values: Values = {}
        for place, column, language in headings:
            if place < len(row):
                _take(values, column, language, row[place], f"sheet '{sheet.title}', row {number}")
        if values:
            yield SheetRow(sheet.title, number, values)


def _headings(sheet: str, cells: Sequence[Any]) -> list[tuple[int, Column, str]]:
    known = {column.name: column for column in SHEETS[sheet]}
    found: list[tuple[int, Column, str]] = []
    for place, cell in enumerate(cells):
        heading = str(cell.value or "").strip()
        if not heading or heading.startswith(REMARK):
            continue
        name, _, language = heading.partition(" ")
        column = known.get(name)
        if column is None or (language and column.kind != "local"):
            hint = did_you_mean(heading, known) or ";"
            raise ConfigError(
                f"sheet '{sheet}', row 1: unknown column '{heading}'{hint} valid: {', '.join(known)}"
            )
        if any(column is other and language == said for _, other, said in found):
            raise ConfigError(f"sheet '{sheet}', row 1: column '{heading}' stands twice")
        found.append((place, column, language))
    return found


def _take(values: Values, column: Column, language: str, cell: Any, place: str) -> None:
    if cell.data_type == "f":
        raise ConfigError(f"{place}, column '{column.name}': holds a formula; write its value")
    if cell.data_type == "e":
        raise ConfigError(f"{place}, column '{column.name}': holds the error {cell.value}; write a value")
    try:
        value = from_cell(cell.value, "text" if column.kind == "local" else column.kind)
    except ConfigError as error:
        raise ConfigError(f"{place}, column '{column.name}': {error}") from error
    if value is None:
        return
    if column.kind == "local":
        values.setdefault(column.name, {})[language or ANY_LANGUAGE] = value
    else:
        values[column.name] = value
