"""Divide the room of a slide over columns of charts, tables and texts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from wavedeck.render.boxes import Box
from wavedeck.render.chart.description import Chart
from wavedeck.render.chart.layout import label_room, rows
from wavedeck.render.compose.grid import Grid
from wavedeck.render.pptx.fit import measure
from wavedeck.render.pptx.flow import GAP, Flow, flow_height
from wavedeck.render.pptx.table_layout import geometry
from wavedeck.render.style import HouseStyle, TextSizes
from wavedeck.render.table import Table
from wavedeck.render.text import Paragraph

BETWEEN, UNDER = 0.35, 0.25
TITLE_GAP, FOOT_GAP = 0.06, 0.05
#: Least height of a chart or table, in inches.
LOWEST = 0.85
FOOT_LINES = 3
_ROWS = ("bars", "stacked", "nps")


@dataclass(frozen=True)
class Visual:
    """A chart or table with what stands over and under it.

    Attributes
    ----------
    name, drawing, grid
        Its name, its description and the figures it rests on.
    title
        Heading over it, if any.
    feet
        Question and base lines to stand under it, each from long to short; empty at the slide's foot.
    size
        Share of the height.
    """

    name: str
    drawing: Chart | Table
    grid: Grid
    title: Paragraph | None = None
    feet: tuple[tuple[Paragraph, ...], ...] = ()
    size: float = 1.0

    def head_height(self, width: float, style: HouseStyle) -> float:
        """Return the height of the heading with the gap under it, in inches."""
        if self.title is None:
            return 0.0
        return _height([self.title], width, style, "view_title") + TITLE_GAP

    def wanted_height(self, box: Box, style: HouseStyle) -> float:
        """Return the height beyond which a chart or table only gets emptier, in inches."""
        if isinstance(self.drawing, Table):
            return sum(geometry(self.drawing, box, style).heights) + 0.02
        if self.drawing.kind in ("columns", "lines"):
            return math.inf
        frames = rows(self.drawing, style, width=box.width, height=box.height)
        return max(one.frame.top + one.plot.top + one.plot.height for one in frames) + 0.02

    def foot(self, width: float, style: HouseStyle) -> tuple[Paragraph, ...]:
        """Return question and base, each the longest of those offered that takes three lines at most."""
        return tuple(_shortest_needed(offered, width, style) for offered in self.feet if offered)

    def foot_height(self, width: float, style: HouseStyle) -> float:
        """Return the height of question and base with the gap over them, in inches."""
        foot = self.foot(width, style)
        return _height(foot, width, style, "view_question") + FOOT_GAP if foot else 0.0


Item = Visual | Flow


@dataclass(frozen=True)
class Column:
    """Things from the top down, with the column's share of the width."""

    size: float
    items: tuple[Item, ...]

    @property
    def visuals(self) -> list[Visual]:
        """Return charts and tables."""
        return [item for item in self.items if isinstance(item, Visual)]


def _height(content: Sequence[Paragraph], width: float, style: HouseStyle, sizes: str) -> float:
    spec = style.sizes(sizes)
    return measure(content, width, spec.sizes[0], spec=spec, family=style.fonts.measure).height


def _shortest_needed(offered: Sequence[Paragraph], width: float, style: HouseStyle) -> Paragraph:
    spec = style.sizes("view_question")
    for one in offered:
        if measure([one], width, spec.sizes[0], spec=spec, family=style.fonts.measure).lines <= FOOT_LINES:
            return one
    return offered[-1]


def in_line(column: Column, width: float, style: HouseStyle) -> Column:
    """Let the bars of charts above each other start in line, under one legend where they share it."""
    charts = [one.drawing for one in column.visuals if isinstance(one.drawing, Chart)]
    barred = [one for one in charts if one.kind in _ROWS]
    rooms = [label_room(one, style, width=width) for one in barred if one.named]
    room = max(rooms, default=0.0) if len(barred) > 1 else 0.0
    items: list[Item] = []
    before: tuple[tuple[str, str], ...] = ()
    for item in column.items:
        if not isinstance(item, Visual) or not isinstance(item.drawing, Chart):
            items.append(item)
            continue
        legend = tuple((one.name, one.role) for one in item.drawing.series)
        own = room if item.drawing in barred else 0.0
        drawing = replace(item.drawing, label_room=own, legend=item.drawing.legend and legend != before)
        items.append(replace(item, drawing=drawing))
        before = legend
    return replace(column, items=tuple(items))


def column_boxes(columns: Sequence[Column], box: Box) -> list[Box]:
    """Divide the width of a rectangle over columns."""
    room = box.width - BETWEEN * (len(columns) - 1)
    total, left, boxes = sum(column.size for column in columns), box.left, []
    for column in columns:
        width = room * column.size / total
        boxes.append(Box(left, box.top, width, box.height))
        left += width + BETWEEN
    return boxes


class Band(NamedTuple):
    """Heights of heading, foot and drawing at one place from the top, in inches."""

    head: float
    foot: float
    wanted: float


@dataclass(frozen=True)
class Placed:
    """An item in its rectangle, with the height of heading and foot within it (visuals only), in inches."""

    item: Item
    box: Box
    head: float = 0.0
    foot: float = 0.0


def arrange(
    columns: Sequence[Column], box: Box, size: float, *, spec: TextSizes, style: HouseStyle
) -> tuple[list[Placed], float]:
    """Place everything at a type size of texts: texts take what they need, the rest is shared.

    Returns
    -------
    tuple
        What stands where; and by how many inches the fullest column lacks room (0 or less: none lacks).
    """
    boxes = column_boxes(columns, box)
    columns = [in_line(column, one.width, style) for column, one in zip(columns, boxes, strict=True)]
    bands = _bands(columns, boxes, style)
    placed: list[Placed] = []
    lacking = -box.height
    for column, place in zip(columns, boxes, strict=True):
        own, short = _down(column, place, bands, size, spec=spec, style=style)
        placed += own
        lacking = max(lacking, short)
    return placed, lacking


def _bands(columns: Sequence[Column], boxes: Sequence[Box], style: HouseStyle) -> list[Band]:
    """Return the heights of heads, feet and drawings per place from the top, the same in all columns."""
    bands: list[Band] = []
    for column, box in zip(columns, boxes, strict=True):
        for place, visual in enumerate(column.visuals):
            own = Band(
                visual.head_height(box.width, style),
                visual.foot_height(box.width, style),
                visual.wanted_height(box, style),
            )
            if place == len(bands):
                bands.append(own)
            bands[place] = Band(*(max(pair) for pair in zip(bands[place], own, strict=True)))
    return bands


def shared_heights(visuals: Sequence[Visual], bands: Sequence[Band], room: float) -> list[float]:
    """Share a height over charts and tables; none gets more than it wants while another wants more."""
    heights = [0.0] * len(visuals)
    open_places, left = list(range(len(visuals))), room
    while open_places:
        total = sum(visuals[place].size for place in open_places)
        shares = {place: left * visuals[place].size / total for place in open_places}
        full = [place for place in open_places if shares[place] >= bands[place].wanted]
        for place in full or open_places:
            heights[place] = min(shares[place], bands[place].wanted)
            left -= heights[place]
        open_places = [place for place in open_places if full and place not in full]
    return heights


def _down(
    column: Column,
    box: Box,
    bands: Sequence[Band],
    size: float,
    *,
    spec: TextSizes,
    style: HouseStyle,
) -> tuple[list[Placed], float]:
    family = style.fonts.measure
    heights = {
        place: flow_height(item, box.width, size, spec=spec, family=family)
        for place, item in enumerate(column.items)
        if isinstance(item, Flow)
    }
    around = sum(bands[place].head + bands[place].foot for place, _ in enumerate(column.visuals))
    gaps = sum(_gap(before) for before in column.items[:-1])
    room = box.height - sum(heights.values()) - around - gaps
    drawings = shared_heights(column.visuals, bands, max(room, 0.1))
    lacking = sum(min(LOWEST, bands[place].wanted) for place, _ in enumerate(column.visuals)) - room
    placed, top, number = [], box.top, 0
    for place, item in enumerate(column.items):
        head, foot, height = 0.0, 0.0, heights.get(place, 0.0)
        if isinstance(item, Visual):
            head, foot = bands[number].head, bands[number].foot
            height = head + drawings[number] + foot
            number += 1
        placed.append(Placed(item, Box(box.left, top, box.width, height), head, foot))
        top += height + _gap(item)
    return placed, lacking


def _gap(item: Item) -> float:
    return UNDER if isinstance(item, Visual) else GAP
