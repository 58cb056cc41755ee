"""The matrix of importance and rating out of the publishable store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from wavedeck.figures.formats import format_number, round_half_up
from wavedeck.figures.records import Figure
from wavedeck.narrative.placed import Driver, drivers_of, named_quadrants
from wavedeck.render.chart.matrix import Ends, Matrix, MatrixPoint
from wavedeck.render.compose.charts import point_of
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.footers import constant_run, footnotes
from wavedeck.render.compose.grid import Grid
from wavedeck.render.compose.matrix_axes import matrix_axes
from wavedeck.render.compose.matrix_colours import colours_of
from wavedeck.render.text import Paragraph, Run
from wavedeck.study.address import Address
from wavedeck.study.base import LocalText, text_in
from wavedeck.study.deck import MatrixAxis, MatrixSlide
from wavedeck.study.errors import RenderError
from wavedeck.study.impact import LOGIT, Analysis

LEFT_OUT = ("suppressed", "not_comparable", "failed", "empty", "not_asked")
STRONG_INFLATION = 10.0
FOOTNOTED = frozenset({"low_base"})


def make_matrix(context: Context, slide: MatrixSlide) -> tuple[Matrix, Grid]:
    """Return the description of a slide's matrix, and the figures it rests on.

    Raises
    ------
    RenderError
        Naming the slide, when no driver may be shown.
    """
    analysis = context.study.impact.analyses[slide.analysis]
    part = context.part(slide.part, *(analysis.parts or ()))
    drivers = drivers_of(context.store, context.study, f"{part}/{slide.analysis}", slide.group, context.wave)
    shown = [one for one in drivers if one.is_shown]
    if not shown:
        raise RenderError(f"slide '{slide.id}': no driver of '{slide.analysis}' may be shown")
    colours = colours_of(context, slide, analysis, shown)
    points = tuple(_point(context, slide, one, colours.place(one)) for one in shown)
    borders = tuple(
        point_of(
            context, context.store[f"{part}/{slide.analysis}_{axis}_border/{slide.group}/{context.wave}"], ""
        )
        for axis in ("importance", "rating")
    )
    axes = matrix_axes(
        points,
        borders,
        units=(shown[0].importance.unit, shown[0].rating.unit),
        titles=(
            _text(context, slide.importance_axis.title) or context.words["importance_axis"],
            _text(context, slide.rating_axis.title) or context.words["rating_axis"],
        ),
    )
    matrix = Matrix(
        id=slide.id,
        title_alt=_alternative(context, analysis, drivers),
        points=points,
        kinds=colours.kinds,
        importance=axes[0],
        rating=axes[1],
        borders=(borders[0], borders[1]),
        quadrants=named_quadrants(analysis, context.language),
        ends=(_ends(context, slide.importance_axis), _ends(context, slide.rating_axis)),
        legend=colours.legend,
        decimal_sign=format_number(0.5, 1, context.language)[1],
    )
    return matrix, _grid(context, slide, part, drivers)


def _text(context: Context, text: LocalText | None) -> str:
    return text_in(text, context.language) if text else ""


def _ends(context: Context, axis: MatrixAxis) -> Ends:
    return Ends(_text(context, axis.low), _text(context, axis.high), axis.numbers)


def _point(context: Context, slide: MatrixSlide, driver: Driver, kind: int) -> MatrixPoint:
    wanted = slide.uncertainty
    return MatrixPoint(
        name=driver.label(context.labels),
        kind=kind,
        importance=point_of(context, driver.importance, "none"),
        rating=point_of(context, driver.rating, "none"),
        placed=driver.is_placed,
        importance_range=_range(driver.importance) if wanted in ("importance", "both") else None,
        rating_range=_range(driver.rating) if wanted in ("ratings", "both") else None,
    )


def _range(figure: Figure) -> tuple[float, float] | None:
    """Return the ends of a figure's interval, rounded like the figure; None where it has none."""
    if figure.ci_low is None or figure.ci_high is None:
        return None
    low, high = (float(round_half_up(end, figure.decimals)) for end in (figure.ci_low, figure.ci_high))
    return low, high


def _alternative(context: Context, analysis: Analysis, drivers: Sequence[Driver]) -> str:
    placed = [
        f"{name}: {context.narrator.join([one.label(context.labels) for one in found])}."
        for quadrant, name in named_quadrants(analysis, context.language).items()
        if (found := [one for one in drivers if one.is_placed and one.quadrant == quadrant])
    ]
    return " ".join(
        [context.words["matrix_of"].format(what=text_in(analysis.label, context.language)), *placed]
    )


def _grid(context: Context, slide: MatrixSlide, part: str, drivers: Sequence[Driver]) -> Grid:
    return Grid(
        context,
        part,
        {
            "indicator": (f"{slide.analysis}_importance",),
            "item": tuple(one.item for one in drivers),
            "category": ("",),
            "group": (slide.group,),
            "wave": (context.wave,),
        },
    )


def matrix_notes(context: Context, slide: MatrixSlide, matrix: Matrix, grid: Grid) -> tuple[Paragraph, ...]:
    """Return how importance is measured, which drivers are not placed, and which are left out and why."""
    analysis = context.study.impact.analyses[slide.analysis]
    runs = [*_method(context, slide.analysis, analysis, grid)]
    if any(point.importance_range or point.rating_range for point in matrix.points):
        runs.append(Run(f" {context.words[f'intervals_{slide.uncertainty}']}"))
    if not all(point.placed for point in matrix.points):
        runs += _unplaced(context, slide, analysis)
    runs += _left_out(context, grid)
    runs += _flagged(context, grid)
    for note in footnotes(context, grid, matrix.states() & FOOTNOTED, (), "none"):
        runs += [Run(" "), *note.runs]
    return (Paragraph(tuple(runs)),)


def _unplaced(context: Context, slide: MatrixSlide, analysis: Analysis) -> Iterator[Run]:
    """Give what an open circle means, with the confidence as a declared constant."""
    level = format_number(100 * analysis.confidence, 0, context.language) + "%"
    before, _, after = context.words["hollow"].partition("{level}")
    key = f"impact.analyses.{slide.analysis}.confidence"
    yield from (Run(f" {before}"), constant_run(level, key), Run(after))


def _method(context: Context, name: str, analysis: Analysis, grid: Grid) -> Iterator[Run]:
    measure = analysis.used_measure(len(grid.values["item"]))
    yield Run(context.words[f"measure_{measure}"])
    if analysis.used_family(measure) in LOGIT:
        yield Run(" " + context.words["logit"])
    yield Run(" " + context.words[f"missing_{analysis.used_missing(measure)}"])
    if analysis.impute is not None:
        before, _, after = context.words["imputed"].partition("{number}")
        number = context.number(analysis.impute.imputations)
        yield Run(f" {before}")
        yield constant_run(number, f"impact.analyses.{name}.impute.imputations")
        yield Run(after)


def _left_out(context: Context, grid: Grid) -> Iterator[Run]:
    states: dict[str, list[str]] = {}
    for item in grid.values["item"]:
        figure = grid.figure({"item": item})
        if figure is not None and figure.state in LEFT_OUT:
            states.setdefault(figure.state, []).append(grid.label("item", item))
    for state, names in states.items():
        what = context.narrator.join(names)
        yield Run(" " + context.words[f"left_out_{state}"].format(what=what))


def _flagged(context: Context, grid: Grid) -> Iterator[Run]:
    """Yield drivers that overlap too much with others, and those that pull the other way."""
    overlapping = [
        item for item in grid.values["item"] if _found(context, grid, item, "vif") > STRONG_INFLATION
    ]
    opposite = [item for item in grid.values["item"] if _found(context, grid, item, "direction") < 0]
    for kind, items in (("vif", overlapping), ("direction", opposite)):
        if items:
            what = context.narrator.join([grid.label("item", item) for item in items])
            yield Run(" " + context.words[f"flagged_{kind}"].format(what=what))


def _found(context: Context, grid: Grid, item: str, kind: str) -> float:
    """Return another figure of a driver that is shown; 0 where there is none."""
    importance = grid.figure({"item": item})
    if importance is None or not importance.is_shown:
        return 0.0
    indicator = importance.indicator.removesuffix("importance") + kind
    address = Address.parse(importance.address)
    figure = context.store.figures.get(str(replace(address, indicator=indicator)))
    return (figure.estimate if figure else None) or 0.0
