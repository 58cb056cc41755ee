"""Draw the respondents of one part in one wave: each answers every question that the routing leads to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wavedeck.dummy.absent import draw_marks
from wavedeck.dummy.answers import draw_answers
from wavedeck.dummy.ends import settle_ends
from wavedeck.dummy.goals import Goal
from wavedeck.dummy.implied import implied_goals
from wavedeck.dummy.importance import Misplaced, place_drivers
from wavedeck.dummy.lists import write_lists
from wavedeck.dummy.needs import Names, Needs
from wavedeck.dummy.order import drawing_order
from wavedeck.dummy.plan import DummyPlan, PartPlan
from wavedeck.dummy.planned import planned_goals
from wavedeck.dummy.published import Target
from wavedeck.dummy.resolve import Resolved, resolve, routed_goals
from wavedeck.dummy.revisit import reasons_for, revisit
from wavedeck.dummy.spread import Spreads
from wavedeck.dummy.state import Draw
from wavedeck.dummy.texts import Written, write_texts
from wavedeck.figures.recipe import Recipe, recipe_for
from wavedeck.study.codebook import Question
from wavedeck.study.errors import ConfigError
from wavedeck.study.load import Study

UNPLANNED_SIZE = 300
TRIES = 4
ANOTHER = 1_000_003
_ROOM = 0.03


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
    reasons
        Name of a goal -> why it was not reached.
    written
        Open answers, as their respondents gave them and as editors would.
    misplaced
        Drivers that do not have the importance that is planned.
    links
        Question -> correlation with satisfaction that placed the others.
    """

    questions: tuple[Question, ...]
    cells: NDArray[np.str_]
    answers: pd.DataFrame
    reasons: Mapping[str, str] = field(default_factory=dict)
    written: tuple[Written, ...] = ()
    misplaced: tuple[Misplaced, ...] = ()
    links: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What answers must lead to.

    Attributes
    ----------
    targets
        Published figures, of any part and wave.
    earlier
        Address -> estimate of waves that have been made.
    links
        Question -> correlation with satisfaction that replaces the plan's.
    spreads
        How far answers must spread, for marks of significance.
    """

    targets: Sequence[Target] = ()
    earlier: Mapping[str, float] = field(default_factory=dict)
    links: Mapping[str, float] = field(default_factory=dict)
    spreads: Spreads = field(default_factory=Spreads)


NOTHING = Wanted()


def draw_respondents(
    study: Study, plan: DummyPlan, *, part: str, wave: str, wanted: Wanted = NOTHING, root: Path = Path()
) -> Respondents:
    """Draw the respondents of one part in one wave.

    Parameters
    ----------
    study, plan
        The study and its plan.
    part, wave
        Which respondents.
    wanted
        What their answers must lead to.
    root
        Folder that lists of ids are named from; planned lists are written there.

    Raises
    ------
    ConfigError
        When codebook and plan do not fit together.
    """
    questions, recipe = study.codebook.questions(part, wave), recipe_for(study, part, wave)
    mine = [one for one in wanted.targets if (one.address.part, one.address.wave) == (part, wave)]
    resolved = resolve(mine, recipe, earlier=wanted.earlier, waves=study.waves_until(wave)[:-1])
    best: _Try | None = None
    for attempt in range(TRIES):
        draw = _new_draw(study, plan, recipe, wanted, root)
        draw.seed += attempt * ANOTHER
        tried = _tried(draw, questions, resolved)
        if best is None or len(tried.missed) < len(best.missed):
            best = tried
        if not best.missed:
            break
    assert best is not None
    return _finished(best, questions, resolved)


@dataclass(frozen=True)
class _Try:
    """One way to answer everything."""

    draw: Draw
    goals: list[Goal]
    missed: list[Goal]


def _new_draw(study: Study, plan: DummyPlan, recipe: Recipe, wanted: Wanted, root: Path) -> Draw:
    own = plan.part(recipe.part)
    lists = {name: one.within for name, one in own.lists.items()}
    return Draw(
        study=study,
        plan=own,
        recipe=recipe,
        needs=Needs(recipe, study.codebook.questions(recipe.part, recipe.wave), lists),
        seed=plan.seed,
        cells=np.array([], np.str_),
        root=root,
        links=dict(wanted.links),
        spreads=wanted.spreads,
    )


def _tried(draw: Draw, questions: Sequence[Question], resolved: Resolved) -> _Try:
    goals = _all_goals(resolved, draw.plan, questions, draw.spreads, draw.recipe)
    draw.cells = _cells(draw, _size(draw.study, draw.part, draw.wave, goals))
    draw.spans = tuple(resolved.spans)
    _draw_all(draw, questions, goals)
    goals += settle_ends(draw, questions, goals)
    return _Try(draw, goals, revisit(draw, questions, goals))


def _finished(best: _Try, questions: tuple[Question, ...], resolved: Resolved) -> Respondents:
    draw, missed = best.draw, best.missed
    misplaced = place_drivers(draw, questions, best.goals)
    if draw.plan.importance:
        missed = revisit(draw, questions, best.goals)
    reasons = reasons_for(draw, questions, best.goals, missed)
    reasons |= {target.name: reason for target, reason in resolved.refused.items()}
    write_lists(draw)
    written = write_texts(draw, questions)
    return Respondents(questions, draw.cells, draw.frame(), reasons, written, tuple(misplaced), draw.links)


def _all_goals(
    resolved: Resolved, plan: PartPlan, questions: Sequence[Question], spreads: Spreads, recipe: Recipe
) -> list[Goal]:
    goals = [spreads.aimed(goal) for goal in resolved.goals]
    goals += planned_goals(plan, questions, recipe.wave, published=goals)
    return [*goals, *routed_goals(goals, _ROOM), *implied_goals(goals, recipe.group_book, questions)]


def _draw_all(draw: Draw, questions: Sequence[Question], goals: Sequence[Goal]) -> None:
    groups = tuple(dict.fromkeys(ratio.group for goal in goals for _, ratio in goal.terms))
    ordered = drawing_order(questions, draw.needs, _first(draw, questions), _helpful(draw, questions, goals))
    lists = frozenset[str]().union(*(draw.needs.group(name) for name in draw.plan.lists))
    for question in ordered:
        had = draw.has(lists)
        draw_marks(draw, question, goals)
        draw_answers(draw, question, goals)
        if draw.has(lists) and not had:
            write_lists(draw)
        draw.keep_masks(groups)


def _first(draw: Draw, questions: Sequence[Question]) -> Names:
    """Return the columns drawn before all others: ids, what cells say, what weights rest on."""
    sample = {name for cell in draw.plan.cells.values() for name in (*cell.answers, *cell.missing)}
    ids = {question.name for question in questions if question.type == "id"}
    declared = draw.study.weighting.parts.get(draw.part)
    weighting = draw.needs.weighting(declared) if declared else frozenset[str]()
    return frozenset(sample | ids | weighting)


def _helpful(draw: Draw, questions: Sequence[Question], goals: Sequence[Goal]) -> dict[str, Names]:
    """Return what should be known before each question: groups that its goals are about."""
    found: dict[str, Names] = {}
    movers = frozenset(draw.plan.satisfaction.shifts)
    for question in questions:
        if question.is_numeric:
            found[question.name] = movers - {question.name}
    for goal in goals:
        for _, ratio in goal.terms:
            if ratio.question is not None:
                name = ratio.question.name
                found[name] = found.get(name, frozenset()) | draw.needs.group(ratio.group)
    return found


def _cells(draw: Draw, size: int) -> NDArray[np.str_]:
    plan, wave = draw.plan, draw.wave
    if not plan.cells:
        return np.full(size, "", np.str_)
    numbers = [cell.respondents.get(wave, 0) for cell in plan.cells.values()]
    if sum(numbers) == 0:
        raise ConfigError(f"dummy.yaml has no respondents for wave '{wave}'; give their number per cell")
    return draw.chance("cells").permutation(np.repeat(list(plan.cells), numbers))


def _size(study: Study, part: str, wave: str, goals: Sequence[Goal]) -> int:
    """Return how many respond where no plan says so: as published, or else a quarter of those asked."""
    published = [
        goal.target
        for goal in goals
        for _, ratio in goal.terms
        if ratio.kind in ("size", "base") and ratio.group == "all" and not ratio.weighted
    ]
    gross = study.settings.parts[part].gross.get(wave)
    return (
        round(max(published)) if published else min(gross // 4, UNPLANNED_SIZE) if gross else UNPLANNED_SIZE
    )
