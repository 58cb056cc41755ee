"""Where things stand inside charts of columns and of lines.

All lengths are inches from the upper left corner of the chart.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from wavedeck.render.boxes import Box
from wavedeck.render.chart.description import Axis, Chart, Series
from wavedeck.render.chart.layout import DENSE_GAP, Frame, Sizes, gap_share, head_height, label_width
from wavedeck.render.measure import line_height, lines_of, text_width
from wavedeck.render.style import HouseStyle
from wavedeck.study.errors import RenderError


def columns(chart: Chart, style: HouseStyle, *, width: float, height: float) -> Frame:
    """Lay out vertical columns over categories.

    Parameters
    ----------
    chart
        The chart; kind ``columns``.
    style
        House style.
    width, height
        Room for the whole chart in inches.
    """
    bars = len(chart.series)
    top = head_height(chart, style, width) + line_height(style.chart.label)
    pitch = (width - 0.06) / len(chart.categories)
    for size in _sizes(style.chart.label, style):
        label = label_width(chart.points(), size) + 0.05
        gap = gap_share(pitch, bars, style.chart.gap_width / 100, 0.75)
        if pitch / (bars + gap) < label:
            gap = max(DENSE_GAP, pitch / label - bars)
        bottom = _category_lines(chart, pitch * 0.94, style)
        if pitch / (bars + gap) >= label and bottom is not None:
            plot = Box(0.03, top, width - 0.06, height - top - bottom[1])
            return Frame(Box(0, 0, width, height), plot, Sizes(bottom[0], size), round(gap * 100))
    raise RenderError(
        f"chart '{chart.id}': {len(chart.categories)} categories with {bars} columns each do not fit "
        f"{width:.1f} in; show fewer or draw horizontal bars"
    )


def _sizes(wanted: float, style: HouseStyle) -> Iterator[float]:
    yield from (one for one in (wanted, 11.0, 10.0) if style.chart.minimum <= one <= wanted)


def _category_lines(chart: Chart, room: float, style: HouseStyle) -> tuple[float, float] | None:
    """Return type size and height of category labels under an axis, or None where they do not fit."""
    for size in _sizes(style.chart.category, style):
        longest = max(text_width(word, size) for one in chart.categories for word in one.split())
        lines = max(lines_of(one, room, size) for one in chart.categories)
        if longest <= room and lines <= 3:
            return size, lines * line_height(size) + 0.12
    return None


def tick_step(axis: Axis) -> float:
    """Return a round distance between ticks, giving three to six of them.

    >>> tick_step(Axis(5, 9))
    1.0
    """
    rough = (axis.maximum - axis.minimum) / 5
    power = 10 ** math.floor(math.log10(rough))
    return next(power * step for step in (1, 2, 5, 10) if power * step >= rough)


def ends_apart(chart: Chart, plot_height: float, size: float) -> bool:
    """Tell whether labels at the ends of lines would stand clear of each other."""
    span = chart.axis.maximum - chart.axis.minimum
    last = sorted(one.points[-1].value for one in chart.series if one.points[-1].visible)  # type: ignore[type-var]
    steps = [(high - low) / span * plot_height for low, high in pairwise(last)]  # type: ignore[operator]
    return len(last) == len(chart.series) and all(step >= line_height(size) * 0.95 for step in steps)


def lines(chart: Chart, style: HouseStyle, *, width: float, height: float) -> tuple[Frame, bool]:
    """Lay out lines over waves.

    Returns
    -------
    tuple
        The frame, and whether series are named at the ends of their lines instead of in a legend.
    """
    sizes = Sizes(style.chart.category, style.chart.label)
    bottom = 0.4
    left = max(
        text_width(f"{end:g}%", style.chart.minimum) for end in (chart.axis.minimum, chart.axis.maximum)
    )
    left += 0.12 + (0.25 if chart.axis.title else 0.0)
    plain = height - bottom - 0.25
    direct = len(chart.series) > 1 and chart.legend and ends_apart(chart, plain, sizes.label)
    right = 0.35
    if direct:
        right = max(
            text_width(f"{explained(one, chart).name}  {one.points[-1].printed} ▲", sizes.label)
            for one in chart.series
        )
        right += 0.15
    direct = direct and right <= 0.36 * width
    if not direct:
        right = 0.35
    top = 0.25 if direct or not chart.has_legend else head_height(chart, style, width) + 0.2
    plot = Box(left, top, width - left - right, height - top - bottom)
    return Frame(Box(0, 0, width, height), plot, sizes, style.chart.gap_width), direct


def explained(series: Series, chart: Chart) -> Series:
    """Name a series with the waves in which it has no value, as a line shows nothing there."""
    gaps = [
        f"{category}: {point.sign}"
        for category, point in zip(chart.categories, series.points, strict=True)
        if not point.visible
    ]
    return replace(series, name=f"{series.name} ({', '.join(gaps)})") if gaps else series
