"""The matrix of importance and rating, drawn with matplotlib."""

from __future__ import annotations

from wavedeck.render.chart.canvas import Canvas
from wavedeck.render.chart.description import Axis
from wavedeck.render.chart.matrix import Ends, Matrix
from wavedeck.render.chart.matrix_layout import (
    TITLE_ASIDE,
    MatrixFrame,
    border_places,
    end_places,
    interval_lines,
    lay_out,
    scaled,
    tick_distance,
    title_below,
)
from wavedeck.render.chart.matrix_names import NUMBER_WIDTH
from wavedeck.render.measure import line_height

_POINTS = 72


def draw_matrix(canvas: Canvas, matrix: Matrix, size: tuple[float, float]) -> None:
    """Draw a matrix on a sheet of a given size in inches."""
    frame = lay_out(matrix, canvas.style, width=size[0], height=size[1])
    _axes(canvas, matrix, frame)
    _borders(canvas, matrix, frame)
    _leaders(canvas, frame)
    _bubbles(canvas, matrix, frame)
    _names(canvas, frame)
    legend = canvas.style.chart.legend
    for corner in frame.corners:
        place = _on_sheet(frame, *corner.centre)
        canvas.text(*place, corner.text, legend, role="grey", bold=True, ha="center", zorder=2.5)
    if matrix.has_legend:
        canvas.legend(matrix.kinds, size[0])
    _key(canvas, frame)


def _leaders(canvas: Canvas, frame: MatrixFrame) -> None:
    for name in frame.names:
        if name.label.leader is not None:
            x, y, to_x, to_y = name.label.leader
            dot = name.ends_in_dot
            _line(canvas, frame, (x, to_x), (y, to_y), zorder=3.2 if dot else 2)
            if dot:
                here = _on_sheet(frame, to_x, to_y)
                canvas.axes.plot(*here, marker="o", markersize=3, color=canvas.colour("grey"), zorder=3.2)


def _bubbles(canvas: Canvas, matrix: Matrix, frame: MatrixFrame) -> None:
    for point, bubble in zip(matrix.points, frame.bubbles, strict=True):
        role = matrix.kinds[point.kind].role
        colour = canvas.colour(role)
        for line in interval_lines(matrix, point, frame.plot):
            if line is not None:
                _line(canvas, frame, line[::2], line[1::2], role=role, zorder=1.8)
        x, y = _on_sheet(frame, bubble.x, bubble.y)
        canvas.axes.plot(
            [x], [y], marker="o", markersize=2 * frame.radius * _POINTS, color=colour, zorder=3,
            markerfacecolor=colour if point.placed else canvas.colour("paper"), markeredgewidth=1.5,
        )  # fmt: skip


def _names(canvas: Canvas, frame: MatrixFrame) -> None:
    ground = {"boxstyle": "square,pad=0.05", "facecolor": canvas.colour("paper"), "linewidth": 0}
    for name in frame.names:
        place = _on_sheet(frame, *name.centre)
        text = "\n".join(name.lines)
        canvas.text(*place, text, frame.size, ha="center", va="center", zorder=2.5, bbox=ground)


def _key(canvas: Canvas, frame: MatrixFrame) -> None:
    for column in frame.key:
        for row, (number, name) in enumerate(column.lines):
            y = column.box.top + (row + 0.5) * line_height(column.size)
            canvas.text(column.box.left, y, number, column.size, bold=True)
            canvas.text(column.box.left + NUMBER_WIDTH, y, name, column.size)


def _on_sheet(frame: MatrixFrame, x: float, y: float) -> tuple[float, float]:
    return frame.plot.left + x, frame.plot.top + frame.plot.height - y


def _line(
    canvas: Canvas,
    frame: MatrixFrame,
    x: tuple[float, float],
    y: tuple[float, float],
    style: str = "-",
    *,
    role: str = "grey",
    zorder: float = 2,
) -> None:
    ends = [_on_sheet(frame, *end) for end in zip(x, y, strict=True)]
    canvas.axes.plot(
        [end[0] for end in ends],
        [end[1] for end in ends],
        color=canvas.colour(role),
        linewidth=0.75,
        linestyle=style,
        zorder=zorder,
    )


def _borders(canvas: Canvas, matrix: Matrix, frame: MatrixFrame) -> None:
    plot = frame.plot
    across, up = border_places(matrix, plot)
    _line(canvas, frame, (across, across), (0.0, plot.height), "--")
    _line(canvas, frame, (0.0, plot.width), (up, up), "--")


def _axes(canvas: Canvas, matrix: Matrix, frame: MatrixFrame) -> None:
    plot, size = frame.plot, canvas.style.chart.minimum
    bottom, right = plot.top + plot.height, plot.left + plot.width
    canvas.rule((plot.left, right), (bottom, bottom))
    canvas.rule((plot.left, plot.left), (plot.top, bottom))
    for value, text in _ticks(matrix.importance, matrix, matrix.ends[0]):
        x = plot.left + scaled(value, matrix.importance, plot.width)
        canvas.text(x, bottom + 0.06, text, size, role="grey", ha="center", va="top")
    for value, text in _ticks(matrix.rating, matrix, matrix.ends[1]):
        y = bottom - scaled(value, matrix.rating, plot.height)
        canvas.text(plot.left - 0.06, y, text, size, role="grey", ha="right")
    _titles(canvas, matrix, frame)


def _titles(canvas: Canvas, matrix: Matrix, frame: MatrixFrame) -> None:
    """Write the titles of the axes, and the words at their ends in line with them."""
    plot, size = frame.plot, canvas.style.chart.legend
    below, aside = title_below(matrix, canvas.style), TITLE_ASIDE / 2
    middle = plot.left + plot.width / 2, plot.top + plot.height + below
    canvas.text(*middle, matrix.importance.title, size, ha="center", va="center")
    up = plot.top + plot.height / 2
    canvas.text(aside, up, matrix.rating.title, size, ha="center", rotation=90)
    for word in end_places(matrix, frame, canvas.style):
        x, y = _on_sheet(frame, *word.corner)
        turned = {"rotation": 90} if word.turned else {"va": "center"}
        place = x + word.shift[0], y + word.shift[1]
        canvas.text(*place, word.text, size, role="grey", ha="center", **turned)


def _ticks(axis: Axis, matrix: Matrix, ends: Ends) -> list[tuple[float, str]]:
    if not ends.numbers:
        return []
    step = tick_distance(axis)
    unit = "%" if "%" in axis.number_format else ""
    places = len(axis.number_format.split('"')[0].partition(".")[2])
    count = int((axis.maximum - axis.minimum) / step + 1e-9)
    values = [axis.minimum + place * step for place in range(count + 1)]
    return [(value, f"{value:.{places}f}{unit}".replace(".", matrix.decimal_sign)) for value in values]
