"""Who does not answer a question, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from wavedeck.dummy.attainable import attainable_bases
from wavedeck.dummy.chance import some
from wavedeck.dummy.goals import Goal
from wavedeck.dummy.measure import active, make_task
from wavedeck.dummy.plan import PerWave, RatePlan, in_wave, names_of, planned
from wavedeck.dummy.prior import rating_plan
from wavedeck.dummy.repair import repaired
from wavedeck.dummy.state import Draw, as_array, number
from wavedeck.dummy.task import Task, chosen
from wavedeck.intake.select import MISSING_MARK, holds
from wavedeck.study.codebook import MissingKind, Question
from wavedeck.study.conditions import parse_condition

Kinds = NDArray[np.object_]
UNPLANNED_ANSWERED = 30.0
_POSSIBLE = 1e-4


def draw_marks(draw: Draw, question: Question, goals: Sequence[Goal]) -> None:
    """Decide who gives no answer to a question, and why.

    Parameters
    ----------
    draw
        What has been drawn so far.
    question
        The question.
    goals
        What answers must lead to.
    """
    kinds = _settled(draw, question)
    mine = [*active(draw, goals, question.name + MISSING_MARK), *_attainable(draw, question, goals, kinds)]
    if mine and not question.coded_from:
        task, rows, options = mark_task(draw, question, mine, kinds)
        scores = draw.chance(question.name + MISSING_MARK).random(len(rows))
        choices = repaired(task, chosen(task, scores), scores)
        kinds[rows] = np.array(options, object)[choices]
    else:
        _at_rates(draw, question, kinds)
    draw.put({question.name + MISSING_MARK: kinds})


def _attainable(draw: Draw, question: Question, goals: Sequence[Goal], kinds: Kinds) -> list[Goal]:
    asked = np.array([kind is None for kind in kinds])
    answer = float(np.prod([1 - rate / 100 for _, rate in _rates(draw, question)]))
    return attainable_bases(draw, question, goals, asked=asked, answer=answer)


def answering(kinds: Kinds) -> NDArray[np.int64]:
    """Return the positions of the respondents who do answer."""
    return np.flatnonzero([kind is None for kind in kinds])


def mark_task(
    draw: Draw, question: Question, goals: Sequence[Goal], kinds: Kinds
) -> tuple[Task, NDArray[np.int64], tuple[MissingKind | None, ...]]:
    """Return the task of answering or not, who has it, and the options."""
    rows = np.flatnonzero([kind is None for kind in kinds])
    rates = dict(_rates(draw, question))
    options: tuple[MissingKind | None, ...] = (None, *_kinds(question, rates))
    prior, left = [0.0], 1.0
    for kind in options[1:]:
        share = left * rates.get(kind, 0.0) / 100 if kind else 0.0
        prior.append(share)
        left -= share
    prior[0] = left
    shares = np.maximum(np.array(prior), _POSSIBLE)
    marks = [as_array(_with(kinds, rows, kind)) for kind in options]
    name = question.name + MISSING_MARK
    task = make_task(
        draw,
        goals,
        rows=rows,
        prior=np.tile(shares / shares.sum(), (len(rows), 1)),
        options=[{name: mark} for mark in marks],
        ordered=False,
    )
    return task, rows, options


def _kinds(question: Question, rates: Mapping[MissingKind, float]) -> list[MissingKind]:
    known = set(question.missing.values())
    kinds: list[MissingKind] = ["not_applicable", "dont_know", "blank"]
    return [kind for kind in kinds if kind == "blank" or (kind in known and _is_possible(kind, rates))]


def _is_possible(kind: MissingKind, rates: Mapping[MissingKind, float]) -> bool:
    return kind == "not_applicable" or rates.get(kind, 0.0) > 0


def _with(kinds: Kinds, rows: NDArray[np.int64], kind: MissingKind | None) -> Kinds:
    changed = kinds.copy()
    changed[rows] = kind
    return changed


def _settled(draw: Draw, question: Question) -> Kinds:
    """Return why respondents give no answer whom the sample file or the routing excludes."""
    kinds: Kinds = np.full(draw.size, None, object)
    for name, cell in draw.plan.cells.items():
        if question.name in cell.missing:
            kinds[draw.cells == name] = cell.missing[question.name]
    if question.coded_from:
        return _uncoded(draw, question)
    kinds[~_asked(draw, question)] = "not_asked"
    return kinds


def _uncoded(draw: Draw, question: Question) -> Kinds:
    """Return why answers have no codes: who was not asked, or gave nothing to code."""
    source = draw.columns[question.coded_from + MISSING_MARK]
    if draw.study.verbatims.base(question.variable) == "asked":
        return np.array(["not_asked" if kind == "not_asked" else None for kind in source], object)
    return np.array(source, object)


def _asked(draw: Draw, question: Question) -> NDArray[np.bool_]:
    asked, table = np.ones(draw.size, np.bool_), draw.table()
    for where in question.asked_if:
        asked &= holds(parse_condition(where), table)
    return asked


def _at_rates(draw: Draw, question: Question, kinds: Kinds) -> None:
    if question.coded_from:
        return
    rng = draw.chance(question.name + MISSING_MARK)
    for kind, percent in _rates(draw, question):
        open_rows = answering(kinds)
        kinds[open_rows[some(rng, len(open_rows), percent)]] = kind


def _rates(draw: Draw, question: Question) -> list[tuple[MissingKind, float]]:
    if question.type == "id" or _in_every_cell(draw, question):
        return []
    own = number(rating_plan(draw.plan, question).not_applicable, draw.wave)
    applies = planned(draw.plan.not_applicable.variables, question, draw.wave)
    return [
        ("not_applicable", own if applies is None else applies),
        ("dont_know", _rate(draw.plan.dont_know, question, draw.wave)),
        ("blank", _blank(draw, question)),
    ]


def _in_every_cell(draw: Draw, question: Question) -> bool:
    cells = draw.plan.cells.values()
    return bool(cells) and all(
        question.name in cell.answers or question.name in cell.missing for cell in cells
    )


def _blank(draw: Draw, question: Question) -> float:
    if question.type not in ("open", "text"):
        return _rate(draw.plan.blank, question, draw.wave)
    named = next((name for name in names_of(question) if name in draw.plan.texts), None)
    answered: PerWave = draw.plan.texts[named].answered if named else {}
    written = in_wave(answered, draw.wave)
    return 100 - (UNPLANNED_ANSWERED if written is None else written)


def _rate(rates: RatePlan, question: Question, wave: str) -> float:
    found = planned(rates.variables, question, wave)
    return rates.default if found is None else found
