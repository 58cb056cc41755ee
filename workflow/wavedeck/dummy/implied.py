"""Goals that follow from others: the mean of all, from the means of groups that together are everybody.

Who is in which group is decided before marks are given, and so is who gives none. If the groups'
means are to add up to the mean of all, both must leave room for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wavedeck.dummy.goals import Goal, Ratio
from wavedeck.study.codebook import Question
from wavedeck.study.groups import ALL, GroupBook
from wavedeck.study.indicators import MeanIndicator

_GIVE = 0.4


def implied_goals(goals: Sequence[Goal], book: GroupBook, questions: Sequence[Question]) -> Iterator[Goal]:
    """Yield goals for questions whose categories make groups with published means.

    Parameters
    ----------
    goals
        Goals of the part and wave.
    book
        Groups of the study.
    questions
        The questions of the wave.
    """
    asked = {question.name for question in questions if question.type == "single"}
    means = _means(goals)
    for breakdown, declared in book.groups.breakdowns.items():
        if declared.variable in asked:
            yield from _of_breakdown(tuple(book.made(breakdown)), means)


def _means(goals: Sequence[Goal]) -> dict[tuple[object, ...], dict[str, Goal]]:
    """Return column -> group -> goal, for means."""
    found: dict[tuple[object, ...], dict[str, Goal]] = {}
    for goal in goals:
        if len(goal.terms) == 1 and goal.shift == 0 and goal.strength >= 1:
            ratio = goal.terms[0][1]
            if ratio.kind == "average" and ratio.column and isinstance(ratio.column.spec, MeanIndicator):
                found.setdefault(ratio.column.key, {})[ratio.group] = goal
    return found


def _of_breakdown(
    groups: tuple[str, ...], means: dict[tuple[object, ...], dict[str, Goal]]
) -> Iterator[Goal]:
    for by_group in means.values():
        total = by_group.get(ALL)
        if total is None or not groups or not all(group in by_group for group in groups):
            continue
        question = total.terms[0][1].question
        scores = tuple((group, by_group[group].target) for group in groups)
        low, high = total.low - _GIVE * total.half, total.high + _GIVE * total.half
        for answering in (None, question):
            ratio = Ratio("implied", ALL, None, answering, scores=scores)
            yield Goal((), f"groups that make {total.name}", ((1.0, ratio),), low, high, total.half)
