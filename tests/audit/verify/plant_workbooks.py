"""Faults in workbooks behind charts, and series and points that should not be there."""

from __future__ import annotations

import copy
from typing import Any

from lxml import etree

from audit.verify.plant import (
    C,
    Parts,
    R,
    S,
    Where,
    fault,
)
from audit.verify.plant_chart_tools import (
    charts,
    edit_book,
    edit_cells,
    set_number,
)


@fault
def chart_hidden_column(parts: Parts) -> Where | None:
    def hide(root: Any) -> None:
        set_number(root, "H2", "5.6")
        columns = root.find(f"{S}cols")
        etree.SubElement(columns, f"{S}col", min="8", max="8", width="9", hidden="1")

    return edit_cells(parts, hide)


@fault
def chart_hidden_row(parts: Parts) -> Where | None:
    def hide(root: Any) -> None:
        set_number(root, "B40", "5.6")
        next(one for one in root.iter(f"{S}row") if one.get("r") == "40").set("hidden", "1")

    return edit_cells(parts, hide)


@fault
def chart_spare_cell(parts: Parts) -> Where | None:
    return edit_cells(parts, lambda root: set_number(root, "Z99", "48"))


@fault
def chart_hidden_sheet(parts: Parts) -> Where | None:
    def add(book: Parts) -> None:
        rows = '<sheetData><row r="1"><c r="A1"><v>5.6</v></c></row></sheetData>'
        sheet = f'<worksheet xmlns="{S[1:-1]}">{rows}</worksheet>'
        book["xl/worksheets/sheet9.xml"] = sheet.encode()
        own = book.relate("xl/workbook.xml", "xl/worksheets/sheet9.xml", "worksheet")
        root = book.xml("xl/workbook.xml")
        entry = etree.SubElement(root.find(f"{S}sheets"), f"{S}sheet", name="Rows", sheetId="9")
        entry.set("state", "veryHidden")
        entry.set(f"{R}id", own)
        book.put("xl/workbook.xml", root)

    return edit_book(parts, add)


@fault
def chart_defined_name(parts: Parts) -> Where | None:
    def add(book: Parts) -> None:
        root = book.xml("xl/workbook.xml")
        names = etree.Element(f"{S}definedNames")
        etree.SubElement(names, f"{S}definedName", name="east", hidden="1").text = "5.6"
        root.find(f"{S}sheets").addnext(names)
        book.put("xl/workbook.xml", root)

    return edit_book(parts, add)


@fault
def chart_workbook_property(parts: Parts) -> Where | None:
    def add(book: Parts) -> None:
        root = book.xml("docProps/core.xml")
        etree.SubElement(root, "{http://purl.org/dc/elements/1.1/}description").text = "East has 5.6"
        book.put("docProps/core.xml", root)

    return edit_book(parts, add)


@fault
def chart_series_added(parts: Parts) -> Where | None:
    for chart in charts(parts):
        series = chart.series()[-1]
        made = copy.deepcopy(series)
        made.find(f"{C}idx").set("val", "9")
        series.addnext(made)
        parts.put(chart.part, chart.root)
        return chart.slide, chart.name
    return None


@fault
def chart_point_removed(parts: Parts) -> Where | None:
    for chart in charts(parts):
        points = chart.values(chart.series()[0])
        points[0].getparent().remove(points[0])
        parts.put(chart.part, chart.root)
        return chart.slide, chart.name
    return None
