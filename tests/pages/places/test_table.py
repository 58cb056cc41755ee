"""Cells of a table are found, also where rows have grown or cells are drawn in another order."""

from __future__ import annotations

import pytest

from pages.places.made import word
from wavedeck.audit.verify.slides import Shape
from wavedeck.pages.places.boxes import Area
from wavedeck.pages.places.frames import Placed
from wavedeck.pages.places.table import locate_cells
from wavedeck.pages.places.words import Stream, Word

ROWS = (("Group", "Mark", ""), ("First of all", "7,7", "7,7"), ("Second", "7,7", "6,1"))
TABLE = Placed(Shape("table:marks", "", rows=ROWS), Area(0.1, 0.1, 0.7, 0.3), (0.1, 0.3, 0.5, 0.7))
HEAD = [word("Group", 0.11, 0.1), word("Mark", 0.31, 0.1)]
#: The first row has grown: its name takes three lines, so the second stands below the frame.
FIRST = [word("First", 0.11, 0.2), word("of", 0.11, 0.23), word("all", 0.11, 0.26)]
GROWN = [*FIRST, word("7,7", 0.31, 0.2), word("7,7", 0.51, 0.2)]
SECOND = [word("Second", 0.11, 0.34), word("7,7", 0.31, 0.34), word("6,1", 0.51, 0.34)]


def test_cells_drawn_row_by_row_are_found_under_the_frame_too() -> None:
    _check_cells(Stream((*HEAD, *GROWN, *SECOND)))


def test_cells_drawn_column_by_column_are_told_apart_by_the_grid() -> None:
    by_column = sorted([*HEAD, *GROWN, *SECOND], key=lambda one: (one.area.left, one.area.top))
    _check_cells(Stream(tuple(by_column)))


def test_cell_that_is_not_there_takes_no_other() -> None:
    found = locate_cells(Stream((*HEAD, *GROWN, *SECOND[:2])), TABLE)
    assert found.get((3, 3), (None,)) == (None,)
    assert _top(found, (2, 3)) == 0.2


def test_head_over_two_columns_is_found() -> None:
    rows = (("Group", "Mark", ""), ("First", "7,7", "6,1"))
    shape = Shape("table:marks", "", rows=rows, merged=frozenset({(0, 2)}))
    wide = Placed(shape, TABLE.frame, TABLE.columns)
    words = (word("Group", 0.11, 0.1), word("Mark", 0.45, 0.1), word("First", 0.11, 0.2))
    found = locate_cells(Stream((*words, word("7,7", 0.31, 0.2), word("6,1", 0.51, 0.2))), wide)
    assert set(found) == {(1, 1), (1, 2), (2, 1), (2, 2), (2, 3)}
    assert all(spot.sure for cell in found.values() for spot in cell if spot)


def _check_cells(page: Stream) -> None:
    found = locate_cells(page, TABLE)
    tops = {(2, 2): 0.2, (2, 3): 0.2, (3, 2): 0.34, (3, 3): 0.34}
    assert {place: _top(found, place) for place in tops} == tops
    assert all(spot.sure for cell in found.values() for spot in cell if spot)


def _top(found: object, place: tuple[int, int]) -> float:
    (spot,) = found[place]  # type: ignore[index]
    words: tuple[Word, ...] = spot.words
    assert words[0].area.left == pytest.approx({2: 0.31, 3: 0.51}[place[1]])
    return words[0].area.top
