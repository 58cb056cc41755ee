"""What the workflow hands to each stage: plain dictionaries, and back again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field

from wavedeck.study.base import Strict
from wavedeck.study.codebook import Codebook, Question
from wavedeck.study.deck import DeckSpec
from wavedeck.study.earlier import EarlierQuestion
from wavedeck.study.groups import GroupBook
from wavedeck.study.impact import Impact
from wavedeck.study.indicators import Indicators
from wavedeck.study.load import Study
from wavedeck.study.settings import Cleaning, Groups, Part, PartWeighting, StudySettings, Weighting
from wavedeck.study.verbatims import Base, VerbatimFile, Verbatims
from wavedeck.study.wordless import wordless


class IntakeSettings(Strict):
    """What intake needs to know of a study."""

    part_name: str
    wave: str
    raw_name: str
    part: Part
    questions: list[Question]
    cleaning: Cleaning
    earlier: dict[str, EarlierQuestion]
    coding: VerbatimFile | None = None
    bases: dict[str, Base] = Field(default_factory=dict)


class WeightSettings(Strict):
    """What weighting needs to know of a study."""

    part_name: str
    weighting: PartWeighting = Field(default_factory=lambda: PartWeighting(method="none"))
    groups: Groups
    codebook: Codebook

    @property
    def group_book(self) -> GroupBook:
        """Return the groups by name."""
        return GroupBook(self.groups, self.codebook)


class StudyDump(Strict):
    """A whole study as plain data."""

    folder: str
    settings: StudySettings
    codebook: Codebook
    cleaning: Cleaning
    groups: Groups
    weighting: Weighting
    indicators: Indicators
    deck: DeckSpec
    impact: Impact
    verbatims: Verbatims


def intake_settings(study: Study, part: str, wave: str) -> dict[str, Any]:
    """Take what intake needs from a study, words left out."""
    questions = study.codebook.questions(part, wave)
    settings = IntakeSettings(
        part_name=part,
        wave=wave,
        raw_name=study.raw_file(part, wave),
        part=study.settings.parts[part],
        questions=list(questions),
        cleaning=study.cleaning,
        earlier=study.earlier(part, wave),
        coding=study.verbatims.coding(part, wave),
        bases={one.name: study.verbatims.base(one.name) for one in questions if one.coded_from},
    )
    return wordless(settings)


def weight_settings(study: Study, part: str) -> dict[str, Any]:
    """Take what weighting needs from a study, words left out."""
    declared = study.weighting.parts.get(part, PartWeighting(method="none"))
    settings = WeightSettings(
        part_name=part, weighting=declared, groups=study.groups, codebook=study.codebook
    )
    return wordless(settings)


def dump_study(study: Study) -> dict[str, Any]:
    """Return a whole study as plain data."""
    names = [name for name in StudyDump.model_fields if name != "folder"]
    return StudyDump(folder=str(study.folder), **{name: getattr(study, name) for name in names}).model_dump()


def restore_study(data: dict[str, Any]) -> Study:
    """Return the study that `dump_study` gave as plain data."""
    dump = StudyDump.model_validate(data)
    names = [name for name in StudyDump.model_fields if name != "folder"]
    return Study(folder=Path(dump.folder), **{name: getattr(dump, name) for name in names})
