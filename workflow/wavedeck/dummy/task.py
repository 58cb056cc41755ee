"""One question to be answered so that goals are met: who can answer what, and what each answer adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wavedeck.dummy.goals import Goal, Ratio
from wavedeck.dummy.tilt import tilted

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_PASSES = 3
_SLACK = 0.05


@dataclass(frozen=True, eq=False)
class Task:
    """Choose one of a options for each of n respondents.

    Attributes
    ----------
    prior
        Expected share of each option, shape (n, a); rows sum to 1, 0 for what cannot be.
    goals
        What the choices must lead to.
    ratios
        The k ratios that the goals are made of.
    tops, bottoms
        What each choice adds to numerator and denominator of each ratio, shape (k, n, a).
    top, bottom
        What everybody else adds, shape (k,).
    ordered
        Whether options follow each other, so that answers are moved by a step.
    """

    prior: Floats
    goals: tuple[Goal, ...]
    ratios: tuple[Ratio, ...]
    tops: Floats
    bottoms: Floats
    top: Floats
    bottom: Floats
    ordered: bool

    @cached_property
    def factors(self) -> Floats:
        """Return how each ratio counts in each goal, shape (t, k)."""
        places = {ratio.key: place for place, ratio in enumerate(self.ratios)}
        factors = np.zeros((len(self.goals), len(self.ratios)))
        for row, goal in enumerate(self.goals):
            for factor, ratio in goal.terms:
                factors[row, places[ratio.key]] += factor
        return factors

    @cached_property
    def shifts(self) -> Floats:
        """Return what is added to each goal, shape (t,)."""
        return np.array([goal.shift for goal in self.goals])

    @cached_property
    def halves(self) -> Floats:
        """Return half the width of what prints alike for each goal, shape (t,)."""
        return np.array([goal.half for goal in self.goals])

    @cached_property
    def sets(self) -> Sets:
        """Return respondents for whom every option means the same, taken together."""
        return Sets.of(self)

    def sums(self, choices: Integers) -> tuple[Floats, Floats]:
        """Return numerators and denominators after choices, shapes (k,)."""
        rows = np.arange(len(choices))
        tops, bottoms = self.tops[:, rows, choices], self.bottoms[:, rows, choices]
        return self.top + tops.sum(axis=1), self.bottom + bottoms.sum(axis=1)

    def values(self, top: Floats, bottom: Floats) -> Floats:
        """Return what goals come to, given numerators and denominators of shape (..., k)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            averages = np.where(bottom > 0, top / bottom, 0.0)
        return np.asarray(averages @ self.factors.T + self.shifts)


@dataclass(frozen=True, eq=False)
class Sets:
    """Sets of respondents for whom every option means the same.

    Attributes
    ----------
    member
        Set of each respondent, shape (n,).
    sizes
        Respondents per set, shape (p,).
    prior, tops, bottoms
        As in `Task`, one row per set.
    """

    member: Integers
    sizes: Floats
    prior: Floats
    tops: Floats
    bottoms: Floats

    @classmethod
    def of(cls, task: Task) -> Sets:
        """Take respondents of a task together."""
        n = len(task.prior)
        stacked = [task.prior, *np.concatenate([task.tops, task.bottoms])]
        keys = np.ascontiguousarray(np.column_stack([array.reshape(n, -1) for array in stacked]).round(9))
        view = keys.view([("", keys.dtype)] * keys.shape[1])[:, 0]
        _, first, member, sizes = np.unique(view, return_index=True, return_inverse=True, return_counts=True)
        return cls(
            member.astype(np.int64),
            sizes.astype(np.float64),
            task.prior[first],
            task.tops[:, first],
            task.bottoms[:, first],
        )


def expected_shares(task: Task) -> Floats:
    """Return shares of options per set of respondents that meet the goals on average, shape (p, a)."""
    sets, shares = task.sets, task.sets.prior
    for _ in range(_PASSES if len(task.goals) else 0):
        top = task.top + np.einsum("kpa,pa,p->k", sets.tops, shares, sets.sizes)
        bottom = task.bottom + np.einsum("kpa,pa,p->k", sets.bottoms, shares, sets.sizes)
        values = task.values(top, bottom)
        wanted = np.array([_wanted(goal, value) for goal, value in zip(task.goals, values, strict=True)])
        features = _slopes(task, top, bottom)
        now = np.einsum("tpa,pa,p->t", features, shares, sets.sizes)
        slack = _SLACK / sets.sizes.sum() / np.array([goal.strength for goal in task.goals])
        shares = tilted(sets.prior, sets.sizes, features, now + (wanted - values) / task.halves, slack)
    return shares


def _wanted(goal: Goal, value: float) -> float:
    low, high = goal.inside
    one_sided = np.isinf(goal.low) or np.isinf(goal.high)
    return value if one_sided and low <= value <= high else goal.target


def _slopes(task: Task, top: Floats, bottom: Floats) -> Floats:
    """Return what each choice adds to each goal, in halves, to first order; shape (t, p, a)."""
    safe = np.where(bottom > 0, bottom, 1.0)
    averages = np.where(bottom > 0, top / safe, 0.0)
    each = (task.sets.tops - averages[:, None, None] * task.sets.bottoms) / safe[:, None, None]
    return np.einsum("tk,kpa->tpa", task.factors / task.halves[:, None], each)


def chosen(task: Task, scores: Floats) -> Integers:
    """Return a choice per respondent in expected shares, higher options to higher scores; shape (n,).

    Parameters
    ----------
    task
        What is chosen.
    scores
        Shape (n,), all different.
    """
    sets = task.sets
    bounds = np.cumsum(expected_shares(task), axis=1)
    at = _ranked(scores, sets.member, sets.sizes)
    picked = (at[:, None] >= bounds[sets.member]).sum(axis=1)
    highest = (task.prior > 0).shape[1] - 1 - np.argmax((task.prior > 0)[:, ::-1], axis=1)
    return np.minimum(picked, highest)


def _ranked(scores: Floats, member: Integers, sizes: Floats) -> Floats:
    """Return the place of each respondent in his or her set, evenly between 0 and 1."""
    overall = np.empty(len(scores))
    overall[np.argsort(scores, kind="stable")] = (np.arange(len(scores)) + 0.5) / max(len(scores), 1)
    order = np.lexsort((scores, member))
    starts = np.cumsum(sizes) - sizes
    within = np.empty(len(scores))
    within[order] = np.arange(len(scores)) - starts[member[order]]
    return np.asarray((within + overall) / sizes[member])


def misses(goals: Sequence[Goal], values: Floats) -> Floats:
    """Return how far values of shape (..., t) lie outside their intervals, in halves."""
    low = np.array([goal.inside[0] for goal in goals])
    high = np.array([goal.inside[1] for goal in goals])
    halves = np.array([goal.half for goal in goals])
    return np.asarray(np.maximum(np.maximum(low - values, values - high), 0.0) / halves)
