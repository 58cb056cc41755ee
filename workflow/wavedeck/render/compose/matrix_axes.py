"""The axes of a matrix: tight around its drivers, with room for the names of the quadrants."""

from __future__ import annotations

import math
from collections.abc import Sequence

from wavedeck.figures.formats import number_code
from wavedeck.render.chart.description import Axis, Point
from wavedeck.render.chart.matrix import MatrixPoint
from wavedeck.render.chart.matrix_layout import scaled, tick_distance

# Air around the drivers as a share of their range; more above and below where one meets a quadrant's name.
AIR, ROOM_FOR_NAMES = 0.06, 0.13
CORNER_WIDTH, CORNER_HEIGHT = 0.2, 0.1
_DIGITS, _FINER = 9, 10
_FEWEST, _MOST = 2.5, 9


def matrix_axes(
    points: Sequence[MatrixPoint], borders: Sequence[Point], *, units: Sequence[str], titles: Sequence[str]
) -> tuple[Axis, Axis]:
    """Return the axes of importance and rating.

    Parameters
    ----------
    borders, units, titles
        Of importance and of rating.
    """
    sides = (
        [value for one in points for value in (one.importance.value, *(one.importance_range or ()))],
        [value for one in points for value in (one.rating.value, *(one.rating_range or ()))],
    )
    across, up = (
        make_axis([*side, border.value], AIR, unit=unit, title=title)
        for side, border, unit, title in zip(sides, borders, units, titles, strict=True)
    )
    if any(_meets_a_name(one, across, up) for one in points):
        up = make_axis([*sides[1], borders[1].value], ROOM_FOR_NAMES, unit=units[1], title=titles[1])
    return across, up


def make_axis(values: Sequence[float | None], air: float, *, unit: str, title: str) -> Axis:
    """Return an axis that starts at a multiple of its ticks."""
    known = [value for value in values if value is not None]
    low, high = min(known), max(known)
    margin = air * ((high - low) or 1.0)
    bottom, top = low - margin, high + margin
    tick = min(_ticks(top - bottom), key=lambda one: bottom - one * math.floor(bottom / one))
    fine = tick / _FINER
    minimum, maximum = tick * math.floor(bottom / tick), fine * math.ceil(top / fine)
    ends = Axis(round(minimum, _DIGITS), round(maximum, _DIGITS))
    tick = tick_distance(ends)
    places = next(count for count in range(_DIGITS + 1) if abs(round(tick, count) - tick) < 1e-9)
    return Axis(ends.minimum, ends.maximum, number_code(unit, places), title)


def _ticks(span: float) -> list[float]:
    """Return round distances that give three to nine ticks, the largest first."""
    power = 10 ** math.floor(math.log10(span))
    found = [power * share for share in (5, 2, 1, 0.5, 0.2, 0.1)]
    return [one for one in found if _FEWEST <= span / one <= _MOST]


def _meets_a_name(point: MatrixPoint, across: Axis, up: Axis) -> bool:
    x, y = (
        scaled(one.value or 0.0, axis, 1.0) for one, axis in ((point.importance, across), (point.rating, up))
    )
    return min(x, 1 - x) < CORNER_WIDTH and min(y, 1 - y) < CORNER_HEIGHT
