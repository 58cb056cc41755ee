"""Where things stand in a matrix, in inches from its upper left corner: the same for both drawers."""

from __future__ import annotations

import math
from dataclasses import dataclass

from wavedeck.render.boxes import Box
from wavedeck.render.chart import layout
from wavedeck.render.chart.description import Axis
from wavedeck.render.chart.layout_upright import tick_step
from wavedeck.render.chart.matrix import Matrix, MatrixPoint
from wavedeck.render.chart.matrix_names import (
    Ground,
    KeyColumn,
    Line,
    Name,
    key_height,
    key_of,
    names_sizes,
    place_names,
)
from wavedeck.render.chart.placement import Box as Area
from wavedeck.render.chart.placement import Bubble
from wavedeck.render.measure import line_height, text_width
from wavedeck.render.style import HouseStyle
from wavedeck.study.errors import RenderError

RADIUS, SMALL_RADIUS = 0.07, 0.055
TICKS_BELOW, TITLE_BELOW, TICKS_ASIDE, TITLE_ASIDE = 0.24, 0.24, 0.42, 0.26
CORNER, NO_TICKS = 0.06, 0.08
_FULL, _LOWEST = 18, 1.5
_FEWEST_TICKS, _ROUNDS = 3, 4
_OVER_BORDER, _OVER_INTERVAL = 0.25, 4.0
# quadrant -> to the right, upwards
CORNERS = {
    "priority": (True, False),
    "strength": (True, True),
    "precondition": (False, True),
    "no_priority": (False, False),
}


@dataclass(frozen=True)
class Corner:
    """The name of a quadrant, and its box in inches from the plot's lower left corner."""

    text: str
    area: Area
    is_right: bool

    @property
    def centre(self) -> tuple[float, float]:
        """Return the middle of the name."""
        return (self.area.left + self.area.right) / 2, (self.area.bottom + self.area.top) / 2


@dataclass(frozen=True)
class EndWord:
    """A word at the end of an axis: the corner of the plot it belongs to, and from there its middle.

    Parameters
    ----------
    corner
        In inches from the plot's lower left corner, upwards.
    shift
        To the middle of the word, in inches to the right and downwards.
    turned
        Whether it reads upwards.
    """

    text: str
    corner: tuple[float, float]
    shift: tuple[float, float]
    turned: bool


@dataclass(frozen=True)
class MatrixFrame:
    """A matrix laid out."""

    frame: Box
    plot: Box
    bubbles: tuple[Bubble, ...]
    names: tuple[Name, ...]
    corners: tuple[Corner, ...]
    size: float
    key: tuple[KeyColumn, ...] = ()

    @property
    def radius(self) -> float:
        """Return the radius of all bubbles."""
        return self.bubbles[0].r

    def value(self, matrix: Matrix, x: float, y: float) -> tuple[float, float]:
        """Return a place in inches from the plot's lower left corner in the units of the axes."""
        ends = ((matrix.importance, x / self.plot.width), (matrix.rating, y / self.plot.height))
        return tuple(axis.minimum + share * (axis.maximum - axis.minimum) for axis, share in ends)  # type: ignore[return-value]


def tick_distance(axis: Axis) -> float:
    """Return the largest round distance that the axis starts at a multiple of, for three to twelve ticks.

    >>> tick_distance(Axis(0.48, 0.59)), tick_distance(Axis(5.5, 8.5))
    (0.02, 0.5)
    """
    span = axis.maximum - axis.minimum
    power = 10 ** math.floor(math.log10(span))
    for step in (power, power / 2, power / 5, power / 10, power / 20, power / 50):
        start = axis.minimum / step
        if span / step >= _FEWEST_TICKS and abs(start - round(start)) < 1e-6:
            return float(round(step, 9))
    return tick_step(axis)


def scaled(value: float, axis: Axis, length: float) -> float:
    """Return how far along an axis of some length a value stands."""
    return (value - axis.minimum) / (axis.maximum - axis.minimum) * length


def lay_out(matrix: Matrix, style: HouseStyle, *, width: float, height: float) -> MatrixFrame:
    """Place plot, bubbles, quadrant names and labels.

    Where names have no room beside their bubbles, numbers stand for them and a key lists them under the
    chart, which makes the plot lower: so this is done until the key has the room it needs.

    Raises
    ------
    RenderError
        When not even numbers fit.
    """
    rows, strict, sizes = 0, True, names_sizes(len(matrix.points), style)
    for _ in range(_ROUNDS):
        plot = _plot(matrix, style, width, height - key_height(rows, style))
        bubbles, corners = _bubbles(matrix, plot), _corners(matrix, style, plot)
        ground = Ground(
            bubbles,
            Area(0.0, 0.0, plot.width, plot.height),
            _lines(matrix, plot),
            tuple(one.area for one in corners),
        )
        size, names, strict = place_names(matrix, sizes, ground, style.chart.minimum, strict=strict)
        top = plot.top + plot.height + _below(matrix)
        key = key_of(names, style, Box(plot.left, top, plot.width, height - top))
        needed = max((len(column.lines) for column in key), default=0)
        if needed <= rows:
            break
        rows, sizes = needed, (size,)
    return MatrixFrame(Box(0, 0, width, height), plot, bubbles, names, corners, size, key)


def _plot(matrix: Matrix, style: HouseStyle, width: float, height: float) -> Box:
    rows = layout.legend_rows(matrix.kinds, width, style.chart.legend) if matrix.has_legend else 0
    top = layout.HEAD * rows + 0.04
    left = TITLE_ASIDE + (TICKS_ASIDE if matrix.ends[1].numbers else NO_TICKS)
    if height - top - _below(matrix) < _LOWEST:
        raise RenderError(f"matrix '{matrix.id}': too many names have no room; enlarge the chart")
    return Box(left, top, width - left - 0.08, height - top - _below(matrix))


def _below(matrix: Matrix) -> float:
    return (TICKS_BELOW if matrix.ends[0].numbers else NO_TICKS) + TITLE_BELOW


def _bubbles(matrix: Matrix, plot: Box) -> tuple[Bubble, ...]:
    radius = SMALL_RADIUS if len(matrix.points) > _FULL else RADIUS
    return tuple(
        Bubble(
            scaled(point.importance.value or 0.0, matrix.importance, plot.width),
            scaled(point.rating.value or 0.0, matrix.rating, plot.height),
            radius,
        )
        for point in matrix.points
    )


def _lines(matrix: Matrix, plot: Box) -> tuple[tuple[float, float, float, float, float], ...]:
    """Return the lines that labels had better not cover, and what that costs: borders and intervals."""
    x, y = border_places(matrix, plot)
    found = [(x, 0.0, x, plot.height, _OVER_BORDER), (0.0, y, plot.width, y, _OVER_BORDER)]
    for point in matrix.points:
        lines = interval_lines(matrix, point, plot)
        found += [(*line, _OVER_INTERVAL) for line in lines if line is not None]
    return tuple(found)


def border_places(matrix: Matrix, plot: Box) -> tuple[float, float]:
    """Return where the borders cut the axes, in inches from the plot's lower left corner."""
    across, up = matrix.borders
    return (
        scaled(across.value or 0.0, matrix.importance, plot.width),
        scaled(up.value or 0.0, matrix.rating, plot.height),
    )


def interval_lines(matrix: Matrix, point: MatrixPoint, plot: Box) -> tuple[Line | None, Line | None]:
    """Return the intervals through a driver's bubble, across and upwards, where there are any."""
    x = scaled(point.importance.value or 0.0, matrix.importance, plot.width)
    y = scaled(point.rating.value or 0.0, matrix.rating, plot.height)
    across, up = point.importance_range, point.rating_range
    low, high = (scaled(end, matrix.importance, plot.width) for end in across or (0.0, 0.0))
    bottom, top = (scaled(end, matrix.rating, plot.height) for end in up or (0.0, 0.0))
    return (low, y, high, y) if across else None, (x, bottom, x, top) if up else None


def _corners(matrix: Matrix, style: HouseStyle, plot: Box) -> tuple[Corner, ...]:
    found = []
    for quadrant, (right, up) in CORNERS.items():
        text = matrix.quadrants[quadrant]
        wide, high = text_width(text, style.chart.legend, bold=True), line_height(style.chart.legend)
        x = plot.width - CORNER - wide if right else CORNER
        y = plot.height - CORNER - high if up else CORNER
        found.append(Corner(text, Area(x, y, x + wide, y + high), right))
    return tuple(found)


def title_below(matrix: Matrix, style: HouseStyle) -> float:
    """Return how far under the plot the middle of the axis title stands, in inches."""
    return _below(matrix) - TITLE_BELOW + line_height(style.chart.legend) / 2


def end_places(matrix: Matrix, frame: MatrixFrame, style: HouseStyle) -> tuple[EndWord, ...]:
    """Return the words at the ends of the axes, in line with the titles."""
    size, plot = style.chart.legend, frame.plot
    under = title_below(matrix, style)
    aside = TITLE_ASIDE / 2 - plot.left
    across, up = matrix.ends
    found = []
    for text, place, inwards in ((across.low, 0.0, 0.5), (across.high, plot.width, -0.5)):
        found.append(EndWord(text, (place, 0.0), (inwards * text_width(text, size), under), turned=False))
    for text, place, inwards in ((up.low, 0.0, -0.5), (up.high, plot.height, 0.5)):
        found.append(EndWord(text, (0.0, place), (aside, inwards * text_width(text, size)), turned=True))
    return tuple(word for word in found if word.text)
