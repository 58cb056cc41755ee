"""Read delimited text with DuckDB."""

from __future__ import annotations

import codecs
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.recompute.rawfile import ROW, RawFile, unique
from wavedeck.audit.recompute.sql import Session, name, text

DELIMITERS = ",;\t|"


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
