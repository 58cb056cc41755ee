"""Model of dummy.yaml: what made-up respondents answer, and what is wrong with the files they come in.

Shares and rates are percentages. A number that may differ between waves is written as one number for
every wave, or as one per wave.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationError

from wavedeck.study.base import Identifier, Strict, WaveName
from wavedeck.study.codebook import MissingKind
from wavedeck.study.errors import ConfigError
from wavedeck.study.explain import explain
from wavedeck.study.load import Study
from wavedeck.study.yaml_lines import read_yaml

PLAN_FILE = "dummy.yaml"
EVERY_WAVE = "*"


def _per_wave(value: object) -> object:
    return value if isinstance(value, Mapping) else {EVERY_WAVE: value}


PerWave = Annotated[dict[str, float], BeforeValidator(_per_wave)]


class CellPlan(Strict):
    """A set of respondents who share the answers that the sample was drawn on."""

    answers: dict[Identifier, str] = Field(default_factory=dict, description="Variable -> category of all.")
    missing: dict[Identifier, MissingKind] = Field(
        default_factory=dict, description="Variable -> why nobody in the cell has it."
    )
    respondents: dict[WaveName, int] = Field(description="Respondents that are left after cleaning.")


class SatisfactionPlan(Strict):
    """What moves a respondent's satisfaction, in standard deviations."""

    shifts: dict[Identifier, dict[str, PerWave]] = Field(
        default_factory=dict, description="Variable -> category -> how far satisfaction moves."
    )


class SharesPlan(Strict):
    """Shares of the categories of a question, of those who answer it."""

    shares: dict[str, PerWave] = Field(
        min_length=1, description="Category -> share; scaled to 100 for one answer."
    )
    cells: dict[Identifier, dict[str, PerWave]] = Field(
        default_factory=dict, description="Cell -> category -> its own share."
    )


class ItemPlan(Strict):
    """Marks for one item of a battery."""

    mean: PerWave = Field(description="Mean of the wave.")
    cells: dict[Identifier, PerWave] = Field(
        default_factory=dict, description="Cell -> how far its mean lies from it."
    )
    not_applicable: PerWave = Field(default_factory=dict, description="To whom it does not apply.")


class RatingPlan(Strict):
    """Marks for one question, or for the items of a battery."""

    mean: PerWave = Field(default_factory=dict, description="Mean of the wave; left out for a battery.")
    cells: dict[Identifier, PerWave] = Field(
        default_factory=dict, description="Cell -> how far its mean lies from it."
    )
    spread: float = Field(gt=0, description="Standard deviation before rounding to the scale.")
    link: float = Field(ge=0, le=1, description="Correlation with satisfaction.")
    not_applicable: PerWave = Field(default_factory=dict, description="To whom it does not apply.")
    items: dict[Identifier, ItemPlan] = Field(default_factory=dict, description="Items of a battery.")

    def item(self, name: str) -> ItemPlan:
        """Return the plan of one item, the battery's own where `name` is empty."""
        if not name:
            return ItemPlan(mean=self.mean, cells=self.cells, not_applicable=self.not_applicable)
        item = self.items[name]
        return item.model_copy(update={"cells": {**self.cells, **item.cells}})


class TextPlan(Strict):
    """Open answers, taken from a list."""

    answered: PerWave = Field(description="Share of those asked who write something.")
    phrases: list[str] = Field(min_length=1, description="What they write.")


class RatePlan(Strict):
    """How often a kind of missing answer occurs."""

    default: float = Field(0, ge=0, le=100, description="Every question that is not named.")
    variables: dict[str, PerWave] = Field(default_factory=dict, description="Variable or item -> rate.")


class WrongCode(Strict):
    """A code that does not belong in a question, in place of a blank."""

    variable: str = Field(description="Variable or item, e.g. aspect@fees.")
    code: str = Field(description="The raw code.")
    rows: int = Field(ge=1, description="Number of rows that get it.")


class WrongRoute(Strict):
    """Answers of people who were not asked."""

    variable: str = Field(description="Variable or item.")
    rows: int = Field(ge=1, description="Number of rows that get one.")


class DirtPlan(Strict):
    """What does not belong in the raw file of one wave."""

    empty_rows: int = Field(0, ge=0, description="Questionnaires that came back empty.")
    duplicates: int = Field(0, ge=0, description="Respondents who stand in the file twice.")
    codes: list[WrongCode] = Field(default_factory=list, description="Codes that do not belong.")
    routing: list[WrongRoute] = Field(default_factory=list, description="Answers of people not asked.")


class PartPlan(Strict):
    """Respondents of one part."""

    cells: dict[Identifier, CellPlan] = Field(min_length=1, description="Who took part.")
    satisfaction: SatisfactionPlan = Field(
        default_factory=SatisfactionPlan, description="What stands behind all marks."
    )
    shares: dict[Identifier, SharesPlan] = Field(
        default_factory=dict, description="Questions with categories."
    )
    ratings: dict[Identifier, RatingPlan] = Field(default_factory=dict, description="Questions with numbers.")
    texts: dict[Identifier, TextPlan] = Field(default_factory=dict, description="Open questions.")
    blank: RatePlan = Field(default_factory=RatePlan, description="Questions passed over.")
    dont_know: RatePlan = Field(default_factory=RatePlan, description="Answers 'don't know'.")
    dirt: dict[WaveName, DirtPlan] = Field(default_factory=dict, description="Wave -> what is wrong.")


class DummyPlan(Strict):
    """dummy.yaml: everything that is made up."""

    seed: int = Field(description="Same seed, same respondents.")
    missing_labels: dict[MissingKind, str] = Field(
        default_factory=dict, description="Value labels of codes without an answer."
    )
    parts: dict[Identifier, PartPlan] = Field(description="Part -> its respondents.")


def in_wave(values: Mapping[str, float], wave: str) -> float | None:
    """Return the number of a wave, or the one of every wave, or None.

    >>> in_wave({"2011": 7.4, "2013": 7.7}, "2013"), in_wave({"*": 6.0}, "2013"), in_wave({}, "2013")
    (7.7, 6.0, None)
    """
    return values.get(wave, values.get(EVERY_WAVE))


def load_plan(study: Study) -> DummyPlan:
    """Read the plan of a study.

    Raises
    ------
    ConfigError
        Naming file, line and key of everything that is wrong.
    """
    file = read_yaml(study.folder / PLAN_FILE)
    try:
        return DummyPlan.model_validate(file.data)
    except ValidationError as error:
        raise ConfigError("\n".join(explain(file, DummyPlan, error))) from error
