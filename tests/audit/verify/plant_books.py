"""Faults in the workbook behind a chart, away from the cells that the chart shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

from audit.verify.plant import Parts, S, Where, fault
from audit.verify.plant_chart_tools import charts, edit_book, edit_cells, set_number
from audit.verify.plant_parts import with_entry

SHEET = "xl/worksheets/sheet1.xml"


def add_part(book: Parts, part: str, content: bytes, kind: str, user: str = SHEET) -> None:
    book[part] = content
    book.relate(user, part, kind)


def edit_xml(book: Parts, part: str, edit: Callable[[Any], object]) -> None:
    root = book.xml(part)
    edit(root)
    book.put(part, root)


@fault
def book_string_that_no_cell_shows(parts: Parts) -> Where | None:
    def add(root: Any) -> None:
        etree.SubElement(etree.SubElement(root, f"{S}si"), f"{S}t").text = "East 5.6"

    return edit_book(parts, lambda book: edit_xml(book, "xl/sharedStrings.xml", add))


@fault
def book_format_with_a_digit(parts: Parts) -> Where | None:
    def add(root: Any) -> None:
        for one in root.iter(f"{S}numFmt"):
            one.set("formatCode", '"5"0.0')

    return edit_book(parts, lambda book: edit_xml(book, "xl/styles.xml", add))


@fault
def book_column_of_no_width(parts: Parts) -> Where | None:
    def hide(root: Any) -> None:
        set_number(root, "B40", "East")
        columns = root.find(f"{S}cols")
        etree.SubElement(columns, f"{S}col", min="2", max="2", width="0", customWidth="1")

    return edit_cells(parts, hide)


@fault
def book_row_of_no_height(parts: Parts) -> Where | None:
    def hide(root: Any) -> None:
        next(root.iter(f"{S}row")).set("ht", "0")

    return edit_cells(parts, hide)


@fault
def book_cell_without_a_name(parts: Parts) -> Where | None:
    def add(root: Any) -> None:
        row = next(root.iter(f"{S}row"))
        etree.SubElement(etree.SubElement(row, f"{S}c"), f"{S}v").text = "5.6"

    return edit_cells(parts, add)


@fault
def book_cell_twice(parts: Parts) -> Where | None:
    def add(root: Any) -> None:
        cell = next(one for one in root.iter(f"{S}c") if one.get("r") == "B2")
        made = etree.Element(f"{S}c", r="B2")
        etree.SubElement(made, f"{S}v").text = "5.6"
        cell.addprevious(made)

    return edit_cells(parts, add)


@fault
def book_footer_of_even_pages(parts: Parts) -> Where | None:
    def add(root: Any) -> None:
        footer = etree.SubElement(root, f"{S}headerFooter", differentOddEven="1")
        etree.SubElement(footer, f"{S}evenFooter").text = "East 5.6"

    return edit_cells(parts, add)


@fault
def book_hint_of_a_cell(parts: Parts) -> Where | None:
    def add(root: Any) -> None:
        rules = etree.SubElement(root, f"{S}dataValidations")
        etree.SubElement(rules, f"{S}dataValidation", sqref="B2", prompt="East 5.6")

    return edit_cells(parts, add)


@fault
def book_conditional_format(parts: Parts) -> Where | None:
    def add(root: Any) -> None:
        rules = etree.SubElement(root, f"{S}conditionalFormatting", sqref="B2")
        rule = etree.SubElement(rules, f"{S}cfRule", type="cellIs", operator="equal")
        etree.SubElement(rule, f"{S}formula").text = "5.6"

    return edit_cells(parts, add)


@fault
def book_drawing(parts: Parts) -> Where | None:
    return edit_book(parts, lambda book: add_part(book, "xl/drawings/drawing1.xml", b"<d>5.6</d>", "drawing"))


@fault
def book_custom_xml(parts: Parts) -> Where | None:
    return edit_book(
        parts,
        lambda book: add_part(book, "customXml/item1.xml", b"<d>5.6</d>", "customXml", "xl/workbook.xml"),
    )


@fault
def book_pivot_cache(parts: Parts) -> Where | None:
    part = "xl/pivotCache/pivotCacheRecords1.xml"
    return edit_book(
        parts, lambda book: add_part(book, part, b"<d v='5.6'/>", "pivotCache", "xl/workbook.xml")
    )


@fault
def book_threaded_comment(parts: Parts) -> Where | None:
    part = "xl/threadedComments/threadedComment1.xml"
    return edit_book(parts, lambda book: add_part(book, part, b"<c><text>5.6</text></c>", "threadedComment"))


@fault
def book_titles_of_parts(parts: Parts) -> Where | None:
    def add(root: Any) -> None:
        etree.SubElement(root, "Manager").text = "East 5.6"

    return edit_book(parts, lambda book: edit_xml(book, "docProps/app.xml", add))


@fault
def book_comment_in_xml(parts: Parts) -> Where | None:
    return edit_cells(parts, lambda root: root.append(etree.Comment("East 5.6")))


@fault
def book_sheet_named_with_a_number(parts: Parts) -> Where | None:
    def name(root: Any) -> None:
        view = etree.SubElement(root, f"{S}customWorkbookViews")
        etree.SubElement(view, f"{S}customWorkbookView", name="East 5.6")

    return edit_book(parts, lambda book: edit_xml(book, "xl/workbook.xml", name))


@fault
def book_code_name(parts: Parts) -> Where | None:
    def name(root: Any) -> None:
        root.insert(0, etree.Element(f"{S}sheetPr", codeName="East 5.6"))

    return edit_cells(parts, name)


@fault
def book_scenario(parts: Parts) -> Where | None:
    def add(root: Any) -> None:
        scenario = etree.SubElement(etree.SubElement(root, f"{S}scenarios"), f"{S}scenario", name="East")
        etree.SubElement(scenario, f"{S}inputCells", r="B2", val="5.6")

    return edit_cells(parts, add)


@fault
def book_hidden_rows_by_default(parts: Parts) -> Where | None:
    return edit_cells(parts, lambda root: root.find(f"{S}sheetFormatPr").set("zeroHeight", "1"))


@fault
def book_part_twice(parts: Parts) -> Where | None:
    for chart in charts(parts):
        book = Parts.read(parts[chart.book_part])
        other = book[SHEET].replace(b"<v>7", b"<v>5")
        parts[chart.book_part] = with_entry(book.blob(), SHEET, other)
        return chart.slide, f"workbook:{chart.name}"
    return None
