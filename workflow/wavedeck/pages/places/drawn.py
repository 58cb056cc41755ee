"""Give the lines of a chart their boxes: labels, names, numbers along axes, and points that have no label."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from wavedeck.audit.ledger import Print
from wavedeck.audit.verify.slides import Shape
from wavedeck.pages.places.boxes import Area
from wavedeck.pages.places.charts import ChartSpots
from wavedeck.pages.places.lines import Boxes, Lines, as_boxes, boxes_in
from wavedeck.pages.places.locate import Spot
from wavedeck.pages.places.plots import Plot
from wavedeck.pages.places.slide import ShapeSpots

_POINT, _NAME = re.compile(r"s(\d+)p(\d+)"), re.compile(r"([sc])(\d+)")
_MATRIX, _ROW = re.compile(r"p\d+[xy]"), re.compile(r"[AB](\d+)")
_PANEL = re.compile(r"(.+):(?:1|means)")
#: Half the height of a mark of a matrix, half the width of its borders, and the least that can be clicked.
_MARK, _BORDER, _LEAST = 0.009, 0.003, 0.003
_WIDE = 16 / 9


def boxes_of_chart(shape: ShapeSpots, shapes: Sequence[ShapeSpots], lines: Lines) -> Boxes:
    """Return the boxes of lines that belong to a chart.

    Parameters
    ----------
    shape
        The chart.
    shapes
        All shapes of its slide: headings and legends may be shapes of their own.
    lines
        Number in the ledger -> line, of this slide, those of workbooks too.
    """
    assert shape.chart is not None
    chart, plot, name = shape.chart, shape.plot, shape.element
    groups: dict[str, dict[int, Print]] = defaultdict(dict)
    for number, one in lines.items():
        if one.on_slide and _belongs(one.element, name, shapes):
            groups[one.element.rpartition("/")[2]][number] = one
    found: Boxes = {}
    for place, own in groups.items():
        if match := _POINT.fullmatch(place):
            found |= _point(chart, plot, (int(match[1]) - 1, int(match[2]) - 1), own)
        elif match := _NAME.fullmatch(place):
            found |= _name(shape, shapes, match[1], int(match[2]) - 1, own)
        elif place == "axis":
            found |= _axis(chart, own)
        elif place == "title":
            found |= _texts(chart.titles, own)
        elif place == name:
            found |= _texts(_beside(shapes, f"{name}:heading"), own)
    return found | _matrix(shape, lines)


def _belongs(element: str, name: str, shapes: Sequence[ShapeSpots]) -> bool:
    """Tell whether a line is one of this chart; the first panel answers for the names of all."""
    own, _, place = element.rpartition("/")
    if (own or place) == name:
        return True
    panel = _PANEL.fullmatch(name)
    whole = panel is not None and own == panel[1] and panel[1] not in {one.element for one in shapes}
    return whole and _NAME.fullmatch(place) is not None


def _texts(spots: Sequence[Spot], lines: Lines) -> Boxes:
    """Return boxes in whichever of some texts holds them."""
    found: Boxes = {}
    for spot in spots:
        found |= boxes_in(spot, {number: one for number, one in lines.items() if number not in found})
    return found


def _beside(shapes: Sequence[ShapeSpots], *names: str) -> list[Spot]:
    return [
        spot
        for shape in shapes
        if shape.placed.shape.name in names
        for spot in shape.paragraphs
        if spot is not None
    ]


def _point(chart: ChartSpots, plot: Plot | None, place: tuple[int, int], lines: Lines) -> Boxes:
    """Return boxes in the label of a point; where it has none, the bar itself."""
    label = chart.labels.get(place)
    if label is not None:
        found = boxes_in(label, lines, sort=True)
        return found | {
            number: as_boxes(label.areas(0, len(label.text)), sure=label.sure)
            for number in lines
            if number not in found
        }
    bars = plot is not None and plot.form in ("bar", "col") and place not in chart.lost
    area = plot.point(*place) if plot is not None and bars else None
    if area is None or min((area.right - area.left) * _WIDE, area.height) < _LEAST:
        return {}
    return {number: as_boxes([area], sure=True) for number in lines}


def _name(shape: ShapeSpots, shapes: Sequence[ShapeSpots], kind: str, place: int, lines: Lines) -> Boxes:
    """Return boxes in the name of a category or series; a legend or a label may name a series too."""
    assert shape.chart is not None
    spot = (shape.chart.categories if kind == "c" else shape.chart.series).get(place)
    if spot is not None:
        return boxes_in(spot, lines)
    if kind == "c":
        return {}
    labels = [label for (number, _), label in sorted(shape.chart.labels.items()) if number == place]
    legends = _beside(shapes, *(f"{one}:legend" for one in _panel_name(shape.placed.shape)))
    return _texts([*labels, *legends, *_shared_legend(shape, shapes, place)], lines)


def _shared_legend(shape: ShapeSpots, shapes: Sequence[ShapeSpots], place: int) -> Iterator[Spot]:
    """Yield the name of a series in the legend of a chart beside it that has the same series."""
    own = _titles(shape)
    for other in shapes:
        if (
            other.chart is not None
            and other is not shape
            and _titles(other) == own
            and place in other.chart.series
        ):
            yield other.chart.series[place]


def _titles(shape: ShapeSpots) -> list[str]:
    chart = shape.placed.shape.chart
    return [] if chart is None else [one.title for one in chart.series]


def _panel_name(shape: Shape) -> tuple[str, ...]:
    panel = _PANEL.fullmatch(shape.name)
    return (shape.name, panel[1]) if panel else (shape.name,)


def _axis(chart: ChartSpots, lines: Lines) -> Boxes:
    """Return boxes of numbers along axes: the ledger has them in the order of the axes."""
    found, left = Boxes(), list(chart.ticks)
    for number, one in lines.items():
        tick = next((each for each in left if each[0] == one.printed), None)
        if tick is not None:
            left.remove(tick)
            spot = tick[1]
            found[number] = as_boxes(spot.areas(0, len(spot.text)), sure=spot.sure)
    return found


def _matrix(shape: ShapeSpots, lines: Lines) -> Boxes:
    """Return boxes of the points of a matrix: the mark and its name stand for both values."""
    chart, plot, name = shape.chart, shape.plot, shape.element
    if plot is None or plot.form != "scatter" or chart is None:
        return {}
    rows = dict(_rows(name, lines))
    found: Boxes = {}
    for number, one in lines.items():
        own, _, place = one.element.rpartition("/")
        if own == f"{name}:border":
            found[number] = as_boxes(_border(plot, place), sure=True)
        elif own.startswith(f"{name}:") and _MATRIX.fullmatch(place) and (one.address, one.field) in rows:
            row = rows[one.address, one.field]
            label = chart.labels.get((0, row))
            mark = plot.point(0, row)
            areas = [_around(mark)] if mark is not None else []
            areas += label.areas(0, len(label.text)) if label is not None else []
            found[number] = as_boxes(areas, sure=mark is not None)
    return {number: boxes for number, boxes in found.items() if boxes}


def _rows(name: str, lines: Lines) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield figure -> place in the first series, by the row of the workbook that holds it."""
    for one in lines.values():
        own, _, cell = one.element.rpartition("/")
        row = _ROW.fullmatch(cell)
        if own == f"workbook:{name}" and row:
            yield (one.address, one.field), int(row[1]) - 2


def _around(mark: Area) -> Area:
    x, y = mark.middle
    return Area(x - _MARK / _WIDE, y - _MARK, x + _MARK / _WIDE, y + _MARK)


def _border(plot: Plot, axis: str) -> Iterator[Area]:
    """Yield the line between quadrants that stands at a value of an axis."""
    for one in plot.series:
        if not one.title.startswith("|") or one.across is None:
            continue
        upright = one.across.number(0) == one.across.number(1)
        ends = [plot.point(plot.series.index(one), place) for place in (0, 1)]
        if upright == (axis == "x") and ends[0] is not None and ends[1] is not None:
            line = ends[0].joined(ends[1])
            yield Area(
                line.left - _BORDER / _WIDE,
                line.top - _BORDER,
                line.right + _BORDER / _WIDE,
                line.bottom + _BORDER,
            )
