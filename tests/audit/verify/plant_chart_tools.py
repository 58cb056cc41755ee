"""Native charts and their workbooks, to plant faults in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from audit.verify.plant import (
    A,
    C,
    Parts,
    R,
    S,
    Where,
    changed,
    has_digit,
    shapes,
)


@dataclass
class Chart:
    """A native chart with its workbook."""

    slide: int
    name: str
    part: str
    root: Any
    book_part: str

    def series(self) -> list[Any]:
        return list(self.root.iter(f"{C}ser"))

    def values(self, series: Any) -> list[Any]:
        return list(series.find(f"{C}val").iter(f"{C}pt"))


def charts(parts: Parts, *, least: int = 1) -> Iterator[Chart]:
    for shape in shapes(parts, r"chart:.*"):
        link = next(shape.node.iter(f"{C}chart"), None)
        if link is None:
            continue
        part = parts.targets(shape.part)[link.get(f"{R}id")]
        root = parts.xml(part)
        books = [one for one in parts.targets(part).values() if one.endswith(".xlsx")]
        plain = root.find(f".//{C}scatterChart") is None
        if books and plain and len(list(root.iter(f"{C}ser"))) >= least:
            yield Chart(shape.slide, shape.name, part, root, books[0])


def edit_sheet(parts: Parts, chart: Chart, edit: Callable[[Any], object]) -> None:
    book = Parts.read(parts[chart.book_part])
    root = book.xml("xl/worksheets/sheet1.xml")
    edit(root)
    book.put("xl/worksheets/sheet1.xml", root)
    parts[chart.book_part] = book.blob()


def cell_at(root: Any, name: str) -> Any:
    return next((one for one in root.iter(f"{S}c") if one.get("r") == name), None)


def set_number(root: Any, name: str, value: str) -> None:
    cell = cell_at(root, name)
    if cell is None:
        number = re.sub(r"\D", "", name)
        row = next((one for one in root.iter(f"{S}row") if one.get("r") == number), None)
        if row is None:
            row = etree.SubElement(root.find(f"{S}sheetData"), f"{S}row", r=number)
        cell = etree.SubElement(row, f"{S}c", r=name)
    cell.attrib.pop("t", None)
    for child in list(cell):
        cell.remove(child)
    etree.SubElement(cell, f"{S}v").text = value


def first_cell(series: Any, place: int = 0) -> str:
    match = re.search(r"\$([A-Z]+)\$(\d+)", series.find(f"{C}val").findtext(f".//{C}f"))
    assert match
    return f"{match[1]}{int(match[2]) + place}"


def both(parts: Parts, chart: Chart, series: Any, place: int, value: str) -> None:
    """Write a value into what the chart stores and into its workbook."""
    chart.values(series)[place].find(f"{C}v").text = value
    name = first_cell(series, place)
    edit_sheet(parts, chart, lambda root: set_number(root, name, value))
    parts.put(chart.part, chart.root)


def value_of(point: Any) -> float:
    return float(point.findtext(f"{C}v"))


def edit_book(parts: Parts, edit: Callable[[Parts], object]) -> Where | None:
    for chart in charts(parts):
        book = Parts.read(parts[chart.book_part])
        edit(book)
        parts[chart.book_part] = book.blob()
        return chart.slide, f"workbook:{chart.name}"
    return None


def edit_cells(parts: Parts, edit: Callable[[Any], object]) -> Where | None:
    for chart in charts(parts):
        edit_sheet(parts, chart, edit)
        return chart.slide, f"workbook:{chart.name}"
    return None


def change_digit(parts: Parts, tag: str) -> Where | None:
    """Change a digit in the first text within an element of a kind."""
    for chart in charts(parts):
        for holder in chart.root.iter(f"{C}{tag}"):
            for run in holder.iter(f"{A}t"):
                if has_digit(run.text):
                    run.text = changed(run.text)
                    parts.put(chart.part, chart.root)
                    return chart.slide, chart.name
    return None
