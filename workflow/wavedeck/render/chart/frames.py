"""What all native charts share: frames, axes, legends and headings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu

from wavedeck.render.boxes import Box
from wavedeck.render.chart import layout, xml
from wavedeck.render.chart.description import Chart, Series
from wavedeck.render.chart.pen import Pen
from wavedeck.render.chart.workbook import ChartNumbers
from wavedeck.render.pptx.paragraphs import write_paragraphs
from wavedeck.render.text import Paragraph, Run

UNBROKEN = "\N{NO-BREAK SPACE}"


def new_chart(
    slide: Any,
    holder: Any,
    place: Box,
    kind: XL_CHART_TYPE,
    numbers: ChartNumbers,
    *,
    name: str,
    alt: str,
) -> Any:
    """Create a chart frame in a placeholder or on the slide, and give it name and alternative text."""
    left, top, width, height = place.emu
    if holder is not None and hasattr(holder, "insert_chart"):
        frame = holder.insert_chart(kind, numbers)
        frame.left, frame.top, frame.width, frame.height = (Emu(one) for one in place.emu)
    else:
        if holder is not None:
            holder._element.getparent().remove(holder._element)
        frame = slide.shapes.add_chart(kind, left, top, width, height, numbers)
    frame.name = name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    xml.plain_chart(frame.chart)
    return frame


def finish(chart: Any, pen: Pen, frame: layout.Frame) -> None:
    """Set what depends on the whole chart: place of the plot, typeface, axis ids."""
    xml.place_plot(chart, frame.plot, frame.frame)
    chart.font.size = Emu(round(frame.sizes.category * 12700))
    chart.font.name = pen.style.fonts.theme
    xml.renumber_axes(chart)


def shifted(box: Box, inner: Box) -> Box:
    """Return a box given within another one as a box on the slide."""
    return Box(box.left + inner.left, box.top + inner.top, inner.width, inner.height)


def rgb(colour: str) -> Any:
    """Return a colour as python-pptx wants it."""
    return RGBColor(*bytes.fromhex(colour))


def category_axis(axis: Any, pen: Pen, frame: layout.Frame, *, downwards: bool) -> None:
    """Style the category axis: a hairline without ticks."""
    axis.reverse_order = downwards
    axis.has_major_gridlines = False
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW if frame.categories else XL_TICK_LABEL_POSITION.NONE
    axis.tick_labels.font.size = Emu(round(frame.sizes.category * 12700))
    axis.tick_labels.font.color.rgb = rgb(pen.style.hex("ink"))
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "General", False
    axis.format.line.color.rgb = rgb(pen.style.hex("hairline"))
    axis.format.line.width = Emu(9525)


def hidden_value_axis(axis: Any, chart: Chart) -> None:
    """Fix the ends of the value axis and hide it, as all bars are labelled."""
    axis.minimum_scale, axis.maximum_scale = chart.axis.minimum, chart.axis.maximum
    axis.has_major_gridlines = False
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = chart.axis.number_format, False
    axis.visible = False


def add_legend(drawn: Any, chart: Chart, pen: Pen, frame: layout.Frame) -> None:
    """Print a native legend at the top left."""
    size = pen.style.chart.legend
    series = chart.series
    count = layout.legend_rows(series, frame.frame.width, size)
    width = frame.frame.width if count > 1 else min(layout.legend_width(series, size), frame.frame.width)
    box = Box(0, 0, width, layout.HEAD * count)
    xml.place_legend(drawn, box, frame.frame, size=size, colour=pen.colour("ink"))


def add_text_legend(
    slide: Any, box: Box, series: Sequence[Series], pen: Pen, *, name: str, language: str
) -> None:
    """Write the legend of clustered horizontal bars, which programs would print in different orders."""
    runs: list[Run] = []
    for one in series:
        runs += [Run("■", role=one.role), Run(f" {one.name}".replace(" ", UNBROKEN)), Run("      ")]
    rows = layout.legend_rows(series, box.width, pen.style.chart.legend)
    place = Box(box.left, box.top, box.width, layout.HEAD * rows)
    text_box(
        slide, place, Paragraph(tuple(runs)), pen, name=name, language=language, anchor=MSO_ANCHOR.MIDDLE
    )


def add_heading(
    slide: Any, place: Box, text: str, pen: Pen, *, name: str, language: str, anchor: Any = MSO_ANCHOR.BOTTOM
) -> None:
    """Print a heading over a chart."""
    paragraph = Paragraph((Run(text, bold=True, role="brand"),))
    text_box(slide, place, paragraph, pen, name=name, language=language, anchor=anchor)


def text_box(
    slide: Any,
    place: Box,
    paragraph: Paragraph,
    pen: Pen,
    *,
    name: str,
    language: str,
    anchor: Any = MSO_ANCHOR.BOTTOM,
) -> None:
    """Add a text box with one paragraph in the size of legends."""
    shape = slide.shapes.add_textbox(*place.emu)
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = anchor
    write_paragraphs(
        frame._txBody,
        [paragraph],
        style=pen.style,
        size=pen.style.chart.legend,
        share=0.0,
        language=language,
        on_run=lambda _properties, _run: None,
    )
