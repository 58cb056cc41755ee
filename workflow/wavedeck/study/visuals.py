"""Models of what slides show: figures chosen, charts, tables and quotes.

Figures for a chart or table are chosen by `Selection` and laid out along dimensions: `indicator`,
`item`, `category`, `group`, `wave`. A dimension with one value needs no place.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from wavedeck.study.base import GroupName, Identifier, LocalText, PlacedError, Strict

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
    labels: dict[str, LocalText] = Field(
        default_factory=dict,
        description="Id of an indicator, item, category or group -> what it is called here.",
    )
    within: dict[GroupName, GroupName] = Field(
        default_factory=dict,
        description="Compositions along groups: group -> group of which its share is shown; default: all.",
    )


class Order(Strict):
    """Order of the rows of a chart or table."""

    by: Literal["declared", "value"] = Field(
        "declared", description="As declared, or by the value of the figures."
    )
    descending: bool = Field(True, description="Highest first.")
    wave: WaveRef = Field(0, description="Wave whose figures decide.")
    group: GroupName | None = Field(None, description="Group whose figures decide.")
    last: list[str] = Field(
        default_factory=list, description="Ids that stand at the end whatever the order, such as `none`."
    )


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
    colours: Literal["auto", "scale", "scale_reversed", "sequential", "categories"] = Field(
        "auto",
        description="scale: two hues around a middle, negative end first; scale_reversed: positive end "
        "first; sequential: one from light to dark, for ages or "
        "incomes; categories: unrelated ones; auto: scale for a rating, else categories. "
        "Waves have their own.",
    )
    apart: str = Field(
        "dont_know", description="stacked: category without an opinion, drawn last and in light grey."
    )
    scale: bool = Field(False, description="Print the ends of the answer scale under the chart.")
    minimum: float | None = Field(None, description="Lower end of the axis.")
    maximum: float | None = Field(None, description="Upper end of the axis.")


class CellNote(Strict):
    """A sign printed in cells, in the place of the figure or behind it, and why."""

    at: dict[Dimension, str] = Field(
        min_length=1, description="Dimension -> value; the sign stands in every cell that has all of them."
    )
    sign: str = Field("**", min_length=1, max_length=3, description="What the cells print.")
    behind: bool = Field(False, description="Whether the figure stands too, with the sign behind it.")
    note: LocalText = Field(description="Footnote that explains the sign.")


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
    bases: bool | Literal["heads", "rows"] = Field(
        False,
        description="Add the number of respondents behind each column: as a last row, or in its head; rows: "
        "behind each row, as a last column.",
    )
    indented: list[str] = Field(
        default_factory=list, description="Rows, by id, that stand indented under the one above."
    )
    cells: list[CellNote] = Field(default_factory=list, description="Signs in place of figures or behind.")
    blocks: Literal[1, 2] = Field(1, description="Lay long tables in two blocks side by side.")


class Quote(Strict):
    """One cleared quote with the group it is labelled with."""

    text: LocalText = Field(description="The quote as cleared.")
    group: GroupName = Field(description="Group whose label stands under it.")


class QuotesSpec(Strict):
    """Cleared quotes, labelled by group: chosen by a rule of verbatims.yaml, or typed one by one."""

    selection: Identifier | None = Field(None, description="Rule of verbatims.yaml that chooses them.")
    variable: Identifier | None = Field(
        None, description="Question that typed quotes answer; a selection knows its own."
    )
    quotes: list[Quote] = Field(default_factory=list, description="Typed quotes, in order.")

    @model_validator(mode="after")
    def _one_source(self) -> QuotesSpec:
        if (self.selection is None) == (not self.quotes):
            raise PlacedError([((), "needs either 'selection' or 'quotes'")])
        return self
