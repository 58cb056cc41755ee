"""Where things stand inside a chart: the same for the native and the matplotlib drawer.

All lengths are inches from the upper left corner of the chart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wavedeck.render.boxes import Box
from wavedeck.render.chart.description import Chart, Point, Series
from wavedeck.render.measure import line_height, lines_of, text_width, wrap
from wavedeck.render.style import HouseStyle
from wavedeck.study.errors import RenderError

HEAD = 0.32
_PAD = 0.1
_SWATCH = 0.34
DENSE_GAP, _WIDE_GAP = 0.25, 1.4
_ROW_SHARES = (0.26, 0.3, 0.34, 0.38, 0.42, 0.46, 0.5)


@dataclass(frozen=True)
class Sizes:
    """Type sizes that were found to fit, in points."""

    category: float
    label: float


@dataclass(frozen=True)
class Frame:
    """One chart frame with its plot inside.

    Parameters
    ----------
    frame
        Place of the frame within the whole chart.
    plot
        Place of the plot (between the axes) within the frame.
    sizes
        Type sizes.
    gap
        Gap between bars as a percentage of a bar.
    categories
        Whether category labels are printed.
    heading
        Heading over the frame, or empty.
    """

    frame: Box
    plot: Box
    sizes: Sizes
    gap: int
    categories: bool = True
    heading: str = ""


def legend_rows(series: Sequence[Series], width: float, size: float) -> int:
    """Return how many rows a legend of these series takes."""
    return wrap([(text_width(one.name, size) + _SWATCH, 0.0) for one in series], width)


def label_limit(style: HouseStyle, sizes: Sizes, width: float) -> float:
    """Return the share under which a segment of stacked bars is too narrow for its label, in percent.

    Parameters
    ----------
    style, sizes
        House style, and the type sizes found.
    width
        Width of the whole bar in inches.
    """
    return max(style.chart.hide_label_under, 100 * text_width("0%", sizes.label) / width)


def legend_width(series: Sequence[Series], size: float) -> float:
    """Return the width of a legend on one row."""
    return sum(text_width(one.name, size) + _SWATCH for one in series) + 0.15


def label_width(points: Iterable[Point], size: float) -> float:
    """Return the width of the widest label with its mark."""
    return max(
        (text_width(f"{one.printed}  ▲" if one.mark else one.printed, size) for one in points), default=0.0
    )


def gap_share(pitch: float, bars: int, wanted: float, thickest: float) -> float:
    """Return the gap as a share of the bar: wanted, less where rows are dense, more where bars get fat."""
    if pitch / (bars + wanted) > thickest:
        return min(pitch / thickest - bars, _WIDE_GAP)
    return wanted


def _pitch(chart: Chart, height: float, bars: int, style: HouseStyle) -> tuple[float, float]:
    """Return the height of one row and the gap as a share of the bar."""
    wanted = style.chart.gap_width / 100
    thickest = 0.44 if bars == 1 else 0.28
    count = len(chart.categories)
    pitch = min(height / count, thickest * (bars + wanted))
    needed = line_height(style.chart.minimum) * _label_share(bars)
    gap = wanted
    if pitch / (bars + gap) < needed:
        gap = max(DENSE_GAP, pitch / needed - bars)
    if pitch / (bars + gap) < needed:
        fits = int(height / (needed * (bars + DENSE_GAP)))
        raise RenderError(
            f"chart '{chart.id}': {count} categories with {bars} bars each "
            f"do not fit a height of {height:.1f} in; at most {fits} do"
        )
    return pitch, gap


def _label_share(bars: int) -> float:
    """Return the least height of a bar as a share of its label's line, so that labels do not touch."""
    return 0.75 if bars == 1 else 0.9


def _category_column(chart: Chart, width: float, pitch: float, style: HouseStyle) -> tuple[float, float]:
    """Return width and type size of the category labels beside horizontal bars."""
    if not chart.named:
        return chart.label_room, style.chart.category
    sizes = [one for one in (style.chart.category, 11.0, 10.0) if one >= style.chart.minimum]
    for size in sizes:
        widest = max(text_width(one, size) for one in chart.categories) + _PAD
        for share in _ROW_SHARES:
            column = min(widest, share * width)
            lines = max(lines_of(one, column - _PAD, size) for one in chart.categories)
            if lines == 1 or lines * line_height(size) <= pitch * 1.02:
                return max(column, chart.label_room), size
    longest = max(chart.categories, key=len)
    raise RenderError(
        f"chart '{chart.id}': category label '{longest}' does not fit beside its bars; "
        "shorten it or show fewer"
    )


def label_room(chart: Chart, style: HouseStyle, *, width: float) -> float:
    """Return the width that labels beside horizontal bars take when there is height enough, in inches."""
    return _category_column(chart, width, math.inf, style)[0]


def _label_size(pitch: float, gap: float, bars: int, style: HouseStyle) -> float:
    bar = pitch / (bars + gap)
    for size in (style.chart.label, 11.0):
        if bar >= line_height(size) * max(0.88, _label_share(bars)):
            return size
    return style.chart.minimum


def rows(chart: Chart, style: HouseStyle, *, width: float, height: float) -> tuple[Frame, ...]:
    """Lay out horizontal bars: one frame, one more for means, or one per panel.

    Parameters
    ----------
    chart
        The chart; kind ``bars``, ``stacked``, ``nps`` or ``panels``.
    style
        House style.
    width, height
        Room for the whole chart in inches.
    """
    if chart.kind == "panels":
        return _panels(chart, style, width=width, height=height)
    largest = Sizes(style.chart.category, style.chart.label)
    top = head_height(chart, style, width - _means_width(chart, largest))
    stacked = chart.kind in ("stacked", "nps")
    bars = 1 if stacked else len(chart.series)
    pitch, gap = _pitch(chart, height - top, bars, style)
    column, category_size = _category_column(chart, width, pitch, style)
    label_size = _label_size(pitch, gap, bars, style)
    sizes = Sizes(category_size, label_size)
    points = [point for one in chart.series for point in one.points]
    right = 0.05 if stacked else label_width(points, label_size) + _PAD
    means_width = _means_width(chart, sizes)
    plot_height = pitch * len(chart.categories)
    main = Box(0, 0, width - means_width, height)
    plot = Box(column, top, main.width - column - right, plot_height)
    frames = [Frame(main, plot, sizes, round(gap * 100), categories=chart.named)]
    if chart.means is not None:
        beside = Box(main.width, 0, means_width, height)
        inner = Box(0.02, top, means_width - 0.04, plot_height)
        frames.append(
            Frame(beside, inner, sizes, round(gap * 100), categories=False, heading=chart.means_title)
        )
    return tuple(frames)


def head_height(chart: Chart, style: HouseStyle, width: float) -> float:
    """Return the room that a legend or heading takes over the plot."""
    if chart.has_legend:
        return HEAD * legend_rows(chart.series, width, style.chart.legend) + 0.06
    return HEAD + 0.06 if chart.means_title else 0.04


def _means_width(chart: Chart, sizes: Sizes) -> float:
    if chart.means is None:
        return 0.0
    heading = text_width(chart.means_title, sizes.category, bold=True) + 0.2
    return min(max(heading, label_width(chart.means, sizes.label) + 0.3, 0.75), 1.6)


def _panels(chart: Chart, style: HouseStyle, *, width: float, height: float) -> tuple[Frame, ...]:
    count = len(chart.panels)
    across = min(count, 3)
    down = math.ceil(count / across)
    legend = HEAD if chart.has_legend else 0.0
    band = (height - legend) / down
    bars = len(chart.panels[0].series)
    heads = max(
        lines_of(one.title, width / (across + 1.2), style.chart.legend, bold=True) for one in chart.panels
    )
    head = heads * line_height(style.chart.legend) + 0.1
    pitch, gap = _pitch(chart, band - head - 0.05, bars, style)
    column, category_size = _category_column(chart, width * 0.62, pitch, style)
    sizes = Sizes(category_size, _label_size(pitch, gap, bars, style))
    points = [point for panel in chart.panels for one in panel.series for point in one.points]
    right = label_width(points, sizes.label) + _PAD
    between = 0.1
    plot_width = (width - column - across * right - (across - 1) * between) / across
    if plot_width < 0.8:
        raise RenderError(
            f"chart '{chart.id}': {across} panels side by side leave {plot_width:.1f} in for bars"
        )
    frames = []
    for position, panel in enumerate(chart.panels):
        row, place = divmod(position, across)
        first = place == 0
        extra = column if first else 0.0
        x = 0.0 if first else column + place * (plot_width + right + between)
        frame = Box(x, legend + row * band, extra + plot_width + right, band)
        plot = Box(extra, head, plot_width, pitch * len(chart.categories))
        frames.append(Frame(frame, plot, sizes, round(gap * 100), categories=first, heading=panel.title))
    return tuple(frames)


def refuse_cut_bars(chart: Chart) -> None:
    """Refuse bars on an axis that starts neither at zero nor at the lowest answer."""
    if chart.axis.minimum > max(0.0, chart.axis.floor):
        raise RenderError(
            f"chart '{chart.id}': bars start at zero, but the axis starts at {chart.axis.minimum:g}; "
            "use minimum 0 or kind 'lines'"
        )
