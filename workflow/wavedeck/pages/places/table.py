"""Find the cells of a table on a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from wavedeck.pages.places.boxes import Area
from wavedeck.pages.places.frames import Placed
from wavedeck.pages.places.locate import MARGIN, Spot, Spots, locate
from wavedeck.pages.places.words import Stream

Cell = tuple[int, int]


def locate_cells(page: Stream, table: Placed) -> Mapping[Cell, Spots]:
    """Find the cells of a table.

    A program draws cells row by row, so their texts follow each other; the columns of the grid prove it.
    Where they do not, each column is read downwards on its own: rows may have grown, columns have not.

    Parameters
    ----------
    page
        Words that no other shape has taken, in the order in which they were drawn.
    table
        The table.

    Returns
    -------
    Mapping
        Row and column from 1 -> text of the cell, for cells that are found.
    """
    rows = table.shape.rows or ()
    places = [(r + 1, c + 1) for r, row in enumerate(rows) for c, text in enumerate(row) if text.strip()]
    texts = [rows[r - 1][c - 1] for r, c in places]
    found = dict(zip(places, locate(page, texts, table.frame), strict=True)) if texts else {}
    if all(spot and _in_column(spot, table, place) for place, spot in found.items()):
        return {place: (spot,) for place, spot in found.items()}
    return {place: (spot,) for place, spot in _by_columns(page, table, places).items()}


def _column(table: Placed, number: int, count: int = 1) -> Area:
    edges = table.columns
    right = edges[min(number - 1 + count, len(edges) - 1)]
    return Area(edges[number - 1], table.frame.top, right, 1.0)


def _width(table: Placed, place: Cell) -> int:
    """Return how many columns a cell covers."""
    count = 1
    while (place[0] - 1, place[1] - 1 + count) in table.shape.merged:
        count += 1
    return count


def _in_column(spot: Spot, table: Placed, place: Cell) -> bool:
    column = _column(table, place[1], _width(table, place))
    return all(column.left - MARGIN <= word.area.middle[0] <= column.right + MARGIN for word in spot.words)


def _by_columns(page: Stream, table: Placed, places: list[Cell]) -> dict[Cell, Spot]:
    """Find the cells column by column; a place is sure where all cells of its column are found in order."""
    rows, result = table.shape.rows or (), dict[Cell, Spot]()
    for number in sorted({column for _, column in places}):
        own = [place for place in places if place[1] == number and _width(table, place) == 1]
        area = _column(table, number)
        spots = locate(page.within(area), [rows[r - 1][c - 1] for r, c in own], area) if own else ()
        whole = all(spots)
        for place, spot in zip(own, spots, strict=True):
            if spot is not None:
                result[place] = replace(spot, sure=spot.sure or whole)
    for place in places:
        if _width(table, place) > 1:
            area = _column(table, place[1], _width(table, place))
            (spot,) = locate(page.within(area), [rows[place[0] - 1][place[1] - 1]], area)
            if spot is not None:
                result[place] = spot
    return result
