"""Boxes on a slide, in fractions of its width and height."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """Where a printed number stands on the picture of its slide.

    Attributes
    ----------
    x, y
        Left and upper edge, from 0 to 1.
    width, height
        From 0 to 1.
    sure
        Whether it is proven that this number is the one; where not, all that it could be are given.
    """

    x: float
    y: float
    width: float
    height: float
    sure: bool


@dataclass(frozen=True)
class Area:
    """A rectangle: left, upper, right and lower edge in fractions of the slide."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """Return its centre."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Return its height."""
        return self.bottom - self.top

    def holds(self, point: tuple[float, float], margin: float = 0.0) -> bool:
        """Tell whether a point lies in it, or within a margin around it."""
        across = self.left - margin <= point[0] <= self.right + margin
        return across and self.top - margin <= point[1] <= self.bottom + margin

    def away(self, other: Area) -> float:
        """Return how far another lies beside it; 0 where they touch."""
        across = max(self.left - other.right, other.left - self.right, 0.0)
        down = max(self.top - other.bottom, other.top - self.bottom, 0.0)
        return float((across**2 + down**2) ** 0.5)

    def joined(self, other: Area) -> Area:
        """Return the rectangle around both."""
        return Area(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def box(self, *, sure: bool) -> Box:
        """Return it as a box of the page."""
        edges = (self.left, self.top, self.right - self.left, self.bottom - self.top)
        x, y, width, height = (round(one, 5) for one in edges)
        return Box(x, y, width, height, sure)


def lines_of(areas: Iterable[Area]) -> tuple[Area, ...]:
    """Join rectangles that follow each other on one line; a text that breaks has one for each line.

    >>> lines_of([Area(0.1, 0.1, 0.2, 0.2), Area(0.21, 0.1, 0.3, 0.2), Area(0.1, 0.3, 0.2, 0.4)])[0].right
    0.3
    """
    found: list[Area] = []
    for one in areas:
        last = found[-1] if found else None
        if last and last.top <= one.middle[1] <= last.bottom and one.left >= last.left:
            found[-1] = last.joined(one)
        else:
            found.append(one)
    return tuple(found)
