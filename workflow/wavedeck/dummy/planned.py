"""Goals that a plan declares: exact numbers of answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wavedeck.dummy.goals import Goal, Ratio
from wavedeck.dummy.plan import PartPlan, planned
from wavedeck.study.codebook import Question


def planned_goals(
    plan: PartPlan, questions: Sequence[Question], wave: str, *, published: Sequence[Goal]
) -> list[Goal]:
    """Return a goal for each number of answers that a plan gives and nobody published.

    Parameters
    ----------
    plan
        Plan of the part.
    questions
        The questions of the wave.
    wave
        The wave.
    published
        Goals that count before those of the plan.
    """
    known = {ratio.key for goal in published for _, ratio in goal.terms}
    own = _planned(plan, questions, wave)
    return [goal for goal in own if goal.terms[0][1].key not in known]


def _planned(plan: PartPlan, questions: Sequence[Question], wave: str) -> Iterator[Goal]:
    for question in questions:
        number = planned(plan.answered.variables, question, wave)
        if number is not None:
            terms = ((1.0, Ratio("base", "all", None, question, weighted=False)),)
            name = f"dummy.yaml, answered: {question.name} = {number:g}"
            yield Goal((), name, terms, number - 0.5, number + 0.5, 0.5)
