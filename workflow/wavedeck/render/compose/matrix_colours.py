"""What the colours of a matrix tell apart: kinds of aspect, or the quadrants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wavedeck.narrative.placed import Driver, named_quadrants
from wavedeck.render.chart.description import Series
from wavedeck.render.compose.context import Context
from wavedeck.study.base import text_in
from wavedeck.study.deck import MatrixSlide
from wavedeck.study.impact import Analysis

QUADRANT_ROLES = {
    "priority": "negative_strong",
    "strength": "positive_strong",
    "precondition": "positive",
    "no_priority": "negative",
}


@dataclass(frozen=True)
class Colours:
    """Kinds in the order of the legend, and the kind of each driver by its name."""

    kinds: tuple[Series, ...]
    of: Mapping[str, int]
    legend: bool

    def place(self, driver: Driver) -> int:
        """Return the place of a driver's kind."""
        return self.of[driver.item]


def colours_of(
    context: Context, slide: MatrixSlide, analysis: Analysis, drivers: Sequence[Driver]
) -> Colours:
    """Return the colours of a slide's drivers: as declared, or by kind where items have kinds."""
    kinds = {one.item: _kind(context, one) for one in drivers}
    by_quadrant = slide.colours == "quadrants" or (slide.colours == "auto" and not any(kinds.values()))
    return _by_quadrant(context, analysis, drivers) if by_quadrant else _by_kind(context, analysis, kinds)


def _kind(context: Context, driver: Driver) -> str:
    questions = context.labels.questions(driver.importance.indicator)
    return next((one.kind for one in questions if driver.item in (one.item, one.loop_entry)), "")


def _by_kind(context: Context, analysis: Analysis, kinds: Mapping[str, str]) -> Colours:
    present = list(dict.fromkeys(kinds.values()))
    order = [kind for kind in analysis.kinds if kind in present]
    order += [kind for kind in present if kind not in order]
    series = tuple(
        Series(_name(context, analysis, kind), context.style.category_role(place), ())
        for place, kind in enumerate(order)
    )
    return Colours(series, {item: order.index(kind) for item, kind in kinds.items()}, legend=True)


def _name(context: Context, analysis: Analysis, kind: str) -> str:
    return text_in(analysis.kinds[kind], context.language) if kind in analysis.kinds else kind.capitalize()


def _by_quadrant(context: Context, analysis: Analysis, drivers: Sequence[Driver]) -> Colours:
    """Return one kind per quadrant that has drivers; its name stands in the corner, so no legend."""
    names = named_quadrants(analysis, context.language)
    order = [quadrant for quadrant in names if any(one.quadrant == quadrant for one in drivers)]
    series = tuple(Series(names[quadrant], QUADRANT_ROLES[quadrant], ()) for quadrant in order)
    return Colours(series, {one.item: order.index(one.quadrant) for one in drivers}, legend=False)
