"""Try to solve hidden figures from everything a report shows. Imports nothing that hides figures.

Unknown are the weighted answers to one question of one wave: how much weight gave answer k in each cell of
all groups crossed. Every shown mean, share and NPS, its weighted base, and every shown difference is an
equation in them. A hidden figure is solved where the equations leave one value for it.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wavedeck.figures.records import Comparison, Figure
from wavedeck.study.groups import ALL, CROSS, GroupBook
from wavedeck.study.load import Study

CLOSE = 1e-7
PEOPLE = ("composition", "count")
SOLVABLE = ("mean", "share", "distribution", "nps", "multiple", *PEOPLE)
SHOWN = ("shown", "low_base")
NPS = {str(mark): -100.0 if mark < 7 else 100.0 if mark > 8 else 0.0 for mark in range(11)}


@dataclass(frozen=True)
class Solved:
    """A hidden figure that a reader can compute."""

    address: str
    value: float


class Cells:
    """Every combination of groups that the study declares; a group is a set of them."""

    def __init__(self, book: GroupBook, part: str, names: Sequence[str], open_ended: Collection[str]) -> None:
        self.book = book
        single = {one for name in names for one in name.split(CROSS)} - {ALL}
        members = [
            (*book.expand([one], part), *([""] if one in open_ended else []))
            for one in book.groups.breakdowns
        ]
        in_breakdown = {one for own in members for one in own}
        plain = sorted(self._basic(single) - in_breakdown)
        used = [own for own in members if set(own) & self._basic(single)]
        axes = [*used, *((name, "") for name in plain)]
        self.cells = [frozenset(filter(None, one)) for one in itertools.product(*axes)]

    def _basic(self, names: set[str]) -> set[str]:
        found: set[str] = set()
        for name in names:
            union = self.book.definition(name).union
            found |= self._basic(set(union)) if union else {name}
        return found

    def of(self, name: str) -> np.ndarray:
        """Return which cells belong to a group, as zeros and ones."""
        return np.array(
            [all(self._holds(cell, one) for one in name.split(CROSS)) for cell in self.cells], float
        )

    def _holds(self, cell: frozenset[str], name: str) -> bool:
        if name == ALL:
            return True
        union = self.book.definition(name).union
        return any(self._holds(cell, one) for one in union) if union else name in cell


class Question:
    """What is known of the answers to one question in one wave."""

    def __init__(self, cells: Cells, answers: Sequence[str]) -> None:
        self.cells, self.answers = cells, list(answers)
        self.rows: list[np.ndarray] = []
        self.right: list[float] = []

    def row(self, scores: Mapping[str, float], group: np.ndarray) -> np.ndarray:
        """Return the sum of scored answers over a group as an equation's left side."""
        return np.outer([scores.get(one, 0.0) for one in self.answers], group).ravel()

    def know(self, row: np.ndarray, value: float) -> None:
        self.rows.append(row)
        self.right.append(value)

    def solve(self, top: np.ndarray, bottom: np.ndarray) -> float | None:
        """Return the ratio of two sums where what is known leaves one value for it."""
        known, right = np.array(self.rows), np.array(self.right)
        scale = np.abs(known).max(axis=1)
        known, right = known / scale[:, None], right / scale
        at_top, at_bottom = (np.linalg.lstsq(known.T, one, rcond=1e-9)[0] for one in (top, bottom))
        left_top, left_bottom = top - known.T @ at_top, bottom - known.T @ at_bottom
        if np.abs(left_bottom).max() < CLOSE:
            weight = float(at_bottom @ right)
            free = np.abs(left_top).max() > CLOSE * max(1.0, np.abs(top).max())
            return None if free or abs(weight) < CLOSE else float(at_top @ right) / weight
        ratio = float(left_top @ left_bottom) / float(left_bottom @ left_bottom)
        if np.abs(left_top - ratio * left_bottom).max() > CLOSE * max(1.0, np.abs(top).max()):
            return None
        apart = float(at_top @ right) - ratio * float(at_bottom @ right)
        return ratio if abs(apart) < CLOSE else None


def attack(
    study: Study,
    shown: Mapping[str, Figure],
    compared: Sequence[Comparison],
    hidden: Sequence[Figure],
    *,
    open_ended: Mapping[str, Collection[str]],
) -> list[Solved]:
    """Return the hidden figures that follow from those shown.

    Parameters
    ----------
    study
        For what indicators and groups mean.
    shown, compared
        What is published: figures by address, and comparisons.
    hidden
        What is to be solved; their values are not looked at.
    open_ended
        Wave -> breakdowns that do not place everybody.
    """
    found = []
    names = sorted({one.group for one in shown.values()})
    for key in sorted({_key(study, one) for one in hidden} - {None}):  # type: ignore[type-var]
        part = key[0]
        book = study.group_book
        cells = Cells(book, part, names, open_ended.get(key[1], ()))
        mine = [one for one in shown.values() if _key(study, one) == key]
        question = Question(cells, _answers(study, mine))
        for one in mine:
            if one.state in SHOWN:
                _know_figure(study, question, one)
        for item in compared:
            _know_comparison(study, question, item, shown, key)
        for one in hidden:
            if _key(study, one) == key and question.rows:
                value = question.solve(*_sums(study, question, one, one.group))
                if value is not None:
                    found.append(Solved(one.address, value))
    return found


def _key(study: Study, one: Figure) -> tuple[str, str, str, str] | None:
    """Return part, wave, variable and item: figures on one question."""
    spec = study.indicators.indicators.get(one.indicator)
    if spec is None or spec.statistic not in SOLVABLE:
        return None
    if getattr(spec, "per", "") == "answers":
        return None
    if spec.statistic in PEOPLE:
        return one.part, one.wave, "people, weighted" if getattr(spec, "weighted", False) else "people", ""
    nets = getattr(spec, "nets", {})
    if spec.statistic == "multiple" and one.category in nets:
        return None
    own = one.category if spec.statistic in ("multiple", "mean", "share") else ""
    return one.part, one.wave, f"{spec.variable}.{own}", one.item


def _answers(study: Study, figures: Sequence[Figure]) -> list[str]:
    found: dict[str, None] = {}
    for one in figures:
        spec = study.indicators.indicators[one.indicator]
        if spec.statistic in (*PEOPLE, "multiple"):
            found |= dict.fromkeys(("yes", "no"))
            continue
        for question in study.codebook.questions_ever(one.part):
            if question.variable == spec.variable and {one.item, one.category} & {
                question.item,
                question.loop_entry,
            }:
                found |= dict.fromkeys(question.categories)
                if question.minimum is not None and question.maximum is not None:
                    points = range(int(question.minimum), int(question.maximum) + 1)
                    found |= dict.fromkeys(map(str, points))
                if question.type == "nps":
                    found |= dict.fromkeys(NPS)
    return list(found)


def _scores(study: Study, one: Figure, answers: Sequence[str]) -> dict[str, float]:
    spec = study.indicators.indicators[one.indicator]
    if spec.statistic == "mean":
        return {answer: float(answer) for answer in answers}
    if spec.statistic == "nps":
        return NPS
    if spec.statistic == "multiple":
        return {"yes": 100.0}
    nets = getattr(spec, "nets", {})
    wanted = nets[one.category].categories if one.category in nets else [one.category]
    return dict.fromkeys(getattr(spec, "categories", None) or wanted, 100.0)


def _sums(study: Study, question: Question, one: Figure, group: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the sums whose ratio a figure is."""
    inside, every = question.cells.of(group), dict.fromkeys(question.answers, 1.0)
    statistic = study.indicators.indicators[one.indicator].statistic
    if statistic == "composition":
        counted = question.cells.of(one.category)
        return 100 * question.row({"yes": 1.0}, inside * counted), question.row({"yes": 1.0}, inside)
    if statistic == "count":
        whole = question.row({"yes": 1.0}, inside)
        return whole, np.zeros_like(whole)
    return question.row(_scores(study, one, question.answers), inside), question.row(every, inside)


def _know_figure(study: Study, question: Question, one: Figure) -> None:
    top, bottom = _sums(study, question, one, one.group)
    statistic = study.indicators.indicators[one.indicator].statistic
    if statistic == "count":
        question.know(top, float(one.estimate or 0))
        return
    unweighted = statistic == "composition" and not study.indicators.indicators[one.indicator].weighted
    weight = float((one.base if unweighted else one.weighted_base) or 0)
    question.know(bottom, weight)
    question.know(top, float(one.estimate or 0) * weight)


def _know_comparison(
    study: Study,
    question: Question,
    item: Comparison,
    shown: Mapping[str, Figure],
    key: tuple[str, str, str, str],
) -> None:
    """Take the other side out of a difference: the rest of everybody, or another wave."""
    one = shown[item.address]
    if item.difference is None or one.estimate is None:
        return
    value = one.estimate - item.difference
    of_answers = study.indicators.indicators[one.indicator].statistic not in PEOPLE
    if item.kind == "rest" and _key(study, one) == key and of_answers:
        whole, own = (_sums(study, question, one, name) for name in (ALL, one.group))
        question.know((whole[0] - own[0]) - value * (whole[1] - own[1]), 0.0)
    other = shown.get(item.against)
    if other is not None and _key(study, other) == key:
        top, bottom = _sums(study, question, other, other.group)
        if bottom.any():
            question.know(top - value * bottom, 0.0)
