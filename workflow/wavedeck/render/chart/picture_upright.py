"""Columns and lines, drawn with matplotlib."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wavedeck.render.boxes import Box
from wavedeck.render.chart import layout, layout_upright
from wavedeck.render.chart.canvas import Canvas
from wavedeck.render.chart.description import Chart, Series
from wavedeck.render.chart.sides import label_sides
from wavedeck.render.measure import break_lines, text_width


def scaled(value: float, chart: Chart, length: float) -> float:
    """Return how far along the value axis of some length a value stands, within its ends."""
    axis = chart.axis
    return (
        (min(max(value, axis.minimum), axis.maximum) - axis.minimum) / (axis.maximum - axis.minimum) * length
    )


def is_newest(series: Series, among: Sequence[Series]) -> bool:
    """Tell whether a series is the newest of several."""
    return series.role in ("wave_new", "brand") and len(among) > 1


def draw_columns(canvas: Canvas, chart: Chart, size: tuple[float, float]) -> None:
    """Draw columns over their categories."""
    layout.refuse_cut_bars(chart)
    frame = layout_upright.columns(chart, canvas.style, width=size[0], height=size[1])
    plot, gap = frame.plot, frame.gap / 100
    pitch = plot.width / len(chart.categories)
    thick = pitch / (len(chart.series) + gap)
    zero = scaled(0, chart, plot.height)
    for number, one in enumerate(chart.series):
        bold = is_newest(one, chart.series)
        for place, point in enumerate(one.points):
            x = plot.left + place * pitch + (gap / 2 + number) * thick
            end = scaled(point.value or 0, chart, plot.height) if point.visible else zero
            top = plot.top + plot.height - max(end, zero)
            if point.visible:
                pale = point.state == "low_base"
                canvas.box(Box(x, top, thick, abs(end - zero)), one.role, pale=pale)
            y = top - 0.1
            canvas.label(x + thick / 2, y, point, frame.sizes.label, bold=bold and point.visible, ha="center")
    _category_axis(canvas, chart, frame, zero=zero)
    if chart.has_legend:
        canvas.legend(chart.series, size[0])


def _category_axis(canvas: Canvas, chart: Chart, frame: layout.Frame, *, zero: float) -> None:
    plot = frame.plot
    bottom = plot.top + plot.height
    canvas.rule((plot.left, plot.left + plot.width), (bottom - zero, bottom - zero))
    pitch = plot.width / len(chart.categories)
    for place, name in enumerate(chart.categories):
        text = break_lines(name, pitch * 0.94, frame.sizes.category)
        x = plot.left + (place + 0.5) * pitch
        canvas.text(x, bottom + 0.08, text, frame.sizes.category, ha="center", va="top")


def draw_lines(canvas: Canvas, chart: Chart, size: tuple[float, float]) -> None:
    """Draw lines over their categories, usually waves."""
    frame, direct = layout_upright.lines(chart, canvas.style, width=size[0], height=size[1])
    plot = frame.plot
    _value_axis(canvas, chart, plot)
    _category_axis(canvas, chart, frame, zero=0)
    sides = label_sides(chart, plot.height, frame.sizes.label, direct=direct)
    for number, one in enumerate(chart.series):
        _line(canvas, chart, frame, layout_upright.explained(one, chart), sides=sides[number], direct=direct)
    if chart.has_legend and not direct:
        canvas.legend([layout_upright.explained(one, chart) for one in chart.series], size[0])


def _value_axis(canvas: Canvas, chart: Chart, plot: Box) -> None:
    axis, size = chart.axis, canvas.style.chart.minimum
    step = layout_upright.tick_step(axis)
    unit = "%" if "%" in axis.number_format else ""
    count = round((axis.maximum - axis.minimum) / step)
    for tick in range(count + 1):
        value = axis.minimum + tick * step
        if value > axis.maximum + step / 100:
            continue
        y = plot.top + plot.height - scaled(value, chart, plot.height)
        canvas.text(plot.left - 0.08, y, f"{value:g}{unit}", size, role="grey", ha="right")
    if axis.title:
        canvas.text(0.1, plot.top + plot.height / 2, axis.title, size, role="grey", ha="center", rotation=90)


def _line(
    canvas: Canvas, chart: Chart, frame: layout.Frame, series: Series, *, sides: Sequence[str], direct: bool
) -> None:
    plot, size = frame.plot, frame.sizes.label
    pitch = plot.width / len(chart.categories)
    colour = canvas.colour(series.role)
    look: dict[str, Any] = {"role": series.role, "legible": True}
    x = [plot.left + (place + 0.5) * pitch for place in range(len(series.points))]
    bottom = plot.top + plot.height
    y = [
        bottom - scaled(point.value or 0, chart, plot.height) if point.visible else float("nan")
        for point in series.points
    ]
    canvas.axes.plot(x, y, color=colour, linewidth=2.25, solid_capstyle="round", zorder=2)
    for place, point in enumerate(series.points):
        if not point.visible:
            continue
        fill = canvas.colour("paper") if point.state == "low_base" else colour
        canvas.axes.plot(
            [x[place]], [y[place]], marker="o", markersize=7, color=colour, markerfacecolor=fill,
            markeredgewidth=1.5, zorder=3,
        )  # fmt: skip
        if direct and place == len(series.points) - 1:
            name = f"{series.name}  "
            canvas.text(x[place] + 0.12, y[place], name, size, bold=True, **look)
            start = x[place] + 0.12 + text_width(name, size, bold=True)
            canvas.label(start, y[place], point, size, bold=True, **look)
        elif sides[place] == "r":
            canvas.label(x[place] + 0.1, y[place], point, size, ground=True, **look)
        else:
            aside = -0.16 if sides[place] == "t" else 0.17
            canvas.label(x[place], y[place] + aside, point, size, ha="center", **look)
