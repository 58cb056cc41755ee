"""Who does not answer a question, and why."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wavedeck.dummy.chance import some
from wavedeck.dummy.plan import RatePlan, in_wave
from wavedeck.dummy.state import Draw, number
from wavedeck.intake.select import MISSING_MARK, holds
from wavedeck.study.codebook import MissingKind, Question
from wavedeck.study.conditions import parse_condition, variables_of
from wavedeck.study.errors import ConfigError

Kinds = NDArray[np.object_]


def missing_kinds(draw: Draw, question: Question) -> Kinds:
    """Return why each respondent gives no answer, None for those who do; shape (respondents,).

    Raises
    ------
    ConfigError
        When the question depends on one that comes later.
    """
    kinds: Kinds = np.full(draw.size, None, object)
    for name, cell in draw.plan.cells.items():
        if question.name in cell.missing:
            kinds[draw.cells == name] = cell.missing[question.name]
    kinds[~_asked(draw, question)] = "not_asked"
    rng = draw.chance(question.name + MISSING_MARK)
    for kind, percent in _rates(draw, question):
        open_rows = answering(kinds)
        kinds[open_rows[some(rng, len(open_rows), percent)]] = kind
    return kinds


def _asked(draw: Draw, question: Question) -> NDArray[np.bool_]:
    asked, frame = np.ones(draw.size, np.bool_), draw.frame()
    for where in question.asked_if:
        condition = parse_condition(where)
        for name in variables_of(condition):
            if name + MISSING_MARK not in draw.columns:
                raise ConfigError(
                    f"'{question.name}' is asked depending on '{name}', which the codebook of "
                    "this wave does not have before it; put it there"
                )
        asked &= holds(condition, frame)
    return asked


def _rates(draw: Draw, question: Question) -> list[tuple[MissingKind, float]]:
    rates: list[tuple[MissingKind, float]] = []
    rating = draw.plan.ratings.get(question.variable)
    if rating and (not question.item or question.item in rating.items):
        rates.append(("not_applicable", number(rating.item(question.item).not_applicable, draw.wave)))
    rates.append(("dont_know", _rate(draw.plan.dont_know, question, draw.wave)))
    text = draw.plan.texts.get(question.variable)
    written = in_wave(text.answered, draw.wave) if text else None
    blank = _rate(draw.plan.blank, question, draw.wave) if written is None else 100 - written
    return [*rates, ("blank", blank)]


def _rate(rates: RatePlan, question: Question, wave: str) -> float:
    if question.type == "id":
        return 0.0
    for name in (question.name, question.variable):
        if name in rates.variables:
            return number(rates.variables[name], wave)
    return rates.default


def answering(kinds: Kinds) -> NDArray[np.int64]:
    """Return the positions of the respondents who do answer."""
    return np.flatnonzero([kind is None for kind in kinds])
