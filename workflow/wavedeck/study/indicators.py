"""Models of indicators.yaml: what is computed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from wavedeck.study.base import GroupName, Identifier, LocalText, Strict, WaveName

Unit = Literal["mark", "percent", "nps", "count", "points"]


class IndicatorBase(Strict):
    """What every indicator has."""

    label: LocalText
    parts: list[Identifier] | None = Field(None, description="Parts that have it; all if left out.")
    groups: list[GroupName] = Field(
        default_factory=lambda: ["all"],
        description="Groups and breakdowns it is computed for, crossed as a*b.",
    )
    waves: list[WaveName] | None = None
    decimals: int | None = Field(None, ge=0, le=6)
    note: LocalText | None = Field(None, description="Footnote printed wherever it is shown.")


class MeanIndicator(IndicatorBase):
    """Weighted mean of a rating or number; batteries give one figure per item."""

    statistic: Literal["mean"]
    variable: Identifier
    unit: Unit = "mark"


class ShareIndicator(IndicatorBase):
    """Share of respondents in one category or in a net of several, of those who answered."""

    statistic: Literal["share"]
    variable: Identifier
    categories: list[str] = Field(min_length=1)
    unit: Literal["percent"] = "percent"


class DistributionIndicator(IndicatorBase):
    """Share of each category, and of declared nets, of those who answered."""

    statistic: Literal["distribution"]
    variable: Identifier
    nets: dict[Identifier, Net] = Field(default_factory=dict)
    unit: Literal["percent"] = "percent"


class Net(Strict):
    """Several categories taken together."""

    label: LocalText
    categories: list[str] = Field(min_length=2)


class NpsIndicator(IndicatorBase):
    """Share of promoters (9, 10) less share of detractors (0 to 6), on a scale of 0 to 10."""

    statistic: Literal["nps"]
    variable: Identifier
    unit: Literal["nps"] = "nps"


class MultipleIndicator(IndicatorBase):
    """Share of each category of a multiple-response question."""

    statistic: Literal["multiple"]
    variable: Identifier
    per: Literal["respondents", "answers"] = "respondents"
    nets: dict[Identifier, Net] = Field(default_factory=dict)
    unit: Literal["percent"] = "percent"


class CountIndicator(IndicatorBase):
    """Number of respondents, unweighted."""

    statistic: Literal["count"]
    unit: Literal["count"] = "count"


class GrossIndicator(IndicatorBase):
    """Gross sample as the study declares it."""

    statistic: Literal["gross"]
    unit: Literal["count"] = "count"


class ResponseRateIndicator(IndicatorBase):
    """Respondents as a share of the gross sample."""

    statistic: Literal["response_rate"]
    unit: Literal["percent"] = "percent"


class CompositionIndicator(IndicatorBase):
    """Share of a group's respondents who belong to each of other groups."""

    statistic: Literal["composition"]
    of: list[GroupName] = Field(min_length=1, description="Groups or breakdowns whose shares are taken.")
    weighted: bool = True
    unit: Literal["percent"] = "percent"


class DifferenceIndicator(IndicatorBase):
    """One indicator less another, within the same group and wave; both may have items."""

    statistic: Literal["difference"]
    of: str = Field(description="Indicator, with @item and .category where it has them.")
    minus: str
    unit: Literal["points", "mark", "percent", "nps"] = "points"


class RangeIndicator(IndicatorBase):
    """Lowest and highest figure over the items of an indicator or over groups, and the gap between them."""

    statistic: Literal["range"]
    of: str
    over: list[GroupName] | Literal["items", "categories"]
    unit: Unit = "mark"


class BenchmarkIndicator(IndicatorBase):
    """Outside figure, declared with its source."""

    statistic: Literal["benchmark"]
    values: dict[WaveName, float]
    source: LocalText
    unit: Unit = "mark"


Indicator = Annotated[
    MeanIndicator
    | ShareIndicator
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

    indicators: dict[Identifier, Indicator]
