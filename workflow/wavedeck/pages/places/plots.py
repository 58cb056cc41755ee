"""The geometry of a chart: where its points are drawn, worked out from what the chart has stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from wavedeck.audit.verify.charts import SeriesRead
from wavedeck.audit.verify.ooxml import C, Element
from wavedeck.pages.places.boxes import Area

_GROUPS = ("barChart", "lineChart", "scatterChart")
_GAP = 150.0


@dataclass(frozen=True)
class Axis:
    """One axis: its ends, and whether it runs the other way."""

    low: float
    high: float
    turned: bool

    def share(self, value: float) -> float:
        """Return how far along the axis a value lies, from 0 to 1; values beyond its ends at its ends."""
        share = min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)
        return 1.0 - share if self.turned else share


@dataclass(frozen=True)
class Plot:
    """What is needed to say where a point is drawn.

    Attributes
    ----------
    form
        bar, col, line or scatter.
    area
        Between the axes.
    values
        Axis of values; vertical but for bars.
    across
        Axis of x values of a scatter chart; of another its places count from 0 to the number of categories.
    series
        All series in order.
    stacked
        Whether series stand on each other.
    gap, overlap
        Space between categories, and how far bars of one cover each other, as shares of a bar.
    sides
        Series and place (None for the others of a series) -> side of the point on which its label stands.
    """

    form: str
    area: Area
    values: Axis
    across: Axis
    series: tuple[SeriesRead, ...]
    stacked: bool = False
    gap: float = _GAP / 100
    overlap: float = 0.0
    sides: Mapping[tuple[int, int | None], str] = field(default_factory=dict)

    def side(self, number: int, place: int) -> str:
        """Return on which side of its point a label stands: t, b, l or r; '' where the chart does not say."""
        return self.sides.get((number, place), self.sides.get((number, None), ""))

    def point(self, number: int, place: int) -> Area | None:
        """Return where a point is drawn, only bars with a size; nothing where it has no value."""
        value = self.series[number].values.number(place)
        if value is None:
            return None
        if self.form == "scatter":
            across = self.series[number].across
            x = None if across is None else across.number(place)
            return None if x is None else self._spot(self.across.share(float(x)), float(value))
        if self.form == "line":
            return self._spot(self.across.share(place + 0.5), float(value))
        start, end = self._reach(number, place, value)
        first, last = self._band(number, place)
        if self.form == "bar":
            return self._on_area(min(start, end), first, max(start, end), last)
        return self._on_area(first, 1 - max(start, end), last, 1 - min(start, end))

    def spot(self, x: float, y: float) -> Area:
        """Return the point of a scatter chart at two values."""
        return self._spot(self.across.share(x), y)

    def _spot(self, share: float, value: float) -> Area:
        height = 1 - self.values.share(value)
        return self._on_area(share, height, share, height)

    def _on_area(self, left: float, top: float, right: float, bottom: float) -> Area:
        width, height = self.area.right - self.area.left, self.area.height
        return Area(
            self.area.left + left * width,
            self.area.top + top * height,
            self.area.left + right * width,
            self.area.top + bottom * height,
        )

    def _reach(self, number: int, place: int, value: Decimal) -> tuple[float, float]:
        below = 0.0
        if self.stacked:
            others = (one.values.number(place) for one in self.series[:number])
            below = sum(float(one) for one in others if one is not None and (one < 0) == (value < 0))
        return self.values.share(below), self.values.share(below + float(value))

    def _band(self, number: int, place: int) -> tuple[float, float]:
        """Return from where to where a bar runs across the categories, downwards for bars that lie."""
        beside = 1 if self.stacked else len(self.series)
        order = 0 if self.stacked else number
        whole = beside - (beside - 1) * self.overlap
        thick = 1 / (whole + self.gap)
        start = place + thick * (self.gap / 2 + order * (1 - self.overlap))
        shares = [self.across.share(start), self.across.share(start + thick)]
        upwards = self.form == "bar"
        first, last = sorted(1 - one if upwards else one for one in shares)
        return first, last


def read_plot(content: Element, series: tuple[SeriesRead, ...], frame: Area) -> Plot | None:
    """Read the geometry of a chart.

    Parameters
    ----------
    content
        The chart's part.
    series
        Its series.
    frame
        Where the chart stands.

    Returns
    -------
    Plot or None
        None where the chart leaves the place of its points to the viewer: no fixed area or ends of axes.
    """
    drawn = content.find(f"{C}chart/{C}plotArea")
    groups = [one for one in drawn if one.tag in [f"{C}{name}" for name in _GROUPS]]
    area = _inner(drawn, frame)
    axes = [_axis(one) for one in drawn.iter(f"{C}valAx")]
    if len(groups) != 1 or area is None or not axes or None in axes:
        return None
    kind = groups[0].tag.removeprefix(C).removesuffix("Chart")
    if kind == "scatter":
        return Plot("scatter", area, axes[1], axes[0], series)  # type: ignore[arg-type]
    count = max((len(one.categories.points) for one in series), default=0)
    turned = next((_is_turned(one) for one in drawn.iter(f"{C}catAx", f"{C}dateAx")), False)
    across = Axis(0.0, float(max(count, 1)), turned)
    if kind == "line":
        sides = dict(_sides(groups[0]))
        return Plot("line", area, axes[0], across, series, sides=sides)  # type: ignore[arg-type]
    return Plot(
        _value(groups[0], "barDir", "col"),
        area,
        axes[0],  # type: ignore[arg-type]
        across,
        series,
        stacked="tacked" in _value(groups[0], "grouping", ""),
        gap=float(_value(groups[0], "gapWidth", str(_GAP))) / 100,
        overlap=float(_value(groups[0], "overlap", "0")) / 100,
    )


def _sides(group: Element) -> Iterator[tuple[tuple[int, int | None], str]]:
    for number, one in enumerate(group.iter(f"{C}ser")):
        for labels in one.findall(f"{C}dLbls"):
            for label in labels.findall(f"{C}dLbl"):
                yield (number, int(_value(label, "idx", "0"))), _value(label, "dLblPos", "")
            yield (number, None), _value(labels, "dLblPos", "")


def _value(group: Element, name: str, default: str) -> str:
    one = group.find(f"{C}{name}")
    return default if one is None else str(one.get("val", default))


def _inner(drawn: Element, frame: Area) -> Area | None:
    layout = drawn.find(f"{C}layout/{C}manualLayout")
    if layout is None or _value(layout, "layoutTarget", "outer") != "inner":
        return None
    x, y, width, height = (float(_value(layout, name, "0")) for name in "xywh")
    across, down = frame.right - frame.left, frame.height
    left, top = frame.left + x * across, frame.top + y * down
    return Area(left, top, left + width * across, top + height * down)


def _axis(one: Element) -> Axis | None:
    ends = [one.find(f"{C}scaling/{C}{name}") for name in ("min", "max")]
    if any(end is None for end in ends):
        return None
    low, high = (float(end.get("val")) for end in ends)
    return Axis(low, high, _is_turned(one)) if high > low else None


def _is_turned(one: Element) -> bool:
    way = one.find(f"{C}scaling/{C}orientation")
    return way is not None and way.get("val") == "maxMin"


def points_of(plot: Plot) -> Iterator[tuple[int, int, Area]]:
    """Yield every point that has a value: series and place from 0, and where it is drawn."""
    for number, one in enumerate(plot.series):
        for place in sorted(one.values.points):
            area = plot.point(number, place)
            if area is not None:
                yield number, place, area
