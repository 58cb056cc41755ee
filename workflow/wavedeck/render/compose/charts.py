"""Chart descriptions out of deck.yaml and the publishable store."""

from __future__ import annotations

from collections.abc import Sequence

from wavedeck.figures.formats import number_code, round_half_up
from wavedeck.figures.records import Figure
from wavedeck.render.chart.description import Axis, Chart, Panel, Point, Series
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.grid import Grid, Place, make_grid
from wavedeck.study.deck import ChartSlide, ChartSpec, Dimension
from wavedeck.study.errors import RenderError

NPS_ROLES = ("negative", "neutral", "positive")
FULL_BAR = 100.0


def make_chart(context: Context, slide: ChartSlide) -> tuple[Chart, Grid]:
    """Return the description of a slide's chart, and the figures it rests on.

    Raises
    ------
    RenderError
        Naming the slide, when figures cannot be laid out as declared or none may be shown.
    """
    try:
        grid = make_grid(context, slide.chart, slide.part)
        return _described(context, slide, slide.chart, grid), grid
    except RenderError as error:
        raise RenderError(f"slide '{slide.id}': {error}") from error


def _described(context: Context, slide: ChartSlide, spec: ChartSpec, grid: Grid) -> Chart:
    grid.require_places([spec.rows, spec.series, spec.panels])
    first = _first_place(context, grid, spec)
    rows = grid.ordered(spec.rows, spec.order, first)
    rows = tuple(row for row in rows if _exists(grid, spec, row))
    panels = tuple(
        Panel(grid.label(spec.panels, value), _series(context, grid, spec, rows, {spec.panels: value}))
        for value in (grid.values[spec.panels] if spec.panels else ())
        if spec.panels
    )
    series = () if panels else _series(context, grid, spec, rows, {})
    return Chart(
        id=slide.id,
        kind=spec.kind,
        title_alt=alt_text(context, grid, "chart_of", spec.rows),
        categories=tuple(grid.label(spec.rows, row) for row in rows),
        series=series,
        axis=_axis(grid, spec),
        panels=panels,
        means=_means(context, grid, spec, rows),
        means_title=_means_title(context, spec),
        means_format=_means_format(context, spec),
    )


def _exists(grid: Grid, spec: ChartSpec, row: str) -> bool:
    inner: Dimension | None = spec.series or spec.panels
    values = grid.values[inner] if inner else ("",)
    places: list[Place] = [{spec.rows: row, **({inner: value} if inner else {})} for value in values]
    return any(grid.figure(place) is not None for place in places)


def _first_place(context: Context, grid: Grid, spec: ChartSpec) -> dict[Dimension, str]:
    place: dict[Dimension, str] = {"wave": context.wave}
    for dimension in (spec.panels, spec.series):
        if dimension and dimension != "wave":
            place[dimension] = grid.values[dimension][0]
    return place


def _series(
    context: Context, grid: Grid, spec: ChartSpec, rows: Sequence[str], place: Place
) -> tuple[Series, ...]:
    if spec.series is None:
        points = _points(context, grid, spec, [{**place, spec.rows: row} for row in rows])
        return (Series(grid.label("indicator", grid.values["indicator"][0]), "brand", points),)
    values = grid.values[spec.series]
    return tuple(
        Series(
            grid.label(spec.series, value),
            role,
            _points(context, grid, spec, [{**place, spec.series: value, spec.rows: row} for row in rows]),
        )
        for value, role in zip(values, _roles(context, grid, spec), strict=True)
    )


def _roles(context: Context, grid: Grid, spec: ChartSpec) -> tuple[str, ...]:
    dimension = spec.series or "wave"
    count = len(grid.values[dimension])
    if spec.kind == "nps" and count == len(NPS_ROLES):
        return NPS_ROLES
    if dimension == "wave":
        return tuple(context.style.wave_roles(count))
    if dimension == "category" and _is_scale(context, grid):
        half = count // 2
        return tuple(context.style.scale_roles(positive=half, neutral=count % 2, negative=half))
    return tuple(context.style.category_role(place) for place in range(count))


def _is_scale(context: Context, grid: Grid) -> bool:
    questions = context.labels.questions(grid.values["indicator"][0])
    return bool(questions) and questions[0].type == "rating"


def _points(context: Context, grid: Grid, spec: ChartSpec, places: Sequence[Place]) -> tuple[Point, ...]:
    return tuple(point_of(context, grid.figure(place), spec.marks) for place in places)


def point_of(context: Context, figure: Figure | None, marks: str) -> Point:
    """Return a figure as a point: rounded, printed, with its significance mark."""
    if figure is None:
        return Point(None, "", state="not_asked")
    if not figure.is_shown or figure.estimate is None:
        return Point(None, "", figure.address, state=figure.state)
    value = float(round_half_up(figure.estimate, figure.decimals))
    newest = figure.wave == context.wave
    mark = context.mark(figure, marks) if newest else ""
    return Point(value, context.printed(figure), figure.address, figure.state, mark)


def _axis(grid: Grid, spec: ChartSpec) -> Axis:
    shown = [figure for figure in grid.figures() if figure.is_shown and figure.estimate is not None]
    if not shown:
        raise RenderError("the chart is empty: none of its figures may be shown")
    code = number_code(shown[0].unit, shown[0].decimals)
    if spec.kind in ("stacked", "nps"):
        return Axis(0.0, FULL_BAR, code)
    values = [figure.estimate for figure in shown if figure.estimate is not None]
    low = spec.minimum if spec.minimum is not None else min(0.0, *values)
    high = spec.maximum if spec.maximum is not None else _round_end(max(values), shown[0].unit)
    return Axis(low, high, code)


def _round_end(highest: float, unit: str) -> float:
    if unit == "percent":
        return min(FULL_BAR, 10.0 * (highest // 10 + 1))
    return float(int(highest) + 1)


def _means(context: Context, grid: Grid, spec: ChartSpec, rows: Sequence[str]) -> tuple[Point, ...] | None:
    if spec.means is None:
        return None
    beside = Grid(context, grid.part, {**grid.values, "indicator": (spec.means,), "category": ("",)})
    return tuple(point_of(context, beside.figure({spec.rows: row}), spec.marks) for row in rows)


def _means_title(context: Context, spec: ChartSpec) -> str:
    if spec.means is None:
        return ""
    return context.words["score" if context.labels.spec(spec.means).statistic == "nps" else "mean"]


def _means_format(context: Context, spec: ChartSpec) -> str:
    if spec.means is None:
        return "0.0"
    declared = context.labels.spec(spec.means)
    return number_code(declared.unit, declared.decimals)


def alt_text(context: Context, grid: Grid, words: str, rows: Dimension) -> str:
    """Return the alternative text of a chart or table: what it shows and along what."""
    what = context.narrator.join([grid.label("indicator", name) for name in grid.values["indicator"]])
    return context.words[words].format(what=what, rows=context.words[rows])
