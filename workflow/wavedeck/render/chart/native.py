"""Draw charts that a colleague can edit in PowerPoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.util import Emu

from wavedeck.render.boxes import Box
from wavedeck.render.chart import labels as label_xml
from wavedeck.render.chart import layout, xml
from wavedeck.render.chart.description import Chart, Point, Series
from wavedeck.render.chart.sides import label_sides
from wavedeck.render.chart.workbook import ChartNumbers
from wavedeck.render.pptx.paragraphs import write_paragraphs
from wavedeck.render.style import HouseStyle, tint
from wavedeck.render.text import Paragraph, Run

_ALIASES = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
_MARK_ROLES = {"▲": "positive_strong", "▼": "negative_strong"}
_NO_FILL = "<a:noFill/>"


@dataclass(frozen=True)
class _Pen:
    """Colours of the house style as chart XML."""

    style: HouseStyle

    def colour(self, role: str, *, pale: bool = False) -> str:
        found = self.style.role(role)
        if pale:
            return f'<a:srgbClr val="{tint(found.hex, self.style.chart.low_base_tint)}"/>'
        if found.theme:
            return f'<a:schemeClr val="{_ALIASES.get(found.theme, found.theme)}"/>'
        return f'<a:srgbClr val="{found.hex}"/>'

    def fill(self, role: str, *, pale: bool = False) -> str:
        return f"<a:solidFill>{self.colour(role, pale=pale)}</a:solidFill>"

    @property
    def marks(self) -> dict[str, str]:
        return {mark: self.colour(role) for mark, role in _MARK_ROLES.items()}


def add_chart(
    slide: Any, place: Any, chart: Chart, style: HouseStyle, *, language: str = "en-GB"
) -> tuple[Any, ...]:
    """Draw a native chart on a slide.

    Parameters
    ----------
    slide
        The slide.
    place
        A placeholder, which the chart then fills, or a ``Box`` in inches.
    chart
        What to draw.
    style
        House style.
    language
        Language tag of headings.

    Returns
    -------
    tuple
        Graphic frames: the chart, and those of further panels or of the means.

    Raises
    ------
    RenderError
        When the chart does not fit its place.
    """
    box = place if isinstance(place, Box) else Box.of(place)
    holder = None if isinstance(place, Box) else place
    pen = _Pen(style)
    if chart.kind in ("bars", "panels", "stacked", "nps"):
        frames = _draw_rows(slide, holder, box, chart, pen, language=language)
    elif chart.kind == "columns":
        frames = (_draw_columns(slide, holder, box, chart, pen),)
    else:
        frames = (_draw_lines(slide, holder, box, chart, pen),)
    return frames


def _new_chart(
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


def _finish(chart: Any, pen: _Pen, frame: layout.Frame) -> None:
    xml.place_plot(chart, frame.plot, frame.frame)
    chart.font.size = Emu(round(frame.sizes.category * 12700))
    chart.font.name = pen.style.fonts.theme
    xml.renumber_axes(chart)


def _shifted(box: Box, inner: Box) -> Box:
    return Box(box.left + inner.left, box.top + inner.top, inner.width, inner.height)


# --- horizontal bars -------------------------------------------------------------------------------------------


def _draw_rows(
    slide: Any, holder: Any, box: Box, chart: Chart, pen: _Pen, *, language: str
) -> tuple[Any, ...]:
    frames = layout.rows(chart, pen.style, width=box.width, height=box.height)
    if chart.kind == "panels":
        return _draw_panels(slide, holder, box, chart, pen, frames=frames, language=language)
    stacked = chart.kind in ("stacked", "nps")
    layout.refuse_cut_bars(chart)
    main = _draw_row_frame(
        slide, holder, box, chart, pen, frame=frames[0], series=chart.series, name=f"chart:{chart.id}", stacked=stacked
    )  # fmt: skip
    if chart.has_legend and stacked:
        _legend(main.chart, chart, pen, frames[0])
    elif chart.has_legend:
        _text_legend(slide, box, chart.series, pen, name=f"chart:{chart.id}:legend", language=language)
    drawn = [main]
    if chart.means is not None:
        drawn.append(_draw_means(slide, box, chart, pen, frame=frames[1], language=language))
    return tuple(drawn)


def _draw_row_frame(
    slide: Any,
    holder: Any,
    box: Box,
    chart: Chart,
    pen: _Pen,
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
    shape = _new_chart(
        slide, holder, _shifted(box, frame.frame), kind, numbers, name=name, alt=alt or chart.title_alt
    )
    drawn = shape.chart
    plot = drawn.plots[0]
    plot.gap_width = frame.gap
    plot.overlap = 100 if stacked else 0
    _category_axis(drawn.category_axis, pen, frame, downwards=True)
    drawn.category_axis.visible = True
    _hidden_value_axis(drawn.value_axis, chart)
    paint = _paint_segment if stacked else _paint_bars
    for element, one in zip(plot._element.ser_lst, series, strict=True):
        paint(element, one, pen, frame, code=code, chart=chart)
    _finish(drawn, pen, frame)
    return shape


def _category_axis(axis: Any, pen: _Pen, frame: layout.Frame, *, downwards: bool) -> None:
    axis.reverse_order = downwards
    axis.has_major_gridlines = False
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW if frame.categories else XL_TICK_LABEL_POSITION.NONE
    axis.tick_labels.font.size = Emu(round(frame.sizes.category * 12700))
    axis.tick_labels.font.color.rgb = _rgb(pen.style.hex("ink"))
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "General", False
    axis.format.line.color.rgb = _rgb(pen.style.hex("hairline"))
    axis.format.line.width = Emu(9525)


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(colour)


def _hidden_value_axis(axis: Any, chart: Chart) -> None:
    axis.minimum_scale, axis.maximum_scale = chart.axis.minimum, chart.axis.maximum
    axis.has_major_gridlines = False
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = chart.axis.number_format, False
    axis.visible = False


def _missing(points: Sequence[Point]) -> list[int]:
    return [index for index, point in enumerate(points) if not point.visible]


def _low(points: Sequence[Point]) -> list[int]:
    return [index for index, point in enumerate(points) if point.visible and point.state == "low_base"]


def _paint_bars(
    element: Any, series: Series, pen: _Pen, frame: layout.Frame, *, code: str, chart: Chart
) -> None:
    newest = series.role in ("wave_new", "brand") and len(chart.series or chart.panels[0].series) > 1
    look = {"size": frame.sizes.label, "colour": pen.colour("ink"), "bold": newest}
    own = [
        label_xml.own_label(index, point, code, position="outEnd", marks=pen.marks, **look)  # type: ignore[arg-type]
        for index, point in enumerate(series.points)
        if label_xml.needs_own_label(point, code)
    ]
    xml.fill_series(element, pen.fill(series.role))
    label_xml.put_labels(element, label_xml.series_labels(own, code, position="outEnd", **look))  # type: ignore[arg-type]
    xml.fill_points(element, {index: pen.fill(series.role, pale=True) for index in _low(series.points)})
    xml.zero_points(element, _missing(series.points))


def _paint_segment(
    element: Any, series: Series, pen: _Pen, frame: layout.Frame, *, code: str, chart: Chart
) -> None:
    limit = pen.style.chart.hide_label_under
    hiding = f'[<{limit:g}]"";{code}'
    first = series is chart.series[0]
    colour = pen.colour(pen.style.label_role(series.role))
    own = []
    for index, point in enumerate(series.points):
        if point.visible and (point.value or 0) < limit:
            own.append(label_xml.no_label(index))
        elif not point.visible:
            sign = {"position": "inBase", "colour": pen.colour("ink")}
            own.append(
                _sign_label(index, point, code, frame, pen, sign) if first else label_xml.no_label(index)
            )
        elif label_xml.needs_own_label(point, code):
            shade = pen.colour("ink") if point.state == "low_base" else colour
            own.append(
                label_xml.own_label(
                    index, point, code, position="ctr", size=frame.sizes.label, colour=shade, marks={"▲": shade, "▼": shade}
                )
            )  # fmt: skip
    outline = f'<a:ln w="9525">{pen.fill("paper")}</a:ln>'
    xml.fill_series(element, pen.fill(series.role), outline=outline)
    label_xml.put_labels(
        element,
        label_xml.series_labels(own, hiding, position="ctr", size=frame.sizes.label, colour=colour),
    )
    pale = {index: pen.fill(series.role, pale=True) for index in _low(series.points)}
    xml.fill_points(element, pale, outline=outline)
    xml.zero_points(element, _missing(series.points) if first else [])


def _sign_label(
    index: int, point: Point, code: str, frame: layout.Frame, pen: _Pen, look: dict[str, str]
) -> Any:
    return label_xml.own_label(
        index,
        point,
        code,
        position=look["position"],
        size=frame.sizes.label,
        colour=look["colour"],
        marks=pen.marks,
    )


def _legend(drawn: Any, chart: Chart, pen: _Pen, frame: layout.Frame) -> None:
    size = pen.style.chart.legend
    series = chart.series
    count = layout.legend_rows(series, frame.frame.width, size)
    width = frame.frame.width if count > 1 else min(layout.legend_width(series, size), frame.frame.width)
    box = Box(0, 0, width, layout.HEAD * count)
    xml.place_legend(drawn, box, frame.frame, size=size, colour=pen.colour("ink"))


def _draw_means(slide: Any, box: Box, chart: Chart, pen: _Pen, *, frame: layout.Frame, language: str) -> Any:
    points = chart.means or ()
    series = Series(chart.means_title or "–", "paper", points)
    numbers = ChartNumbers(chart.categories, [series], number_format=chart.means_format)
    shape = _new_chart(
        slide,
        None,
        _shifted(box, frame.frame),
        XL_CHART_TYPE.BAR_CLUSTERED,
        numbers,
        name=f"chart:{chart.id}:means",
        alt=f"{chart.means_title}: {chart.title_alt}",
    )
    drawn = shape.chart
    drawn.plots[0].gap_width = frame.gap
    _category_axis(drawn.category_axis, pen, frame, downwards=True)
    drawn.category_axis.format.line.fill.background()
    _means_axis(drawn.value_axis, chart)
    element = drawn.plots[0]._element.ser_lst[0]
    look = {"size": frame.sizes.label, "colour": pen.colour("brand"), "bold": True}
    own = [
        label_xml.own_label(index, point, chart.means_format, position="ctr", marks=pen.marks, **look)  # type: ignore[arg-type]
        for index, point in enumerate(points)
        if label_xml.needs_own_label(point, chart.means_format)
    ]
    xml.fill_series(element, _NO_FILL)
    label_xml.put_labels(
        element,
        label_xml.series_labels(own, chart.means_format, position="inBase", **look),  # type: ignore[arg-type]
    )
    for label in own:
        label.find("{%s}dLblPos" % label_xml.C).set("val", "inBase")
    xml.zero_points(element, _missing(points))
    _finish(drawn, pen, frame)
    if frame.heading:
        place = _shifted(box, Box(frame.frame.left + 0.05, frame.plot.top - 0.38, frame.frame.width, 0.32))
        name = f"chart:{chart.id}:means:heading"
        _heading(slide, place, frame.heading, pen, name=name, language=language, anchor=MSO_ANCHOR.MIDDLE)
    return shape


def _means_axis(axis: Any, chart: Chart) -> None:
    _hidden_value_axis(axis, chart)
    values = [abs(point.value) for point in chart.means or () if point.visible and point.value is not None]
    axis.minimum_scale, axis.maximum_scale = 0, max([*values, 1.0])
    axis.tick_labels.number_format = chart.means_format


# --- panels ----------------------------------------------------------------------------------------------------


def _draw_panels(
    slide: Any,
    holder: Any,
    box: Box,
    chart: Chart,
    pen: _Pen,
    *,
    frames: Sequence[layout.Frame],
    language: str,
) -> tuple[Any, ...]:
    layout.refuse_cut_bars(chart)
    if holder is not None:
        holder._element.getparent().remove(holder._element)
    drawn = []
    for number, (panel, frame) in enumerate(zip(chart.panels, frames, strict=True), start=1):
        name = f"chart:{chart.id}:{number}"
        x, width = frame.frame.left + frame.plot.left, frame.frame.width - frame.plot.left
        place = _shifted(box, Box(x, frame.frame.top, width, frame.plot.top - 0.06))
        _heading(slide, place, panel.title, pen, name=f"{name}:heading", language=language)
        drawn.append(
            _draw_row_frame(
                slide, None, box, chart, pen, frame=frame, series=panel.series, name=name, stacked=False,
                alt=f"{panel.title}: {chart.title_alt}",
            )
        )  # fmt: skip
    if chart.has_legend:
        series = chart.panels[0].series
        _text_legend(slide, box, series, pen, name=f"chart:{chart.id}:legend", language=language)
    return tuple(drawn)


def _heading(
    slide: Any, place: Box, text: str, pen: _Pen, *, name: str, language: str, anchor: Any = MSO_ANCHOR.BOTTOM
) -> None:
    paragraph = Paragraph((Run(text, bold=True, role="brand"),))
    _text_box(slide, place, paragraph, pen, name=name, language=language, anchor=anchor)


def _text_legend(
    slide: Any, box: Box, series: Sequence[Series], pen: _Pen, *, name: str, language: str
) -> None:
    """Write the legend of clustered horizontal bars, whose order programs do not agree on, in series order."""
    runs: list[Run] = []
    for one in series:
        runs += [Run("■", role=one.role), Run(f" {one.name}      ")]
    rows = layout.legend_rows(series, box.width, pen.style.chart.legend)
    place = Box(box.left, box.top, box.width, layout.HEAD * rows)
    _text_box(
        slide, place, Paragraph(tuple(runs)), pen, name=name, language=language, anchor=MSO_ANCHOR.MIDDLE
    )


def _text_box(
    slide: Any,
    place: Box,
    paragraph: Paragraph,
    pen: _Pen,
    *,
    name: str,
    language: str,
    anchor: Any = MSO_ANCHOR.BOTTOM,
) -> None:
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


# --- columns and lines -----------------------------------------------------------------------------------------


def _draw_columns(slide: Any, holder: Any, box: Box, chart: Chart, pen: _Pen) -> Any:
    layout.refuse_cut_bars(chart)
    frame = layout.columns(chart, pen.style, width=box.width, height=box.height)
    code = chart.axis.number_format
    numbers = ChartNumbers(chart.categories, chart.series, number_format=code)
    shape = _new_chart(
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
    _category_axis(drawn.category_axis, pen, frame, downwards=False)
    _hidden_value_axis(drawn.value_axis, chart)
    for element, one in zip(plot._element.ser_lst, chart.series, strict=True):
        _paint_bars(element, one, pen, frame, code=code, chart=chart)
    if chart.has_legend:
        _legend(drawn, chart, pen, frame)
    _finish(drawn, pen, frame)
    return shape


def _draw_lines(slide: Any, holder: Any, box: Box, chart: Chart, pen: _Pen) -> Any:
    frame, direct = layout.lines(chart, pen.style, width=box.width, height=box.height)
    code = chart.axis.number_format
    named = [one if direct else layout.explained(one, chart) for one in chart.series]
    numbers = ChartNumbers(chart.categories, named, number_format=code)
    shape = _new_chart(
        slide, holder, box, XL_CHART_TYPE.LINE_MARKERS, numbers, name=f"chart:{chart.id}", alt=chart.title_alt
    )
    drawn = shape.chart
    _category_axis(drawn.category_axis, pen, frame, downwards=False)
    _value_axis(drawn.value_axis, chart, pen)
    above = label_sides(chart, frame.plot.height, frame.sizes.label)
    for number, (element, one) in enumerate(zip(drawn.plots[0]._element.ser_lst, chart.series, strict=True)):
        _paint_line(element, one, pen, frame, code=code, sides=above[number], direct=direct)
    if chart.has_legend and not direct:
        _legend(drawn, chart, pen, frame)
    _finish(drawn, pen, frame)
    return shape


def _value_axis(axis: Any, chart: Chart, pen: _Pen) -> None:
    axis.minimum_scale, axis.maximum_scale = chart.axis.minimum, chart.axis.maximum
    axis.has_major_gridlines = False
    axis.major_unit = layout.tick_step(chart.axis)
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.font.size = Emu(round(pen.style.chart.minimum * 12700))
    axis.tick_labels.font.color.rgb = _rgb(pen.style.hex("grey"))
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = chart.axis.number_format, False
    axis.format.line.fill.background()
    if chart.axis.title:
        _axis_title(axis, chart.axis.title, pen)


def _axis_title(axis: Any, text: str, pen: _Pen) -> None:
    frame = axis.axis_title.text_frame
    frame.text = text
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = Emu(round(pen.style.chart.minimum * 12700)), False
    font.color.rgb = _rgb(pen.style.hex("grey"))


def _paint_line(
    element: Any,
    series: Series,
    pen: _Pen,
    frame: layout.Frame,
    *,
    code: str,
    sides: Sequence[str],
    direct: bool,
) -> None:
    colour = pen.colour("ink")
    look = {"size": frame.sizes.label, "colour": colour, "marks": pen.marks}
    own = []
    last = len(series.points) - 1
    for index, point in enumerate(series.points):
        if not point.visible:
            own.append(label_xml.no_label(index))
        elif index == last and direct:
            own.append(
                label_xml.own_label(index, point, code, position="r", bold=True, name=series.name, **look)  # type: ignore[arg-type]
            )
        elif label_xml.needs_own_label(point, code) or sides[index] == "b":
            own.append(label_xml.own_label(index, point, code, position=sides[index], **look))  # type: ignore[arg-type]
    line = f'<a:ln w="28575" cap="rnd">{pen.fill(series.role)}<a:round/></a:ln>'
    xml.fill_series(element, "", outline=line)
    _markers(element, series, pen)
    label_xml.put_labels(
        element, label_xml.series_labels(own, code, position="t", size=frame.sizes.label, colour=colour)
    )


def _marker(pen: _Pen, role: str, *, hollow: bool) -> str:
    fill = pen.fill("paper" if hollow else role)
    return (
        f'<c:marker><c:symbol val="circle"/><c:size val="8"/><c:spPr>{fill}'
        f'<a:ln w="19050">{pen.fill(role)}</a:ln></c:spPr></c:marker>'
    )


def _markers(element: Any, series: Series, pen: _Pen) -> None:
    for old in element.findall("{%s}marker" % label_xml.C):
        element.remove(old)
    shape = element.find("{%s}spPr" % label_xml.C)
    last = xml.parse(_marker(pen, series.role, hollow=False))
    shape.addnext(last)
    line = f'<a:ln w="28575" cap="rnd">{pen.fill(series.role)}<a:round/></a:ln>'
    for index in _low(series.points):
        point = parse_xml(
            f'<c:dPt xmlns:c="{label_xml.C}" xmlns:a="{label_xml.A}"><c:idx val="{index}"/>'
            f'{_marker(pen, series.role, hollow=True)}<c:bubble3D val="0"/><c:spPr>{line}</c:spPr></c:dPt>'
        )
        last.addnext(point)
        last = point
    for smooth in element.findall("{%s}smooth" % label_xml.C):
        smooth.set("val", "0")
