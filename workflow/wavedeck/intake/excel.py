"""Read Excel workbooks: one sheet, cells as text, rows numbered as Excel shows them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pyarrow as pa
from openpyxl.utils.exceptions import InvalidFileException

from wavedeck.intake.problems import stop
from wavedeck.intake.raw import RawColumn, RawTable
from wavedeck.intake.values import shortest
from wavedeck.study.errors import did_you_mean

ROWS_AT_ONCE = 20_000
MIDNIGHT = "T00:00:00"
Numbered = tuple[int, tuple[str, ...]]


def read_excel(path: Path, *, file: str, sheet: str | None) -> RawTable:
    """Read one sheet of a workbook; its first row names the columns.

    Parameters
    ----------
    path
        Where the workbook stands.
    file
        Its path as the study names it.
    sheet
        Name of the sheet; the first one when None.

    Raises
    ------
    RawDataError
        When the workbook is damaged, lacks the sheet, has cells beside the header, or no rows.
    """
    rows = _rows(_cells(path, file, sheet))
    header = _header(next(rows, (1, ()))[1], file)
    numbers, columns = _columns(rows, header, file)
    if len(numbers) == 0:
        raise stop("empty_file", file, "the sheet has no rows under its header; put the complete file there")
    return RawTable(file, np.array(numbers, np.int64), columns)


def _cells(path: Path, file: str, sheet: str | None) -> Iterator[tuple[Any, ...]]:
    book = _open(path, file)
    try:
        found = _sheet(book, file, sheet)
        found.reset_dimensions()
        yield from found.iter_rows(values_only=True)
    finally:
        book.close()


def _open(path: Path, file: str) -> Any:
    try:
        return openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        message = "this Excel file is truncated or damaged; copy it again from where it came"
        raise stop("unreadable", file, message) from error


def _sheet(book: Any, file: str, sheet: str | None) -> Any:
    if sheet is not None and sheet not in book.sheetnames:
        hint = did_you_mean(sheet, book.sheetnames) or f"; sheets: {', '.join(book.sheetnames)}"
        raise stop("sheet", file, f"there is no sheet '{sheet}'{hint}")
    return book[sheet] if sheet else book.worksheets[0]


def _rows(cells: Iterable[tuple[Any, ...]]) -> Iterator[Numbered]:
    for number, row in enumerate(cells, start=1):
        texts = tuple(_text(value) for value in row)
        if any(texts):
            yield number, texts


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return shortest(float(value)) if isinstance(value, float) else str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat().removesuffix(MIDNIGHT)
    return str(value)


def _header(row: tuple[str, ...], file: str) -> tuple[str, ...]:
    width = max((i + 1 for i, name in enumerate(row) if name), default=0)
    header = row[:width]
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        names = ", ".join(f"'{name}'" for name in twice)
        raise stop("header", file, f"the header names {names} twice; give each column its own name", 1)
    return header


def _columns(
    rows: Iterator[Numbered], header: tuple[str, ...], file: str
) -> tuple[list[int], dict[str, RawColumn]]:
    numbers: list[int] = []
    chunks: list[list[pa.Array]] = [[] for _ in header]
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        numbers.extend(number for number, _ in batch)
        texts = [_fitted(number, row, len(header), file) for number, row in batch]
        for chunk, column in zip(chunks, zip(*texts, strict=True), strict=True):
            chunk.append(pa.array(column, pa.string()).dictionary_encode())
    if not numbers:
        return [], {}
    joined = [RawColumn.of(pa.chunked_array(chunk)) for chunk in chunks]
    return numbers, dict(zip(header, joined, strict=True))


def _fitted(number: int, row: tuple[str, ...], width: int, file: str) -> tuple[str, ...]:
    if any(row[width:]):
        message = (
            f"the row has cells to the right of the header's {width} columns; mend the row or the header"
        )
        raise stop("row_length", file, message, number)
    return (*row[:width], *[""] * (width - len(row)))
