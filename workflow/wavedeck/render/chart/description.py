"""What a chart shows: the one description that both drawers read.

Numbers are rounded and publishable and texts are final when they come in here. A drawer decides
positions and colours, never values or wording.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from wavedeck.render.signs import SIGNS, VISIBLE
from wavedeck.study.errors import RenderError

ChartKind = Literal["bars", "panels", "stacked", "columns", "lines", "nps"]
KINDS: tuple[ChartKind, ...] = ("bars", "panels", "stacked", "columns", "lines", "nps")


@dataclass(frozen=True)
class Point:
    """One value in a chart.

    Parameters
    ----------
    value
        The rounded value as drawn, or None when the figure has none that may be shown.
    label
        The printed text, such as ``7,7`` or ``35%``.
    address
        Address of the figure.
    state
        State of the figure; states without a value print a sign instead.
    mark
        ``▲`` or ``▼`` for a significant difference, or empty.
    field
        Field of the figure that is drawn.
    against
        What the mark compares with: ``previous``, ``stated`` or ``rest``.
    """

    value: float | None
    label: str
    address: str | None = None
    state: str = "shown"
    mark: str = ""
    field: str = "estimate"
    against: str = ""

    @property
    def visible(self) -> bool:
        """Tell whether the point has a value to draw."""
        return self.value is not None and self.state in VISIBLE

    @property
    def sign(self) -> str:
        """Return the sign that stands for, or behind, the value."""
        return SIGNS.get(self.state, "" if self.value is not None else "–")

    @property
    def printed(self) -> str:
        """Return label and sign as printed, without the significance mark.

        >>> Point(None, "", state="suppressed").printed
        '*'
        >>> Point(7.1, "7,1", state="low_base").printed
        '7,1°'
        """
        return f"{self.label}{self.sign}" if self.visible else self.sign


@dataclass(frozen=True)
class Series:
    """Points over the categories under one name and one colour role; `wave` is the wave it is named after."""

    name: str
    role: str
    points: tuple[Point, ...]
    wave: str | None = None


@dataclass(frozen=True)
class Axis:
    """The value axis.

    Parameters
    ----------
    minimum, maximum
        Ends of the axis in units of the values.
    number_format
        Format code for PowerPoint with a decimal point, such as ``0.0`` or ``0"%"``.
    title
        What the axis shows; say here that it does not start at zero where lines do not.
    floor
        Lowest answer of the scale, where bars may start as well as at zero.
    """

    minimum: float
    maximum: float
    number_format: str = "0"
    title: str = ""
    floor: float = 0.0


@dataclass(frozen=True)
class Panel:
    """One of several small charts with the same categories and axis; `wave` as in a series."""

    title: str
    series: tuple[Series, ...]
    wave: str | None = None


@dataclass(frozen=True)
class Chart:
    """Everything a drawer needs for one chart.

    Parameters
    ----------
    id
        Stable machine id; becomes the shape's name ``chart:<id>`` and the file name.
    kind
        ``bars`` (horizontal, one or a few series), ``panels`` (small multiples of ``bars``),
        ``stacked`` (100 % horizontal, mean beside it), ``columns`` (one series per wave), ``lines``
        (categories are waves), ``nps`` (three stacked segments, score beside them).
    title_alt
        Alternative text: what the chart shows and its main finding.
    categories
        Category labels in the order drawn, from the top or the left.
    series
        Series in legend order; empty when ``panels`` is given.
    axis
        The value axis; for ``stacked`` and ``nps`` 0 to 100.
    panels
        Panels from left to right, for kind ``panels``.
    means
        One point per category beside stacked bars: the mean, or the NPS.
    means_title
        Heading over that column.
    means_format
        Format code of that column.
    legend
        Whether a legend is wanted; one series never gets one.
    category_states
        State per category where its base is low or hidden as a whole; may be empty.
    category_waves
        Wave that each category is named after; empty where they are no waves.
    named
        Whether the categories of horizontal bars are printed beside them.
    label_room
        Least width of these labels in inches, so that charts above each other start in line.
    """

    id: str
    kind: ChartKind
    title_alt: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    axis: Axis
    panels: tuple[Panel, ...] = ()
    means: tuple[Point, ...] | None = None
    means_title: str = ""
    means_format: str = "0.0"
    legend: bool = True
    category_states: tuple[str, ...] = ()
    category_waves: tuple[str, ...] = ()
    named: bool = True
    label_room: float = 0.0

    def __post_init__(self) -> None:
        """Refuse descriptions that cannot be drawn."""
        if self.kind not in KINDS:
            raise RenderError(f"chart '{self.id}': unknown kind '{self.kind}'; known are {', '.join(KINDS)}")
        if not self.categories:
            raise RenderError(f"chart '{self.id}' is empty: it has no categories")
        if not any(point.visible for point in self.points()):
            raise RenderError(f"chart '{self.id}' is empty: none of its points has a value that may be shown")
        for name, points in self._lengths():
            if len(points) != len(self.categories):
                raise RenderError(
                    f"chart '{self.id}': {name} has {len(points)} points "
                    f"for {len(self.categories)} categories"
                )

    def _lengths(self) -> Iterator[tuple[str, tuple[Point, ...]]]:
        for series in self.all_series():
            yield f"series '{series.name}'", series.points
        if self.means is not None:
            yield "the column of means", self.means

    def all_series(self) -> Iterator[Series]:
        """Give the series of the chart or of all its panels."""
        yield from self.series
        for panel in self.panels:
            yield from panel.series

    def points(self) -> Iterator[Point]:
        """Give every point, those of the means column last."""
        for series in self.all_series():
            yield from series.points
        yield from self.means or ()

    def states(self) -> frozenset[str]:
        """Return the states of all points, to choose footnotes by."""
        return frozenset(point.state for point in self.points()) | frozenset(self.category_states)

    def marks(self) -> frozenset[str]:
        """Return the significance marks in use."""
        return frozenset(point.mark for point in self.points() if point.mark)

    @property
    def has_legend(self) -> bool:
        """Tell whether the chart prints a legend."""
        first = self.panels[0].series if self.panels else self.series
        return self.legend and len(first) > 1
