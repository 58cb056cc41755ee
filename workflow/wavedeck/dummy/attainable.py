"""Numbers of answers for which published percentages of a small group are possible at all."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from wavedeck.dummy.goals import Goal, Ratio
from wavedeck.dummy.state import Draw
from wavedeck.study.codebook import Question
from wavedeck.study.indicators import NotApplicableIndicator

MOST = 200
LEAST_SHARE = 0.6


def attainable_bases(
    draw: Draw, question: Question, goals: Sequence[Goal], *, asked: NDArray[np.bool_], answer: float
) -> list[Goal]:
    """Return goals for the number of answers of groups that are too small for every percentage.

    Among 83 answers there is no share that prints as 74 %: 61 of 83 prints as 73, 62 of 83 as 75.

    Parameters
    ----------
    draw
        What has been drawn so far.
    question
        The question that is about to be answered or not.
    goals
        All goals.
    asked
        Whom routing leads to the question, shape (n,).
    answer
        Share of those asked who are expected to answer.
    """
    settled = {ratio.group for goal in goals for _, ratio in goal.terms if _is_base(ratio, question)}
    found: list[Goal] = []
    for group, shares in _shares(question, goals).items():
        if group in settled or not draw.has(draw.needs.group(group)):
            continue
        inside = draw.mask(group, draw.table()) & asked
        size = int(inside.sum())
        if 0 < size <= MOST and np.ptp(draw.weights[inside]) < 1e-9:
            found += _goal(question, group, _base(size, size * answer, shares))
    return found


def _is_base(ratio: Ratio, question: Question) -> bool:
    same = ratio.question is not None and ratio.question.name == question.name
    return same and ratio.kind == "base" and not ratio.weighted


def _shares(question: Question, goals: Sequence[Goal]) -> dict[str, list[Goal]]:
    """Return the percentages wanted of a question, by group."""
    found: dict[str, list[Goal]] = {}
    for goal in goals:
        (_, ratio), *others = goal.terms
        column = ratio.column
        if others or column is None or ratio.question is None or ratio.question.name != question.name:
            continue
        shared = column.is_share and not isinstance(column.spec, NotApplicableIndicator)
        if shared and ratio.kind == "average" and goal.strength >= 1:
            found.setdefault(ratio.group, []).append(goal)
    return found


def _base(size: int, expected: float, shares: Iterable[Goal]) -> int | None:
    """Return the number of answers nearest to the one expected that allows every percentage."""
    wanted = list(shares)
    tried = range(math.ceil(size * LEAST_SHARE), size + 1)
    fitting = (base for base in tried if all(_is_possible(base, goal) for goal in wanted))
    return min(fitting, key=lambda base: abs(base - expected), default=None)


def _is_possible(base: int, goal: Goal) -> bool:
    low, high = goal.inside
    return math.ceil(low * base / 100) <= high * base / 100


def _goal(question: Question, group: str, base: int | None) -> Iterator[Goal]:
    if base is not None:
        terms = ((1.0, Ratio("base", group, None, question, weighted=False)),)
        name = f"{base} answers to '{question.name}' in '{group}'"
        yield Goal((), name, terms, base - 0.5, base + 0.5, 0.5)
