"""Draw a table that a colleague can edit in PowerPoint."""

from __future__ import annotations

from typing import Any

from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu

from wavedeck.render.boxes import Box, emu
from wavedeck.render.pptx.paragraphs import colour_element, element, write_paragraphs
from wavedeck.render.pptx.table_layout import INDENT, Geometry, geometry
from wavedeck.render.signs import SIGNS
from wavedeck.render.style import HouseStyle
from wavedeck.render.table import Cell, Row, Table, placed
from wavedeck.render.text import Paragraph, Run
from wavedeck.render.xmltypes import XmlElement
from wavedeck.study.errors import RenderError

_MARK_ROLES = {"▲": "positive_strong", "▼": "negative_strong"}
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_ALIGN = {"left": "l", "right": "r", "center": "ctr"}
_HAIRLINE, _RULE = 6350, 12700


def _check(table: Table) -> None:
    if not table.rows:
        raise RenderError(f"table '{table.id}' is empty: it has no rows")
    for number, row in table.all_rows():
        covered = sum(cell.span for cell in row.cells)
        if covered != len(table.widths):
            raise RenderError(
                f"table '{table.id}': row {number + 1} covers {covered} columns, "
                f"but {len(table.widths)} are declared"
            )


def add_table(slide: Any, place: Any, table: Table, style: HouseStyle, *, language: str = "en-GB") -> Any:
    """Draw a table on a slide.

    Parameters
    ----------
    slide
        The slide.
    place
        A placeholder, which the table then fills, or a ``Box`` in inches.
    table
        What to draw.
    style
        House style.
    language
        Language tag of the text.

    Returns
    -------
    GraphicFrame
        The table's frame.

    Raises
    ------
    RenderError
        When the table is empty, uneven or does not fit.
    """
    _check(table)
    box = place if isinstance(place, Box) else Box.of(place)
    found = geometry(table, box, style)
    frame = _new_frame(slide, place, box, len(found.heights), len(found.widths))
    frame.name = f"table:{table.id}"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", table.title_alt)
    drawn = frame.table
    _plain(drawn)
    for column, width in zip(drawn.columns, found.widths, strict=True):
        column.width = Emu(emu(width))
    for row, height in zip(drawn.rows, found.heights, strict=True):
        row.height = Emu(emu(height))
    frame.height = Emu(sum(row.height for row in drawn.rows))
    frame.width = Emu(sum(column.width for column in drawn.columns))
    for number, row in table.all_rows():
        _write_row(drawn, number, row, table, found, style=style, language=language)
    return frame


def _new_frame(slide: Any, place: Any, box: Box, rows: int, columns: int) -> Any:
    if hasattr(place, "insert_table"):
        frame = place.insert_table(rows, columns)
        frame.left, frame.top, frame.width = (Emu(one) for one in box.emu[:3])
        return frame
    if not isinstance(place, Box):
        place._element.getparent().remove(place._element)
    return slide.shapes.add_table(rows, columns, *box.emu)


def _plain(drawn: Any) -> None:
    """Take off PowerPoint's own table style; keep the first row marked as the head."""
    properties = drawn._tbl.tblPr
    properties.find("{*}tableStyleId").text = _NO_STYLE
    drawn.horz_banding = False
    drawn.first_row = True
    drawn.first_col = True


def _write_row(
    drawn: Any, number: int, row: Row, table: Table, found: Geometry, *, style: HouseStyle, language: str
) -> None:
    head = number < len(table.header)
    body_number = number - len(table.header)
    banded = (
        not head and len(table.rows) >= style.table.zebra_from and body_number % 2 == 1 and row.kind == "body"
    )
    for column, cell in placed(row):
        target = drawn.cell(number, column)
        if cell.span > 1:
            target.merge(drawn.cell(number, column + cell.span - 1))
        _write_cell(target, cell, row, head=head, size=found.size, style=style, language=language)
        for covered in range(column, column + cell.span):
            ruled = not head or bool(cell.text)
            _dress(
                drawn.cell(number, covered),
                _lines(number, row, table, ruled=ruled),
                fill="ground" if banded else None,
                style=style,
            )


def _lines(number: int, row: Row, table: Table, *, ruled: bool) -> dict[str, tuple[int, str]]:
    """Return width and colour of the rules above and below a cell."""
    heads = len(table.header)
    last = number == heads + len(table.rows) - 1
    lines: dict[str, tuple[int, str]] = {}
    if number == heads - 1:
        lines["b"] = (_RULE, "brand")
    elif number < heads - 1:
        if ruled:
            lines["b"] = (_HAIRLINE, "hairline")
    else:
        lines["b"] = (_RULE, "brand") if last else (_HAIRLINE, "hairline")
    if number == heads and heads:
        lines["t"] = (_RULE, "brand")
    if row.kind == "total" and number > heads:
        lines["t"] = (_RULE, "brand")
    return lines


def _write_cell(
    target: Any, cell: Cell, row: Row, *, head: bool, size: float, style: HouseStyle, language: str
) -> None:
    target.margin_right = Emu(emu(style.table.padding))
    target.margin_left = Emu(emu(style.table.padding + INDENT * cell.indent))
    target.margin_top = target.margin_bottom = Emu(0)
    target.vertical_anchor = MSO_ANCHOR.BOTTOM if head else MSO_ANCHOR.MIDDLE
    bold = cell.bold or head or row.kind in ("group", "total")
    role = cell.role or ("brand" if head or row.kind == "group" else None)
    if cell.state in SIGNS:
        role = cell.role or "grey"
    runs = [Run(cell.printed, bold=bold, role=role or "ink")]
    if cell.mark:
        runs.insert(0, Run(cell.mark + " ", role=_MARK_ROLES.get(cell.mark, "accent")))
    body = target._tc.get_or_add_txBody()
    write_paragraphs(
        body,
        [Paragraph(tuple(runs))],
        style=style,
        size=size,
        share=0.0,
        language=language,
        on_run=lambda _properties, _run: None,
    )
    for paragraph in body.p_lst:
        paragraph.get_or_add_pPr().set("algn", _ALIGN[cell.align])


def _dress(target: Any, lines: dict[str, tuple[int, str]], *, fill: str | None, style: HouseStyle) -> None:
    properties = target._tc.get_or_add_tcPr()
    for child in list(properties):
        properties.remove(child)
    for side, tag in (("l", "a:lnL"), ("r", "a:lnR"), ("t", "a:lnT"), ("b", "a:lnB")):
        _border(element(tag, properties), lines.get(side), style)
    if fill:
        element("a:solidFill", properties).append(colour_element(style, fill))
    else:
        element("a:noFill", properties)


def _border(line: XmlElement, look: tuple[int, str] | None, style: HouseStyle) -> None:
    if look is None:
        line.set("w", "0")
        element("a:noFill", line)
        return
    line.set("w", str(look[0]))
    element("a:solidFill", line).append(colour_element(style, look[1]))
