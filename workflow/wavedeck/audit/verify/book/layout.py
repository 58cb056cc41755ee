"""Where heads, names of rows and figures stand on a sheet, told by the figures that its ledger claims."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from wavedeck.audit.verify.book.claims import Claims
from wavedeck.audit.verify.book.read import BookSheet, Place

DIMENSIONS = ("indicator", "item", "category", "measure")


@dataclass(frozen=True)
class Layout:
    """The parts of a table.

    Three rows stand over the first figure: sets of groups, groups, waves. A name holds for its column and
    for those to the right of it that have none. Columns left of the first figure name the rows.
    """

    sheet: BookSheet
    claims: Claims
    words: dict[str, str]

    @cached_property
    def rows(self) -> list[int]:
        """Return the rows with figures."""
        return sorted({row for row, _ in self.claims.figures})

    @cached_property
    def first(self) -> Place:
        """Return row and column of the first figure."""
        return self.rows[0], min(column for _, column in self.claims.figures)

    @cached_property
    def columns(self) -> list[int]:
        """Return every column from the first figure to the last head."""
        row, column = self.first
        last = max(c for r, c in self.sheet.cells if r in (row - 1, row))
        return list(range(column, last + 1))

    @cached_property
    def stub(self) -> dict[str, int]:
        """Return indicator, item, category, measure -> the column that names them."""
        row, column = self.first
        heads = {self.words[name]: name for name in DIMENSIONS}
        found = ((heads.get(self.sheet.text((row - 1, c)), ""), c) for c in range(1, column))
        return {name: c for name, c in found if name}

    def group(self, column: int) -> str:
        """Return the name of the group over a column."""
        return self._before(self.first[0] - 2, column)

    def set(self, column: int) -> str:
        """Return the name of the set of groups over a column."""
        return self._before(self.first[0] - 3, column)

    def wave(self, column: int) -> str:
        """Return the wave or what is compared with, over a column."""
        return self.sheet.text((self.first[0] - 1, column))

    def _before(self, row: int, column: int) -> str:
        for place in range(column, self.first[1] - 1, -1):
            if text := self.sheet.text((row, place)):
                return text
        return ""

    @cached_property
    def spans(self) -> dict[int, list[int]]:
        """Return each column -> the columns of its group."""
        starts = [column for column in self.columns if self.sheet.text((self.first[0] - 2, column))]
        found: dict[int, list[int]] = {}
        for place, start in enumerate(starts):
            end = starts[place + 1] if place + 1 < len(starts) else self.columns[-1] + 1
            found |= {column: list(range(start, end)) for column in range(start, end)}
        return found

    def named(self, row: int, dimension: str) -> str:
        """Return what a row is called in one column of names; nothing where there is no such column."""
        return self.sheet.text((row, self.stub[dimension])) if dimension in self.stub else ""
