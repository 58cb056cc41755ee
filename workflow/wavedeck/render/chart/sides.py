"""Where labels stand: beside the markers of lines, and for segments that are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from wavedeck.render.chart.description import Chart, Series
from wavedeck.render.measure import line_height
from wavedeck.study.errors import RenderError

# Distance of a label's middle from its marker, in lines; half a marker, in inches.
_APART, _MARKER = 0.85, 0.06
# Least distance between the middles of two labels, in lines.
_CLEAR = 0.8
_COVERS, _OVERLAPS, _BELONGS_ELSEWHERE, _ON_THE_AXIS, _BELOW = 8.0, 3.0, 4.0, 6.0, 0.1
Heights = list[list[float | None]]


def label_sides(chart: Chart, height: float, size: float, *, direct: bool = False) -> list[list[str]]:
    """Return ``t``, ``b`` or ``r`` per series and point: above its marker, below, or right of it.

    All labels of a line stand on one side, chosen for all lines together so that no label stands
    nearer to another line's point than to its own; single ones change sides only where they would
    cover other labels or markers.

    Parameters
    ----------
    chart
        A chart of lines.
    height
        Height of the plot in inches.
    size
        Type size of the labels in points.
    direct
        Whether the last labels stand right of their markers, with the names of the lines.

    Raises
    ------
    RenderError
        When labels would cover one another on whichever side.
    """
    places = len(chart.categories)
    heights, line = _heights(chart, height), line_height(size)
    labelled = range(places - 1 if direct else places)
    choices = product("tb", repeat=len(chart.series))
    usual = min(choices, key=lambda sides: sum(_cost(heights, sides, at, line) for at in labelled))
    chosen = [usual] * places
    for place in labelled:
        if _hidden(heights, usual, place, line):
            chosen[place] = _apart_at(heights, usual, place, line)
        if _hidden(heights, chosen[place], place, line):
            raise RenderError(
                f"chart '{chart.id}': labels of its lines cover one another at '{chart.categories[place]}'; "
                "bring minimum and maximum closer to the values, show fewer lines, or make a table of it"
            )
    return [list(sides) for sides in zip(*chosen, strict=True)]


def _apart_at(heights: Heights, usual: Sequence[str], place: int, line: float) -> tuple[str, ...]:
    """Return the sides at one place on which labels cover least, with the fewest changes."""
    return min(
        product("tbr", repeat=len(usual)),
        key=lambda sides: (
            _hidden(heights, sides, place, line),
            sum(one != other for one, other in zip(sides, usual, strict=True)),
            sides.count("r"),
        ),
    )


def _heights(chart: Chart, height: float) -> Heights:
    """Return how high each marker stands over the axis, in inches."""
    axis = chart.axis
    scale = height / (axis.maximum - axis.minimum)
    return [
        [
            (point.value or 0.0) * scale - axis.minimum * scale if point.visible else None
            for point in one.points
        ]
        for one in chart.series
    ]


def _cost(heights: Heights, sides: Sequence[str], place: int, line: float) -> float:
    """Return how hard the labels at a place are to read."""
    apart = _APART * line
    cost = _hidden(heights, sides, place, line)
    for number, marker, label in _labels(heights, sides, place, apart):
        others = [own[place] for other, own in enumerate(heights) if other != number]
        cost += _BELONGS_ELSEWHERE * sum(one is not None and abs(label - one) < apart for one in others)
        cost += _BELOW if label < marker else 0.0
        cost += _ON_THE_AXIS if label < line / 2 else 0.0
    return cost


def _hidden(heights: Heights, sides: Sequence[str], place: int, line: float) -> float:
    """Return how much labels at a place cover markers and one another."""
    found = list(_labels(heights, sides, place, _APART * line))
    cost = 0.0
    for number, _, label in found:
        for other, marker, beside in found:
            if other != number:
                over = sides[number] != "r" and abs(label - marker) < line / 2 + _MARKER / 2
                cost += _COVERS * over + _OVERLAPS * (abs(label - beside) < _CLEAR * line)
    return cost


def _labels(
    heights: Heights, sides: Sequence[str], place: int, apart: float
) -> Iterator[tuple[int, float, float]]:
    """Yield number, height of the marker and height of the label of each line at a place."""
    shift = {"t": apart, "b": -apart, "r": 0.0}
    for number, (own, side) in enumerate(zip(heights, sides, strict=True)):
        marker = own[place]
        if marker is not None:
            yield number, marker, marker + shift[side]


def signed_rows(series: Series, chart: Chart) -> list[int]:
    """Return the rows of stacked bars in which a series prints a sign for its missing segment.

    A row without any segment prints one sign, at its start.
    """
    first = series is chart.series[0]
    return [
        place
        for place, point in enumerate(series.points)
        if not point.visible and (first or any(one.points[place].visible for one in chart.series))
    ]
