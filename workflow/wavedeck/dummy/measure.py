"""What each respondent adds to a ratio, given the answers that he or she has so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wavedeck.dummy.goals import Goal, Ratio
from wavedeck.dummy.state import Draw
from wavedeck.dummy.task import Task
from wavedeck.figures.columns import PERCENT, column_values, offered_categories, tick_matrix
from wavedeck.intake.select import MISSING_MARK, holds
from wavedeck.study.conditions import parse_condition
from wavedeck.study.indicators import NotApplicableIndicator

Floats = NDArray[np.float64]
Pair = tuple[Floats, Floats]


def added(draw: Draw, ratio: Ratio, table: pa.Table) -> Pair:
    """Return what each respondent adds to numerator and denominator of a ratio, shapes (n,).

    The denominator of a number is 0 throughout; it counts as 1 in total (see `whole`).
    """
    inside = draw.mask(ratio.group, table) & draw.is_weighed
    weights = (draw.weights if ratio.weighted else np.ones(draw.size)) * inside
    if ratio.kind == "size":
        return draw.mask(ratio.group, table).astype(np.float64), np.zeros(draw.size)
    if ratio.kind in ("base", "asked"):
        assert ratio.question is not None
        name = ratio.question.name
        counted = asked(draw, ratio, table) if ratio.kind == "asked" else _answered(table, name)
        return weights * counted, np.zeros(draw.size)
    if ratio.kind == "mentions":
        return _mentions(ratio, table, weights)
    if ratio.kind == "implied":
        return _implied(draw, ratio, table, weights)
    values = _values(draw, ratio, table)
    known = ~np.isnan(values)
    return weights * np.where(known, values, 0.0), weights * known


def whole(ratio: Ratio) -> float:
    """Return what stands below a ratio before anybody adds to it: 1 for numbers, else 0."""
    return 1.0 if ratio.kind in ("size", "base", "asked") else 0.0


def asked(draw: Draw, ratio: Ratio, table: pa.Table) -> NDArray[np.bool_]:
    """Tell whom routing leads to a question."""
    found = np.ones(draw.size, np.bool_)
    assert ratio.question is not None
    for where in ratio.question.asked_if:
        found &= holds(parse_condition(where), table)
    return found


def _answered(table: pa.Table, name: str) -> NDArray[np.bool_]:
    return np.asarray(table[name + MISSING_MARK].is_null().to_numpy(zero_copy_only=False))


def _values(draw: Draw, ratio: Ratio, table: pa.Table) -> Floats:
    column = ratio.column
    assert column is not None
    if ratio.kind == "composition":
        return np.where(draw.mask(column.category, table), PERCENT, 0.0)
    if isinstance(column.spec, NotApplicableIndicator):
        assert column.question is not None
        why = np.array(table[column.question.name + MISSING_MARK].to_pylist(), dtype=object)
        return np.where(why == "not_applicable", PERCENT, np.where(why == None, 0.0, np.nan))  # noqa: E711
    return np.asarray(column_values(column, table), np.float64) * (PERCENT if column.is_share else 1.0)


def _implied(draw: Draw, ratio: Ratio, table: pa.Table, weights: Floats) -> Pair:
    if ratio.question is not None:
        weights = weights * _answered(table, ratio.question.name)
    masks = [(draw.mask(group, table), mean) for group, mean in ratio.scores]
    top, bottom = np.zeros(draw.size), np.zeros(draw.size)
    for mask, mean in masks:
        top, bottom = top + weights * mask * mean, bottom + weights * mask
    return top, bottom


def _mentions(ratio: Ratio, table: pa.Table, weights: Floats) -> Pair:
    assert ratio.column is not None
    assert ratio.question is not None
    offered = sorted(offered_categories(ratio.question))
    ticks = np.nan_to_num(tick_matrix(table, ratio.question, tuple(offered)))
    counted = ticks[:, [name in ratio.column.categories for name in offered]].sum(axis=1)
    return PERCENT * weights * counted, weights * ticks.sum(axis=1)


def make_task(
    draw: Draw,
    goals: Sequence[Goal],
    *,
    rows: NDArray[np.int64],
    prior: Floats,
    options: Sequence[Mapping[str, pa.Array]],
    ordered: bool,
) -> Task:
    """Return the task of answering one question.

    Parameters
    ----------
    draw
        What has been drawn so far.
    goals
        Goals that rest on nothing but what is drawn and this question.
    rows
        The n respondents who choose.
    prior
        Expected share of each option, shape (n, a).
    options
        Option -> columns of all respondents when all of `rows` choose it.
    ordered
        Whether options follow each other.
    """
    ratios = tuple({ratio.key: ratio for goal in goals for _, ratio in goal.terms}.values())
    tables = [draw.table(columns) for columns in options]
    pairs = [[added(draw, ratio, table) for table in tables] for ratio in ratios]
    both = np.array(pairs, np.float64).reshape(len(ratios), len(options), 2, draw.size)
    others = np.ones(draw.size, np.bool_)
    others[rows] = False
    fixed = both[:, 0][:, :, others].sum(axis=-1) if ratios else np.zeros((0, 2))
    mine = both[:, :, :, rows]
    return Task(
        prior=prior,
        goals=tuple(goals),
        ratios=ratios,
        tops=mine[:, :, 0].transpose(0, 2, 1),
        bottoms=mine[:, :, 1].transpose(0, 2, 1),
        top=fixed[:, 0],
        bottom=fixed[:, 1] + np.array([whole(ratio) for ratio in ratios]),
        ordered=ordered,
    )


def measured(draw: Draw, goals: Sequence[Goal]) -> Floats:
    """Return what goals come to with everything drawn, shape (t,)."""
    table, found = draw.table(), []
    for goal in goals:
        sums = [(factor, ratio, *added(draw, ratio, table)) for factor, ratio in goal.terms]
        found.append(goal.shift + sum(factor * _quotient(ratio, *pair) for factor, ratio, *pair in sums))
    return np.array(found)


def _quotient(ratio: Ratio, top: Floats, bottom: Floats) -> float:
    below = bottom.sum() + whole(ratio)
    return float(top.sum() / below) if below > 0 else 0.0


def active(draw: Draw, goals: Sequence[Goal], column: str) -> list[Goal]:
    """Return the goals that rest on a column, and otherwise only on what is drawn.

    Parameters
    ----------
    draw
        What has been drawn so far.
    goals
        All goals.
    column
        Name of the column that is being drawn, or is drawn once more.
    """
    found = ((goal, draw.needs.of_goal(goal)) for goal in goals)
    return [goal for goal, needed in found if column in needed and draw.has(needed - {column})]
