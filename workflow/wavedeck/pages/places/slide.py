"""Read one slide beside its page: which words belong to which shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wavedeck.audit.verify.ooxml import Package
from wavedeck.audit.verify.slides import SLIDE_NUMBER, Slide
from wavedeck.pages.places.charts import ChartSpots, find_chart
from wavedeck.pages.places.frames import Placed
from wavedeck.pages.places.locate import Spots, locate
from wavedeck.pages.places.plots import Plot, read_plot
from wavedeck.pages.places.table import locate_cells
from wavedeck.pages.places.words import Stream, Word

#: Bullets and numbers that a viewer draws before a paragraph.
_GAP = 4


@dataclass(frozen=True)
class ShapeSpots:
    """A shape and where its texts stand.

    Attributes
    ----------
    placed
        The shape and its frame.
    paragraphs
        Of a text.
    cells
        Of a table, by row and column from 1.
    chart, plot
        Of a chart.
    """

    placed: Placed
    paragraphs: Spots = ()
    cells: Mapping[tuple[int, int], Spots] | None = None
    chart: ChartSpots | None = None
    plot: Plot | None = None

    @property
    def element(self) -> str:
        """Return the name that the ledger gives it."""
        return self.placed.shape.element


def read_slide(
    package: Package, slide: Slide, placed: Sequence[Placed], page: Stream, language: str
) -> tuple[ShapeSpots, ...]:
    """Find the texts of all shapes: texts and tables first, charts among the words that are left."""
    found: dict[int, ShapeSpots] = {}
    order = sorted(range(len(placed)), key=lambda number: _rank(placed[number]))
    for number in order:
        one = placed[number]
        if one.shape.hidden:
            continue
        spots = _read_shape(package, slide, one, page, language)
        found[number] = spots
        page = page.without(_words(spots))
    return tuple(found[number] for number in sorted(found))


def _rank(one: Placed) -> int:
    """Return when a shape chooses its words: long texts first, charts last."""
    shape = one.shape
    if shape.chart is not None:
        return 2
    return 0 if shape.rows is not None or len(shape.text) > _GAP else 1


def _read_shape(package: Package, slide: Slide, one: Placed, page: Stream, language: str) -> ShapeSpots:
    shape = one.shape
    if shape.rows is not None:
        return ShapeSpots(one, cells=locate_cells(page, one))
    if shape.chart is not None:
        plot = read_plot(package.xml(one.chart), shape.chart.series, one.frame) if one.chart else None
        chart = find_chart(page, shape.chart, plot, one.frame, language)
        return ShapeSpots(one, chart=chart, plot=plot)
    texts = [text.replace(SLIDE_NUMBER, str(slide.number)) for text in shape.paragraphs]
    return ShapeSpots(one, paragraphs=locate(page, texts, one.frame, gap=_GAP) if any(texts) else ())


def _words(one: ShapeSpots) -> list[Word]:
    spots = [*one.paragraphs, *(spot for cell in (one.cells or {}).values() for spot in cell)]
    words = [word for spot in spots if spot is not None for word in spot.words]
    return [*words, *(one.chart.words() if one.chart else ())]
