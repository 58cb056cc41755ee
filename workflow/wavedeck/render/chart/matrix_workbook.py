"""The workbook behind a matrix: a row for every driver, which bubbles and labels share."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from pptx.chart.data import XyChartData
from pptx.oxml.ns import qn

from wavedeck.render.chart.workbook import MADE, Exact
from wavedeck.render.xmltypes import XmlElement

#: Column of each kind of content.
X, Y, NAME, SERIES, LESS, MORE = range(6)
_HEADS = ("x", "y", "name", "series", "y −", "y +")


@dataclass(frozen=True)
class Row:
    """One point: where it stands, what it is called, and how far its interval reaches down and up."""

    x: float
    y: float
    name: str = ""
    reach: tuple[float, float] | None = None


@dataclass(frozen=True)
class Dots:
    """One series: its name, its look, and the rows of the sheet that it draws.

    Parameters
    ----------
    look
        XML of shape, marker and labels, in the order of the schema.
    first
        Row of its first point, counted from 1 as in the sheet.
    """

    name: str
    look: tuple[str, ...]
    rows: tuple[Row, ...]
    first: int

    def cells(self, column: int) -> str:
        """Return the address of its cells in one column."""
        letter = "ABCDEF"[column]
        return f"Sheet1!${letter}${self.first}:${letter}${self.first + len(self.rows) - 1}"


class Places(XyChartData):
    """Chart data whose series may share rows of the workbook."""

    def __init__(self, dots: Sequence[Dots], *, number_format: str) -> None:
        super().__init__(number_format=number_format)  # type: ignore[no-untyped-call]
        self._dots = tuple(dots)
        for one in dots:
            series = self.add_series(one.name)  # type: ignore[no-untyped-call]
            for row in one.rows:
                series.add_data_point(row.x, row.y)

    @property
    def xlsx_blob(self) -> bytes:
        """Return the workbook: x, y, name and series of every point, and its interval."""
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            book.set_properties({"created": MADE})
            sheet = book.add_worksheet("Sheet1")
            sheet.set_column(NAME, SERIES, 36)
            sheet.write_row(0, 0, _HEADS)
            for one in self._dots:
                _write(sheet, one)
        return stream.getvalue()


def _write(sheet: Any, dots: Dots) -> None:
    for place, row in enumerate(dots.rows, start=dots.first - 1):
        sheet.write_number(place, X, Exact(row.x))
        sheet.write_number(place, Y, Exact(row.y))
        sheet.write_string(place, NAME, row.name)
        sheet.write_string(place, SERIES, dots.name)
        for column, value in enumerate(row.reach or (), start=LESS):
            sheet.write_number(place, column, Exact(value))


def refer(series: XmlElement, dots: Dots) -> None:
    """Let a series of the chart refer to its own rows of the workbook."""
    for tag, column in (("c:xVal", X), ("c:yVal", Y)):
        series.find(f"{qn(tag)}/{qn('c:numRef')}/{qn('c:f')}").text = dots.cells(column)
    name = f"Sheet1!$D${dots.first}"
    series.find(f"{qn('c:tx')}/{qn('c:strRef')}/{qn('c:f')}").text = name


def error_bars(dots: Dots, line: str) -> str:
    """Return the intervals of a series, upwards and downwards, from the cells of the workbook."""
    ends = "".join(
        f"<c:{tag}><c:numRef><c:f>{dots.cells(place)}</c:f>{_cache(dots, place - LESS)}</c:numRef></c:{tag}>"
        for tag, place in (("plus", MORE), ("minus", LESS))
    )
    return (
        '<c:errBars><c:errDir val="y"/><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="1"/>{ends}{line}</c:errBars>'
    )


def _cache(dots: Dots, side: int) -> str:
    reaches = [row.reach[side] if row.reach else 0.0 for row in dots.rows]
    points = "".join(f'<c:pt idx="{i}"><c:v>{Exact(one):.16G}</c:v></c:pt>' for i, one in enumerate(reaches))
    count = f'<c:ptCount val="{len(reaches)}"/>'
    return f"<c:numCache><c:formatCode>General</c:formatCode>{count}{points}</c:numCache>"
