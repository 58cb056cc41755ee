"""Where labels stand: beside the markers of lines, and for segments that are missing."""

from __future__ import annotations

from itertools import pairwise

from wavedeck.render.chart.description import Chart, Series
from wavedeck.render.measure import line_height


def label_sides(chart: Chart, height: float, size: float) -> list[list[str]]:
    """Return ``t`` or ``b`` per series and point: above its marker, or below near another line.

    Parameters
    ----------
    chart
        A chart of lines.
    height
        Height of the plot in inches.
    size
        Type size of the labels in points.
    """
    span = chart.axis.maximum - chart.axis.minimum
    sides = [["t"] * len(chart.categories) for _ in chart.series]
    for place in range(len(chart.categories)):
        shown = [
            (one.points[place].value or 0.0, number)
            for number, one in enumerate(chart.series)
            if one.points[place].visible
        ]
        ordered = sorted(shown, key=lambda pair: -pair[0])
        for (higher, _), (lower, number) in pairwise(ordered):
            if (higher - lower) / span * height < 2.1 * line_height(size):
                sides[number][place] = "b"
    return sides


def signed_rows(series: Series, chart: Chart) -> list[int]:
    """Return the rows of stacked bars in which a series prints a sign for its missing segment.

    A row without any segment prints one sign, at its start.
    """
    first = series is chart.series[0]
    return [
        place
        for place, point in enumerate(series.points)
        if not point.visible and (first or any(one.points[place].visible for one in chart.series))
    ]
