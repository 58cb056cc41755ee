"""Model of dummy.yaml: what made-up respondents answer, and what is wrong with the files they come in.

Shares and rates are percentages. A number that may differ between waves is written as one number for
every wave, or as one per wave. Questions are named as `variable`, `variable@item`, `variable@entry` or
`variable@entry.item`; the most specific name counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationError, field_validator

from wavedeck.study.base import GroupName, Identifier, LocalText, Strict, WaveName
from wavedeck.study.codebook import MissingKind, Question
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


class ListPlan(Strict):
    """A group that is defined by a list of ids; the list's file is written with the raw files."""

    within: GroupName = Field("all", description="Group whose respondents are on the list.")
    respondents: PerWave = Field(description="How many of them are on it.")
    size: int = Field(ge=1, description="Ids on the list, those who did not answer included.")


class SatisfactionPlan(Strict):
    """What moves a respondent's satisfaction, in standard deviations."""

    shifts: dict[Identifier, dict[str, PerWave]] = Field(
        default_factory=dict, description="Variable -> category -> how far satisfaction moves."
    )


class SharesPlan(Strict):
    """Shares of the categories of a question, of those who answer it; a start where targets say more."""

    shares: dict[str, PerWave] = Field(
        default_factory=dict, description="Category -> share; scaled to 100 for one answer."
    )
    cells: dict[Identifier, dict[str, PerWave]] = Field(
        default_factory=dict, description="Cell -> category -> its own share."
    )
    exclusive: list[str] = Field(
        default_factory=list, description="Categories that are never ticked together with others."
    )


class ItemPlan(Strict):
    """Marks for one item of a battery or one entry of a loop; what is left out is the battery's."""

    mean: PerWave = Field(default_factory=dict, description="Mean where there is no target.")
    spread: float | None = Field(None, gt=0, description="Standard deviation before rounding to the scale.")
    link: float | None = Field(None, ge=-1, le=1, description="Correlation with satisfaction.")
    cells: dict[Identifier, PerWave] = Field(
        default_factory=dict, description="Cell -> how far its mean lies from it."
    )
    not_applicable: PerWave = Field(default_factory=dict, description="To whom it does not apply.")


class RatingPlan(ItemPlan):
    """Marks for one question, or for the items of a battery."""

    items: dict[str, ItemPlan] = Field(
        default_factory=dict, description="Items of a battery, entries of a loop, or `entry.item`."
    )

    def item(self, question: Question) -> ItemPlan:
        """Return the plan of one question, the battery's own where nothing is said of the item."""
        merged = ItemPlan.model_validate(self.model_dump(include=set(ItemPlan.model_fields)))
        for name in reversed(names_of(question, bare=True)):
            if name in self.items:
                own = self.items[name]
                given = {key: getattr(own, key) for key in own.model_fields_set if key != "cells"}
                merged = merged.model_copy(update={**given, "cells": {**merged.cells, **own.cells}})
        return merged


class Phrase(Strict):
    """An open answer with its themes, and what it says in other languages."""

    text: LocalText = Field(description="The answer; its first language is the one it is given in.")
    codes: list[Identifier] = Field(
        default_factory=list, description="Themes of the coded variable that coders find in it."
    )
    cleared: bool = Field(True, description="Whether it may be quoted.")
    before: str = Field("", description="What stands before it in the raw file and may not be quoted.")


class TextPlan(Strict):
    """Open answers, taken from a list."""

    answered: PerWave = Field(default_factory=dict, description="Share of those asked who write something.")
    phrases: list[str | Phrase] = Field(min_length=1, description="What they write.")

    @property
    def all_phrases(self) -> tuple[Phrase, ...]:
        """Return every phrase as a phrase with text per language."""
        return tuple(Phrase(text=one) if isinstance(one, str) else one for one in self.phrases)


class RatePlan(Strict):
    """How often a kind of missing answer occurs."""

    default: float = Field(0, ge=0, le=100, description="Every question that is not named.")
    variables: dict[str, PerWave] = Field(default_factory=dict, description="Question -> rate.")


class CountPlan(Strict):
    """Exact numbers of answers."""

    variables: dict[str, PerWave] = Field(default_factory=dict, description="Question -> number of answers.")


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


Period = Annotated[list[dt.date], Field(min_length=2, max_length=2)]
Level = Literal["high", "low"]


class PartPlan(Strict):
    """Respondents of one part."""

    cells: dict[Identifier, CellPlan] = Field(
        default_factory=dict, description="Who took part; everybody alike when left out."
    )
    lists: dict[Identifier, ListPlan] = Field(
        default_factory=dict, description="Group defined by a list of ids -> who is on it."
    )
    satisfaction: SatisfactionPlan = Field(
        default_factory=SatisfactionPlan, description="What stands behind all marks."
    )
    shares: dict[str, SharesPlan] = Field(default_factory=dict, description="Questions with categories.")
    ratings: dict[str, RatingPlan] = Field(default_factory=dict, description="Questions with numbers.")
    texts: dict[str, TextPlan] = Field(default_factory=dict, description="Open questions.")
    dates: dict[str, dict[WaveName, Period]] = Field(
        default_factory=dict, description="Date question -> wave -> first and last day."
    )
    blank: RatePlan = Field(default_factory=RatePlan, description="Questions passed over.")
    dont_know: RatePlan = Field(default_factory=RatePlan, description="Answers 'don't know'.")
    not_applicable: RatePlan = Field(default_factory=RatePlan, description="Answers 'not applicable'.")
    answered: CountPlan = Field(default_factory=CountPlan, description="Exact numbers of answers.")
    importance: dict[Identifier, dict[str, Level]] = Field(
        default_factory=dict, description="Analysis of impact.yaml -> driver -> high or low."
    )
    dirt: dict[WaveName, DirtPlan] = Field(default_factory=dict, description="Wave -> what is wrong.")

    @field_validator("cells")
    @classmethod
    def _some_respondents(cls, cells: dict[str, CellPlan]) -> dict[str, CellPlan]:
        if cells and not any(sum(cell.respondents.values()) for cell in cells.values()):
            raise ValueError("no cell has respondents")
        return cells


class DummyPlan(Strict):
    """dummy.yaml: everything that is made up."""

    seed: int = Field(1, description="Same seed, same respondents.")
    missing_labels: dict[MissingKind, str] = Field(
        default_factory=dict, description="Value labels of codes without an answer."
    )
    parts: dict[Identifier, PartPlan] = Field(default_factory=dict, description="Part -> its respondents.")

    def part(self, name: str) -> PartPlan:
        """Return the plan of a part, an empty one where nothing is planned."""
        return self.parts.get(name, PartPlan())


def in_wave(values: Mapping[str, float], wave: str) -> float | None:
    """Return the number of a wave, or the one of every wave, or None.

    >>> in_wave({"2011": 7.4, "2013": 7.7}, "2013"), in_wave({"*": 6.0}, "2013"), in_wave({}, "2013")
    (7.7, 6.0, None)
    """
    return values.get(wave, values.get(EVERY_WAVE))


def names_of(question: Question, *, bare: bool = False) -> tuple[str, ...]:
    """Return the names that a plan may use for a question, most specific first.

    Parameters
    ----------
    question
        The question.
    bare
        Leave the variable out: the names of items within it.
    """
    both = ".".join(filter(None, (question.loop_entry, question.item)))
    inner = tuple(dict.fromkeys(name for name in (both, question.item, question.loop_entry) if name))
    return inner if bare else (*(f"{question.variable}@{name}" for name in inner), question.variable)


def planned(values: Mapping[str, PerWave], question: Question, wave: str) -> float | None:
    """Return what is planned for a question in a wave, None where nothing is."""
    found: Iterator[float | None] = (
        in_wave(values[name], wave) for name in names_of(question) if name in values
    )
    return next((number for number in found if number is not None), None)


def load_plan(study: Study) -> DummyPlan:
    """Read the plan of a study; an empty one when it has none.

    Raises
    ------
    ConfigError
        Naming file, line and key of everything that is wrong.
    """
    path = study.folder / PLAN_FILE
    if not path.exists():
        return DummyPlan()
    file = read_yaml(path)
    try:
        return DummyPlan.model_validate(file.data)
    except ValidationError as error:
        raise ConfigError("\n".join(explain(file, DummyPlan, error))) from error
