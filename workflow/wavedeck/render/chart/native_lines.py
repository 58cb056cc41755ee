"""Native columns and lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu

from wavedeck.render.boxes import Box
from wavedeck.render.chart import labels as label_xml
from wavedeck.render.chart import layout, layout_upright, xml
from wavedeck.render.chart.description import Chart, Series
from wavedeck.render.chart.frames import add_legend, category_axis, finish, hidden_value_axis, new_chart, rgb
from wavedeck.render.chart.paint import low_base, paint_bars
from wavedeck.render.chart.pen import Pen
from wavedeck.render.chart.sides import label_sides
from wavedeck.render.chart.workbook import ChartNumbers


def draw_columns(slide: Any, holder: Any, box: Box, chart: Chart, pen: Pen) -> Any:
    """Draw columns, one series per wave."""
    layout.refuse_cut_bars(chart)
    frame = layout_upright.columns(chart, pen.style, width=box.width, height=box.height)
    code = chart.axis.number_format
    numbers = ChartNumbers(chart.categories, chart.series, number_format=code)
    shape = new_chart(
        slide,
        holder,
        box,
        XL_CHART_TYPE.COLUMN_CLUSTERED,
        numbers,
        name=f"chart:{chart.id}",
        alt=chart.title_alt,
    )
    drawn = shape.chart
    plot = drawn.plots[0]
    plot.gap_width, plot.overlap = frame.gap, 0
    category_axis(drawn.category_axis, pen, frame, downwards=False)
    hidden_value_axis(drawn.value_axis, chart)
    for element, one in zip(plot._element.ser_lst, chart.series, strict=True):
        paint_bars(element, one, pen, frame, code=code, chart=chart)
    if chart.has_legend:
        add_legend(drawn, chart, pen, frame)
    finish(drawn, pen, frame)
    return shape


def draw_lines(slide: Any, holder: Any, box: Box, chart: Chart, pen: Pen) -> Any:
    """Draw lines over waves, named at their ends where these are apart."""
    frame, direct = layout_upright.lines(chart, pen.style, width=box.width, height=box.height)
    code = chart.axis.number_format
    named = [layout_upright.explained(one, chart) for one in chart.series]
    numbers = ChartNumbers(chart.categories, named, number_format=code)
    shape = new_chart(
        slide, holder, box, XL_CHART_TYPE.LINE_MARKERS, numbers, name=f"chart:{chart.id}", alt=chart.title_alt
    )
    drawn = shape.chart
    category_axis(drawn.category_axis, pen, frame, downwards=False)
    value_axis(drawn.value_axis, chart, pen)
    sides = label_sides(chart, frame.plot.height, frame.sizes.label, direct=direct)
    for number, (element, one) in enumerate(zip(drawn.plots[0]._element.ser_lst, named, strict=True)):
        _paint_line(element, one, pen, frame, code=code, sides=sides[number], direct=direct)
    if chart.has_legend and not direct:
        add_legend(drawn, chart, pen, frame)
    finish(drawn, pen, frame)
    return shape


def value_axis(axis: Any, chart: Chart, pen: Pen) -> None:
    """Style the value axis of lines: few ticks in grey."""
    axis.minimum_scale, axis.maximum_scale = chart.axis.minimum, chart.axis.maximum
    axis.has_major_gridlines = False
    axis.major_unit = layout_upright.tick_step(chart.axis)
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.font.size = Emu(round(pen.style.chart.minimum * 12700))
    axis.tick_labels.font.color.rgb = rgb(pen.style.hex("grey"))
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = chart.axis.number_format, False
    axis.format.line.fill.background()
    if chart.axis.title:
        _axis_title(axis, chart.axis.title, pen)


def _axis_title(axis: Any, text: str, pen: Pen) -> None:
    frame = axis.axis_title.text_frame
    frame.text = text
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = Emu(round(pen.style.chart.minimum * 12700)), False
    font.color.rgb = rgb(pen.style.hex("grey"))


def _paint_line(
    element: Any,
    series: Series,
    pen: Pen,
    frame: layout.Frame,
    *,
    code: str,
    sides: Sequence[str],
    direct: bool,
) -> None:
    colour = pen.text_colour(series.role)
    look = {"size": frame.sizes.label, "colour": colour, "marks": pen.marks}
    usual = max("tb", key=list(sides).count)
    own = []
    last = len(series.points) - 1
    for index, point in enumerate(series.points):
        if not point.visible:
            own.append(label_xml.no_label(index))
        elif index == last and direct:
            own.append(
                label_xml.own_label(index, point, code, position="r", bold=True, name=series.name, **look)  # type: ignore[arg-type]
            )
        elif label_xml.needs_own_label(point, code) or sides[index] != usual:
            fill = pen.fill("paper") if sides[index] == "r" else ""
            own.append(label_xml.own_label(index, point, code, position=sides[index], fill=fill, **look))  # type: ignore[arg-type]
    line = f'<a:ln w="28575" cap="rnd">{pen.fill(series.role)}<a:round/></a:ln>'
    xml.fill_series(element, "", outline=line)
    _markers(element, series, pen)
    label_xml.put_labels(
        element, label_xml.series_labels(own, code, position=usual, size=frame.sizes.label, colour=colour)
    )


def _marker(pen: Pen, role: str, *, hollow: bool) -> str:
    fill = pen.fill("paper" if hollow else role)
    return (
        f'<c:marker><c:symbol val="circle"/><c:size val="8"/><c:spPr>{fill}'
        f'<a:ln w="19050">{pen.fill(role)}</a:ln></c:spPr></c:marker>'
    )


def _markers(element: Any, series: Series, pen: Pen) -> None:
    for old in element.findall(qn("c:marker")):
        element.remove(old)
    shape = element.find(qn("c:spPr"))
    last = xml.parse(_marker(pen, series.role, hollow=False))
    shape.addnext(last)
    line = f'<a:ln w="28575" cap="rnd">{pen.fill(series.role)}<a:round/></a:ln>'
    for index in low_base(series.points):
        point = parse_xml(
            f'<c:dPt xmlns:c="{label_xml.C}" xmlns:a="{label_xml.A}"><c:idx val="{index}"/>'
            f'{_marker(pen, series.role, hollow=True)}<c:bubble3D val="0"/><c:spPr>{line}</c:spPr></c:dPt>'
        )
        last.addnext(point)
        last = point
    for smooth in element.findall(qn("c:smooth")):
        smooth.set("val", "0")
