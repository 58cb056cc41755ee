"""The matrix of importance and rating as a native scatter chart.

Everything stands in the chart's own workbook. Labels are bound to the rows of their drivers: where a
colleague changes a number, bubble and label move together, and a label can be dragged.
"""

from __future__ import annotations

from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml.ns import qn
from pptx.util import Emu

from wavedeck.render.boxes import Box
from wavedeck.render.chart import xml
from wavedeck.render.chart.description import Axis
from wavedeck.render.chart.frames import add_text_legend, new_chart, rgb, shifted
from wavedeck.render.chart.layout import HEAD
from wavedeck.render.chart.matrix import Ends, Matrix
from wavedeck.render.chart.matrix_layout import lay_out, tick_distance
from wavedeck.render.chart.matrix_workbook import Dots, Places, refer
from wavedeck.render.chart.native_matrix_key import add_key
from wavedeck.render.chart.native_matrix_series import series_of
from wavedeck.render.chart.pen import Pen
from wavedeck.render.xmltypes import XmlElement


def draw_matrix(
    slide: Any, holder: Any, box: Box, matrix: Matrix, pen: Pen, *, language: str
) -> tuple[Any, ...]:
    """Draw a matrix, its legend above it, its key under it."""
    frame = lay_out(matrix, pen.style, width=box.width, height=box.height)
    dots = series_of(matrix, frame, pen)
    places: Any = Places(dots, number_format="General")
    name = f"chart:{matrix.id}"
    shape = new_chart(slide, holder, box, XL_CHART_TYPE.XY_SCATTER, places, name=name, alt=matrix.title_alt)
    drawn = shape.chart
    for element, one in zip(drawn.plots[0]._element.findall(qn("c:ser")), dots, strict=True):
        _dress(element, one)
    _axis(drawn.category_axis, matrix.importance, matrix.ends[0], pen)
    _axis(drawn.value_axis, matrix.rating, matrix.ends[1], pen)
    xml.place_plot(drawn, frame.plot, frame.frame)
    drawn.font.size = Emu(round(frame.size * 12700))
    drawn.font.name = pen.style.fonts.theme
    xml.renumber_axes(drawn)
    if matrix.has_legend:
        above = shifted(box, Box(frame.plot.left, 0, frame.plot.width, HEAD))
        add_text_legend(slide, above, matrix.kinds, pen, name=f"legend:{matrix.id}", language=language)
    add_key(slide, box, frame, pen, name=f"key:{matrix.id}", language=language)
    return (shape,)


def _dress(series: XmlElement, dots: Dots) -> None:
    """Give a series its look, in the order of the schema, and its own rows of the workbook."""
    for tag in ("c:spPr", "c:marker", "c:dPt", "c:dLbls"):
        for old in series.findall(qn(tag)):
            series.remove(old)
    before = series.find(qn("c:xVal"))
    for part in dots.look:
        before.addprevious(xml.parse(part))
    refer(series, dots)


def _axis(axis: Any, declared: Axis, ends: Ends, pen: Pen) -> None:
    size = Emu(round(pen.style.chart.minimum * 12700))
    axis.minimum_scale, axis.maximum_scale = declared.minimum, declared.maximum
    axis.has_major_gridlines = False
    axis.major_unit = tick_distance(declared)
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    if not ends.numbers:
        axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    axis.tick_labels.font.size = size
    axis.tick_labels.font.color.rgb = rgb(pen.style.hex("grey"))
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = declared.number_format, False
    axis.format.line.color.rgb = rgb(pen.style.hex("hairline"))
    axis.format.line.width = Emu(9525)
    frame = axis.axis_title.text_frame
    frame.text = declared.title
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = Emu(round(pen.style.chart.legend * 12700)), False
    font.color.rgb = rgb(pen.style.hex("ink"))
    crosses = axis._element.find(qn("c:crosses"))
    if crosses is not None:
        crosses.set("val", "min")
