"""Answers to questions with several answers: one tick at a time, exclusive ones first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from wavedeck.dummy.chance import ticked
from wavedeck.dummy.goals import Goal
from wavedeck.dummy.measure import active, make_task, measured
from wavedeck.dummy.prior import by_respondent, categories_of, shares_plan, ticks_expected
from wavedeck.dummy.repair import repaired
from wavedeck.dummy.state import Draw, as_array
from wavedeck.dummy.task import Task, chosen, misses
from wavedeck.intake.select import MISSING_MARK
from wavedeck.study.codebook import Question

Rows = NDArray[np.int64]


def draw_several(draw: Draw, question: Question, goals: Sequence[Goal], rows: Rows) -> None:
    """Draw the ticks of a question with several answers, for everybody who gives one.

    Parameters
    ----------
    draw
        What has been drawn so far.
    question
        The question.
    goals
        What answers must lead to.
    rows
        Respondents who answer.
    """
    names = [f"{question.name}.{category}" for category in categories_of(question)]
    mine = [goal for goal in goals if draw.needs.of_goal(goal) & set(names)]
    if mine or question.coded_from or shares_plan(draw.plan, question).exclusive:
        _aimed(draw, question, mine, rows)
    else:
        _planned(draw, question, rows)


def _expected(
    draw: Draw, question: Question, rows: Rows, sure: Mapping[str, float]
) -> dict[str, dict[str, float]]:
    plan = shares_plan(draw.plan, question)
    cells = dict.fromkeys(draw.cells[rows].tolist())
    return {cell: ticks_expected(plan, question, cell=cell, wave=draw.wave, sure=sure) for cell in cells}


def _planned(draw: Draw, question: Question, rows: Rows) -> None:
    ticks = {name: _empty(draw, rows) for name in categories_of(question)}
    rng, expected = draw.chance(question.name), _expected(draw, question, rows, {})
    for cell, members in draw.by_cell(rows):
        shares = {name: share for name, share in expected[cell].items() if share}
        for name, chosen_ones in ticked(rng, len(members), shares).items():
            ticks[name][members] = chosen_ones
    draw.put({f"{question.name}.{name}": values for name, values in ticks.items()})


def _empty(draw: Draw, rows: Rows) -> NDArray:
    ticks: NDArray = np.full(draw.size, None, object)
    ticks[rows] = False
    return ticks


def can_tick(draw: Draw, question: Question, rows: Rows) -> Rows:
    """Return who can tick anything at all: with coded answers, those who wrote something."""
    if not question.coded_from:
        return rows
    source = draw.columns[question.coded_from + MISSING_MARK]
    return rows[[source[row] is None for row in rows]]


def tick_task(
    draw: Draw, question: Question, category: str, goals: Sequence[Goal], rows: Rows
) -> tuple[Task, Rows]:
    """Return the task of ticking a category or not, and who has it."""
    name, exclusive = f"{question.name}.{category}", shares_plan(draw.plan, question).exclusive
    free = _not_excluded(draw, question, category, exclusive, rows)
    empty = _empty(draw, rows)
    full = empty.copy()
    full[free] = True
    sure = _sure(goals, category)
    expected = _expected(draw, question, rows, sure)
    shares = {cell: [100 - own[category], own[category]] for cell, own in expected.items()}
    prior = by_respondent(shares, draw.cells[free]) if len(free) else np.zeros((0, 2))
    options = [{name: as_array(empty)}, {name: as_array(full)}]
    return make_task(draw, goals, rows=free, prior=prior, options=options, ordered=False), free


def _not_excluded(
    draw: Draw, question: Question, category: str, exclusive: Sequence[str], rows: Rows
) -> Rows:
    """Return who may still tick a category: nobody who ticked one that excludes it."""
    shut = np.zeros(draw.size, np.bool_)
    for other in categories_of(question):
        column = draw.columns.get(f"{question.name}.{other}")
        if column is not None and other != category and (other in exclusive or category in exclusive):
            shut |= column == True  # noqa: E712 - empty where there is no answer
    able = can_tick(draw, question, rows)
    return able[~shut[able]]


def _sure(goals: Sequence[Goal], category: str) -> dict[str, float]:
    for goal in goals:
        (_, ratio), *others = goal.terms
        if not others and ratio.column and ratio.column.categories == (category,) and ratio.group == "all":
            return {category: min(max(goal.target, 0.5), 99.5)}
    return {}


def _aimed(draw: Draw, question: Question, goals: Sequence[Goal], rows: Rows) -> None:
    exclusive = shares_plan(draw.plan, question).exclusive
    wanted = [name for name in categories_of(question) if active_ever(draw, goals, question, name)]
    order = dict.fromkeys([*exclusive, *wanted, *categories_of(question)])
    left = [name for name in order if name in categories_of(question)]
    for place, category in enumerate(left):
        name = f"{question.name}.{category}"
        mine = active(draw, goals, name)
        task, free = tick_task(draw, question, category, mine, rows)
        ticks = _empty(draw, rows)
        scores = draw.chance(name).random(len(free))
        if len(free):
            ticks[free] = repaired(task, chosen(task, scores), scores) == 1
        if place == len(left) - 1 and not mine:
            _fill(draw, question, ticks, free)
        draw.put({name: ticks})
    share_out(draw, question, goals, rows)


def active_ever(draw: Draw, goals: Sequence[Goal], question: Question, category: str) -> bool:
    """Tell whether any goal is about a category."""
    return any(f"{question.name}.{category}" in draw.needs.of_goal(goal) for goal in goals)


def _ticks(draw: Draw, question: Question, rows: Rows) -> NDArray[np.bool_]:
    names = (f"{question.name}.{name}" for name in categories_of(question))
    columns = [draw.columns[name][rows] == True for name in names if name in draw.columns]  # noqa: E712
    return np.column_stack(columns) if columns else np.zeros((len(rows), 0), np.bool_)


def _fill(draw: Draw, question: Question, ticks: NDArray, free: Rows) -> None:
    """Tick a category that nothing is wanted of for everybody who ticked no other."""
    if question.coded_from and draw.study.verbatims.base(question.variable) != "coded":
        return
    none = ~_ticks(draw, question, free).any(axis=1)
    ticks[free[none]] = True


def share_out(draw: Draw, question: Question, goals: Sequence[Goal], rows: Rows) -> None:
    """Hand ticks to respondents without one, from others who are alike and have several.

    Alike are respondents who count the same in every goal, so that no figure changes.
    """
    if question.coded_from:
        return
    names = list(categories_of(question))
    exclusive = set(shares_plan(draw.plan, question).exclusive)
    alike = _alike(draw, goals, rows)
    ticks = _ticks(draw, question, rows)
    nets = _nets(goals, names)
    for empty in np.flatnonzero(~ticks.any(axis=1)):
        givers = np.flatnonzero((alike == alike[empty]) & (ticks.sum(axis=1) > 1))
        gift = next(
            (
                (giver, place)
                for giver in givers
                for place in np.flatnonzero(ticks[giver])
                if names[place] not in exclusive and _is_free(nets, ticks[giver], int(place))
            ),
            None,
        )
        if gift is not None:
            ticks[empty, gift[1]], ticks[gift] = True, False
    _put(draw, question, rows, ticks)
    _tick_freely(draw, question, goals, rows, [name for name in names if name not in exclusive])


def _put(draw: Draw, question: Question, rows: Rows, ticks: NDArray[np.bool_]) -> None:
    names = categories_of(question)
    for place, name in enumerate(names):
        column = _empty(draw, rows)
        column[rows] = ticks[:, place]
        draw.put({f"{question.name}.{name}": column})


def _tick_freely(
    draw: Draw, question: Question, goals: Sequence[Goal], rows: Rows, names: Sequence[str]
) -> None:
    """Tick something for respondents who still ticked nothing, where no goal is missed by it."""
    known = [goal for goal in goals if draw.has(draw.needs.of_goal(goal))]
    missed = _count_missed(draw, known)
    for row in rows[~_ticks(draw, question, rows).any(axis=1)]:
        for name in names:
            column = f"{question.name}.{name}"
            before = draw.columns[column]
            after = before.copy()
            after[row] = True
            draw.put({column: after})
            if _count_missed(draw, known) <= missed:
                break
            draw.put({column: before})


def _count_missed(draw: Draw, goals: Sequence[Goal]) -> int:
    return int((misses(goals, measured(draw, goals)) > 0).sum()) if goals else 0


def _is_free(nets: Sequence[frozenset[int]], ticks: NDArray[np.bool_], place: int) -> bool:
    """Tell whether a tick may go without changing a net: no other tick of the net is there."""
    return all(not any(ticks[other] for other in net - {place}) for net in nets if place in net)


def _nets(goals: Sequence[Goal], names: Sequence[str]) -> list[frozenset[int]]:
    found = {
        ratio.column.categories
        for goal in goals
        for _, ratio in goal.terms
        if ratio.column and len(ratio.column.categories) > 1
    }
    return [frozenset(names.index(name) for name in net if name in names) for net in found]


def _alike(draw: Draw, goals: Sequence[Goal], rows: Rows) -> NDArray[np.int64]:
    groups = sorted({ratio.group for goal in goals for _, ratio in goal.terms})
    table = draw.table()
    columns = [draw.mask(group, table)[rows].astype(np.float64) for group in groups]
    keys = np.column_stack([draw.weights[rows].round(9), *columns])
    return np.asarray(np.unique(keys, axis=0, return_inverse=True)[1]).reshape(-1)
