"""Models of cleaning.yaml: what is done with what should not be there."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from wavedeck.study.base import Identifier, Strict, WaveName
from wavedeck.study.conditions import Where

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


class CodingRules(Strict):
    """What is done with codes of open answers that do not fit the responses."""

    unknown_respondents: Literal["stop", "leave_out"] = Field(
        "stop", description="Codes for respondents who are not in the raw file."
    )
    without_answer: Literal["stop", "leave_out", "keep"] = Field(
        "stop", description="Codes for respondents who gave no open answer; `keep` counts them."
    )
    uncoded_at_most: float = Field(
        0, ge=0, le=100, description="Percent of the answers that may lack a code; more stop the build."
    )


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
    coding: CodingRules = Field(default_factory=CodingRules, description="Codes of open answers.")
    rules: list[CleaningRule] = Field(default_factory=list, description="Declared changes, in order.")
