"""Read raw files as they are: every cell as text, by file, row and column."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyreadstat

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.recompute.delimited import read_delimited
from wavedeck.audit.recompute.rawfile import ROW, RawFile, unique
from wavedeck.audit.recompute.sql import Session, name, text
from wavedeck.study.settings import Source


def read_verbatim(
    session: Session,
    path: Path,
    *,
    file: str,
    source: Source,
    wave: str,
    only: Collection[str] | None = None,
) -> RawFile:
    """Read a raw file into ``raw``, one column a question, and ``verbatim``, one row a cell.

    Parameters
    ----------
    session
        Gets both tables in its current schema.
    path
        Where the file stands.
    file
        Its path as the study names it.
    source
        How it is written.
    wave
        Wave of the file.
    only
        Columns that are kept of files other than CSV; all when left out.

    Raises
    ------
    AuditError
        When the file is not there or holds something that this reader cannot take.
    """
    override = source.by_wave.get(wave)
    own = source.model_copy(update=override.model_dump(exclude_none=True) if override else {})
    if not path.is_file():
        raise AuditError(f"{file}: this raw file is not there, so nothing can be recomputed from it")
    if own.format == "csv":
        found = read_delimited(session, path, file=file, delimiter=own.delimiter, encoding=own.encoding)
    elif own.format == "sav":
        found = _read_spss(session, path, file, only)
    else:
        found = _read_workbook(session, path, file, own.sheet, only)
    session.run(_verbatim_view(found))
    return found


def _verbatim_view(raw: RawFile) -> str:
    columns = ", ".join(name(own) for own in raw.columns.values())
    return (
        f'CREATE OR REPLACE VIEW verbatim AS\nSELECT {text(raw.file)} AS "file", {ROW} AS "row", '
        '"column", "value"'
        f'\nFROM raw UNPIVOT INCLUDE NULLS ("value" FOR "column" IN ({columns}))'
    )


def _read_spss(session: Session, path: Path, file: str, only: Collection[str] | None) -> RawFile:
    content, meta = pyreadstat.read_sav(path, user_missing=True, output_format="dict")
    cells = {word: [_spss_text(value) for value in values] for word, values in content.items()}
    columns = _store(session, cells, only, range(1, len(next(iter(cells.values()))) + 1))
    labels = {
        word: {_spss_text(code): str(label) for code, label in codes.items()}
        for word, codes in meta.variable_value_labels.items()
    }
    marked = {
        word: tuple({value for value in cells[word] if value and _in_ranges(value, ranges)})
        for word, ranges in meta.missing_ranges.items()
    }
    return RawFile(file, columns, labels=labels, marked=marked, sets=meta.mr_sets)


def _spss_text(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, str):
        return value
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    number = float(value)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _in_ranges(value: str, ranges: Any) -> bool:
    for span in ranges:
        if isinstance(span["lo"], str):
            if span["lo"] <= value <= span["hi"]:
                return True
        elif span["lo"] <= float(value) <= span["hi"]:
            return True
    return False


def _read_workbook(
    session: Session, path: Path, file: str, sheet: str | None, only: Collection[str] | None
) -> RawFile:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    cells = book[sheet] if sheet else book.worksheets[0]
    cells.reset_dimensions()
    grid = [[_cell_text(value) for value in row] for row in cells.iter_rows(values_only=True)]
    book.close()
    header = grid[0]
    while header and not header[-1]:
        header.pop()
    rows = [(place, row) for place, row in enumerate(grid[1:], start=2) if any(row)]
    columns = {
        word: [row[place] if place < len(row) else "" for _, row in rows] for place, word in enumerate(header)
    }
    return RawFile(file, _store(session, columns, only, [place for place, _ in rows]))


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return _spss_text(value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    return str(value)


def _store(
    session: Session, cells: Mapping[str, Sequence[str]], only: Collection[str] | None, rows: Sequence[int]
) -> dict[str, str]:
    kept = [word for word in cells if only is None or word in only or word.startswith("$")]
    columns = unique(kept if only is None or kept else list(cells))
    data = {own: pa.array(cells[word], pa.string()) for word, own in columns.items()}
    session.load("raw", pa.table({ROW: pa.array(rows, pa.int64()), **data}))
    return columns
