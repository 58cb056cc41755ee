"""What respondents answer to the questions they do answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from wavedeck.dummy.chance import divided, located, ticked
from wavedeck.dummy.plan import PartPlan, in_wave
from wavedeck.dummy.state import Draw, number
from wavedeck.study.codebook import Question
from wavedeck.study.errors import ConfigError

Columns = dict[str, NDArray]
Drawer = Callable[[Draw, Question, NDArray], Columns]


def drawn_answers(draw: Draw, question: Question, rows: NDArray[np.int64]) -> Columns:
    """Return the columns of one question, filled for some respondents.

    Raises
    ------
    ConfigError
        When the plan does not say how the question is answered.
    """
    if question.type == "id":
        return {question.name: _ids(draw, question)}
    return _drawer(draw, question)(draw, question, rows)


def _ids(draw: Draw, question: Question) -> NDArray:
    gross = draw.study.settings.parts[draw.part].gross.get(draw.wave, 4 * draw.size)
    if gross < draw.size:
        raise ConfigError(
            f"dummy.yaml gives wave '{draw.wave}' {draw.size} respondents, more than the {gross} "
            f"questionnaires sent (gross of part '{draw.part}' in study.yaml)"
        )
    drawn = draw.chance(question.name).choice(gross, draw.size, replace=False)
    return (np.sort(drawn) + 1).astype(str).astype(object)


def _drawer(draw: Draw, question: Question) -> Drawer:
    if _fixed(draw.plan, question.name):
        return _cell_answers
    drawers: list[tuple[Mapping[str, object], Drawer]] = [
        (draw.plan.shares, _several if question.type == "multi" else _categories),
        (draw.plan.ratings, _numbers),
        (draw.plan.texts, _phrases),
    ]
    for planned, drawer in drawers:
        if question.variable in planned:
            return drawer
    raise ConfigError(
        f"dummy.yaml does not say how '{question.variable}' of part '{draw.part}' is answered; put it under "
        "shares, ratings or texts, or under the answers of every cell"
    )


def _fixed(plan: PartPlan, name: str) -> bool:
    return all(name in cell.answers or name in cell.missing for cell in plan.cells.values())


def _cell_answers(draw: Draw, question: Question, rows: NDArray) -> Columns:
    answers: NDArray = np.full(draw.size, None, object)
    for row in rows:
        answers[row] = draw.plan.cells[draw.cells[row]].answers[question.name]
    return {question.name: answers}


def _shares(draw: Draw, question: Question, cell: str) -> dict[str, float]:
    plan = draw.plan.shares[question.variable]
    planned = {**plan.shares, **plan.cells.get(cell, {})}
    offered = question.columns if isinstance(question.columns, dict) else planned
    found = {name: in_wave(shares, draw.wave) for name, shares in planned.items() if name in offered}
    shares = {name: share for name, share in found.items() if share is not None}
    if not sum(shares.values()):
        raise ConfigError(f"dummy.yaml has no shares of '{question.name}' for wave '{draw.wave}'")
    return shares


def _categories(draw: Draw, question: Question, rows: NDArray) -> Columns:
    answers: NDArray = np.full(draw.size, None, object)
    rng = draw.chance(question.name)
    for cell, members in draw.by_cell(rows):
        answers[members] = divided(rng, len(members), _shares(draw, question, cell))
    return {question.name: answers}


def _several(draw: Draw, question: Question, rows: NDArray) -> Columns:
    names = question.columns if isinstance(question.columns, dict) else question.categories
    ticks: dict[str, NDArray] = {name: np.full(draw.size, None, object) for name in names}
    rng = draw.chance(question.name)
    for ticks_of_one in ticks.values():
        ticks_of_one[rows] = False
    for cell, members in draw.by_cell(rows):
        for name, chosen in ticked(rng, len(members), _shares(draw, question, cell)).items():
            ticks[name][members] = chosen
    return {f"{question.name}.{name}": values for name, values in ticks.items()}


def _numbers(draw: Draw, question: Question, rows: NDArray) -> Columns:
    if question.minimum is None or question.maximum is None:
        raise ConfigError(
            f"'{question.name}' has no minimum and maximum in the codebook; made-up marks need both"
        )
    plan = draw.plan.ratings[question.variable]
    if question.item and question.item not in plan.items:
        raise ConfigError(
            f"dummy.yaml, ratings, {question.variable}: item '{question.item}' has no mean; add it"
        )
    item = plan.item(question.item)
    mean = in_wave(item.mean, draw.wave)
    if mean is None:
        raise ConfigError(f"dummy.yaml has no mean of '{question.name}' for wave '{draw.wave}'")
    noise = draw.chance(question.name).normal(size=draw.size)
    scores = plan.spread * (plan.link * draw.satisfaction() + np.sqrt(1 - plan.link**2) * noise)
    marks = np.full(draw.size, np.nan)
    for cell, members in draw.by_cell(rows):
        wanted = mean + number(item.cells.get(cell, {}), draw.wave)
        marks[members] = located(scores[members], wanted, minimum=question.minimum, maximum=question.maximum)
    return {question.name: marks}


def _phrases(draw: Draw, question: Question, rows: NDArray) -> Columns:
    phrases = draw.plan.texts[question.variable].phrases
    texts: NDArray = np.full(draw.size, None, object)
    texts[rows] = np.array(phrases, object)[draw.chance(question.name).integers(len(phrases), size=len(rows))]
    return {question.name: texts}
