"""Fill and label the series of native bar charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wavedeck.render.chart import labels as label_xml
from wavedeck.render.chart import layout, xml
from wavedeck.render.chart.description import Chart, Point, Series
from wavedeck.render.chart.pen import Pen


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
    pale = {index: pen.fill(series.role, pale=True) for index in low_base(series.points)}
    xml.fill_points(element, pale, outline=outline)
    xml.zero_points(element, missing(series.points) if first else [])


def _sign_label(
    index: int, point: Point, code: str, frame: layout.Frame, pen: Pen, look: dict[str, str]
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
