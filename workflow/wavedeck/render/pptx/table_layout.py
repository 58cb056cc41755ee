"""Find the widths, heights and type size with which a table fits its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wavedeck.render.boxes import Box
from wavedeck.render.measure import line_height, lines_of
from wavedeck.render.style import HouseStyle
from wavedeck.render.table import Row, Table, placed
from wavedeck.study.errors import RenderError

#: Inches by which a step of indentation moves a text.
INDENT = 0.3
# Widths tried before that of the box, as multiples of the house style's.
_WIDER = (1.0, 1.25, 1.5)


@dataclass(frozen=True)
class Geometry:
    """Column widths and row heights in inches, and the type size that made them fit."""

    widths: tuple[float, ...]
    heights: tuple[float, ...]
    size: float


def _row_lines(row: Row, widths: tuple[float, ...], size: float, *, bold: bool) -> int:
    return max(
        lines_of(
            f"{cell.mark} {cell.printed}",
            max(sum(widths[column : column + cell.span]) - 0.17 - INDENT * cell.indent, 0.05),
            size,
            bold=bold or cell.bold,
        )
        for column, cell in placed(row)
    )


def geometry(table: Table, box: Box, style: HouseStyle) -> Geometry:
    """Find the largest type size at which a table fits its box.

    A table of few columns is narrower than its box, so that numbers stand near their labels, unless
    its rows would break into more lines.

    Raises
    ------
    RenderError
        When it does not fit at the smallest size.
    """
    height = 0.0
    for size, air in _trials(style):
        wide = _widths(table, box.width)
        heights = _heights(table, wide, size, style=style, air=air)
        height = sum(heights)
        if height <= box.height + 0.01:
            closer = _closer(table, box, heights, size, style=style, air=air)
            return closer or Geometry(wide, heights, size)
    raise RenderError(
        f"table '{table.id}': {len(heights)} rows take {height:.2f} in at {style.table.sizes[-1]:g} pt, "
        f"but there is room for {box.height:.2f} in; show fewer rows or shorten the longest cells"
    )


def _closer(
    table: Table, box: Box, heights: tuple[float, ...], size: float, *, style: HouseStyle, air: float
) -> Geometry | None:
    """Return a narrower table whose rows break no more than in its box; None where there is none."""
    heads = len(table.header)
    for wider in _WIDER:
        room = style.table.unit_width * wider * sum(table.widths)
        if room >= box.width:
            return None
        widths = _widths(table, room)
        found = _heights(table, widths, size, style=style, air=air)
        if found[heads:] == heights[heads:] and sum(found) <= box.height + 0.01:
            return Geometry(widths, found, size)
    return None


def _widths(table: Table, room: float) -> tuple[float, ...]:
    total = sum(table.widths)
    return tuple(one / total * room for one in table.widths)


def _trials(style: HouseStyle) -> Iterator[tuple[float, float]]:
    """Give type sizes with the height of a row as a multiple of its line: airy rows before large type."""
    for air, smallest in ((1.7, 12.0), (1.4, 11.0), (1.12, 11.0), (1.03, 11.0), (1.12, 0.0), (1.03, 0.0)):
        for size in style.table.sizes:
            if size >= smallest:
                yield size, air


def _heights(
    table: Table, widths: tuple[float, ...], size: float, *, style: HouseStyle, air: float
) -> tuple[float, ...]:
    low, high = style.table.row_height
    line = line_height(size)
    least = min(high, max(low, line * air)) if air > 1.2 else line * air
    heights = []
    for number, row in table.all_rows():
        bold = number < len(table.header) or row.kind != "body"
        heights.append(least + line * (_row_lines(row, widths, size, bold=bold) - 1))
    return tuple(heights)
