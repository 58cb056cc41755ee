"""The series of a native matrix: drivers, borders, leaders and texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from wavedeck.render.chart.matrix import Matrix, MatrixPoint
from wavedeck.render.chart.matrix_layout import MatrixFrame, end_places
from wavedeck.render.chart.matrix_names import Name
from wavedeck.render.chart.matrix_workbook import Dots, Row, error_bars
from wavedeck.render.chart.native_matrix_labels import NO_LINE, NO_MARKER, Written, bound_labels
from wavedeck.render.chart.pen import Pen

OPEN = "○"
_DIGITS = 5
_HOLE, _DOT = 0.65, 0.3
_NO_DOT_AT_THE_LABEL = f'<c:dPt><c:idx val="0"/>{NO_MARKER}<c:bubble3D val="0"/></c:dPt>'


@dataclass
class _Sheet:
    """Rows of the workbook as they fill up, a line free between series."""

    dots: list[Dots] = field(default_factory=list)
    _next: int = 2

    def add(self, name: str, look: tuple[str, ...], rows: Iterable[Row]) -> Dots:
        made = Dots(name, look, tuple(rows), self._next)
        self._next += len(made.rows) + 1
        self.dots.append(made)
        return made


def series_of(matrix: Matrix, frame: MatrixFrame, pen: Pen) -> list[Dots]:
    """Return every series, that of all drivers first: LibreOffice loses points of those before a longer one.

    What must lie on top stands twice: PowerPoint draws the last series on top, LibreOffice the first.
    """
    sheet = _Sheet()
    order = _ordered(matrix)
    points = [matrix.points[i] for i in order]
    names = sheet.add("…", _labels(frame, pen, order), [_row(point) for point in points])
    sheet.add("#", *_corners(matrix, frame, pen))
    thin = (*_borders(matrix, pen), *_ends(matrix, frame, pen), *_across(matrix, pen))
    for name, look, rows in (*thin, *_leaders(matrix, frame, pen)):
        sheet.add(name, look, rows)
    kinds = list(_kinds(matrix, frame, pen, names, points))
    holes = [_hole(one, frame, pen) for one in kinds if one.name.endswith(OPEN)]
    dotted = [one for one in sheet.dots if one.name.startswith("—") and one.look[1] != NO_MARKER]
    again = [replace(one, name=f"{one.name}.") for one in (*holes, *dotted)]
    return [*sheet.dots, *holes, *kinds, *again]


def _ordered(matrix: Matrix) -> list[int]:
    """Return the drivers by kind, those that are placed first: so every series is a run of rows."""
    return sorted(
        range(len(matrix.points)), key=lambda i: (matrix.points[i].kind, not matrix.points[i].placed)
    )


def _row(point: MatrixPoint) -> Row:
    x, y, ends = point.importance.value or 0.0, point.rating.value or 0.0, point.rating_range
    reach = (round(y - ends[0], _DIGITS), round(ends[1] - y, _DIGITS)) if ends else None
    return Row(x, y, point.name, reach)


def _kinds(
    matrix: Matrix, frame: MatrixFrame, pen: Pen, drivers: Dots, points: Sequence[MatrixPoint]
) -> Iterable[Dots]:
    """Give one series per kind for the drivers that are placed, and one for the others."""
    for number, kind in enumerate(matrix.kinds):
        for placed in (True, False):
            rows = [i for i, one in enumerate(points) if (one.kind, one.placed) == (number, placed)]
            if rows:
                name = kind.name if placed else f"{kind.name} {OPEN}"
                made = Dots(name, (), drivers.rows[rows[0] : rows[-1] + 1], drivers.first + rows[0])
                bars = [error_bars(made, _line(pen, kind.role))] if made.rows[0].reach else []
                marker = _marker(kind.role, pen, radius=frame.radius)
                yield replace(made, look=(f"<c:spPr>{NO_LINE}</c:spPr>", marker, *bars))


def _hole(ring: Dots, frame: MatrixFrame, pen: Pen) -> Dots:
    """Return the paper within open circles, since LibreOffice draws no outline around a marker."""
    look = (f"<c:spPr>{NO_LINE}</c:spPr>", _marker("paper", pen, radius=frame.radius * _HOLE))
    return replace(ring, name=f"{ring.name}.", look=look)


def _marker(role: str, pen: Pen, *, radius: float) -> str:
    size = max(2, round(2 * radius * 72))
    return (
        f'<c:marker><c:symbol val="circle"/><c:size val="{size}"/>'
        f"<c:spPr>{pen.fill(role)}{NO_LINE}</c:spPr></c:marker>"
    )


def _line(pen: Pen, role: str, *, dashed: bool = False) -> str:
    dash = '<a:prstDash val="dash"/>' if dashed else ""
    return f'<c:spPr><a:ln w="9525" cap="flat">{pen.fill(role)}{dash}<a:round/></a:ln></c:spPr>'


Made = tuple[str, tuple[str, ...], list[Row]]


def _borders(matrix: Matrix, pen: Pen) -> list[Made]:
    x, y = (one.value or 0.0 for one in matrix.borders)
    ends = {
        matrix.importance.title: [Row(x, matrix.rating.minimum), Row(x, matrix.rating.maximum)],
        matrix.rating.title: [Row(matrix.importance.minimum, y), Row(matrix.importance.maximum, y)],
    }
    look = (_line(pen, "grey", dashed=True), NO_MARKER)
    return [(f"| {title}", look, rows) for title, rows in ends.items()]


def _across(matrix: Matrix, pen: Pen) -> Iterable[Made]:
    """Give the intervals of importance, each as a line: LibreOffice draws no error bars across."""
    for point in matrix.points:
        if point.importance_range:
            y = point.rating.value or 0.0
            ends = [Row(round(end, _DIGITS), y) for end in point.importance_range]
            yield f"± {point.name}", (_line(pen, matrix.kinds[point.kind].role), NO_MARKER), ends


def _leaders(matrix: Matrix, frame: MatrixFrame, pen: Pen) -> Iterable[Made]:
    """Give the lines from labels to bubbles; with dots where one goes on to the middle of its bubble."""
    seen = set[object]()
    for point, name in zip(matrix.points, frame.names, strict=True):
        if name.label.leader is not None and name.label.leader not in seen:
            seen.add(name.label.leader)
            x, y, to_x, to_y = name.label.leader
            ends = [_place(matrix, frame, x, y), _place(matrix, frame, to_x, to_y)]
            dot = _marker("grey", pen, radius=frame.radius * _DOT)
            marker = (dot, _NO_DOT_AT_THE_LABEL) if name.ends_in_dot else (NO_MARKER,)
            yield f"— {point.name}", (_line(pen, "grey"), *marker), ends


def _place(matrix: Matrix, frame: MatrixFrame, x: float, y: float, name: str = "") -> Row:
    across, up = frame.value(matrix, x, y)
    return Row(round(across, _DIGITS), round(up, _DIGITS), name)


def _labels(frame: MatrixFrame, pen: Pen, order: Sequence[int]) -> tuple[str, ...]:
    """Return the names, bound to the rows of their drivers, so that they follow their bubbles."""
    seen, texts = set[object](), list[Written]()
    for i in order:
        name = frame.names[i]
        again = (name.label.box, name.lines) in seen
        seen.add((name.label.box, name.lines))
        texts.append(Written(() if again else name.lines, _shift(name), frame.size))
    return bound_labels(texts, frame.frame, pen)


def _shift(name: Name) -> tuple[float, float]:
    x, y = name.centre
    return x - name.bubble.x, name.bubble.y - y


def _corners(matrix: Matrix, frame: MatrixFrame, pen: Pen) -> tuple[tuple[str, ...], list[Row]]:
    size = pen.style.chart.legend
    rows = [_place(matrix, frame, *corner.centre, corner.text) for corner in frame.corners]
    texts = [Written((corner.text,), (0.0, 0.0), size, role="grey", bold=True) for corner in frame.corners]
    return bound_labels(texts, frame.frame, pen), rows


def _ends(matrix: Matrix, frame: MatrixFrame, pen: Pen) -> Iterable[Made]:
    """Give the words at the ends of the axes, bound to the corners of the plot."""
    words = end_places(matrix, frame, pen.style)
    if words:
        corner = [_place(matrix, frame, *word.corner, word.text) for word in words]
        texts = [
            Written((word.text,), word.shift, pen.style.chart.legend, role="grey", turned=word.turned)
            for word in words
        ]
        yield "↔", bound_labels(texts, frame.frame, pen), corner
