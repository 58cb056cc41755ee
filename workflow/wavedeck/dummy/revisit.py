"""Go once more over goals that were missed: something drawn later may have moved them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wavedeck.dummy.absent import answering
from wavedeck.dummy.answers import category_task, number_task, scores_of
from wavedeck.dummy.goals import Goal
from wavedeck.dummy.measure import active, measured
from wavedeck.dummy.needs import Names
from wavedeck.dummy.prior import categories_of, numbers_of
from wavedeck.dummy.repair import repaired
from wavedeck.dummy.several import tick_task
from wavedeck.dummy.state import Draw
from wavedeck.dummy.task import Task, chosen, misses
from wavedeck.intake.select import MISSING_MARK
from wavedeck.study.codebook import Question

NO_WAY = "no answers within the scale, the routing and the other targets lead to it"
CONTRADICTS = "contradicts "
_ROUNDS = 2
_TRIED = 600
_MOST_NUMBERS = 200
_BLAMED = 2
_MOST_GOALS = 25

Rows = NDArray[np.int64]


def revisit(draw: Draw, questions: Sequence[Question], goals: Sequence[Goal]) -> list[Goal]:
    """Repair answers whose goals are missed, and return the goals of targets that still are.

    Parameters
    ----------
    draw
        Everything drawn; answers are changed in place.
    questions, goals
        The questions of the wave and what their answers must lead to.
    """
    by_name = {question.name: question for question in questions}
    moved = movable(draw, questions)
    for _ in range(_ROUNDS):
        for goal in _missed(draw, goals):
            for column in sorted(draw.needs.of_goal(goal) & moved.keys()):
                _repair(draw, by_name[moved[column]], column, goals)
    return [goal for goal in _missed(draw, goals) if goal.ids]


def reasons_for(
    draw: Draw, questions: Sequence[Question], goals: Sequence[Goal], missed: Sequence[Goal]
) -> dict[str, str]:
    """Return name of a missed goal -> the goals that stand against it.

    Parameters
    ----------
    draw, questions, goals
        As in `revisit`.
    missed
        The goals to explain.
    """
    by_name, columns = {question.name: question for question in questions}, _columns(draw, questions)
    return {goal.name: _why(draw, by_name, columns, goal, goals) for goal in missed}


def movable(draw: Draw, questions: Sequence[Question]) -> dict[str, str]:
    """Return columns that may still be changed -> their question: those that no routing rests on."""
    routing: Names = frozenset().union(*(draw.needs.routing(question) for question in questions))
    return {name: owner for name, owner in _columns(draw, questions).items() if name not in routing}


def _columns(draw: Draw, questions: Sequence[Question]) -> dict[str, str]:
    """Return columns of answers with options -> their question."""
    found: dict[str, str] = {}
    for question in questions:
        if question.type == "multi":
            names = [f"{question.name}.{category}" for category in categories_of(question)]
        elif question.is_numeric or question.type == "single":
            names = [question.name]
        else:
            names = []
        found |= {name: question.name for name in names if name in draw.columns}
    return found


def _missed(draw: Draw, goals: Sequence[Goal]) -> list[Goal]:
    if not goals:
        return []
    away = misses(goals, measured(draw, goals))
    return [goal for goal, miss in zip(goals, away, strict=True) if miss > 0 and goal.strength >= 1]


def task_of(
    draw: Draw, question: Question, column: str, goals: Sequence[Goal]
) -> tuple[Task, Rows, Rows, NDArray]:
    """Return the task of answering a question again, who has it, choices so far, and what options mean."""
    rows = answering(draw.columns[question.name + MISSING_MARK])
    values = draw.columns[column]
    draw.forget_masks(column)
    if question.type == "multi":
        task, free = tick_task(draw, question, column.removeprefix(f"{question.name}."), goals, rows)
        return task, free, (values[free] == True).astype(np.int64), np.array([False, True], object)  # noqa: E712
    if question.is_numeric:
        numbers = numbers_of(question)
        choices = np.searchsorted(numbers, values[rows]).astype(np.int64)
        return number_task(draw, question, goals, rows), rows, choices, numbers
    task, free = category_task(draw, question, goals, rows)
    names = categories_of(question)
    choices = np.array([names.index(value) for value in values[free]], np.int64)
    return task, free, choices, np.array(names, object)


def _repair(draw: Draw, question: Question, column: str, goals: Sequence[Goal]) -> None:
    mine = active(draw, goals, column)
    if not mine or (question.is_numeric and len(numbers_of(question)) > _MOST_NUMBERS):
        return
    task, rows, choices, meaning = task_of(draw, question, column, mine)
    scores = draw.chance(f"{column} again").random(len(rows))
    if len(rows):
        _put(draw, column, rows, meaning[repaired(task, choices, scores)])


def redraw(draw: Draw, question: Question, column: str, goals: Sequence[Goal]) -> None:
    """Draw a column once more, with goals that were not known before.

    Parameters
    ----------
    draw
        Everything drawn.
    question, column
        Which column of which question.
    goals
        All goals.
    """
    task, rows, _, meaning = task_of(draw, question, column, active(draw, goals, column))
    if question.is_numeric:
        scores = scores_of(draw, question, rows)
    else:
        scores = draw.chance(f"{column} again").random(len(rows))
    if len(rows):
        _put(draw, column, rows, meaning[repaired(task, chosen(task, scores), scores)])


def _put(draw: Draw, column: str, rows: Rows, answers: NDArray) -> None:
    values = draw.columns[column].copy()
    values[rows] = answers
    draw.put({column: values})


def _why(
    draw: Draw, by_name: dict[str, Question], moved: dict[str, str], goal: Goal, goals: Sequence[Goal]
) -> str:
    """Return the goals without which a missed one would be reached."""
    for column in sorted(draw.needs.of_goal(goal) & moved.keys()):
        mine = active(draw, goals, column)
        own = by_name[moved[column]]
        blamed = [one for one in mine if _stands_against(draw, own, column, (goal, one))]
        if blamed:
            return CONTRADICTS + _named(blamed)
        tried = mine if len(mine) <= _MOST_GOALS else []
        freeing = [one for one in tried if _frees(draw, own, column, (goal, one), mine)]
        if freeing:
            return "cannot hold together with " + _named(freeing)
    return NO_WAY


def _named(goals: Sequence[Goal]) -> str:
    return " and ".join(one.name for one in goals[:_BLAMED])


def _stands_against(draw: Draw, question: Question, column: str, goals: tuple[Goal, Goal]) -> bool:
    """Tell whether the first of two goals could be reached if it were not for the second."""
    goal, other = goals
    if goal is other or other.strength < 1:
        return False
    task, _, choices, _ = task_of(draw, question, column, goals)
    if not len(choices):
        return False
    scores = np.zeros(len(choices))
    both = repaired(task, choices, scores, steps=_TRIED)
    if not misses(task.goals, task.values(*task.sums(both))).any():
        return False
    alone, _, _, _ = task_of(draw, question, column, [goal])
    after = repaired(alone, choices, scores, steps=_TRIED)
    return not misses(alone.goals, alone.values(*alone.sums(after))).any()


def _frees(
    draw: Draw, question: Question, column: str, pair: tuple[Goal, Goal], goals: Sequence[Goal]
) -> bool:
    """Tell whether everything could be reached if it were not for the second of a pair."""
    goal, other = pair
    if goal is other or other.strength < 1:
        return False
    task, _, choices, _ = task_of(draw, question, column, [one for one in goals if one is not other])
    if not len(choices):
        return False
    after = repaired(task, choices, np.zeros(len(choices)), steps=_TRIED, kicks=3)
    return not misses(task.goals, task.values(*task.sums(after))).any()
