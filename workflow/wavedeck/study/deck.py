"""Models of deck.yaml: which slides, in which order, showing which figures.

Figures for a chart or table are chosen by `Selection` and laid out along dimensions: `indicator`,
`item`, `category`, `group`, `wave`. A dimension with one value needs no place.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from wavedeck.study.base import GroupName, Identifier, LocalText, Strict, WaveName, refuse_twice

Dimension = Literal["indicator", "item", "category", "group", "wave"]
WaveRef = str | int


def _this_wave() -> list[WaveRef] | Literal["all"]:
    return [0]


def _by_item() -> list[Dimension]:
    return ["item"]


def _by_wave() -> list[Dimension]:
    return ["wave"]


class Selection(Strict):
    """Which figures: every combination of the values given."""

    part: Identifier | None = Field(None, description="Default: the slide's part, or the study's only part.")
    indicators: list[Identifier] = Field(min_length=1, description="Indicators shown, in order.")
    items: list[str] | None = Field(None, description="Default: all items of the indicators, codebook order.")
    categories: list[str] | None = Field(None, description="Default: all categories, codebook order.")
    groups: list[GroupName] = Field(
        default_factory=lambda: ["all"], description="Groups; a breakdown's name stands for its groups."
    )
    waves: list[WaveRef] | Literal["all"] = Field(
        default_factory=_this_wave,
        description="0 is the wave being built, -1 the one before, `first` the first; `all` for every one.",
    )


class Order(Strict):
    """Order of the rows of a chart or table."""

    by: Literal["declared", "value"] = Field(
        "declared", description="As declared, or by the value of the figures."
    )
    descending: bool = Field(True, description="Highest first.")
    wave: WaveRef = Field(0, description="Wave whose figures decide.")
    group: GroupName | None = Field(None, description="Group whose figures decide.")


class ChartSpec(Selection):
    """A chart."""

    kind: Literal["bars", "panels", "stacked", "columns", "lines", "nps"] = Field(
        description="Kind of chart."
    )
    rows: Dimension = Field("item", description="What stands along the axis.")
    series: Dimension | None = Field(None, description="What the colours tell apart.")
    panels: Dimension | None = Field(None, description="kind panels: what each panel is.")
    means: Identifier | None = Field(
        None, description="stacked: indicator whose mean stands beside each bar."
    )
    order: Order = Field(default_factory=Order, description="Order of the rows.")
    marks: Literal["none", "previous", "stated", "rest"] = Field(
        "none", description="Comparison whose marks are printed."
    )
    colours: Literal["auto", "scale", "sequential", "categories"] = Field(
        "auto",
        description="scale: two hues around a middle; sequential: one from light to dark, for ages or "
        "incomes; categories: unrelated ones; auto: scale for a rating, else categories. "
        "Waves have their own.",
    )
    minimum: float | None = Field(None, description="Lower end of the axis.")
    maximum: float | None = Field(None, description="Upper end of the axis.")


class TableSpec(Selection):
    """A table of figures."""

    rows: list[Dimension] = Field(
        default_factory=_by_item, min_length=1, description="What the rows are, outermost first."
    )
    columns: list[Dimension] = Field(
        default_factory=_by_wave, description="What the columns are, outermost first."
    )
    order: Order = Field(default_factory=Order, description="Order of the rows.")
    marks: Literal["none", "previous", "stated", "rest"] = Field(
        "none", description="Comparison whose marks are printed."
    )
    bases: bool = Field(False, description="Add the number of respondents behind each column.")
    blocks: Literal[1, 2] = Field(1, description="Lay long tables in two blocks side by side.")


class Quote(Strict):
    """One cleared quote with the group it is labelled with."""

    text: LocalText = Field(description="The quote as cleared.")
    group: GroupName = Field(description="Group whose label stands under it.")


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
    """Title and prose."""

    kind: Literal["text"] = Field(description="Kind of slide.")


class ChartSlide(SlideBase):
    """A chart, alone or with text beside it."""

    kind: Literal["chart"] = Field(description="Kind of slide.")
    chart: ChartSpec = Field(description="The chart.")


class TableSlide(SlideBase):
    """A table of figures: response, composition, crosstab or trend."""

    kind: Literal["response", "composition", "crosstab", "trend"] = Field(description="Kind of slide.")
    table: TableSpec = Field(description="The table.")


class QuotesSlide(SlideBase):
    """Cleared quotes, labelled by group."""

    kind: Literal["quotes"] = Field(description="Kind of slide.")
    variable: Identifier | None = Field(None, description="Question that the quotes answer.")
    quotes: list[Quote] = Field(min_length=1, description="Quotes in order.")


class MatrixSlide(SlideBase):
    """Importance against rating of the drivers of an analysis, cut into quadrants."""

    kind: Literal["matrix"] = Field(description="Kind of slide.")
    analysis: Identifier = Field(description="Analysis of impact.yaml.")
    group: GroupName = Field("all", description="Group whose model is drawn.")


Slide = Annotated[
    CoverSlide
    | ContentsSlide
    | DividerSlide
    | TextSlide
    | ChartSlide
    | TableSlide
    | QuotesSlide
    | MatrixSlide,
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
