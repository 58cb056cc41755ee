"""Models of study.yaml; those of cleaning.yaml, groups.yaml and weighting.yaml can be had here too."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from wavedeck.study.base import (
    ANY_LANGUAGE,
    Identifier,
    LocalText,
    Strict,
    StudyName,
    WaveName,
    refuse_twice,
)
from wavedeck.study.cleaning import Action, Cleaning, CleaningRule
from wavedeck.study.grouping import Breakdown, DerivedCategory, DerivedVariable, Group, Groups, IdList
from wavedeck.study.weights import Cell, Margin, PartWeighting, Weighting

__all__ = [
    "Action",
    "Breakdown",
    "Cell",
    "Cleaning",
    "CleaningRule",
    "DerivedCategory",
    "DerivedVariable",
    "DesignSpec",
    "Disclosure",
    "Group",
    "Groups",
    "IdList",
    "IsoDate",
    "Margin",
    "Part",
    "PartWeighting",
    "Reliability",
    "Sha256",
    "Source",
    "SourceOverride",
    "StudySettings",
    "Suppression",
    "Tests",
    "Wave",
    "Weighting",
]

IsoDate = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class SourceOverride(Strict):
    """What differs about the raw file of one wave."""

    file: str | None = Field(None, description="Path of this wave's file.")
    format: Literal["csv", "sav", "xlsx"] | None = Field(None, description="Kind of this wave's file.")
    delimiter: str | None = Field(None, description="Delimiter of this wave's CSV.")
    encoding: str | None = Field(None, description="Encoding of this wave's CSV.")
    sheet: str | None = Field(None, description="Sheet of this wave's Excel file.")


class Source(Strict):
    """Where the raw file of a part stands and how it is written."""

    file: str = Field(description="Path from the study folder's root; `{wave}` stands for the wave.")
    format: Literal["csv", "sav", "xlsx"] = Field(description="Kind of raw file.")
    delimiter: str | None = Field(None, description="CSV: sniffed when left out.")
    encoding: str | None = Field(None, description="CSV: utf-8 is tried first when left out.")
    sheet: str | None = Field(None, description="Excel: the first sheet when left out.")
    checksums: dict[WaveName, Sha256] = Field(
        default_factory=dict, description="Wave -> SHA-256 of its file."
    )
    by_wave: dict[WaveName, SourceOverride] = Field(
        default_factory=dict, description="What differs about the file of a wave."
    )


class DesignSpec(Strict):
    """Variables that carry the sample design."""

    strata: Identifier | None = Field(None, description="Variable that names the stratum.")
    clusters: Identifier | None = Field(
        None, description="Variable that names the cluster (primary sampling unit)."
    )
    lonely_strata: Literal["fail", "certainty", "adjust", "average"] = Field(
        "fail", description="What to do with a stratum of one cluster; the names of R's survey.lonely.psu."
    )


class Part(Strict):
    """One population of the study with a raw file of its own."""

    label: LocalText = Field(description="What the part is called.")
    respondents: LocalText | None = Field(None, description="Plural noun for base lines, e.g. passengers.")
    source: Source = Field(description="Where its raw files are.")
    id: Identifier = Field(description="Variable that identifies a respondent within a wave.")
    design: DesignSpec = Field(default_factory=DesignSpec, description="Its sample design.")
    ignore_columns: list[str] = Field(
        default_factory=list,
        description="Raw columns that the study leaves aside; `*` and `?` are wildcards.",
    )
    gross: dict[WaveName, int] = Field(default_factory=dict, description="Gross sample per wave.")
    waves: list[WaveName] | None = Field(None, description="Waves that have it; all if left out.")


class Wave(Strict):
    """One round of fieldwork."""

    id: WaveName = Field(description="Name of the wave, in quotes.")
    label: LocalText | None = Field(None, description="What readers see; default: the id.")
    fieldwork: dict[Identifier, LocalText] | LocalText = Field(
        default_factory=dict, description="Fieldwork period in words, per part or for all."
    )
    published: IsoDate = Field(description="Date on the report; also the date inside the files.")


class Reliability(Strict):
    """Too few answers to be worth printing."""

    minimum: int = Field(30, ge=0, description="Smallest unweighted base that is printed.")
    low_base: int = Field(0, ge=0, description="Below this base a figure is printed with a low-base note.")


class Disclosure(Strict):
    """So few answers that someone could be recognised."""

    minimum: int = Field(ge=0, description="Smallest unweighted base that may leave the house.")
    remainder: Literal["hide", "show"] = Field(
        "hide",
        description="What to do about respondents whom no group holds, such as those who did not state their "
        "sex. Fewer than the minimum, they could be worked out from a total and its groups: `hide` hides the "
        "smallest group too; `show` says that nobody could recognise them.",
    )


class Suppression(Strict):
    """The two rules of suppression."""

    reliability: Reliability = Field(
        default_factory=Reliability, description="Bases too small to be worth printing."
    )
    disclosure: Disclosure | None = Field(
        None, description="Bases so small that someone could be recognised."
    )


class Tests(Strict):
    """How differences are tested."""

    level: float = Field(0.05, gt=0, lt=1, description="Significance level.")
    correction: Literal["none", "holm", "bonferroni", "bh"] = Field(
        "none", description="Correction for many tests in one table or chart."
    )
    minimum_base: int = Field(30, ge=2, description="No test below this base.")
    minimum_difference: dict[str, float] = Field(
        default_factory=dict, description="Unit -> smallest difference that is marked."
    )
    stated_wave: WaveName | None = Field(None, description="Wave to compare with beside the previous one.")


class StudySettings(Strict):
    """study.yaml: what the study is."""

    study: StudyName = Field(description="Name of the study; also the name of its folder.")
    title: LocalText = Field(description="Title on the cover.")
    subtitle: LocalText | None = Field(None, description="Second line on the cover.")
    author: LocalText = Field(description="The agency on the cover and in the file properties.")
    commissioner: LocalText | None = Field(None, description="Who ordered the study.")
    languages: list[str] = Field(min_length=1, description="The first is the main language.")
    dummy: bool = Field(False, description="Made-up respondents: every slide says so.")
    parts: dict[Identifier, Part] = Field(description="Populations, each with raw files of its own.")
    waves: list[Wave] = Field(min_length=1, description="Oldest first.")
    suppression: Suppression = Field(default_factory=Suppression, description="When figures are not printed.")
    tests: Tests = Field(default_factory=Tests, description="How differences are tested.")
    decimals: dict[str, int] = Field(
        default_factory=dict, description="Unit (mark, percent, nps, count, points) -> decimals printed."
    )
    claims: Literal["list", "strict"] = Field(
        "list",
        description="A claim in a text that does not hold: `list` prints its alternative and lists it; "
        "`strict` stops the report.",
    )
    house: Identifier = Field("house", description="Folder under templates/ with deck.pptx and style.yaml.")
    constants: dict[str, LocalText] = Field(
        default_factory=dict, description="Declared constants: numbers in texts that are no figures."
    )

    @model_validator(mode="after")
    def _waves_once(self) -> StudySettings:
        refuse_twice("waves", [wave.id for wave in self.waves])
        return self

    def fieldwork(self, wave: str, part: str) -> dict[str, str] | None:
        """Return the fieldwork period of one part in words, by language; None when not declared."""
        declared = next(entry for entry in self.waves if entry.id == wave).fieldwork
        if part in declared and part in self.parts:
            own = declared[part]
            return own if isinstance(own, dict) else {ANY_LANGUAGE: own}
        if not declared or set(declared) & set(self.parts):
            return None
        return {
            language: text if isinstance(text, str) else text[ANY_LANGUAGE]
            for language, text in declared.items()
        }
