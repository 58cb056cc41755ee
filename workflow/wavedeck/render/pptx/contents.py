"""The table of contents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wavedeck.render.boxes import Box
from wavedeck.render.pptx.table_layout import geometry
from wavedeck.render.style import HouseStyle, TextSizes
from wavedeck.render.table import Cell, Row, Table
from wavedeck.study.errors import RenderError

_PAGE_TO_COME = "000"
_ROW_HEIGHT = (0.3, 0.46)
_ANY_WIDTH = 100.0


@dataclass(frozen=True)
class ContentsEntry:
    """A line of the table of contents: number, title, key of the slide it leads to."""

    number: str
    title: str
    target: str
    level: int = 0


def contents_table(entries: Sequence[ContentsEntry], *, alt: str = "") -> Table:
    """Return contents as a table of number, title and a page number that is filled in later."""
    if not entries:
        raise RenderError("the table of contents has no lines")
    return Table("contents", alt, (), tuple(_row(entry) for entry in entries), (0.9, 7.8, 0.7))


def _row(entry: ContentsEntry) -> Row:
    bold = entry.level == 0
    role = "brand" if bold else "ink"
    return Row(
        (
            Cell(entry.number, f"study/deck.{entry.target}", "chapter", bold=bold, role=role),
            Cell(entry.title, bold=bold, role=role, indent=entry.level),
            Cell(_PAGE_TO_COME, align="right", role="grey"),
        )
    )


def contents_style(style: HouseStyle, sizes: TextSizes) -> HouseStyle:
    """Return the house style with the type sizes of a table of contents."""
    table = style.table.model_copy(
        update={
            "sizes": sizes.sizes,
            "zebra_from": 10_000,
            "unit_width": _ANY_WIDTH,
            "row_height": _ROW_HEIGHT,
            "padding": 0.0,
        }
    )
    return style.model_copy(update={"table": table})


def fitting_entries(entries: Sequence[ContentsEntry], box: Box, style: HouseStyle) -> Sequence[ContentsEntry]:
    """Return all entries where they fit a box, else those of chapters alone."""
    try:
        geometry(contents_table(entries), box, style)
    except RenderError:
        return [entry for entry in entries if entry.level == 0]
    return entries
