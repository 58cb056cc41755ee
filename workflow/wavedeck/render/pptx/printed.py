"""Record which figure was printed where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wavedeck.render.alternative import figures_of
from wavedeck.render.chart.description import Chart, Point
from wavedeck.render.chart.matrix import Matrix
from wavedeck.render.table import Table
from wavedeck.render.text import Paragraph


@dataclass(frozen=True)
class Printed:
    """One line of the ledger.

    Parameters
    ----------
    slide
        Number of the slide, from 1.
    element
        Shape name and place in it: ``body/p2`` (paragraph), ``table:profile/r3c2`` (row from the top, column
        of the grid), ``chart:overall/s1p4`` (series, point); panels and means as ``chart:overall:2/s1p4``.
        Names of waves: ``chart:overall/c2`` (category), ``chart:overall/s1`` (series), ``chart:overall:2``.
        Alternative texts: ``alt:chart:overall``; workbook cells: ``workbook:chart:overall/B2``.
    address, field
        The figure.
    printed
        The text as printed.
    """

    slide: int
    element: str
    address: str
    field: str
    printed: str


def of_text(slide: int, name: str, content: Sequence[Paragraph]) -> Iterator[Printed]:
    """Give the ledger lines of paragraphs."""
    for position, paragraph in enumerate(content, start=1):
        if paragraph.number:
            number = str(paragraph.number)
            yield Printed(slide, f"{name}/p{position}", "study/deck", "numbering", number)
        for run in paragraph.runs:
            if run.address:
                field = run.field or "estimate"
                yield Printed(slide, f"{name}/p{position}", run.address, field, run.text)


def of_table(slide: int, table: Table) -> Iterator[Printed]:
    """Give the ledger lines of a table."""
    yield from _of_alternative(slide, f"table:{table.id}", table.title_alt)
    for number, row in table.all_rows():
        column = 1
        for cell in row.cells:
            if cell.address:
                element = f"table:{table.id}/r{number + 1}c{column}"
                if cell.mark:
                    yield Printed(slide, element, cell.address, f"{cell.against}.mark", cell.mark)
                yield Printed(slide, element, cell.address, cell.field or "estimate", cell.printed)
            column += cell.span


def of_chart(slide: int, chart: Chart) -> Iterator[Printed]:
    """Give the ledger lines of a chart, its panels and its means, names of waves first."""
    yield from _of_alternatives(slide, chart)
    yield from _wave_names(slide, chart)
    groups = [(f"chart:{chart.id}", [one.points for one in chart.series])] if chart.series else []
    for number, panel in enumerate(chart.panels, start=1):
        groups.append((f"chart:{chart.id}:{number}", [one.points for one in panel.series]))
    if chart.means is not None:
        groups.append((f"chart:{chart.id}:means", [chart.means]))
    for name, series in groups:
        for number, points in enumerate(series, start=1):
            yield from _of_points(slide, f"{name}/s{number}", points)


def _wave_names(slide: int, chart: Chart) -> Iterator[Printed]:
    name = f"chart:{chart.id}"
    legend = chart.panels[0].series if chart.panels else chart.series
    categories = zip(chart.categories, chart.category_waves, strict=False)
    named = [
        *((f"{name}/c{place}", text, wave) for place, (text, wave) in enumerate(categories, start=1)),
        *((f"{name}/s{place}", one.name, one.wave) for place, one in enumerate(legend, start=1)),
        *((f"{name}:{place}", one.title, one.wave) for place, one in enumerate(chart.panels, start=1)),
    ]
    yield from (Printed(slide, element, wave, "wave", text) for element, text, wave in named if wave)


def _of_points(slide: int, name: str, points: Sequence[Point]) -> Iterator[Printed]:
    for position, point in enumerate(points, start=1):
        if point.address:
            element = f"{name}p{position}"
            yield Printed(slide, element, point.address, point.field, point.printed)
            if point.mark and point.visible:
                yield Printed(slide, element, point.address, f"{point.against}.mark", point.mark)


def _of_alternatives(slide: int, chart: Chart) -> Iterator[Printed]:
    """Give the ledger lines of the alternative texts of a chart's frames."""
    frames = [(f"chart:{chart.id}:{place}", one) for place, one in enumerate(chart.panels, start=1)]
    for name, panel in frames:
        if panel.wave:
            yield Printed(slide, f"alt:{name}", panel.wave, "wave", panel.title)
        yield from _of_alternative(slide, name, chart.title_alt)
    if not frames:
        yield from _of_alternative(slide, f"chart:{chart.id}", chart.title_alt)
    if chart.means is not None:
        yield from _of_alternative(slide, f"chart:{chart.id}:means", chart.title_alt)


def _of_alternative(slide: int, name: str, text: str) -> Iterator[Printed]:
    for run in figures_of(text):
        yield Printed(slide, f"alt:{name}", run.address or "", run.field or "estimate", run.text)


def of_matrix(slide: int, matrix: Matrix) -> Iterator[Printed]:
    """Give the ledger lines of a matrix: both borders, then x and y of every point, by series and place."""
    name = f"chart:{matrix.id}"
    for axis, border in zip("xy", matrix.borders, strict=True):
        if border.address:
            yield Printed(slide, f"{name}:border/{axis}", border.address, border.field, border.printed)
    for kind, series in enumerate(matrix.kinds):
        for position, point in enumerate(matrix.of_kind(kind), start=1):
            for axis, one in (("x", point.importance), ("y", point.rating)):
                if one.address:
                    element = f"{name}:{series.name}/p{position}{axis}"
                    yield Printed(slide, element, one.address, one.field, one.printed)
            for axis, ends in (("x", point.importance_ends), ("y", point.rating_ends)):
                for one in ends:
                    element = f"{name}:{series.name}/p{position}{axis}"
                    yield Printed(slide, element, one.address or "", one.field, one.printed)
