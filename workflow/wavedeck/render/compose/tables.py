"""Tables out of deck.yaml and the publishable store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from wavedeck.figures.records import Figure
from wavedeck.render.compose.alternatives import alt_of_table
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.grid import Grid, Place, make_grid
from wavedeck.render.table import Cell, Row, Table
from wavedeck.study.base import text_in
from wavedeck.study.deck import CellNote, Dimension, TableSlide, TableSpec
from wavedeck.study.errors import RenderError

STUB_WIDTH, BLOCK_STUB_WIDTH, VALUE_WIDTH, GAP_WIDTH = 3.2, 3.8, 1.0, 0.25
Columns = Sequence[Mapping[Dimension, str]]


def make_table(context: Context, slide: TableSlide) -> tuple[Table, Grid]:
    """Return the description of a slide's table, and the figures it rests on.

    Raises
    ------
    RenderError
        Naming the slide, when figures cannot be laid out as declared.
    """
    return table_of(context, slide.table, name=slide.id, part=slide.part)


def table_of(context: Context, spec: TableSpec, *, name: str, part: str | None = None) -> tuple[Table, Grid]:
    """Return the description of a table under a name of its own, and the figures it rests on.

    Raises
    ------
    RenderError
        Naming the table, when figures cannot be laid out as declared.
    """
    try:
        grid = make_grid(context, spec, part)
        grid.require_places([*spec.rows, *spec.columns])
        return _described(context, name, spec, grid), grid
    except RenderError as error:
        raise RenderError(f"slide '{name}': {error}") from error


def _described(context: Context, name: str, spec: TableSpec, grid: Grid) -> Table:
    columns = _columns(grid, spec)
    body = list(_body(context, grid, spec, columns))
    header = _header(context, grid, spec, columns)
    stub = STUB_WIDTH if spec.blocks == 1 else BLOCK_STUB_WIDTH
    widths = (stub, *(VALUE_WIDTH for _ in range(len(columns) + (spec.bases == "rows"))))
    if spec.blocks == 2:
        header, body, widths = _two_blocks(header, body, widths)
    return Table(
        id=name,
        title_alt=alt_of_table(context, grid, spec),
        header=tuple(header),
        rows=tuple(body),
        widths=widths,
    )


def signs_used(context: Context, grid: Grid, spec: TableSpec) -> list[str]:
    """Return the notes of declared signs, each behind its sign, for those that stand in some cell."""
    columns, rows = _columns(grid, spec), list(_row_places(grid, spec))
    used = {id(cell): cell for column in columns for row in rows if (cell := _noted(spec, {**column, **row}))}
    return [f"{cell.sign} {text_in(cell.note, context.language)}" for cell in used.values()]


def _noted(spec: TableSpec, place: Place) -> CellNote | None:
    """Return the declared sign of a cell, if it has one."""
    return next((cell for cell in spec.cells if cell.at.items() <= place.items()), None)


def _columns(grid: Grid, spec: TableSpec) -> list[dict[Dimension, str]]:
    """Return the places of the columns that hold at least one figure."""
    combinations = product(*(grid.values[name] for name in spec.columns))
    columns = [dict(zip(spec.columns, combination, strict=True)) for combination in combinations]
    rows = list(_row_places(grid, spec))
    return [column for column in columns if any(_holds(grid, spec, {**column, **row}) for row in rows)]


def _holds(grid: Grid, spec: TableSpec, place: Place) -> bool:
    return grid.figure(place) is not None or _noted(spec, place) is not None


def _row_places(grid: Grid, spec: TableSpec) -> Iterator[dict[Dimension, str]]:
    outer, inner = spec.rows[:-1], spec.rows[-1]
    first: Place = {name: grid.values[name][-1] for name in spec.columns if name == "wave"}
    for combination in product(*(grid.values[name] for name in outer)):
        place = dict(zip(outer, combination, strict=True))
        for value in grid.ordered(inner, spec.order, {**first, **place}):
            yield {**place, inner: value}


def _header(context: Context, grid: Grid, spec: TableSpec, columns: Columns) -> list[Row]:
    rows = []
    for depth, dimension in enumerate(spec.columns):
        last = depth == len(spec.columns) - 1
        runs = _runs_of(columns, spec.columns[: depth + 1])
        heads = [_head(context, grid, dimension, members, last=last) for members in runs]
        cells = [Cell(_stub(context, grid, spec) if last else ""), *heads]
        if spec.bases == "rows":
            cells.append(Cell(context.words["respondents"] if last else "", align="right"))
        rows.append(Row(tuple(cells)))
    if spec.bases == "heads":
        rows.append(Row(_bases(context, grid, spec, columns).cells))
    return rows


def _stub(context: Context, grid: Grid, spec: TableSpec) -> str:
    """Return what heads the row labels: the indicator whose items or answers they are, else the dimension."""
    inner, indicators = spec.rows[-1], grid.values["indicator"]
    if inner == "category" and context.labels.spec(indicators[0]).statistic == "composition":
        return context.words["group"].capitalize()
    if inner in ("item", "category") and len(indicators) == 1:
        return grid.label("indicator", indicators[0])
    return context.words[inner].capitalize()


def _runs_of(columns: Columns, outer: Sequence[Dimension]) -> Iterator[Columns]:
    """Yield neighbouring columns that share the values of the outer dimensions."""
    keys = [tuple(column[name] for name in outer) for column in columns]
    starts = [place for place, key in enumerate(keys) if not place or key != keys[place - 1]]
    for start, end in zip(starts, [*starts[1:], len(columns)], strict=True):
        yield columns[start:end]


def _head(context: Context, grid: Grid, dimension: Dimension, members: Columns, *, last: bool) -> Cell:
    return replace(
        _name(grid, dimension, members[0][dimension]),
        bold=members[0].get("wave") in (None, context.wave),
        align="right" if last else "center",
        span=len(members),
    )


def _body(context: Context, grid: Grid, spec: TableSpec, columns: Columns) -> Iterator[Row]:
    previous: tuple[str, ...] = ()
    for place in _row_places(grid, spec):
        if not any(_holds(grid, spec, {**column, **place}) for column in columns):
            continue
        outer = tuple(place[name] for name in spec.rows[:-1])
        if outer and outer != previous:
            span = len(columns) + 1 + (spec.bases == "rows")
            yield Row((_heading(grid, spec.rows[:-1], place, span=span),), kind="group")
            previous = outer
        yield _row(context, grid, spec, place, columns)
    if spec.bases is True:
        yield _bases(context, grid, spec, columns)


def _row(context: Context, grid: Grid, spec: TableSpec, place: Place, columns: Columns) -> Row:
    inner = spec.rows[-1]
    total = inner == "group" and place[inner] == "all"
    cells = [_cell(context, grid, spec, {**column, **place}) for column in columns]
    if spec.bases == "rows":
        cells.append(_base(context, _largest(grid, [{**column, **place} for column in columns])))
    name = replace(_name(grid, inner, place[inner]), indent=int(place[inner] in spec.indented))
    return Row((name, *cells), kind="total" if total else "body")


def _cell(context: Context, grid: Grid, spec: TableSpec, place: Place) -> Cell:
    noted = _noted(spec, place)
    if noted is not None and not noted.behind:
        return Cell(noted.sign, align="right", role="grey")
    cell = cell_of(context, grid.figure(place), spec.marks)
    return replace(cell, text=f"{cell.text}{noted.sign}") if noted and cell.text else cell


def _heading(grid: Grid, outer: Sequence[Dimension], place: Place, *, span: int) -> Cell:
    if len(outer) == 1:
        return replace(_name(grid, outer[0], place[outer[0]]), bold=True, span=span)
    return Cell(", ".join(grid.label(name, place[name]) for name in outer), bold=True, span=span)


def _name(grid: Grid, dimension: Dimension, value: str) -> Cell:
    """Return the head of a row; the name of a wave has that wave as its source."""
    is_wave = dimension == "wave"
    return Cell(grid.label(dimension, value), value if is_wave else None, "wave" if is_wave else None)


def cell_of(context: Context, figure: Figure | None, marks: str) -> Cell:
    """Return a figure as a table cell; the newest wave is bold and carries the marks."""
    if figure is None:
        return Cell("", align="right")
    newest = figure.wave == context.wave
    return Cell(
        context.printed(figure),
        figure.address,
        "estimate",
        figure.state,
        bold=newest,
        align="right",
        mark=context.mark(figure, marks) if newest and figure.is_shown else "",
        against=marks,
    )


def _largest(grid: Grid, places: Columns) -> Figure | None:
    """Return the figure of a column or row that rests on most respondents."""
    found = [grid.figure(place) for place in places]
    known = [figure for figure in found if figure is not None and figure.is_shown and figure.base is not None]
    return max(known, key=lambda figure: figure.base or 0, default=None)


def _bases(context: Context, grid: Grid, spec: TableSpec, columns: Columns) -> Row:
    rows = list(_row_places(grid, spec))
    largest = (_largest(grid, [{**column, **row} for row in rows]) for column in columns)
    cells = [_base(context, figure) for figure in largest]
    return Row((Cell(context.words["respondents"]), *cells), kind="total")


def _base(context: Context, figure: Figure | None) -> Cell:
    """Return the respondents that a figure rests on as a table cell."""
    if figure is None:
        return Cell("", align="right")
    return Cell(context.number(figure.base or 0), figure.address, "base", align="right", role="grey")


def _two_blocks(
    header: Sequence[Row], body: Sequence[Row], widths: tuple[float, ...]
) -> tuple[list[Row], list[Row], tuple[float, ...]]:
    """Lay the second half of the rows beside the first; a heading stays with its rows."""
    half = (len(body) + 1) // 2
    half -= 1 if half > 1 and body[half - 1].kind == "group" else 0
    left, right = [*body[:half]], [*body[half:]]
    heading = next((row for row in reversed(left) if row.kind == "group"), None)
    if heading is not None and right and right[0].kind == "body":
        right = [heading, *right]
    longest, width = max(len(left), len(right)), len(widths)
    empty = Row(tuple(Cell("") for _ in range(width)))
    left, right = ([*rows, *[empty] * (longest - len(rows))] for rows in (left, right))
    joined = [_beside(one, other) for one, other in zip(left, right, strict=True)]
    return [_beside(row, row) for row in header], joined, (*widths, GAP_WIDTH, *widths)


def _beside(left: Row, right: Row) -> Row:
    return Row((*left.cells, Cell(""), *right.cells), kind=left.kind if left.kind == right.kind else "body")
