"""Draw the respondents of one part in one wave: each answers every question that the routing leads to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from wavedeck.dummy.absent import answering, missing_kinds
from wavedeck.dummy.answers import drawn_answers
from wavedeck.dummy.chance import generator
from wavedeck.dummy.plan import DummyPlan, PartPlan
from wavedeck.dummy.state import Draw
from wavedeck.intake.select import MISSING_MARK
from wavedeck.study.codebook import Question
from wavedeck.study.errors import ConfigError
from wavedeck.study.load import Study


@dataclass(frozen=True)
class Respondents:
    """Made-up respondents.

    Attributes
    ----------
    questions
        The questions of the wave, in codebook order.
    cells
        Cell of each respondent, shape (respondents,).
    answers
        One row per respondent, with the columns of responses.parquet but for `_file`, `_row` and `_id`.
    """

    questions: tuple[Question, ...]
    cells: NDArray[np.str_]
    answers: pd.DataFrame


def draw_respondents(study: Study, plan: DummyPlan, *, part: str, wave: str) -> Respondents:
    """Draw the respondents of one part in one wave.

    Parameters
    ----------
    study, plan
        The study and its plan.
    part, wave
        Which respondents.

    Raises
    ------
    ConfigError
        When the plan lacks something that the codebook asks for.
    """
    own = _part_plan(plan, part)
    draw = Draw(
        study, own, plan.seed, part, wave, _cells(own, wave, generator(plan.seed, part, wave, "cells"))
    )
    questions = study.codebook.questions(part, wave)
    for question in questions:
        _draw_question(draw, question)
    return Respondents(questions, draw.cells, draw.frame())


def _part_plan(plan: DummyPlan, part: str) -> PartPlan:
    if part not in plan.parts:
        raise ConfigError(f"dummy.yaml has no part '{part}' under parts; describe its respondents there")
    return plan.parts[part]


def _cells(plan: PartPlan, wave: str, rng: Generator) -> NDArray[np.str_]:
    numbers = [cell.respondents.get(wave, 0) for cell in plan.cells.values()]
    if sum(numbers) == 0:
        raise ConfigError(f"dummy.yaml has no respondents for wave '{wave}'; give their number per cell")
    return rng.permutation(np.repeat(list(plan.cells), numbers))


def _draw_question(draw: Draw, question: Question) -> None:
    kinds = missing_kinds(draw, question)
    draw.columns |= drawn_answers(draw, question, answering(kinds))
    draw.columns[question.name + MISSING_MARK] = kinds
