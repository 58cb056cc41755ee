"""Models of deck.yaml: which slides, in which order, showing which figures.

Figures for a chart or table are chosen by `Selection` and laid out along dimensions: `indicator`,
`item`, `category`, `group`, `wave`. A dimension with one value needs no place.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from wavedeck.study.base import GroupName, Identifier, LocalText, Strict

Dimension = Literal["indicator", "item", "category", "group", "wave"]
WaveRef = str | int


class Selection(Strict):
    """Which figures: every combination of the values given."""

    part: Identifier | None = Field(None, description="Default: the slide's part, or the study's only part.")
    indicators: list[Identifier] = Field(min_length=1)
    items: list[str] | None = Field(None, description="Default: all items of the indicators, codebook order.")
    categories: list[str] | None = Field(None, description="Default: all categories, codebook order.")
    groups: list[GroupName] = Field(
        default_factory=lambda: ["all"], description="Groups; a breakdown's name stands for its groups."
    )
    waves: list[WaveRef] | Literal["all"] = Field(
        default_factory=lambda: [0],
        description="0 is the wave being built, -1 the one before, `first` the first; `all` for every one.",
    )


class Order(Strict):
    """Order of the rows of a chart or table."""

    by: Literal["declared", "value"] = "declared"
    descending: bool = True
    wave: WaveRef = 0
    group: GroupName | None = None


class ChartSpec(Selection):
    """A chart."""

    kind: Literal["bars", "panels", "stacked", "columns", "lines", "nps"]
    rows: Dimension = Field("item", description="What stands along the axis.")
    series: Dimension | None = Field(None, description="What the colours tell apart.")
    panels: Dimension | None = Field(None, description="kind panels: what each panel is.")
    means: Identifier | None = Field(
        None, description="stacked: indicator whose mean stands beside each bar."
    )
    order: Order = Order()
    marks: Literal["none", "previous", "stated", "rest"] = "none"
    minimum: float | None = Field(None, description="Lower end of the axis.")
    maximum: float | None = Field(None, description="Upper end of the axis.")


class TableSpec(Selection):
    """A table of figures."""

    rows: list[Dimension] = Field(default_factory=lambda: ["item"], min_length=1)
    columns: list[Dimension] = Field(default_factory=lambda: ["wave"])
    order: Order = Order()
    marks: Literal["none", "previous", "stated", "rest"] = "none"
    bases: bool = Field(False, description="Add the number of respondents behind each column.")
    blocks: Literal[1, 2] = Field(1, description="Lay long tables in two blocks side by side.")


class Quote(Strict):
    """One cleared quote with the group it is labelled with."""

    text: LocalText
    group: GroupName


class SlideBase(Strict):
    """What every slide has."""

    id: Identifier
    text: str | None = Field(None, description="Template under templates/<study>/; default: the slide's id.")
    part: Identifier | None = None
    layout: str | None = Field(None, description="Layout of the house template; default: by kind.")
    notes: LocalText | None = None


class CoverSlide(SlideBase):
    """Title of the study and the wave."""

    kind: Literal["cover"]


class ContentsSlide(SlideBase):
    """Chapters with page numbers."""

    kind: Literal["contents"]


class DividerSlide(SlideBase):
    """Start of a chapter; a level-2 divider is not in the contents."""

    kind: Literal["divider"]
    level: Literal[1, 2] = 1


class TextSlide(SlideBase):
    """Title and prose."""

    kind: Literal["text"]


class ChartSlide(SlideBase):
    """A chart, alone or with text beside it."""

    kind: Literal["chart"]
    chart: ChartSpec


class TableSlide(SlideBase):
    """A table of figures: response, composition, crosstab or trend."""

    kind: Literal["response", "composition", "crosstab", "trend"]
    table: TableSpec


class QuotesSlide(SlideBase):
    """Cleared quotes, labelled by group."""

    kind: Literal["quotes"]
    variable: Identifier | None = Field(None, description="Question that the quotes answer.")
    quotes: list[Quote] = Field(min_length=1)


Slide = Annotated[
    CoverSlide | ContentsSlide | DividerSlide | TextSlide | ChartSlide | TableSlide | QuotesSlide,
    Field(discriminator="kind"),
]


class DeckSpec(Strict):
    """deck.yaml: the slides in order."""

    slides: list[Slide] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_once(self) -> DeckSpec:
        names = [slide.id for slide in self.slides]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"slide id '{twice[0]}' stands twice; give each slide an id of its own")
        return self
