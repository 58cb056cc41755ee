"""What intake wrote down about a row: what became of it, and which values it changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from wavedeck.audit.trace.place import WaveData, require

LOG, DISPOSITIONS = "cleaning_log.csv", "dispositions.csv"


@dataclass(frozen=True)
class Change:
    """One line of the cleaning log."""

    row: int
    variable: str
    column: str
    raw: str
    value: str
    rule: str
    reason: str


@dataclass(frozen=True)
class Disposition:
    """What became of a raw row."""

    row: int
    id: str
    disposition: str
    rule: str


def changes_of(data: WaveData, rows: Iterable[int]) -> list[Change]:
    """Return the lines of the cleaning log about some rows."""
    return [_change(one) for one in _lines(data, LOG, rows)]


def _change(one: Mapping[str, str]) -> Change:
    names = ("variable", "column", "raw", "value", "rule", "reason")
    return Change(int(one["row"]), *(one[name] or "" for name in names))


def disposition_of(data: WaveData, row: int) -> Disposition | None:
    """Return what became of a row; None when the raw file has no such row."""
    found = _lines(data, DISPOSITIONS, [row])
    return _disposition(found[0]) if found else None


def every_disposition(data: WaveData) -> list[Disposition]:
    """Return what became of each raw row, in the order of the file."""
    return [_disposition(one) for one in _lines(data, DISPOSITIONS)]


def every_change(data: WaveData) -> list[Change]:
    """Return all lines of the cleaning log."""
    return [_change(one) for one in _lines(data, LOG)]


def _disposition(one: Mapping[str, str]) -> Disposition:
    return Disposition(int(one["row"]), one["id"] or "", one["disposition"] or "", one["rule"] or "")


def _lines(data: WaveData, name: str, rows: Iterable[int] | None = None) -> list[dict[str, str]]:
    from pyarrow import csv

    path = data.path / name
    require(path)
    with path.open(encoding="utf-8") as file:
        columns = file.readline().strip().split(",")
    as_text = csv.ConvertOptions(column_types=dict.fromkeys(columns, pa.string()), strings_can_be_null=False)
    table = csv.read_csv(
        path, convert_options=as_text, parse_options=csv.ParseOptions(newlines_in_values=True)
    )
    if rows is not None:
        wanted = pa.array([str(row) for row in rows], pa.string())
        table = table.filter(pc.is_in(table["row"], value_set=wanted))
    return [dict(one) for one in table.to_pylist()]
