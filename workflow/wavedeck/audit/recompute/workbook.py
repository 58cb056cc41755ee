"""A workbook with the rows behind a figure, whose formulas make the figure anew."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from wavedeck.audit.recompute.figure import ROW_COLUMNS, FigureRows

ROWS, SCORES, FIGURE = "rows", "scores", "figure"


def write_workbook(figure: FigureRows, path: Path) -> None:
    """Write rows, scores and figure; every number on the last sheet is a formula over the first two.

    Parameters
    ----------
    figure
        From `wavedeck.audit.recompute.figure.figure_rows`.
    path
        Where the workbook is written.
    """
    book = Workbook()
    summary = book.active
    assert isinstance(summary, Worksheet)
    summary.title = FIGURE
    _write_scores(book.create_sheet(SCORES), figure)
    _write_rows(book.create_sheet(ROWS), figure)
    _write_figure(summary, figure)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def _write_scores(sheet: Worksheet, figure: FigureRows) -> None:
    _head(sheet, ("answer", "score"))
    for answer, score in (figure.scores or {}).items():
        sheet.append((answer, score))


def _write_rows(sheet: Worksheet, figure: FigureRows) -> None:
    _head(sheet, (*ROW_COLUMNS[:8], "counts", *ROW_COLUMNS[8:]))
    last = len(figure.scores or {}) + 1
    for place, row in enumerate(figure.rows, start=2):
        counts = f'=IF(AND(E{place},F{place},G{place}<>""),1,0)'
        sheet.append((*row[:7], _score(place, last, figure), counts, *row[8:]))


def _score(place: int, last: int, figure: FigureRows) -> str:
    if figure.scores is None:
        return f'=IF(G{place}="",0,VALUE(G{place}))'
    found = f"VLOOKUP(G{place},{SCORES}!$A$2:$B${last},2,FALSE)"
    return f'=IF(G{place}="",0,IFERROR({found},0))'


def _write_figure(sheet: Worksheet, figure: FigureRows) -> None:
    last = len(figure.rows) + 1
    weight, score, counts = (f"{ROWS}!${letter}$2:${letter}${last}" for letter in "DHI")
    total = f"SUMPRODUCT({weight},{counts})"
    formulas = {
        "estimate": f"={figure.scale:g}*SUMPRODUCT({weight},{score},{counts})/{total}",
        "base": f"=SUM({counts})",
        "weighted_base": f"={total}",
        "effective_base": f"={total}^2/SUMPRODUCT({weight},{weight},{counts})",
    }
    sheet.append((figure.address, "", ""))
    _head(sheet, ("field", "from the rows", "in the store", "difference"))
    for place, (field, formula) in enumerate(formulas.items(), start=3):
        sheet.append((field, formula, figure.stored.get(field), f"=B{place}-C{place}"))


def _head(sheet: Worksheet, words: tuple[str, ...]) -> None:
    sheet.append(words)
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
