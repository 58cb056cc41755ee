"""Models of indicators.yaml: what is computed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from wavedeck.study.base import GroupName, Identifier, LocalText, Strict, WaveName

Unit = Literal["mark", "percent", "nps", "count", "points"]


class IndicatorBase(Strict):
    """What every indicator has."""

    label: LocalText = Field(description="What it is called in tables and charts.")
    parts: list[Identifier] | None = Field(None, description="Parts that have it; all if left out.")
    groups: list[GroupName] = Field(
        default_factory=lambda: ["all"],
        description="Groups and breakdowns it is computed for, crossed as `a*b`.",
    )
    waves: list[WaveName] | None = Field(None, description="Waves it is computed for; all if left out.")
    decimals: int | None = Field(
        None, ge=0, le=6, description="Decimals printed; default: those of its unit."
    )
    note: LocalText | None = Field(None, description="Footnote printed wherever it is shown.")


class MeanIndicator(IndicatorBase):
    """Weighted mean of a rating or number; batteries give one figure per item."""

    statistic: Literal["mean"] = Field(description="Kind of indicator.")
    variable: Identifier = Field(description="Rating or number.")
    unit: Unit = Field("mark", description="Unit of the figures.")


class ShareIndicator(IndicatorBase):
    """Share of respondents in one category or in a net of several, of those who answered."""

    statistic: Literal["share"] = Field(description="Kind of indicator.")
    variable: Identifier = Field(description="Variable, or battery for one figure per item.")
    categories: Annotated[list[str], Field(min_length=1)] | dict[Identifier, list[str]] = Field(
        min_length=1,
        description="Categories taken together; or item -> its own, such as the right answers to a quiz.",
    )
    unit: Literal["percent"] = Field("percent", description="Unit of the figures.")

    def counted(self, item: str) -> tuple[str, ...]:
        """Return the categories that count for one item."""
        return tuple(self.categories.get(item, ()) if isinstance(self.categories, dict) else self.categories)


class NotApplicableIndicator(IndicatorBase):
    """Share to whom a question does not apply, of those who answered it or said so."""

    statistic: Literal["not_applicable"] = Field(description="Kind of indicator.")
    variable: Identifier = Field(description="Variable, or battery for one figure per item.")
    unit: Literal["percent"] = Field("percent", description="Unit of the figures.")


class Net(Strict):
    """Several categories taken together."""

    label: LocalText = Field(description="What the net is called.")
    categories: list[str] = Field(min_length=2, description="Categories in it.")


class DistributionIndicator(IndicatorBase):
    """Share of each category, and of declared nets, of those who answered."""

    statistic: Literal["distribution"] = Field(description="Kind of indicator.")
    variable: Identifier = Field(description="Variable, or battery for one distribution per item.")
    nets: dict[Identifier, Net] = Field(
        default_factory=dict, description="Net id -> categories taken together."
    )
    unit: Literal["percent"] = Field("percent", description="Unit of the figures.")


class NpsIndicator(IndicatorBase):
    """Share of promoters (9, 10) less share of detractors (0 to 6), on a scale of 0 to 10."""

    statistic: Literal["nps"] = Field(description="Kind of indicator.")
    variable: Identifier = Field(description="Variable of type nps.")
    unit: Literal["nps"] = Field("nps", description="Unit of the figures.")


class MultipleIndicator(IndicatorBase):
    """Share of each category of a multiple-response question."""

    statistic: Literal["multiple"] = Field(description="Kind of indicator.")
    variable: Identifier = Field(description="Variable of type multi.")
    per: Literal["respondents", "answers"] = Field(
        "respondents", description="Share of respondents, or of all answers given."
    )
    nets: dict[Identifier, Net] = Field(
        default_factory=dict, description="Net id -> categories taken together."
    )
    unit: Literal["percent"] = Field("percent", description="Unit of the figures.")


class CountIndicator(IndicatorBase):
    """Number of respondents, unweighted."""

    statistic: Literal["count"] = Field(description="Kind of indicator.")
    unit: Literal["count"] = Field("count", description="Unit of the figures.")


class GrossIndicator(IndicatorBase):
    """Gross sample as the study declares it."""

    statistic: Literal["gross"] = Field(description="Kind of indicator.")
    unit: Literal["count"] = Field("count", description="Unit of the figures.")


class ResponseRateIndicator(IndicatorBase):
    """Respondents as a share of the gross sample."""

    statistic: Literal["response_rate"] = Field(description="Kind of indicator.")
    unit: Literal["percent"] = Field("percent", description="Unit of the figures.")


class CompositionIndicator(IndicatorBase):
    """Share of a group's respondents who belong to each of other groups."""

    statistic: Literal["composition"] = Field(description="Kind of indicator.")
    of: list[GroupName] = Field(min_length=1, description="Groups or breakdowns whose shares are taken.")
    weighted: bool = Field(True, description="Weight the shares.")
    unit: Literal["percent"] = Field("percent", description="Unit of the figures.")


class DifferenceIndicator(IndicatorBase):
    """One indicator less another, within the same group and wave; both may have items."""

    statistic: Literal["difference"] = Field(description="Kind of indicator.")
    of: str = Field(description="Indicator, with @item and .category where it has them.")
    minus: str = Field(description="Indicator taken off, written like `of`.")
    unit: Literal["points", "mark", "percent", "nps"] = Field("points", description="Unit of the figures.")


class RangeIndicator(IndicatorBase):
    """Lowest and highest figure over the items of an indicator or over groups, and the gap between them."""

    statistic: Literal["range"] = Field(description="Kind of indicator.")
    of: str = Field(description="Indicator, with @item and .category where it has them.")
    over: list[GroupName] | Literal["items", "categories"] = Field(
        description="Groups, or `items` or `categories` of the indicator."
    )
    unit: Unit = Field("mark", description="Unit of the figures.")


class BenchmarkIndicator(IndicatorBase):
    """Outside figure, declared with its source."""

    statistic: Literal["benchmark"] = Field(description="Kind of indicator.")
    values: dict[WaveName, float] = Field(description="Wave -> figure.")
    source: LocalText = Field(description="Where the figures come from.")
    unit: Unit = Field("mark", description="Unit of the figures.")


Indicator = Annotated[
    MeanIndicator
    | ShareIndicator
    | NotApplicableIndicator
    | DistributionIndicator
    | NpsIndicator
    | MultipleIndicator
    | CountIndicator
    | GrossIndicator
    | ResponseRateIndicator
    | CompositionIndicator
    | DifferenceIndicator
    | RangeIndicator
    | BenchmarkIndicator,
    Field(discriminator="statistic"),
]


class Indicators(Strict):
    """indicators.yaml: name -> indicator."""

    indicators: dict[Identifier, Indicator] = Field(
        description="Indicators by name; the name is in the address."
    )
