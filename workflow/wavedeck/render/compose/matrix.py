"""The matrix of importance and rating out of the publishable store."""

from __future__ import annotations

from collections.abc import Sequence

from wavedeck.figures.formats import format_figure, format_number, round_half_up
from wavedeck.figures.records import Figure
from wavedeck.narrative.placed import Driver, drivers_of, named_quadrants
from wavedeck.render.chart.description import Point
from wavedeck.render.chart.matrix import Ends, Matrix, MatrixPoint
from wavedeck.render.compose.charts import point_of
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.grid import Grid
from wavedeck.render.compose.matrix_axes import matrix_axes
from wavedeck.render.compose.matrix_colours import colours_of
from wavedeck.study.base import LocalText, text_in
from wavedeck.study.deck import MatrixAxis, MatrixSlide
from wavedeck.study.errors import RenderError
from wavedeck.study.impact import Analysis

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
    across = _ends_of(context, driver.importance) if wanted in ("importance", "both") else ()
    up = _ends_of(context, driver.rating) if wanted in ("ratings", "both") else ()
    return MatrixPoint(
        name=driver.label(context.labels),
        kind=kind,
        importance=point_of(context, driver.importance, "none"),
        rating=point_of(context, driver.rating, "none"),
        placed=driver.is_placed,
        importance_range=_range(across),
        rating_range=_range(up),
        importance_ends=across,
        rating_ends=up,
    )


def _ends_of(context: Context, figure: Figure) -> tuple[Point, ...]:
    """Return the ends of a figure's interval, rounded and printed like the figure; none where it has none."""
    if not figure.is_shown or figure.ci_low is None or figure.ci_high is None:
        return ()
    return tuple(
        Point(
            float(round_half_up(end, figure.decimals)),
            format_figure(end, figure.unit, figure.decimals, context.language),
            figure.address,
            field=field,
        )
        for field, end in (("ci_low", figure.ci_low), ("ci_high", figure.ci_high))
    )


def _range(ends: Sequence[Point]) -> tuple[float, float] | None:
    low, high = (one.value or 0.0 for one in ends) if ends else (0.0, 0.0)
    return (low, high) if ends else None


def _alternative(context: Context, analysis: Analysis, drivers: Sequence[Driver]) -> str:
    """Return the text for who does not see the chart: which drivers stand where, and which in no quadrant."""
    places = [
        (f"{name}: {{what}}.", [one for one in drivers if one.is_placed and one.quadrant == quadrant])
        for quadrant, name in named_quadrants(analysis, context.language).items()
    ]
    places.append(
        (context.words["not_placed"], [one for one in drivers if one.is_shown and not one.is_placed])
    )
    told = [
        text.replace("{what}", context.narrator.join([one.label(context.labels) for one in found]))
        for text, found in places
        if found
    ]
    return " ".join(
        [context.words["matrix_of"].format(what=text_in(analysis.label, context.language)), *told]
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
