"""What the matrix of importance and rating shows: the one description that both drawers read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wavedeck.render.chart.description import Axis, Point, Series
from wavedeck.study.errors import RenderError


@dataclass(frozen=True)
class MatrixPoint:
    """One driver.

    Parameters
    ----------
    name
        Its label.
    kind
        Place of its kind among the kinds of the matrix.
    importance, rating
        Where it stands.
    placed
        Whether it stands in its quadrant with the declared confidence; drawn hollow where not.
    importance_range, rating_range
        Ends of the intervals to draw through it, where they are asked for.
    importance_ends, rating_ends
        The same ends as figures, for the ledger: low, high.
    """

    name: str
    kind: int
    importance: Point
    rating: Point
    placed: bool
    importance_range: tuple[float, float] | None = None
    rating_range: tuple[float, float] | None = None
    importance_ends: tuple[Point, ...] = ()
    rating_ends: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Ends:
    """What stands along an axis besides its title: words at its ends, and numbers."""

    low: str = ""
    high: str = ""
    numbers: bool = True


@dataclass(frozen=True)
class Matrix:
    """Everything that a drawer needs for one matrix.

    Parameters
    ----------
    id
        Stable machine id; becomes the shape's name ``chart:<id>`` and the file name.
    title_alt
        Alternative text.
    points
        Drivers that may be shown.
    kinds
        Kinds of aspect as legend entries: name and colour role, without points.
    importance, rating
        The axes, to the right and upwards.
    borders
        Where the axes are cut: importance, rating.
    quadrants
        Quadrant -> its name.
    ends
        Words and numbers along the axes: importance, rating.
    legend
        Whether the kinds get one; one kind never does.
    decimal_sign
        Of the ticks in pictures; native charts follow the language of the program.
    """

    id: str
    title_alt: str
    points: tuple[MatrixPoint, ...]
    kinds: tuple[Series, ...]
    importance: Axis
    rating: Axis
    borders: tuple[Point, Point]
    quadrants: Mapping[str, str]
    ends: tuple[Ends, Ends] = (Ends(), Ends())
    legend: bool = True
    decimal_sign: str = "."

    def __post_init__(self) -> None:
        """Refuse a matrix without drivers."""
        if not self.points:
            raise RenderError(f"matrix '{self.id}' is empty: no driver may be shown")

    @property
    def has_legend(self) -> bool:
        """Tell whether the kinds need a legend."""
        return self.legend and len(self.kinds) > 1

    def of_kind(self, kind: int) -> tuple[MatrixPoint, ...]:
        """Return the drivers of one kind."""
        return tuple(point for point in self.points if point.kind == kind)

    def states(self) -> frozenset[str]:
        """Return the states of all points, to choose footnotes by."""
        return frozenset(point.importance.state for point in self.points)
