"""Native horizontal bars: single, in panels, and stacked with means beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.text import MSO_ANCHOR

from wavedeck.render.boxes import Box
from wavedeck.render.chart import labels as label_xml
from wavedeck.render.chart import layout, xml
from wavedeck.render.chart.description import Chart, Series
from wavedeck.render.chart.frames import (
    add_heading,
    add_legend,
    add_text_legend,
    category_axis,
    finish,
    hidden_value_axis,
    new_chart,
    shifted,
)
from wavedeck.render.chart.paint import missing, paint_bars, paint_segment
from wavedeck.render.chart.pen import Pen
from wavedeck.render.chart.workbook import ChartNumbers

_NO_FILL = "<a:noFill/>"


def draw_rows(slide: Any, holder: Any, box: Box, chart: Chart, pen: Pen, *, language: str) -> tuple[Any, ...]:
    """Draw horizontal bars, in panels or with means beside them where the chart has these."""
    frames = layout.rows(chart, pen.style, width=box.width, height=box.height)
    if chart.kind == "panels":
        return draw_panels(slide, holder, box, chart, pen, frames=frames, language=language)
    stacked = chart.kind in ("stacked", "nps")
    layout.refuse_cut_bars(chart)
    name, series = f"chart:{chart.id}", chart.series
    main = _draw_row_frame(
        slide, holder, box, chart, pen, frame=frames[0], series=series, name=name, stacked=stacked
    )
    wrapped = layout.legend_rows(chart.series, frames[0].frame.width, pen.style.chart.legend) > 1
    if chart.has_legend and stacked and not wrapped:
        add_legend(main.chart, chart, pen, frames[0])
    elif chart.has_legend:
        place = Box(box.left, box.top, frames[0].frame.width, box.height)
        add_text_legend(slide, place, chart.series, pen, name=f"{name}:legend", language=language)
    drawn = [main]
    if chart.means is not None:
        drawn.append(_draw_means(slide, box, chart, pen, frame=frames[1], language=language))
    return tuple(drawn)


def _draw_row_frame(
    slide: Any,
    holder: Any,
    box: Box,
    chart: Chart,
    pen: Pen,
    *,
    frame: layout.Frame,
    series: Sequence[Series],
    name: str,
    stacked: bool,
    alt: str = "",
) -> Any:
    kind = XL_CHART_TYPE.BAR_STACKED if stacked else XL_CHART_TYPE.BAR_CLUSTERED
    code = chart.axis.number_format
    numbers = ChartNumbers(chart.categories, series, number_format=code)
    shape = new_chart(
        slide, holder, shifted(box, frame.frame), kind, numbers, name=name, alt=alt or chart.title_alt
    )
    drawn = shape.chart
    plot = drawn.plots[0]
    plot.gap_width = frame.gap
    plot.overlap = 100 if stacked else 0
    category_axis(drawn.category_axis, pen, frame, downwards=True)
    drawn.category_axis.visible = True
    hidden_value_axis(drawn.value_axis, chart)
    paint = paint_segment if stacked else paint_bars
    for element, one in zip(plot._element.ser_lst, series, strict=True):
        paint(element, one, pen, frame, code=code, chart=chart)
    finish(drawn, pen, frame)
    return shape


def _draw_means(slide: Any, box: Box, chart: Chart, pen: Pen, *, frame: layout.Frame, language: str) -> Any:
    points = chart.means or ()
    series = Series(chart.means_title or "–", "paper", points)
    numbers = ChartNumbers(chart.categories, [series], number_format=chart.means_format)
    shape = new_chart(
        slide,
        None,
        shifted(box, frame.frame),
        XL_CHART_TYPE.BAR_CLUSTERED,
        numbers,
        name=f"chart:{chart.id}:means",
        alt=f"{chart.means_title}: {chart.title_alt}",
    )
    drawn = shape.chart
    drawn.plots[0].gap_width = frame.gap
    category_axis(drawn.category_axis, pen, frame, downwards=True)
    drawn.category_axis.format.line.fill.background()
    _means_axis(drawn.value_axis, chart)
    element = drawn.plots[0]._element.ser_lst[0]
    look = {"size": frame.sizes.label, "colour": pen.colour("brand"), "bold": True}
    own = [
        label_xml.own_label(index, point, chart.means_format, position="inBase", marks=pen.marks, **look)  # type: ignore[arg-type]
        for index, point in enumerate(points)
        if label_xml.needs_own_label(point, chart.means_format)
    ]
    xml.fill_series(element, _NO_FILL)
    label_xml.put_labels(
        element,
        label_xml.series_labels(own, chart.means_format, position="inBase", **look),  # type: ignore[arg-type]
    )
    xml.zero_points(element, missing(points))
    finish(drawn, pen, frame)
    if frame.heading:
        place = shifted(box, Box(frame.frame.left + 0.05, frame.plot.top - 0.38, frame.frame.width, 0.32))
        name = f"chart:{chart.id}:means:heading"
        add_heading(slide, place, frame.heading, pen, name=name, language=language, anchor=MSO_ANCHOR.MIDDLE)
    return shape


def _means_axis(axis: Any, chart: Chart) -> None:
    """Start at zero on the left; scores below zero stand right of it when the axis is turned round."""
    hidden_value_axis(axis, chart)
    values = [point.value for point in chart.means or () if point.visible and point.value is not None]
    largest, below = max([*map(abs, values), 1.0]), any(value < 0 for value in values)
    axis.minimum_scale = -largest if below else 0
    axis.maximum_scale = 0 if below and max(values) <= 0 else largest
    axis.reverse_order = axis.maximum_scale == 0
    axis.tick_labels.number_format = chart.means_format


def draw_panels(
    slide: Any,
    holder: Any,
    box: Box,
    chart: Chart,
    pen: Pen,
    *,
    frames: Sequence[layout.Frame],
    language: str,
) -> tuple[Any, ...]:
    """Draw small charts with one order and one axis, each under its heading."""
    layout.refuse_cut_bars(chart)
    if holder is not None:
        holder._element.getparent().remove(holder._element)
    drawn = []
    for number, (panel, frame) in enumerate(zip(chart.panels, frames, strict=True), start=1):
        name = f"chart:{chart.id}:{number}"
        x, width = frame.frame.left + frame.plot.left, frame.frame.width - frame.plot.left
        place = shifted(box, Box(x, frame.frame.top, width, frame.plot.top - 0.06))
        add_heading(slide, place, panel.title, pen, name=f"{name}:heading", language=language)
        drawn.append(
            _draw_row_frame(
                slide, None, box, chart, pen, frame=frame, series=panel.series, name=name, stacked=False,
                alt=f"{panel.title}: {chart.title_alt}",
            )
        )  # fmt: skip
    if chart.has_legend:
        series = chart.panels[0].series
        add_text_legend(slide, box, series, pen, name=f"chart:{chart.id}:legend", language=language)
    return tuple(drawn)
