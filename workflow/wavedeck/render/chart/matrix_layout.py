"""Where things stand in a matrix, in inches from its upper left corner: the same for both drawers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from wavedeck.render.boxes import Box
from wavedeck.render.chart import layout
from wavedeck.render.chart.description import Axis
from wavedeck.render.chart.layout_upright import tick_step
from wavedeck.render.chart.matrix import Matrix
from wavedeck.render.chart.placement import Box as Area
from wavedeck.render.chart.placement import Bubble, Label, place_labels
from wavedeck.render.measure import line_height, text_width
from wavedeck.render.style import HouseStyle
from wavedeck.study.errors import RenderError

RADIUS, SMALL_RADIUS = 0.07, 0.055
TICKS_BELOW, TITLE_BELOW, TICKS_ASIDE, TITLE_ASIDE = 0.24, 0.24, 0.42, 0.26
CORNER = 0.06
_ROOMY, _FULL = 10, 18
_FEWEST_TICKS, _TRIES = 3, 2
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


@dataclass(frozen=True)
class Name:
    """The label of one driver: its lines and its place from the plot's lower left corner."""

    lines: tuple[str, ...]
    label: Label
    bubble: Bubble

    @property
    def ends_in_dot(self) -> bool:
        """Tell whether the leader goes on to the middle of its bubble, over others."""
        leader = self.label.leader
        return leader is not None and math.dist(leader[2:], self.bubble[:2]) < self.bubble.r / 2

    @property
    def centre(self) -> tuple[float, float]:
        """Return the middle of the label."""
        box = self.label.box
        return (box.left + box.right) / 2, (box.bottom + box.top) / 2


@dataclass(frozen=True)
class MatrixFrame:
    """A matrix laid out."""

    frame: Box
    plot: Box
    bubbles: tuple[Bubble, ...]
    names: tuple[Name, ...]
    corners: tuple[Corner, ...]
    size: float

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

    Raises
    ------
    RenderError
        When the labels do not fit beside their bubbles.
    """
    rows = layout.legend_rows(matrix.kinds, width, style.chart.legend) if matrix.has_legend else 0
    top = layout.HEAD * rows + 0.04
    left, below = TITLE_ASIDE + TICKS_ASIDE, TICKS_BELOW + TITLE_BELOW
    plot = Box(left, top, width - left - 0.08, height - top - below)
    radius = SMALL_RADIUS if len(matrix.points) > _FULL else RADIUS
    bubbles = tuple(
        Bubble(
            scaled(point.importance.value or 0.0, matrix.importance, plot.width),
            scaled(point.rating.value or 0.0, matrix.rating, plot.height),
            radius,
        )
        for point in matrix.points
    )
    corners = _corners(matrix, style, plot)
    size, names = _names(matrix, style, plot, bubbles, [corner.area for corner in corners])
    return MatrixFrame(Box(0, 0, width, height), plot, bubbles, names, corners, size)


def _corners(matrix: Matrix, style: HouseStyle, plot: Box) -> tuple[Corner, ...]:
    found = []
    for quadrant, (right, up) in CORNERS.items():
        text = matrix.quadrants[quadrant]
        wide, high = text_width(text, style.chart.legend, bold=True), line_height(style.chart.legend)
        x = plot.width - CORNER - wide if right else CORNER
        y = plot.height - CORNER - high if up else CORNER
        found.append(Corner(text, Area(x, y, x + wide, y + high), right))
    return tuple(found)


def _names(
    matrix: Matrix, style: HouseStyle, plot: Box, bubbles: Sequence[Bubble], obstacles: Sequence[Area]
) -> tuple[float, tuple[Name, ...]]:
    wanted = style.chart.label - (len(bubbles) > _ROOMY) - (len(bubbles) > _FULL)
    area = Area(0.0, 0.0, plot.width, plot.height)
    problem: RenderError | None = None
    for size in dict.fromkeys(max(one, style.chart.minimum) for one in (wanted, wanted - 1, wanted - 2)):
        try:
            return size, _best(matrix, size, bubbles, area, obstacles)
        except RenderError as error:
            problem = error
    raise RenderError(f"matrix '{matrix.id}': {problem}")


def _best(
    matrix: Matrix, size: float, bubbles: Sequence[Bubble], area: Area, obstacles: Sequence[Area]
) -> tuple[Name, ...]:
    """Return the placement with the shortest leaders among a few, with one or with two lines preferred."""
    found: list[tuple[float, tuple[Name, ...]]] = []
    ways = [_ways(f"{point.name}{point.importance.sign}", size) for point in matrix.points]
    for backwards in (False, True):
        offered = [way[::-1] if backwards else way for way in ways]
        boxes = [[_box(lines, size) for lines in way] for way in offered]
        for seed in range(_TRIES):
            labels = place_labels(bubbles, boxes, area, obstacles=obstacles, seed=seed)
            lengths = [_length(label) for label in labels]
            names = (
                Name(way[label.size], label, bubble)
                for way, label, bubble in zip(offered, labels, bubbles, strict=True)
            )
            found.append((sum(lengths) + max(lengths), tuple(names)))
            if not any(lengths):
                break
    return min(found, key=lambda one: one[0])[1]


def _length(label: Label) -> float:
    return math.dist(label.leader[:2], label.leader[2:]) if label.leader else 0.0


def _ways(name: str, size: float) -> list[tuple[str, ...]]:
    """Return a name on one line and, where it has several words, on two lines of like width."""
    words = name.split()
    halves = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    ways: list[tuple[str, ...]] = [(name,)]
    if halves:
        ways.append(min(halves, key=lambda half: max(text_width(line, size) for line in half)))
    return ways


def _box(lines: Sequence[str], size: float) -> tuple[float, float]:
    return max(text_width(line, size) for line in lines) + 0.05, line_height(size) * len(lines)
