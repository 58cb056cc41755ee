"""The value axis of a chart: its ends, its number format, and a note where it does not start at zero."""

from __future__ import annotations

import math
from collections.abc import Sequence

from wavedeck.figures.formats import format_figure, number_code, round_half_up
from wavedeck.figures.records import Figure
from wavedeck.render.chart.description import Axis
from wavedeck.render.compose.context import Context
from wavedeck.study.deck import ChartSpec
from wavedeck.study.errors import RenderError

FULL_BAR = 100.0
STEPS = {"percent": 10.0, "nps": 10.0}


def make_axis(context: Context, spec: ChartSpec, figures: Sequence[Figure]) -> Axis:
    """Return the value axis on which all figures of a chart fit.

    Raises
    ------
    RenderError
        When no figure may be shown, when units differ, or when a figure lies outside the declared ends.
    """
    shown = [figure for figure in figures if figure.is_shown and figure.estimate is not None]
    if not shown:
        raise RenderError("the chart is empty: none of its figures may be shown")
    units = dict.fromkeys(figure.unit for figure in shown)
    if len(units) > 1:
        raise RenderError(f"figures in {' and '.join(units)} cannot share one axis; give each a chart")
    unit, decimals = shown[0].unit, max(figure.decimals for figure in shown)
    if spec.kind in ("stacked", "nps"):
        return Axis(0.0, FULL_BAR, number_code(unit, decimals))
    low, high = _ends(spec, shown, unit)
    places = 0 if low.is_integer() and high.is_integer() else decimals
    ends = [format_figure(end, unit, places, context.language) for end in (low, high)]
    cut = context.words["axis_cut"].format(minimum=ends[0], maximum=ends[1]) if low > 0 else ""
    return Axis(low, high, number_code(unit, decimals), cut, _floor(context, shown) if low > 0 else 0.0)


def _floor(context: Context, shown: Sequence[Figure]) -> float:
    """Return the lowest answer that all questions behind means share; 0 where they share none."""
    if any(figure.statistic != "mean" for figure in shown):
        return 0.0
    questions = [
        one for name in {figure.indicator for figure in shown} for one in context.labels.questions(name)
    ]
    lowest = {one.minimum for one in questions if one.type == "rating"}
    return (lowest.pop() or 0.0) if len(lowest) == 1 else 0.0


def _ends(spec: ChartSpec, shown: Sequence[Figure], unit: str) -> tuple[float, float]:
    values = [float(round_half_up(figure.estimate or 0.0, figure.decimals)) for figure in shown]
    step = STEPS.get(unit, 1.0)
    low = min(0.0, step * math.floor(min(values) / step)) if spec.minimum is None else spec.minimum
    high = spec.maximum
    if high is None:
        high = max(0.0, step * (math.floor(max(values) / step) + 1))
        high = min(FULL_BAR, high) if unit == "percent" else high
    for figure, value in zip(shown, values, strict=True):
        if not low <= value <= high:
            raise RenderError(
                f"'{figure.address}' is {value:g}, outside the axis from {low:g} to {high:g}; "
                "change minimum or maximum of the chart"
            )
    return low, high
