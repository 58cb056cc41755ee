"""Models of study.yaml, cleaning.yaml, groups.yaml and weighting.yaml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from wavedeck.study.base import (
    ANY_LANGUAGE,
    GroupName,
    Identifier,
    LocalText,
    Strict,
    StudyName,
    WaveName,
    refuse_twice,
)
from wavedeck.study.conditions import Where

IsoDate = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


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


class SourceOverride(Strict):
    """What differs about the raw file of one wave."""

    file: str | None = Field(None, description="Path of this wave's file.")
    format: Literal["csv", "sav", "xlsx"] | None = Field(None, description="Kind of this wave's file.")
    delimiter: str | None = Field(None, description="Delimiter of this wave's CSV.")
    encoding: str | None = Field(None, description="Encoding of this wave's CSV.")
    sheet: str | None = Field(None, description="Sheet of this wave's Excel file.")


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


Action = Literal["stop", "set_missing", "leave_uncoded", "keep"]


class CleaningRule(Strict):
    """One declared change to the data of one variable."""

    id: Identifier = Field(description="Name of the rule in the cleaning log.")
    parts: list[Identifier] | None = Field(None, description="Parts concerned; all if left out.")
    waves: list[WaveName] | None = Field(None, description="Waves concerned; all if left out.")
    where: Where | None = Field(None, description="Rows concerned; all when left out.")
    variable: str | None = Field(None, description="Variable concerned; not for `drop`.")
    action: Literal["set_missing", "recode", "drop"] = Field(description="What is done.")
    to: str | None = Field(None, description="recode: category id or number; set_missing: missing kind.")
    reason: str = Field(description="Why, for who reads the log.")


class Cleaning(Strict):
    """cleaning.yaml: what is done with what should not be there."""

    duplicates: Literal["stop", "keep_first", "keep_last", "keep_all"] = Field(
        "stop", description="Respondents with an id that was seen before."
    )
    unexpected_columns: Literal["stop", "warn"] = Field(
        "warn", description="Raw columns that the codebook does not name."
    )
    unknown_codes: dict[str, Action] = Field(
        default_factory=dict,
        description="Variable (or `default`) -> what to do with codes not in the codebook.",
    )
    out_of_range: dict[str, Action] = Field(
        default_factory=dict,
        description="Variable (or `default`) -> what to do with numbers outside minimum and maximum.",
    )
    routing: dict[str, Action] = Field(
        default_factory=dict,
        description="Variable (or `default`) -> what to do with answers of people not asked.",
    )
    rules: list[CleaningRule] = Field(default_factory=list, description="Declared changes, in order.")


class DerivedCategory(Strict):
    """One category of a derived variable."""

    label: LocalText = Field(description="What the category is called.")
    where: Where = Field(description="Who belongs to it.")


class DerivedVariable(Strict):
    """A variable made from others; the first category that holds counts."""

    label: LocalText = Field(description="What the variable is called.")
    parts: list[Identifier] | None = Field(None, description="Parts that have it; all if left out.")
    categories: dict[Identifier, DerivedCategory] = Field(
        description="Category id -> who belongs to it, in order."
    )


class IdList(Strict):
    """A group defined by a list of ids in a file, one id a line."""

    file: str = Field(description="Path of the file, from the root that holds config/ and data/.")
    variable: Identifier = Field(description="Variable whose values are listed.")


class Group(Strict):
    """A named set of respondents: by condition, as a union of groups, or by a list of ids."""

    label: LocalText = Field(description="Short label for tables and charts.")
    long: LocalText | None = Field(None, description="Longer label for sentences.")
    parts: list[Identifier] | None = Field(None, description="Parts that have it; all if left out.")
    within: GroupName | None = Field(None, description="Group that it is nested in.")
    where: Where | None = Field(None, description="Condition on the responses.")
    union: list[GroupName] | None = Field(None, description="Groups of which one suffices.")
    ids: IdList | None = Field(None, description="List of ids in a file.")

    @model_validator(mode="after")
    def _one_definition(self) -> Group:
        if sum(value is not None for value in (self.where, self.union, self.ids)) != 1:
            raise ValueError("a group has exactly one of where, union, ids")
        return self


class Breakdown(Strict):
    """A set of groups shown together; `variable` makes one group per category."""

    label: LocalText = Field(description="What the set is called.")
    parts: list[Identifier] | None = Field(None, description="Parts that have it; all if left out.")
    groups: list[GroupName] | None = Field(None, description="Groups in order.")
    variable: Identifier | None = Field(None, description="Makes groups named <breakdown>_<category>.")

    @model_validator(mode="after")
    def _one_definition(self) -> Breakdown:
        if (self.groups is None) == (self.variable is None):
            raise ValueError("a breakdown has exactly one of groups, variable")
        return self


class Groups(Strict):
    """groups.yaml: derived variables, groups and breakdowns."""

    all_label: LocalText = Field(
        default_factory=lambda: {ANY_LANGUAGE: "Total", "nl": "Totaal", "de": "Gesamt", "fr": "Ensemble"},
        description="What the group `all`, every respondent of a part, is called.",
    )
    derived: dict[Identifier, DerivedVariable] = Field(
        default_factory=dict, description="Variables made from others."
    )
    groups: dict[Identifier, Group] = Field(default_factory=dict, description="Groups by name.")
    breakdowns: dict[Identifier, Breakdown] = Field(
        default_factory=dict, description="Sets of groups shown together."
    )


class Cell(Strict):
    """One weighting cell, or a cell divided further."""

    group: GroupName = Field(description="Group that makes the cell.")
    target: float = Field(ge=0, description="Percentage of the level it stands in.")
    cells: dict[Identifier, Cell] = Field(
        default_factory=dict, description="Cells within this one, with targets of their own that sum to 100."
    )


class Margin(Strict):
    """Targets of one variable for raking, in percent."""

    variable: Identifier = Field(description="Variable whose categories make the margin.")
    targets: dict[str, float] = Field(description="Category -> percentage; together 100.")


class PartWeighting(Strict):
    """How one part is weighted."""

    method: Literal["none", "given", "cell", "rake"] = Field(description="How the weights are made.")
    variable: Identifier | None = Field(None, description="given: variable that holds the weight.")
    cells: dict[Identifier, Cell] = Field(default_factory=dict, description="cell: nested targets.")
    margins: dict[Identifier, Margin] = Field(default_factory=dict, description="rake: targets per margin.")
    unplaced: Literal["stop", "weight_one", "exclude"] = Field(
        "stop", description="Respondents who fit no cell or lack an answer on a margin."
    )
    minimum: float | None = Field(None, gt=0, description="Lower cap, as a multiple of the mean weight.")
    maximum: float | None = Field(None, gt=0, description="Upper cap, as a multiple of the mean weight.")

    @model_validator(mode="after")
    def _complete(self) -> PartWeighting:
        needed = {"given": self.variable, "cell": self.cells, "rake": self.margins, "none": True}
        key = {"given": "variable", "cell": "cells", "rake": "margins", "none": ""}[self.method]
        if not needed[self.method]:
            raise ValueError(f"method '{self.method}' needs '{key}'")
        return self


class Weighting(Strict):
    """weighting.yaml: one entry per part; parts left out are not weighted."""

    parts: dict[Identifier, PartWeighting] = Field(
        default_factory=dict, description="Part -> how it is weighted."
    )
