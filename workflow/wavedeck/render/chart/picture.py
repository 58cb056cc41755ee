"""Draw charts as pictures, from the description that the native drawer reads."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from wavedeck.render.boxes import Box
from wavedeck.render.chart import layout
from wavedeck.render.chart.canvas import MARGIN, Canvas
from wavedeck.render.chart.description import Chart, Series
from wavedeck.render.chart.matrix import Matrix
from wavedeck.render.chart.picture_matrix import draw_matrix
from wavedeck.render.chart.picture_upright import draw_columns, draw_lines, is_newest, scaled
from wavedeck.render.chart.sides import signed_rows
from wavedeck.render.files import write_whole
from wavedeck.render.measure import break_lines
from wavedeck.render.style import HouseStyle
from wavedeck.study.errors import RenderError

_NEAR = 0.06


def save_chart(
    chart: Chart | Matrix, style: HouseStyle, stem: Path, *, size: tuple[float, float] = (8.16, 4.57)
) -> tuple[Path, Path]:
    """Draw a chart and save it as PNG (200 dpi) and SVG.

    Parameters
    ----------
    chart
        What to draw.
    style
        House style.
    stem
        Path without ending, such as ``charts/overall``.
    size
        Width and height in inches.

    Returns
    -------
    tuple of Path
        The PNG and the SVG.
    """
    if not style.matplotlib_style.is_file():
        raise RenderError(f"house style has no matplotlib style: {style.matplotlib_style} does not exist")
    paths = stem.with_name(f"{stem.name}.png"), stem.with_name(f"{stem.name}.svg")
    with mpl.rc_context(fname=style.matplotlib_style):
        figure = draw(chart, style, size=size)
        for path, metadata in zip(
            paths, ({"Software": None}, {"Date": None, "Title": chart.title_alt}), strict=True
        ):
            stream = io.BytesIO()
            figure.savefig(stream, format=path.suffix[1:], metadata=metadata)
            write_whole(path, stream.getvalue())
    return paths


def draw(chart: Chart | Matrix, style: HouseStyle, *, size: tuple[float, float]) -> Figure:
    """Draw a chart on a figure of a given size in inches."""
    figure = Figure(figsize=size)
    FigureCanvasAgg(figure)
    canvas = Canvas.on(figure, style, size)
    room = size[0] - 2 * MARGIN, size[1] - 2 * MARGIN
    if isinstance(chart, Matrix):
        draw_matrix(canvas, chart, room)
    elif chart.kind == "columns":
        draw_columns(canvas, chart, room)
    elif chart.kind == "lines":
        draw_lines(canvas, chart, room)
    else:
        _rows(canvas, chart, room)
    return figure


def _rows(canvas: Canvas, chart: Chart, size: tuple[float, float]) -> None:
    layout.refuse_cut_bars(chart)
    frames = layout.rows(chart, canvas.style, width=size[0], height=size[1])
    shown = [panel.series for panel in chart.panels] or [chart.series]
    for frame, series in zip(frames, shown, strict=False):
        _row_labels(canvas, chart, frame)
        if chart.kind in ("stacked", "nps"):
            _segments(canvas, chart, frame)
        else:
            _bars(canvas, chart, frame, series)
        if chart.panels:
            x, y = frame.frame.left + frame.plot.left, frame.frame.top + frame.plot.top - 0.07
            room = frame.frame.width - frame.plot.left
            title = break_lines(frame.heading, room, canvas.style.chart.legend)
            canvas.text(x, y, title, canvas.style.chart.legend, role="brand", bold=True, va="bottom")
    if chart.means is not None:
        _means(canvas, chart, frames[1])
    if chart.has_legend:
        canvas.legend(shown[0], frames[0].frame.width if chart.means is not None else size[0])


def _row_labels(canvas: Canvas, chart: Chart, frame: layout.Frame) -> None:
    plot = frame.plot
    left, top = frame.frame.left + plot.left, frame.frame.top + plot.top
    canvas.rule((left, left), (top, top + plot.height))
    if not frame.categories:
        return
    pitch = plot.height / len(chart.categories)
    for place, name in enumerate(chart.categories):
        text = break_lines(name, plot.left - 0.1, frame.sizes.category)
        canvas.text(left - 0.09, top + (place + 0.5) * pitch, text, frame.sizes.category, ha="right")


def _bars(canvas: Canvas, chart: Chart, frame: layout.Frame, series: Sequence[Series]) -> None:
    plot, gap = frame.plot, frame.gap / 100
    left, top = frame.frame.left + plot.left, frame.frame.top + plot.top
    pitch = plot.height / len(chart.categories)
    thick = pitch / (len(series) + gap)
    zero = scaled(0, chart, plot.width)
    for number, one in enumerate(series):
        for place, point in enumerate(one.points):
            y = top + place * pitch + (gap / 2 + number) * thick
            end = scaled(point.value or 0, chart, plot.width) if point.visible else zero
            start, width = min(zero, end), abs(end - zero)
            if point.visible:
                pale = point.state == "low_base"
                canvas.box(Box(left + start, y, width, thick), one.role, pale=pale)
            bold = is_newest(one, series)
            x = left + max(zero, end) + _NEAR
            canvas.label(x, y + thick / 2, point, frame.sizes.label, bold=bold and point.visible)


def _segments(canvas: Canvas, chart: Chart, frame: layout.Frame) -> None:
    plot, gap = frame.plot, frame.gap / 100
    pitch = plot.height / len(chart.categories)
    thick = pitch / (1 + gap)
    limit = layout.label_limit(canvas.style, frame.sizes, plot.width)
    for place in range(len(chart.categories)):
        x, y = plot.left, plot.top + place * pitch + gap / 2 * thick
        for one in chart.series:
            point = one.points[place]
            if not point.visible:
                if place in signed_rows(one, chart):
                    canvas.label(x + _NEAR, y + thick / 2, point, frame.sizes.label)
                continue
            width = scaled(point.value or 0, chart, plot.width)
            pale = point.state == "low_base"
            canvas.box(Box(x, y, width, thick), one.role, pale=pale, edge=True)
            if (point.value or 0) >= limit:
                role = "ink" if pale else canvas.style.label_role(one.role)
                canvas.label(x + width / 2, y + thick / 2, point, frame.sizes.label, role=role, ha="center")
            x += width


def _means(canvas: Canvas, chart: Chart, frame: layout.Frame) -> None:
    plot = frame.plot
    pitch = plot.height / len(chart.categories)
    x = frame.frame.left + 0.08
    if frame.heading:
        y = plot.top - 0.22
        canvas.text(x, y, frame.heading, canvas.style.chart.legend, role="brand", bold=True)
    for place, point in enumerate(chart.means or ()):
        y = plot.top + (place + 0.5) * pitch
        canvas.label(
            x, y, point, frame.sizes.label, role="brand" if point.visible else "ink", bold=point.visible
        )
