"""Draw charts that a colleague can edit in PowerPoint."""

from __future__ import annotations

from typing import Any

from wavedeck.render.boxes import Box
from wavedeck.render.chart.description import Chart
from wavedeck.render.chart.matrix import Matrix
from wavedeck.render.chart.native_lines import draw_columns, draw_lines
from wavedeck.render.chart.native_matrix import draw_matrix
from wavedeck.render.chart.native_rows import draw_rows
from wavedeck.render.chart.pen import Pen
from wavedeck.render.style import HouseStyle


def add_chart(
    slide: Any, place: Any, chart: Chart | Matrix, style: HouseStyle, *, language: str = "en-GB"
) -> tuple[Any, ...]:
    """Draw a native chart on a slide.

    Parameters
    ----------
    slide
        The slide.
    place
        A placeholder, which the chart then fills, or a ``Box`` in inches.
    chart
        What to draw.
    style
        House style.
    language
        Language tag of headings.

    Returns
    -------
    tuple
        Graphic frames: the chart, and those of further panels or of the means.

    Raises
    ------
    RenderError
        When the chart does not fit its place.
    """
    box = place if isinstance(place, Box) else Box.of(place)
    holder = None if isinstance(place, Box) else place
    pen = Pen(style)
    if isinstance(chart, Matrix):
        frames = draw_matrix(slide, holder, box, chart, pen, language=language)
    elif chart.kind in ("bars", "panels", "stacked", "nps"):
        frames = draw_rows(slide, holder, box, chart, pen, language=language)
    elif chart.kind == "columns":
        frames = (draw_columns(slide, holder, box, chart, pen),)
    else:
        frames = (draw_lines(slide, holder, box, chart, pen),)
    return frames
