"""Models of deck.yaml: which slides, in which order, showing which figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from wavedeck.study.base import (
    GroupName,
    Identifier,
    LocalText,
    PlacedError,
    Strict,
    WaveName,
    refuse_twice,
)
from wavedeck.study.visuals import (
    CellNote,
    ChartSpec,
    Dimension,
    Order,
    Quote,
    QuotesSpec,
    Selection,
    TableSpec,
    WaveRef,
)

__all__ = [
    "CellNote",
    "ChartSpec",
    "Dimension",
    "Order",
    "Quote",
    "QuotesSpec",
    "Selection",
    "TableSpec",
    "WaveRef",
]


class SlideBase(Strict):
    """What every slide has."""

    id: Identifier = Field(description="Name of the slide, stable between waves.")
    text: str | None = Field(
        None, description="Template under `templates/<study>/`; default: the slide's id."
    )
    part: Identifier | None = Field(None, description="Part it is about; needed when the study has several.")
    layout: str | None = Field(None, description="Layout of the house template; default: by kind.")
    waves: list[WaveName] | None = Field(
        None, description="Waves whose report has this slide; all if left out."
    )
    notes: LocalText | None = Field(None, description="Speaker notes.")


class CoverSlide(SlideBase):
    """Title of the study and the wave."""

    kind: Literal["cover"] = Field(description="Kind of slide.")


class ContentsSlide(SlideBase):
    """Chapters with page numbers."""

    kind: Literal["contents"] = Field(description="Kind of slide.")


class DividerSlide(SlideBase):
    """Start of a chapter, or of a section in it; the contents list sections where there is room."""

    kind: Literal["divider"] = Field(description="Kind of slide.")
    level: Literal[1, 2] = Field(1, description="1 for a chapter, 2 for a section within one.")


class TextSlide(SlideBase):
    """Title and prose, in one or two columns or in blocks."""

    kind: Literal["text"] = Field(description="Kind of slide.")
    form: Literal["prose", "columns", "blocks"] = Field(
        "prose",
        description="columns: the areas `left` and `right` of the template; blocks: each heading opens a "
        "block, and blocks close up where one is empty.",
    )
    across: int | None = Field(
        None, ge=1, le=4, description="blocks: how many stand side by side; default 2, of three all."
    )
    continues: Identifier | None = Field(
        None, description="Slide whose numbered paragraphs and headings this one counts on from."
    )


class ChartSlide(SlideBase):
    """A chart, alone or with text beside it."""

    kind: Literal["chart"] = Field(description="Kind of slide.")
    chart: ChartSpec = Field(description="The chart.")


class TableSlide(SlideBase):
    """A table of figures: response, composition, crosstab or trend."""

    kind: Literal["response", "composition", "crosstab", "trend"] = Field(description="Kind of slide.")
    table: TableSpec = Field(description="The table.")


class QuotesSlide(SlideBase, QuotesSpec):
    """Cleared quotes, labelled by group."""

    kind: Literal["quotes"] = Field(description="Kind of slide.")


class MatrixAxis(Strict):
    """How one axis of a matrix looks."""

    title: LocalText | None = Field(None, description="What the axis is called; default: importance, rating.")
    low: LocalText | None = Field(None, description="Word at its lower end, such as little impact.")
    high: LocalText | None = Field(None, description="Word at its upper end, such as much impact.")
    numbers: bool = Field(True, description="Whether numbers stand along the axis.")


class MatrixSlide(SlideBase):
    """Importance against rating of the drivers of an analysis, cut into quadrants."""

    kind: Literal["matrix"] = Field(description="Kind of slide.")
    analysis: Identifier = Field(description="Analysis of impact.yaml.")
    group: GroupName = Field("all", description="Group whose model is drawn.")
    importance_axis: MatrixAxis = Field(default_factory=MatrixAxis, description="The axis to the right.")
    rating_axis: MatrixAxis = Field(default_factory=MatrixAxis, description="The axis upwards.")
    uncertainty: Literal["none", "ratings", "importance", "both"] = Field(
        "none", description="Intervals that are drawn through the bubbles."
    )
    colours: Literal["auto", "kinds", "quadrants"] = Field(
        "auto", description="What colours tell apart; auto: kinds of aspect where items have them."
    )


class View(Strict):
    """One thing on a slide with several: a chart, a table, quotes, or an area of the template."""

    id: Identifier | None = Field(
        None, description="Behind the slide's id, the name of chart or table; default: its number."
    )
    title: LocalText | None = Field(None, description="Heading over it.")
    size: float = Field(1.0, gt=0, description="Share of the column's height; texts take what they need.")
    question: bool = Field(True, description="Whether question and base are printed.")
    chart: ChartSpec | None = Field(None, description="A chart.")
    table: TableSpec | None = Field(None, description="A table.")
    quotes: QuotesSpec | None = Field(None, description="Quotes.")
    text: Identifier | None = Field(
        None, description="An area of the template; `body` is what stands outside areas."
    )

    @model_validator(mode="after")
    def _one_thing(self) -> View:
        given = [name for name in ("chart", "table", "quotes", "text") if getattr(self, name) is not None]
        if len(given) != 1:
            found = f"has {' and '.join(given)}" if given else "has none of them"
            raise PlacedError([((), f"needs one of chart, table, quotes and text; it {found}")])
        return self


class ViewColumn(Strict):
    """A column of a slide with several things."""

    size: float = Field(1.0, gt=0, description="Share of the slide's width.")
    down: list[View] = Field(min_length=1, description="What stands in it, from the top.")


class ResultsSlide(SlideBase):
    """Several charts, tables, quotes and texts, in columns."""

    kind: Literal["results"] = Field(description="Kind of slide.")
    above: Identifier | None = Field(None, description="Area of the template over all columns.")
    across: list[ViewColumn] = Field(min_length=1, max_length=4, description="Columns from the left.")

    def views(self) -> Iterator[tuple[str, View]]:
        """Yield each view with its name, column by column; charts and tables are counted apart from texts."""
        counts = {True: 0, False: 0}
        for view in (view for column in self.across for view in column.down):
            drawn = view.chart is not None or view.table is not None
            counts[drawn] += 1
            yield f"{self.id}_{view.id or counts[drawn]}", view

    @model_validator(mode="after")
    def _names_once(self) -> ResultsSlide:
        names = [name for name, view in self.views() if view.chart or view.table]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise PlacedError([(("across",), f"two views are called {twice[0]}; give each an id of its own")])
        return self


Slide = Annotated[
    CoverSlide
    | ContentsSlide
    | DividerSlide
    | TextSlide
    | ChartSlide
    | TableSlide
    | QuotesSlide
    | MatrixSlide
    | ResultsSlide,
    Field(discriminator="kind"),
]


class DeckSpec(Strict):
    """deck.yaml: the slides in order."""

    slides: list[Slide] = Field(min_length=1, description="Slides in order.")

    def slides_in(self, wave: str) -> list[Slide]:
        """Return the slides of one wave's report."""
        return [slide for slide in self.slides if slide.waves is None or wave in slide.waves]

    @model_validator(mode="after")
    def _ids_once(self) -> DeckSpec:
        refuse_twice("slides", [slide.id for slide in self.slides])
        return self

    @model_validator(mode="after")
    def _continued_slides_come_first(self) -> DeckSpec:
        before: set[str] = set()
        for place, slide in enumerate(self.slides):
            wanted = slide.continues if isinstance(slide, TextSlide) else None
            if wanted is not None and wanted not in before:
                message = f"'{wanted}' is no text slide before this one"
                raise PlacedError([(("slides", place, "continues"), message)])
            before |= {slide.id} if isinstance(slide, TextSlide) else set()
        return self
