"""Write described sheets with xlsxwriter."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from wavedeck.render.book.describe import Cell, Sheet
from wavedeck.render.book.looks import Looks
from wavedeck.render.style import HouseStyle

_A4, _MARGIN = 9, 0.5
#: Columns beside the names of rows that can be read on one page across.
_ACROSS = 22


def write_sheet(
    book: Workbook, looks: Looks, sheet: Sheet, style: HouseStyle, page: Mapping[str, str]
) -> None:
    """Write a sheet: cells, widths, panes that stay, filter, print setup.

    Parameters
    ----------
    page
        ``header`` and ``footer`` as Excel writes them.
    """
    written = book.add_worksheet(sheet.name)
    written.set_tab_color(f"#{style.hex(sheet.tab)}")
    written.hide_gridlines(2)
    for column, width in enumerate(sheet.widths):
        written.set_column(column, column, width)
    for r, row in enumerate(sheet.rows):
        for c, cell in enumerate(row):
            if cell is not None:
                _write_cell(written, looks, r, c, cell, wrap=c in sheet.wraps and cell.look.kind == "text")
    _write_body(written, sheet)
    _set_page(written, sheet, page)


def _write_cell(written: Worksheet, looks: Looks, r: int, c: int, cell: Cell, *, wrap: bool) -> None:
    look = looks.of(cell.look, wrap=wrap)
    if isinstance(cell.value, str):
        if cell.value == "":
            written.write_blank(r, c, None, look)
        elif cell.link:
            written.write_url(r, c, cell.link, look, cell.value)
        else:
            written.write_string(r, c, cell.value, look)
        return
    written.write_number(r, c, cell.value, look)


def _write_body(written: Worksheet, sheet: Sheet) -> None:
    last = len(sheet.widths) - 1
    written.freeze_panes(sheet.head, sheet.stub)
    if sheet.body:
        written.autofilter(sheet.head - 1, 0, sheet.head + sheet.body - 1, last)
    written.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(last)}{max(len(sheet.rows), 1)}"})


def _set_page(written: Worksheet, sheet: Sheet, page: Mapping[str, str]) -> None:
    last = len(sheet.widths) - 1
    written.set_landscape()
    written.set_paper(_A4)
    written.set_margins(_MARGIN, _MARGIN, 0.8, 0.7)
    written.set_header(page["header"])
    written.set_footer(page["footer"])
    across = -(-max(last + 1 - sheet.stub, 1) // _ACROSS)
    written.fit_to_pages(across, 0)
    if sheet.head:
        written.repeat_rows(0, sheet.head - 1)
    if sheet.stub:
        written.repeat_columns(0, sheet.stub - 1)
    written.print_area(0, 0, max(len(sheet.rows) - 1, 0), last)
