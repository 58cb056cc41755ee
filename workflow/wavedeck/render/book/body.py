"""The rows of a table: figures in blocks, each block with the bases that hold for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from wavedeck.figures.records import Figure
from wavedeck.render.book.banner import BannerColumn
from wavedeck.render.book.families import IMPACT, Content
from wavedeck.render.compose.asked import BASELESS
from wavedeck.study.address import Address

Row = tuple[str, str, str]
INDICATOR, ITEM, CATEGORY = range(3)
BASES = ("base", "weighted_base", "effective_base")
_EXACT = 6


@dataclass(frozen=True)
class Block:
    """Rows of figures, then the bases: each for the rows of one scope."""

    rows: tuple[Row, ...]
    scopes: tuple[tuple[Row, ...], ...]


@dataclass(frozen=True)
class Body:
    """The rows of one table with their figures."""

    content: Content
    figures: dict[tuple[Row, BannerColumn], Figure]
    columns: tuple[BannerColumn, ...]

    @cached_property
    def statistics(self) -> dict[str, str]:
        """Return the statistic of each indicator."""
        return {row[INDICATOR]: figure.statistic for (row, _), figure in self.figures.items()}

    def blocks(self) -> list[Block]:
        """Return the rows in blocks, so that as few rows of bases as possible tell all."""
        order = (INDICATOR, ITEM) if self.content.family.kind == IMPACT else (ITEM, INDICATOR)
        rows = [row for own in _by(self.content.rows, order[0]) for row in own]
        return list(self._blocks(tuple(rows), order))

    def _blocks(self, rows: tuple[Row, ...], order: tuple[int, int]) -> Iterator[Block]:
        if self.share_bases(rows):
            yield Block(rows, (rows,) if self.with_bases(rows) else ())
            return
        for dimension in order:
            found = _by(rows, dimension)
            if len(found) > 1 and all(len(own) == 1 for own in found):
                yield Block(rows, self._weighed(found))
                return
            if dimension == order[1] and self._per_category(rows):
                yield Block(rows, self._weighed(_by(rows, CATEGORY)))
                return
            if len(found) > 1:
                for own in self._joined(found) if dimension == INDICATOR else found:
                    yield from self._blocks(own, order)
                return
        yield Block(rows, self._weighed(_by(rows, CATEGORY)))

    def _per_category(self, rows: tuple[Row, ...]) -> bool:
        """Tell whether each category has bases of its own, for all its indicators alike."""
        found = _by(rows, CATEGORY)
        several = all(len(own) > 1 for own in found) or len(_by(rows, INDICATOR)) == 1
        return several and all(self.share_bases(own) for own in found)

    def _joined(self, found: Sequence[tuple[Row, ...]]) -> list[tuple[Row, ...]]:
        """Join indicators in a row that share their bases."""
        joined: list[tuple[Row, ...]] = []
        for own in found:
            if joined and self.with_bases(own) and self.share_bases((*joined[-1], *own)):
                joined[-1] += own
            else:
                joined.append(own)
        return joined

    def with_bases(self, rows: Sequence[Row]) -> list[Row]:
        """Return the rows whose bases are worth printing."""
        return [row for row in rows if self.statistics[row[INDICATOR]] not in BASELESS]

    def _weighed(self, scopes: Sequence[tuple[Row, ...]]) -> tuple[tuple[Row, ...], ...]:
        return tuple(own for own in scopes if self.with_bases(own))

    def share_bases(self, rows: Sequence[Row]) -> bool:
        """Tell whether in every column all figures that are shown rest on the same answers."""
        weighed = self.with_bases(rows)
        for column in self.columns:
            own = (self.figures[row, column] for row in weighed)
            if len({_bases(figure) for figure in own if figure.is_shown}) > 1:
                return False
        return True

    def behind(self, scope: Sequence[Row], column: BannerColumn) -> Figure:
        """Return the figure whose bases stand for a scope: the first that is shown."""
        own = [self.figures[row, column] for row in self.with_bases(scope)]
        return next((one for one in own if one.is_shown), own[0])

    def has_base(self, scope: Sequence[Row], field: str) -> bool:
        """Tell whether any figure of a scope has a base of this kind."""
        found = (self.behind(scope, column) for column in self.columns)
        return any(getattr(one, field) is not None for one in found)


def body_of(content: Content, store: dict[str, Figure], columns: Sequence[BannerColumn]) -> Body:
    """Look up the figures of a table."""
    figures = tuple(one for one in columns if not one.against)
    part = content.family.part
    found = {
        (row, one): store[str(Address(part, *row, one.group, one.wave))]
        for row in content.rows
        for one in figures
    }
    return Body(content, found, figures)


def _bases(figure: Figure) -> tuple[float | None, ...]:
    values = (getattr(figure, name) for name in BASES)
    return tuple(None if one is None else round(one, _EXACT) for one in values)


def _by(rows: Sequence[Row], dimension: int) -> tuple[tuple[Row, ...], ...]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[dimension], []).append(row)
    return tuple(tuple(own) for own in found.values())
