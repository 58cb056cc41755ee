"""Chart descriptions out of deck.yaml and the publishable store."""

from __future__ import annotations

from dataclasses import dataclass, replace

from wavedeck.figures.formats import number_code, round_half_up
from wavedeck.figures.records import Figure
from wavedeck.render.chart.description import Chart, Panel, Point, Series
from wavedeck.render.compose.alternatives import alt_of_chart
from wavedeck.render.compose.axes import make_axis
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.grid import Grid, Place, make_grid
from wavedeck.study.deck import ChartSlide, ChartSpec, Dimension
from wavedeck.study.errors import RenderError

NPS_ROLES = ("negative", "neutral", "positive")
LARGEST_SCALE = 5


@dataclass(frozen=True)
class Layout:
    """A chart's grid with its rows in order, and the comparison whose marks its points carry."""

    context: Context
    spec: ChartSpec
    grid: Grid
    rows: tuple[str, ...]
    marks: str = ""

    def points(self, place: Place) -> tuple[Point, ...]:
        """Return one point a row; where means stand beside the bars, they alone carry marks."""
        marks = self.marks or ("none" if self.spec.means else self.spec.marks)
        return tuple(self._point({**place, self.spec.rows: row}, marks) for row in self.rows)

    def _point(self, place: Place, marks: str) -> Point:
        figure = self.grid.figure(place)
        if figure is not None:
            return point_of(self.context, figure, marks)
        if not self.grid.is_asked(place):
            return Point(None, "", state="not_asked")
        place = {"indicator": self.grid.values["indicator"][0], **place}
        where = ", ".join(f"{name} '{value}'" for name, value in place.items() if value)
        raise RenderError(f"there is no figure for {where}")


def make_chart(context: Context, slide: ChartSlide) -> tuple[Chart, Grid]:
    """Return the description of a slide's chart, and the figures it rests on.

    Raises
    ------
    RenderError
        Naming the slide, when figures cannot be laid out as declared or none may be shown.
    """
    return chart_of(context, slide.chart, name=slide.id, part=slide.part)


def chart_of(context: Context, spec: ChartSpec, *, name: str, part: str | None = None) -> tuple[Chart, Grid]:
    """Return the description of a chart under a name of its own, and the figures it rests on.

    Raises
    ------
    RenderError
        Naming the chart, when figures cannot be laid out as declared or none may be shown.
    """
    try:
        grid = make_grid(context, spec, part)
        return _described(context, name, spec, grid), grid
    except RenderError as error:
        raise RenderError(f"slide '{name}': {error}") from error


def _described(context: Context, name: str, spec: ChartSpec, grid: Grid) -> Chart:
    grid.require_places([spec.rows, spec.series, spec.panels])
    ordered = grid.ordered(spec.rows, spec.order, _first_place(context, grid, spec))
    layout = Layout(context, spec, grid, tuple(row for row in ordered if _exists(grid, spec, row)))
    panels = tuple(
        Panel(
            grid.label(spec.panels, value),
            _series(layout, {spec.panels: value}),
            wave=value if spec.panels == "wave" else None,
        )
        for value in (grid.values[spec.panels] if spec.panels else ())
        if spec.panels
    )
    series = () if panels else _series(layout, {})
    return Chart(
        id=name,
        kind=spec.kind,
        title_alt=alt_of_chart(context, grid, spec),
        categories=tuple(grid.label(spec.rows, row) for row in layout.rows),
        series=series,
        axis=make_axis(context, spec, grid.figures()),
        panels=panels,
        means=_means(layout),
        means_title=_means_title(context, grid, spec),
        means_format=_means_format(context, layout),
        category_waves=layout.rows if spec.rows == "wave" else (),
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


def _series(layout: Layout, place: Place) -> tuple[Series, ...]:
    grid, spec = layout.grid, layout.spec
    if spec.series is None:
        return (Series(grid.label("indicator", grid.values["indicator"][0]), "brand", layout.points(place)),)
    return tuple(
        Series(
            grid.label(spec.series, value),
            role,
            layout.points({**place, spec.series: value}),
            wave=value if spec.series == "wave" else None,
        )
        for value, role in zip(*_coloured(layout.context, grid, spec), strict=True)
    )


def _coloured(context: Context, grid: Grid, spec: ChartSpec) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the values of the series with their colour roles; the one set apart stands last, pale."""
    values = grid.values[spec.series or "wave"]
    if spec.series != "category" or spec.apart not in values or spec.kind != "stacked":
        return values, _roles(context, grid, spec, len(values))
    others = tuple(value for value in values if value != spec.apart)
    return (*others, spec.apart), (*_roles(context, grid, spec, len(others)), "dont_know")


def _roles(context: Context, grid: Grid, spec: ChartSpec, count: int) -> tuple[str, ...]:
    dimension = spec.series or "wave"
    if spec.kind == "nps" and count == len(NPS_ROLES):
        return NPS_ROLES
    if dimension == "wave":
        return context.style.wave_roles(count)
    colours = spec.colours
    if colours == "auto":
        rating = dimension == "category" and count <= LARGEST_SCALE and _is_rating(context, grid)
        colours = "scale" if rating else "categories"
    if colours in ("scale", "scale_reversed"):
        half = count // 2
        roles = context.style.scale_roles(positive=half, neutral=count % 2, negative=half)
        return roles if colours == "scale" else roles[::-1]
    if colours == "sequential":
        return context.style.sequential_roles(count)
    return tuple(context.style.category_role(place) for place in range(count))


def _is_rating(context: Context, grid: Grid) -> bool:
    questions = context.labels.questions(grid.values["indicator"][0])
    return bool(questions) and questions[0].type == "rating"


def point_of(context: Context, figure: Figure, marks: str) -> Point:
    """Return a figure as a point: rounded, printed, with its significance mark."""
    if not figure.is_shown or figure.estimate is None:
        return Point(None, "", figure.address, state=figure.state)
    value = float(round_half_up(figure.estimate, figure.decimals))
    newest = figure.wave == context.wave
    mark = context.mark(figure, marks) if newest else ""
    return Point(value, context.printed(figure), figure.address, figure.state, mark, against=marks)


def _means(layout: Layout) -> tuple[Point, ...] | None:
    if layout.spec.means is None:
        return None
    grid = layout.grid
    values = {**grid.values, "indicator": (layout.spec.means,), "category": ("",)}
    beside = replace(layout, grid=replace(grid, values=values), marks=layout.spec.marks)
    return beside.points({})


def _means_title(context: Context, grid: Grid, spec: ChartSpec) -> str:
    if spec.means is None:
        return ""
    if spec.means in grid.names:
        return grid.names[spec.means]
    return context.words["score" if context.labels.spec(spec.means).statistic == "nps" else "mean"]


def _means_format(context: Context, layout: Layout) -> str:
    if layout.spec.means is None:
        return "0.0"
    declared = context.labels.spec(layout.spec.means)
    own = context.study.settings.decimals.get(declared.unit)
    return number_code(declared.unit, own if declared.decimals is None else declared.decimals)
