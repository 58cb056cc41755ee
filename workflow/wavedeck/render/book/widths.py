"""How wide columns must be for what stands in them."""

from __future__ import annotations

from collections.abc import Sequence

from wavedeck.render.book.describe import Cell

Rows = Sequence[Sequence[Cell | None]]
NARROWEST, WIDEST = 7.5, 44.0
_ROOM = 1.5
_BOLD = 1.1


def widths_of(heads: Rows, body: Rows, *, stub: int) -> tuple[float, ...]:
    """Return a width per column, so that names of groups fit over the columns of their group.

    Parameters
    ----------
    heads
        The rows with sets of groups, groups and waves.
    body
        The rows with figures.
    stub
        Number of columns with names of rows.
    """
    widths = [_longest([*heads[-1:], *body], column) for column in range(len(heads[-1]))]
    widths = [min(one, WIDEST) if column < stub else one for column, one in enumerate(widths)]
    widths[0] = max(
        [widths[0], *(_length(cell) + _ROOM for row in heads[:-1] if (cell := row[0]) is not None)]
    )
    for row in heads[:-1]:
        _make_room(widths, row, stub)
    return tuple(round(one, 1) for one in widths)


def _longest(rows: Rows, column: int) -> float:
    texts = [_length(cell) for row in rows if column < len(row) and (cell := row[column]) is not None]
    return max([NARROWEST, *(length + _ROOM for length in texts)])


def _length(cell: Cell) -> float:
    """Return how long a cell is; heads of waves and marks are broken between words."""
    if cell.look.kind == "wave":
        return max(map(len, cell.value.split())) if isinstance(cell.value, str) else 0
    printed = cell.claims[-1].printed if cell.claims and not isinstance(cell.value, str) else str(cell.value)
    return len(printed) * (_BOLD if cell.look.bold else 1.0)


def _make_room(widths: list[float], row: Sequence[Cell | None], stub: int) -> None:
    """Widen the columns under a name that is longer than they are together."""
    named = [column for column in range(stub, len(row)) if (cell := row[column]) is not None and cell.value]
    for place, first in enumerate(named):
        last = named[place + 1] if place + 1 < len(named) else len(row)
        cell = row[first]
        needed = _length(cell) * _BOLD + _ROOM if cell is not None else 0.0
        short = needed - sum(widths[first:last])
        for column in range(first, last):
            widths[column] += max(short, 0.0) / (last - first)
