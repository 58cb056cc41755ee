"""Read raw files as they are: every cell as text, by file, row and column."""

from __future__ import annotations

import codecs
import math
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyreadstat

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.recompute.sql import Session, name, text
from wavedeck.study.settings import Source

ROW = "_row"
DELIMITERS = ",;\t|"


@dataclass(frozen=True)
class RawFile:
    """What was read from one raw file into the tables ``raw`` and ``verbatim``.

    Attributes
    ----------
    file
        Path as the study names it.
    columns
        Column as the file names it -> column of the table ``raw``.
    labels, marked
        Column -> labels of codes; codes that the file calls missing (SPSS).
    sets
        Multiple-response sets of an SPSS file, as the file describes them.
    comma
        Whether numbers have a decimal comma.
    direct
        Whether the SQL that read it can be run by anybody who has the file.
    """

    file: str
    columns: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    marked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    comma: bool = False
    direct: bool = False


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


def read_delimited(
    session: Session,
    path: Path,
    *,
    file: str,
    delimiter: str | None,
    encoding: str | None,
    table: str = "raw",
) -> RawFile:
    """Read delimited text with DuckDB into a table."""
    data = path.read_bytes()
    content = _decoded(data, file, encoding)
    lines = content.splitlines(keepends=True)
    starts = _record_starts(lines)
    mark = delimiter or max(DELIMITERS, key=lines[starts[0] - 1].count)
    as_is = (encoding or "utf-8").lower().replace("_", "-") in ("utf-8", "ascii")
    direct = as_is and starts == list(range(1, len(starts) + 1))
    with tempfile.TemporaryDirectory() as folder:
        used = path if direct else _whole_lines(Path(folder) / "raw.csv", lines, starts)
        columns = _load(session, used, mark, table)
    made = session.rows(f"SELECT count(*) FROM {table}")[0][0]
    if made != len(starts) - 1:
        raise AuditError(
            f"{file}: {made} records were read and {len(starts) - 1} counted; a quote in it is not closed"
        )
    if not direct:
        places = pa.table({"place": range(1, made + 1), "line": pa.array(starts[1:], pa.int64())})
        session.load("lines", places)
        session.connection.execute(f"UPDATE {table} SET {ROW} = line FROM lines WHERE place = {ROW} - 1")
    return RawFile(file, columns, comma=mark == ";", direct=direct)


def _decoded(data: bytes, file: str, encoding: str | None) -> str:
    word = encoding or "utf-8"
    codec = "utf-8-sig" if codecs.lookup(word).name == "utf-8" else word
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise AuditError(
            f"{file}: is not written in {word} ({error.reason} at byte {error.start})"
        ) from error


def _record_starts(lines: Sequence[str]) -> list[int]:
    """Return the line on which each record starts, from 1: lines in quotes belong to the one before."""
    starts, inside = [], False
    for place, line in enumerate(lines, start=1):
        if not inside and line.strip("\r\n"):
            starts.append(place)
        inside ^= line.count('"') % 2 == 1
    return starts


def _whole_lines(path: Path, lines: Sequence[str], starts: Sequence[int]) -> Path:
    """Write the text as UTF-8 with line feeds and without empty lines between records."""
    ends = [*starts[1:], len(lines) + 1]
    records = ["".join(lines[a - 1 : b - 1]).rstrip("\r\n") for a, b in zip(starts, ends, strict=True)]
    path.write_text("\n".join(records) + "\n", encoding="utf-8", newline="")
    return path


def _load(session: Session, path: Path, mark: str, table: str) -> dict[str, str]:
    reading = (
        f"{text(str(path))}, delim={text(mark)}, quote='\"', escape='\"', auto_detect=false, parallel=false, "
        "strict_mode=true"
    )
    places = [f"c{place}" for place in range(_width(path, mark))]
    header = session.rows(
        f"SELECT * FROM read_csv({reading}, header=false, columns={_columns(places)}) LIMIT 1"
    )
    columns = unique([word or "" for word in header[0]])
    session.run(
        f"CREATE OR REPLACE TABLE {table} AS\nSELECT row_number() OVER () + 1 AS {ROW}, "
        f"{_coalesced(columns.values())}\nFROM read_csv({reading}, header=true, "
        f"columns={_columns(columns.values())})"
    )
    return columns


def _width(path: Path, mark: str) -> int:
    """Return how many fields the header has: delimiters outside quotes, and one."""
    header = ""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line in file:
            header += line
            if header.count('"') % 2 == 0:
                break
    return "".join(header.split('"')[::2]).count(mark) + 1


def _columns(words: Any) -> str:
    return "{" + ", ".join(f"{text(str(word))}: 'VARCHAR'" for word in words) + "}"


def _coalesced(words: Any) -> str:
    return ", ".join(f"coalesce({name(word)}, '') AS {name(word)}" for word in words)


def unique(words: Sequence[str]) -> dict[str, str]:
    """Return names that also differ for who does not tell capitals apart, as databases do.

    >>> unique(["q", "Q"])
    {'q': 'q', 'Q': 'Q#2'}
    """
    taken: set[str] = {ROW}
    found: dict[str, str] = {}
    for word in words:
        candidate, count = word or "column", 1
        while candidate.casefold() in taken:
            count += 1
            candidate = f"{word or 'column'}#{count}"
        taken.add(candidate.casefold())
        found[word] = candidate
    return found


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
