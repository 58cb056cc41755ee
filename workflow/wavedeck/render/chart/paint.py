"""Fill and label the series of native bar charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wavedeck.render.chart import labels as label_xml
from wavedeck.render.chart import layout, xml
from wavedeck.render.chart.description import Chart, Point, Series
from wavedeck.render.chart.pen import Pen
from wavedeck.render.chart.sides import signed_rows
from wavedeck.render.xmltypes import XmlElement


def missing(points: Sequence[Point]) -> list[int]:
    """Return the places of points without a value."""
    return [index for index, point in enumerate(points) if not point.visible]


def low_base(points: Sequence[Point]) -> list[int]:
    """Return the places of points on a low base."""
    return [index for index, point in enumerate(points) if point.visible and point.state == "low_base"]


def paint_bars(
    element: Any, series: Series, pen: Pen, frame: layout.Frame, *, code: str, chart: Chart
) -> None:
    """Fill and label the bars of one series."""
    newest = series.role in ("wave_new", "brand") and len(chart.series or chart.panels[0].series) > 1
    look = {"size": frame.sizes.label, "colour": pen.colour("ink"), "bold": newest}
    own = [
        label_xml.own_label(index, point, code, position="outEnd", marks=pen.marks, **look)  # type: ignore[arg-type]
        for index, point in enumerate(series.points)
        if label_xml.needs_own_label(point, code)
    ]
    xml.fill_series(element, pen.fill(series.role))
    label_xml.put_labels(element, label_xml.series_labels(own, code, position="outEnd", **look))  # type: ignore[arg-type]
    xml.fill_points(element, {index: pen.fill(series.role, pale=True) for index in low_base(series.points)})
    xml.zero_points(element, missing(series.points))


def paint_segment(
    element: Any, series: Series, pen: Pen, frame: layout.Frame, *, code: str, chart: Chart
) -> None:
    """Fill and label one segment of stacked bars in every row."""
    limit = layout.label_limit(pen.style, frame.sizes, frame.plot.width)
    signed = signed_rows(series, chart)
    own = [
        label
        for index, point in enumerate(series.points)
        if (
            label := _segment_label(
                index, point, series, pen, size=frame.sizes.label, code=code, signed=signed, limit=limit
            )
        )
        is not None
    ]
    hiding = f'[<{limit:g}]"";{code}'
    colour = pen.colour(pen.style.label_role(series.role))
    outline = f'<a:ln w="9525">{pen.fill("paper")}</a:ln>'
    xml.fill_series(element, pen.fill(series.role), outline=outline)
    labels = label_xml.series_labels(own, hiding, position="ctr", size=frame.sizes.label, colour=colour)
    label_xml.put_labels(element, labels)
    pale = {index: pen.fill(series.role, pale=True) for index in low_base(series.points)}
    xml.fill_points(element, pale, outline=outline)
    xml.zero_points(element, signed)


def _segment_label(
    index: int,
    point: Point,
    series: Series,
    pen: Pen,
    *,
    size: float,
    code: str,
    signed: Sequence[int],
    limit: float,
) -> XmlElement | None:
    """Return the label of a segment where it differs from the others of its series."""
    ink, on_fill = pen.colour("ink"), pen.colour(pen.style.label_role(series.role))
    if index in signed:
        return label_xml.own_label(
            index, point, code, position="inBase", size=size, colour=ink, marks=pen.marks
        )
    if not point.visible or (point.value or 0) < limit:
        return label_xml.no_label(index)
    if not label_xml.needs_own_label(point, code):
        return None
    shade = ink if point.state == "low_base" else on_fill
    marks = dict.fromkeys(pen.marks, shade)
    return label_xml.own_label(index, point, code, position="ctr", size=size, colour=shade, marks=marks)
