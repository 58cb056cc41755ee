"""Keep a codebook as a spreadsheet: convert both ways without loss."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from wavedeck.study.codebook import Codebook
from wavedeck.study.errors import ConfigError
from wavedeck.study.explain import explain
from wavedeck.study.paths import shown
from wavedeck.study.plain import codebook_data
from wavedeck.study.sheets.build import Builder
from wavedeck.study.sheets.read import SheetFile, read_rows
from wavedeck.study.sheets.rows import rows_of
from wavedeck.study.sheets.write import write_workbook


def codebook_to_xlsx(codebook: Codebook, path: Path) -> None:
    """Write a codebook as a spreadsheet, the same bytes each time.

    Raises
    ------
    ConfigError
        When a text is longer than a cell may be.
    """
    write_workbook(rows_of(codebook_data(codebook)), path)


def codebook_from_xlsx(path: Path) -> Codebook:
    """Read a codebook that is kept as a spreadsheet.

    Raises
    ------
    ConfigError
        Naming sheet and row of everything that is wrong, and what would be valid.
    """
    file = read_sheets(path)
    try:
        return Codebook.model_validate(file.data)
    except ValidationError as error:
        raise ConfigError("\n".join(explain(file, Codebook, error))) from error


def read_sheets(path: Path) -> SheetFile:
    """Read the data of a codebook from a spreadsheet, without checking them against the model.

    Raises
    ------
    ConfigError
        When the file, a sheet, a heading or a cell cannot be read.
    """
    builder = Builder()
    rows = read_rows(path)
    try:
        builder.add_all(rows)
    except ConfigError as error:
        raise ConfigError(f"{shown(path)}, {error}") from error
    return SheetFile(path, builder.data, builder.rows)
