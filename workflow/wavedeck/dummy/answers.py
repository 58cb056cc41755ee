"""What respondents answer to the questions they do answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wavedeck.dummy.absent import answering
from wavedeck.dummy.chance import divided, located
from wavedeck.dummy.goals import Goal
from wavedeck.dummy.measure import active, make_task
from wavedeck.dummy.moments import dates, times
from wavedeck.dummy.prior import (
    by_respondent,
    categories_of,
    expected_numbers,
    expected_shares_of,
    link_of,
    mean_of,
    numbers_of,
    rating_plan,
    scale_of,
    shares_plan,
    shift_of,
    spread_of,
)
from wavedeck.dummy.repair import repaired
from wavedeck.dummy.several import draw_several
from wavedeck.dummy.state import Columns, Draw, as_array
from wavedeck.dummy.task import Task, chosen
from wavedeck.intake.select import MISSING_MARK
from wavedeck.study.codebook import Question
from wavedeck.study.errors import ConfigError
from wavedeck.study.indicators import MeanIndicator

Rows = NDArray[np.int64]
MOST_NUMBERS = 200


def draw_answers(draw: Draw, question: Question, goals: Sequence[Goal]) -> None:
    """Draw the answers to one question, for everybody who gives one.

    Parameters
    ----------
    draw
        What has been drawn so far.
    question
        The question; why there is no answer has been drawn.
    goals
        What answers must lead to.

    Raises
    ------
    ConfigError
        When plan and codebook do not fit together.
    """
    rows = answering(draw.columns[question.name + MISSING_MARK])
    if question.type == "multi":
        draw_several(draw, question, goals, rows)
        return
    draw.put(_columns(draw, question, goals, rows))


def _columns(draw: Draw, question: Question, goals: Sequence[Goal], rows: Rows) -> Columns:
    if question.type == "id":
        return {question.name: _ids(draw, question)}
    if question.type == "date":
        return {question.name: dates(draw, question, rows)}
    if question.type == "time":
        return {question.name: times(draw, question, rows)}
    if question.type in ("open", "text"):
        return {question.name: np.full(draw.size, None, object)}
    mine = active(draw, goals, question.name)
    declared = draw.study.weighting.parts.get(draw.part)
    if declared and declared.variable == question.name:
        return {question.name: np.where(np.isin(np.arange(draw.size), rows), 1.0, np.nan)}
    if question.is_numeric:
        numbers = numbers_of(question)
        aimed = mine and len(numbers) <= MOST_NUMBERS
        return {
            question.name: _marks(draw, question, mine, rows) if aimed else _located(draw, question, rows)
        }
    if mine:
        return {question.name: _aimed_categories(draw, question, mine, rows)}
    return {question.name: _categories(draw, question, rows)}


def _ids(draw: Draw, question: Question) -> NDArray:
    gross = draw.study.settings.parts[draw.part].gross.get(draw.wave, 4 * draw.size)
    if gross < draw.size:
        raise ConfigError(
            f"dummy.yaml gives wave '{draw.wave}' {draw.size} respondents, more than the {gross} "
            f"questionnaires sent (gross of part '{draw.part}' in study.yaml)"
        )
    drawn = draw.chance(question.name).choice(gross, draw.size, replace=False)
    return (np.sort(drawn) + 1).astype(str).astype(object)


def _fixed(draw: Draw, question: Question) -> NDArray:
    """Return the answers that the sample file gives, None where it gives none."""
    answers: NDArray = np.full(draw.size, None, object)
    for name, cell in draw.plan.cells.items():
        if question.name in cell.answers:
            answers[draw.cells == name] = cell.answers[question.name]
    return answers


def _open(fixed: NDArray, rows: Rows) -> Rows:
    return rows[[fixed[row] is None for row in rows]]


def _categories(draw: Draw, question: Question, rows: Rows) -> NDArray:
    fixed = _fixed(draw, question)
    answers: NDArray = np.full(draw.size, None, object)
    answers[rows] = fixed[rows]
    rng = draw.chance(question.name)
    for cell, members in draw.by_cell(_open(fixed, rows)):
        answers[members] = divided(rng, len(members), _shares(draw, question, cell, {}))
    return answers


def _shares(draw: Draw, question: Question, cell: str, sure: dict[str, float]) -> dict[str, float]:
    plan = shares_plan(draw.plan, question)
    shares = expected_shares_of(plan, question, cell=cell, wave=draw.wave, sure=sure)
    if not shares:
        raise ConfigError(f"'{question.name}' has no categories in the codebook of wave '{draw.wave}'")
    return shares


def category_task(draw: Draw, question: Question, goals: Sequence[Goal], rows: Rows) -> tuple[Task, Rows]:
    """Return the task of choosing a category, and who has it."""
    fixed = _fixed(draw, question)
    free, names = _open(fixed, rows), categories_of(question)
    answers: NDArray = np.full(draw.size, None, object)
    answers[rows] = fixed[rows]
    sure = _sure(goals)
    cells = dict.fromkeys(draw.cells[free].tolist())
    shares = {cell: list(_shares(draw, question, cell, sure).values()) for cell in cells}
    options = [{question.name: as_array(_with(answers, free, name))} for name in names]
    prior = by_respondent(shares, draw.cells[free]) if len(free) else np.zeros((0, len(names)))
    return make_task(draw, goals, rows=free, prior=prior, options=options, ordered=False), free


def _aimed_categories(draw: Draw, question: Question, goals: Sequence[Goal], rows: Rows) -> NDArray:
    task, free = category_task(draw, question, goals, rows)
    scores = draw.chance(question.name).random(len(free))
    choices = repaired(task, chosen(task, scores), scores) if len(free) else np.zeros(0, np.int64)
    answers: NDArray = np.full(draw.size, None, object)
    fixed = _fixed(draw, question)
    answers[rows] = fixed[rows]
    answers[free] = np.array(categories_of(question), object)[choices]
    return answers


def _with(answers: NDArray, rows: Rows, value: object) -> NDArray:
    changed = answers.copy()
    changed[rows] = value
    return changed


def _sure(goals: Sequence[Goal]) -> dict[str, float]:
    """Return the shares that are wanted of all who answer, by category."""
    found: dict[str, float] = {}
    for goal in goals:
        (_, ratio), *others = goal.terms
        single = ratio.column and len(ratio.column.categories) == 1 and ratio.group == "all"
        if single and not others and ratio.kind == "average" and ratio.column:
            found.setdefault(ratio.column.categories[0], goal.target)
    return found


def scores_of(draw: Draw, question: Question, rows: Rows) -> NDArray[np.float64]:
    """Return what decides who of those alike answers higher: satisfaction, and what is his or her own."""
    link = draw.links.get(question.name, link_of(rating_plan(draw.plan, question)))
    noise = draw.chance(question.name).normal(size=draw.size)
    return np.asarray(link * draw.satisfaction() + np.sqrt(1 - link**2) * noise)[rows]


def _located(draw: Draw, question: Question, rows: Rows) -> NDArray:
    plan = rating_plan(draw.plan, question)
    low, high = scale_of(question)
    marks = np.full(draw.size, np.nan)
    scores = np.zeros(draw.size)
    scores[rows] = spread_of(plan, question) * scores_of(draw, question, rows)
    for cell, members in draw.by_cell(rows):
        mean = mean_of(plan, question, draw.wave) + shift_of(plan, cell, draw.wave)
        marks[members] = located(scores[members], mean, minimum=low, maximum=high)
    return marks


def number_task(draw: Draw, question: Question, goals: Sequence[Goal], rows: Rows) -> Task:
    """Return the task of choosing a number."""
    plan, numbers = rating_plan(draw.plan, question), numbers_of(question)
    spread = spread_of(plan, question) * draw.spreads.factor(goals)
    mean = _sure_mean(goals, mean_of(plan, question, draw.wave))
    shares = {
        cell: list(expected_numbers(numbers, mean + shift_of(plan, cell, draw.wave), spread))
        for cell in dict.fromkeys(draw.cells[rows].tolist())
    }
    empty = np.full(draw.size, np.nan)
    options = [{question.name: as_array(_with(empty, rows, number))} for number in numbers]
    prior = by_respondent(shares, draw.cells[rows], least=0.0) if len(rows) else np.zeros((0, len(numbers)))
    return make_task(draw, goals, rows=rows, prior=prior, options=options, ordered=True)


def _sure_mean(goals: Sequence[Goal], otherwise: float) -> float:
    for goal in goals:
        (_, ratio), *others = goal.terms
        column = ratio.column
        if not others and ratio.group == "all" and column and isinstance(column.spec, MeanIndicator):
            return goal.target
    return otherwise


def _marks(draw: Draw, question: Question, goals: Sequence[Goal], rows: Rows) -> NDArray:
    marks = np.full(draw.size, np.nan)
    if len(rows):
        task, scores = number_task(draw, question, goals, rows), scores_of(draw, question, rows)
        marks[rows] = numbers_of(question)[repaired(task, chosen(task, scores), scores)]
    return marks
