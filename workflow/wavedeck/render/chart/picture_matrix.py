"""The matrix of importance and rating, drawn with matplotlib."""

from __future__ import annotations

from wavedeck.render.chart.canvas import Canvas
from wavedeck.render.chart.description import Axis
from wavedeck.render.chart.matrix import Matrix
from wavedeck.render.chart.matrix_layout import (
    TICKS_BELOW,
    MatrixFrame,
    lay_out,
    scaled,
    tick_distance,
)

_POINTS = 72


def draw_matrix(canvas: Canvas, matrix: Matrix, size: tuple[float, float]) -> None:
    """Draw a matrix on a sheet of a given size in inches."""
    frame = lay_out(matrix, canvas.style, width=size[0], height=size[1])
    _axes(canvas, matrix, frame)
    _borders(canvas, matrix, frame)
    for name in frame.names:
        if name.label.leader is not None:
            x, y, to_x, to_y = name.label.leader
            dot = name.ends_in_dot
            _line(canvas, frame, (x, to_x), (y, to_y), zorder=3.2 if dot else 2)
            if dot:
                here = _on_sheet(frame, to_x, to_y)
                canvas.axes.plot(*here, marker="o", markersize=3, color=canvas.colour("grey"), zorder=3.2)
    for point, bubble in zip(matrix.points, frame.bubbles, strict=True):
        colour = canvas.colour(matrix.kinds[point.kind].role)
        x, y = _on_sheet(frame, bubble.x, bubble.y)
        canvas.axes.plot(
            [x], [y], marker="o", markersize=2 * frame.radius * _POINTS, color=colour, zorder=3,
            markerfacecolor=colour if point.placed else canvas.colour("paper"), markeredgewidth=1.5,
        )  # fmt: skip
    ground = {"boxstyle": "square,pad=0.05", "facecolor": canvas.colour("paper"), "linewidth": 0}
    for name in frame.names:
        place = _on_sheet(frame, *name.centre)
        text = "\n".join(name.lines)
        canvas.text(*place, text, frame.size, ha="center", va="center", zorder=2.5, bbox=ground)
    legend = canvas.style.chart.legend
    for corner in frame.corners:
        x, y = (corner.area.left + corner.area.right) / 2, (corner.area.bottom + corner.area.top) / 2
        canvas.text(
            *_on_sheet(frame, x, y), corner.text, legend, role="grey", bold=True, ha="center", zorder=2.5
        )
    if matrix.has_legend:
        canvas.legend(matrix.kinds, size[0])


def _on_sheet(frame: MatrixFrame, x: float, y: float) -> tuple[float, float]:
    return frame.plot.left + x, frame.plot.top + frame.plot.height - y


def _line(
    canvas: Canvas,
    frame: MatrixFrame,
    x: tuple[float, float],
    y: tuple[float, float],
    style: str = "-",
    *,
    zorder: float = 2,
) -> None:
    ends = [_on_sheet(frame, *end) for end in zip(x, y, strict=True)]
    canvas.axes.plot(
        [end[0] for end in ends],
        [end[1] for end in ends],
        color=canvas.colour("grey"),
        linewidth=0.75,
        linestyle=style,
        zorder=zorder,
    )


def _borders(canvas: Canvas, matrix: Matrix, frame: MatrixFrame) -> None:
    plot = frame.plot
    across = scaled(matrix.borders[0].value or 0.0, matrix.importance, plot.width)
    up = scaled(matrix.borders[1].value or 0.0, matrix.rating, plot.height)
    _line(canvas, frame, (across, across), (0.0, plot.height), "--")
    _line(canvas, frame, (0.0, plot.width), (up, up), "--")


def _axes(canvas: Canvas, matrix: Matrix, frame: MatrixFrame) -> None:
    plot, size = frame.plot, canvas.style.chart.minimum
    bottom, right = plot.top + plot.height, plot.left + plot.width
    canvas.rule((plot.left, right), (bottom, bottom))
    canvas.rule((plot.left, plot.left), (plot.top, bottom))
    for value, text in _ticks(matrix.importance, matrix.decimal_sign):
        x = plot.left + scaled(value, matrix.importance, plot.width)
        canvas.text(x, bottom + 0.06, text, size, role="grey", ha="center", va="top")
    for value, text in _ticks(matrix.rating, matrix.decimal_sign):
        y = bottom - scaled(value, matrix.rating, plot.height)
        canvas.text(plot.left - 0.06, y, text, size, role="grey", ha="right")
    legend = canvas.style.chart.legend
    middle = plot.left + plot.width / 2
    canvas.text(middle, bottom + TICKS_BELOW, matrix.importance.title, legend, ha="center", va="top")
    up = plot.top + plot.height / 2
    canvas.text(0.1, up, matrix.rating.title, legend, ha="center", rotation=90)


def _ticks(axis: Axis, decimal_sign: str) -> list[tuple[float, str]]:
    step = tick_distance(axis)
    unit = "%" if "%" in axis.number_format else ""
    places = len(axis.number_format.split('"')[0].partition(".")[2])
    count = int((axis.maximum - axis.minimum) / step + 1e-9)
    values = [axis.minimum + place * step for place in range(count + 1)]
    return [(value, f"{value:.{places}f}{unit}".replace(".", decimal_sign)) for value in values]
