"""The matrix of importance and rating as a native scatter chart.

Everything stands in the chart's own workbook: bubbles, borders, and, as points without a marker, the
places of the labels and of the quadrant names, so that PowerPoint and LibreOffice print them where
they were laid out and a colleague can move each.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_MARK
from pptx.oxml.ns import qn
from pptx.util import Emu

from wavedeck.render.boxes import Box
from wavedeck.render.chart import labels as label_xml
from wavedeck.render.chart import xml
from wavedeck.render.chart.description import Axis
from wavedeck.render.chart.frames import add_text_legend, new_chart, rgb, shifted
from wavedeck.render.chart.layout import HEAD
from wavedeck.render.chart.matrix import Matrix, MatrixPoint
from wavedeck.render.chart.matrix_layout import MatrixFrame, lay_out, tick_distance
from wavedeck.render.chart.pen import Pen
from wavedeck.render.chart.workbook import MADE, Exact
from wavedeck.render.xmltypes import XmlElement

_NO_LINE = "<a:ln><a:noFill/></a:ln>"
_NO_MARKER = '<c:marker><c:symbol val="none"/></c:marker>'
_DIGITS = 5
_HOLE, _DOT = 0.65, 0.3
OPEN = "○"


@dataclass(frozen=True)
class _Dots:
    """One series: its name, its places in the units of the axes, what each is called, and its look.

    A series that is drawn `over` another takes its places from the other's cells.
    """

    name: str
    places: tuple[tuple[float, float], ...]
    called: tuple[str, ...]
    look: tuple[str, ...]
    over: str = ""


class _Places(XyChartData):
    """Chart data whose workbook names every point."""

    def __init__(self, dots: Sequence[_Dots], *, number_format: str) -> None:
        super().__init__(number_format=number_format)  # type: ignore[no-untyped-call]
        self._dots = tuple(dots)
        for one in dots:
            series = self.add_series(one.name)  # type: ignore[no-untyped-call]
            for x, y in one.places:
                series.add_data_point(x, y)

    @property
    def xlsx_blob(self) -> bytes:
        """Return the workbook: one block a series, x in column A, y in B, the name in C."""
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            book.set_properties({"created": MADE})
            sheet = book.add_worksheet("Sheet1")
            sheet.set_column(2, 2, 36)
            row = 0
            for one in self._dots:
                if not one.over:
                    self._write(sheet, row, one)
                row += len(one.places) + 2
        return stream.getvalue()

    @staticmethod
    def _write(sheet: Any, row: int, dots: _Dots) -> None:
        sheet.write_string(row, 1, dots.name)
        for (x, y), name in zip(dots.places, dots.called, strict=True):
            row += 1
            sheet.write_number(row, 0, Exact(x))
            sheet.write_number(row, 1, Exact(y))
            sheet.write_string(row, 2, name)


def draw_matrix(
    slide: Any, holder: Any, box: Box, matrix: Matrix, pen: Pen, *, language: str
) -> tuple[Any, ...]:
    """Draw a matrix, its legend above it."""
    frame = lay_out(matrix, pen.style, width=box.width, height=box.height)
    dots = _series(matrix, frame, pen)
    shape = new_chart(
        slide,
        holder,
        box,
        XL_CHART_TYPE.XY_SCATTER,
        _Places(dots, number_format="General"),  # type: ignore[arg-type]
        name=f"chart:{matrix.id}",
        alt=matrix.title_alt,
    )
    drawn = shape.chart
    for element, one in zip(drawn.plots[0]._element.findall(qn("c:ser")), dots, strict=True):
        _dress(element, one.look)
    _share_cells(drawn, dots)
    _axis(drawn.category_axis, matrix.importance, pen)
    _axis(drawn.value_axis, matrix.rating, pen)
    xml.place_plot(drawn, frame.plot, frame.frame)
    drawn.font.size = Emu(round(frame.size * 12700))
    drawn.font.name = pen.style.fonts.theme
    xml.renumber_axes(drawn)
    if matrix.has_legend:
        above = shifted(box, Box(frame.plot.left, 0, frame.plot.width, HEAD))
        add_text_legend(slide, above, matrix.kinds, pen, name=f"legend:{matrix.id}", language=language)
    return (shape,)


def _series(matrix: Matrix, frame: MatrixFrame, pen: Pen) -> list[_Dots]:
    """Return every series, the longest first: LibreOffice loses the points of those before a longer one.

    What must lie on top stands twice: PowerPoint draws the last series on top, LibreOffice the first.
    """
    texts = sorted(
        [_labels(matrix, frame, pen), _corners(matrix, frame, pen)], key=lambda one: -len(one.places)
    )
    kinds, leaders = _kinds(matrix, frame, pen), _leaders(matrix, frame, pen)
    holes = [_hole(one, frame, pen) for one in kinds if one.name.endswith(OPEN)]
    dotted = [one for one in leaders if one.look[1] != _NO_MARKER]
    again = [replace(one, name=f"{one.name}.", over=one.over or one.name) for one in (*holes, *dotted)]
    return [*texts, *_borders(matrix, pen), *leaders, *holes, *kinds, *again]


def _hole(ring: _Dots, frame: MatrixFrame, pen: Pen) -> _Dots:
    """Return the paper within open circles, since LibreOffice draws no outline around a marker."""
    look = (f"<c:spPr>{_NO_LINE}</c:spPr>", _marker("paper", pen, radius=frame.radius * _HOLE))
    return _Dots(f"{ring.name}.", ring.places, ring.called, look, ring.name)


def _share_cells(drawn: Any, dots: Sequence[_Dots]) -> None:
    """Let what is drawn over a series follow the cells of that series."""
    elements = dict(
        zip([one.name for one in dots], drawn.plots[0]._element.findall(qn("c:ser")), strict=True)
    )
    for one in dots:
        for tag in ("c:xVal", "c:yVal") if one.over else ():
            mine, other = (
                elements[name].find(f"{qn(tag)}/{qn('c:numRef')}/{qn('c:f')}")
                for name in (one.name, one.over)
            )
            mine.text = other.text


def _dress(series: XmlElement, look: Sequence[str]) -> None:
    """Give a series its look: shape, marker, points of their own, labels, in the order of the schema."""
    for tag in ("c:spPr", "c:marker", "c:dPt", "c:dLbls"):
        for old in series.findall(qn(tag)):
            series.remove(old)
    before = series.find(qn("c:xVal"))
    for part in look:
        before.addprevious(xml.parse(part))


def _axis(axis: Any, declared: Axis, pen: Pen) -> None:
    size = Emu(round(pen.style.chart.minimum * 12700))
    axis.minimum_scale, axis.maximum_scale = declared.minimum, declared.maximum
    axis.has_major_gridlines = False
    axis.major_unit = tick_distance(declared)
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
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


def _line(pen: Pen, role: str, *, dashed: bool = False) -> str:
    dash = '<a:prstDash val="dash"/>' if dashed else ""
    return f'<c:spPr><a:ln w="9525" cap="flat">{pen.fill(role)}{dash}<a:round/></a:ln></c:spPr>'


def _borders(matrix: Matrix, pen: Pen) -> list[_Dots]:
    x, y = (one.value or 0.0 for one in matrix.borders)
    ends = {
        matrix.importance.title: ((x, matrix.rating.minimum), (x, matrix.rating.maximum)),
        matrix.rating.title: ((matrix.importance.minimum, y), (matrix.importance.maximum, y)),
    }
    look = (_line(pen, "grey", dashed=True), _NO_MARKER)
    return [_Dots(f"| {title}", places, ("", ""), look) for title, places in ends.items()]


def _leaders(matrix: Matrix, frame: MatrixFrame, pen: Pen) -> list[_Dots]:
    """Return the lines from labels to bubbles; with dots where one goes on to the middle of its bubble."""
    found = []
    for point, name in zip(matrix.points, frame.names, strict=True):
        if name.label.leader is not None:
            x, y, to_x, to_y = name.label.leader
            places = (_place(matrix, frame, x, y), _place(matrix, frame, to_x, to_y))
            marker = _marker("grey", pen, radius=frame.radius * _DOT) if name.ends_in_dot else _NO_MARKER
            found.append(_Dots(f"— {point.name}", places, ("", ""), (_line(pen, "grey"), marker)))
    return found


def _place(matrix: Matrix, frame: MatrixFrame, x: float, y: float) -> tuple[float, float]:
    across, up = frame.value(matrix, x, y)
    return round(across, _DIGITS), round(up, _DIGITS)


def _kinds(matrix: Matrix, frame: MatrixFrame, pen: Pen) -> list[_Dots]:
    """Return one series per kind for the drivers that are placed, and one for the others."""
    found = []
    for number, kind in enumerate(matrix.kinds):
        for placed in (True, False):
            points = [one for one in matrix.of_kind(number) if one.placed == placed]
            if points:
                places = tuple((one.importance.value or 0.0, one.rating.value or 0.0) for one in points)
                marker = _marker(kind.role, pen, radius=frame.radius)
                name = kind.name if placed else f"{kind.name} {OPEN}"
                found.append(_Dots(name, places, _called(points), (f"<c:spPr>{_NO_LINE}</c:spPr>", marker)))
    return found


def _called(points: Sequence[MatrixPoint]) -> tuple[str, ...]:
    return tuple(point.name for point in points)


def _marker(role: str, pen: Pen, *, radius: float) -> str:
    size = max(2, round(2 * radius * 72))
    return (
        f'<c:marker><c:symbol val="circle"/><c:size val="{size}"/>'
        f"<c:spPr>{pen.fill(role)}{_NO_LINE}</c:spPr></c:marker>"
    )


def _labels(matrix: Matrix, frame: MatrixFrame, pen: Pen) -> _Dots:
    places = tuple(_place(matrix, frame, *name.centre) for name in frame.names)
    texts = [
        _text(index, name.lines, pen, size=frame.size, position="ctr")
        for index, name in enumerate(frame.names)
    ]
    return _Dots("…", places, _called(matrix.points), _written(texts))


def _corners(matrix: Matrix, frame: MatrixFrame, pen: Pen) -> _Dots:
    size = pen.style.chart.legend
    places = tuple(
        _place(
            matrix,
            frame,
            (corner.area.left + corner.area.right) / 2,
            (corner.area.bottom + corner.area.top) / 2,
        )
        for corner in frame.corners
    )
    texts = [
        _text(index, (corner.text,), pen, size=size, position="ctr", role="grey", bold=True)
        for index, corner in enumerate(frame.corners)
    ]
    return _Dots("#", places, tuple(corner.text for corner in frame.corners), _written(texts))


def _written(texts: Sequence[str]) -> tuple[str, ...]:
    shown = "".join(
        f'<c:{name} val="0"/>'
        for name in (
            "showLegendKey",
            "showVal",
            "showCatName",
            "showSerName",
            "showPercent",
            "showBubbleSize",
        )
    )
    return f"<c:spPr>{_NO_LINE}</c:spPr>", _NO_MARKER, f"<c:dLbls>{''.join(texts)}{shown}</c:dLbls>"


def _text(
    index: int,
    lines: Sequence[str],
    pen: Pen,
    *,
    size: float,
    position: str,
    role: str = "ink",
    bold: bool = False,
) -> str:
    look = label_xml.text_properties("rPr", size=size, colour=pen.colour(role), bold=bold)
    paragraphs = "".join(f"<a:p><a:r>{look}<a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)
    body = '<a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>'
    return (
        f'<c:dLbl><c:idx val="{index}"/><c:tx><c:rich>{body}<a:lstStyle/>{paragraphs}</c:rich></c:tx>'
        f"<c:spPr>{pen.fill('paper')}{_NO_LINE}</c:spPr>"
        f'<c:dLblPos val="{position}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbl>'
    )
