"""Describe a table before it is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from wavedeck.render.signs import SIGNS

Align = Literal["left", "right", "center"]
RowKind = Literal["body", "group", "total"]


@dataclass(frozen=True)
class Cell:
    """One cell with its printed text.

    Parameters
    ----------
    text
        Printed text; numbers rounded and formatted already. Empty for a hidden figure: the
        drawer prints the sign of its state.
    address, field
        The figure printed here, if any.
    state
        State of that figure (``shown``, ``low_base``, ``suppressed``, ``not_asked``, ...).
    bold
        Whether the text is bold (the newest wave).
    align
        Side of the cell where the text stands; numbers stand right.
    mark
        ``▲`` or ``▼`` for a significant difference, or empty. Printed before the number, so that
        decimal marks stay in line.
    span
        Number of columns covered; the next cell stands after them.
    role
        Colour role of the text.
    indent
        Steps by which the text is indented.
    against
        What the mark compares with: ``previous``, ``stated`` or ``rest``.
    """

    text: str
    address: str | None = None
    field: str | None = None
    state: str = "shown"
    bold: bool = False
    align: Align = "left"
    mark: str = ""
    span: int = 1
    role: str | None = None
    indent: int = 0
    against: str = ""

    @property
    def printed(self) -> str:
        """Return the text as printed, with the sign of its state and without the significance mark.

        >>> Cell("", state="not_asked").printed
        '–'
        >>> Cell("7,1", state="low_base").printed
        '°7,1'
        """
        sign = SIGNS.get(self.state, "")
        return f"{sign}{self.text}" if self.state == "low_base" else sign or self.text


@dataclass(frozen=True)
class Row:
    """Cells from left to right; ``group`` rows are headings within, ``total`` rows stand out."""

    cells: tuple[Cell, ...]
    kind: RowKind = "body"


def placed(row: Row) -> Iterator[tuple[int, Cell]]:
    """Give the cells of a row with the grid column they start in, from 0."""
    column = 0
    for cell in row.cells:
        yield column, cell
        column += cell.span


@dataclass(frozen=True)
class Table:
    """A table with heads, rows and relative column widths.

    Parameters
    ----------
    id
        Stable machine id; becomes the shape's name ``table:<id>``.
    title_alt
        Alternative text for readers who cannot see the table.
    header
        One or two head rows; a first row with spans groups the columns under it.
    rows
        Body rows.
    widths
        Relative width per column; their number is the number of columns.
    """

    id: str
    title_alt: str
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    widths: tuple[float, ...]

    def all_rows(self) -> Iterator[tuple[int, Row]]:
        """Give head and body rows with their position from the top."""
        yield from enumerate((*self.header, *self.rows))

    def states(self) -> frozenset[str]:
        """Return the states of all cells, to choose footnotes by."""
        return frozenset(cell.state for _, row in self.all_rows() for cell in row.cells)

    def marks(self) -> frozenset[str]:
        """Return the significance marks in use."""
        return frozenset(cell.mark for _, row in self.all_rows() for cell in row.cells if cell.mark)
