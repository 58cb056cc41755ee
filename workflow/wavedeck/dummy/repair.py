"""Move single answers until every figure prints as wanted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wavedeck.dummy.task import Task, misses

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

STEPS = 4000
KICKS = 15
_KICK = (2, 7)
_LEAST = 1e-9
_PAIRED = 90
_CENTRING = 1e-4
_SOFT_MOST = 100.0


@dataclass(frozen=True, eq=False)
class _Moves:
    """Moves of one respondent of a set from one option to another, each of shape (m,)."""

    member: Integers
    old: Integers
    new: Integers

    def taken(self, places: Integers) -> _Moves:
        return _Moves(self.member[places], self.old[places], self.new[places])


def repaired(
    task: Task, choices: Integers, scores: Floats, *, steps: int = STEPS, kicks: int = KICKS
) -> Integers:
    """Return choices that meet the goals, or come as close as single and paired moves bring them.

    Parameters
    ----------
    task
        What is chosen.
    choices
        Option of each respondent, shape (n,).
    scores
        Shape (n,); of respondents who may move, the one nearest to the other option does.
    steps, kicks
        How many moves at most, and how often to start again from somewhere near.
    """
    if not task.goals:
        return choices
    best = _Search(task, choices.copy(), scores)
    best.descend(steps)
    rng = np.random.default_rng(len(choices))
    for _ in range(kicks if best.is_missed else 0):
        tried = _Search(task, best.choices.copy(), scores)
        tried.kick(rng)
        tried.descend(steps)
        if tried.now() < best.now() - _LEAST:
            best = tried
        if not best.is_missed:
            break
    return best.choices


class _Search:
    """The state of one repair."""

    def __init__(self, task: Task, choices: Integers, scores: Floats) -> None:
        self.task, self.choices, self.scores = task, choices, scores
        self.top, self.bottom = task.sums(choices)
        sets, options = task.sets, task.prior.shape[1]
        self.counts = np.zeros((len(sets.sizes), options), np.int64)
        np.add.at(self.counts, (sets.member, choices), 1)
        self.moves = [_possible(task, nearby=True), _possible(task)] if task.ordered else [_possible(task)]
        self.kinds = (self.move_one, self.move_two)
        self.strengths = np.array([goal.strength for goal in task.goals])
        self.targets = np.array([goal.target for goal in task.goals])
        self.exact = self.strengths >= 1

    @property
    def is_done(self) -> bool:
        """Tell whether every goal is reached."""
        return not misses(self.task.goals, self._values()).any()

    @property
    def is_missed(self) -> bool:
        """Tell whether a goal that must be reached is not."""
        return bool(misses(self.task.goals, self._values())[self.exact].any())

    def descend(self, steps: int) -> None:
        """Move answers as long as that helps."""
        for _ in range(steps):
            if self.is_done or not any(move(moves) for moves in self.moves for move in self.kinds):
                break

    def kick(self, rng: np.random.Generator) -> None:
        """Make some moves at random, to get out of a place from which none helps."""
        for _ in range(int(rng.integers(*_KICK))):
            moves = self._open(self.moves[0])
            if len(moves.old):
                self._make(moves, int(rng.integers(len(moves.old))))

    def _values(self) -> Floats:
        return self.task.values(self.top, self.bottom)

    def _loss(self, top: Floats, bottom: Floats) -> Floats:
        values = self.task.values(top, bottom)
        away = (values - self.targets) / self.task.halves
        centring = _CENTRING * np.minimum(away**2, 1.0)
        missed = misses(self.task.goals, values)
        each = np.where(self.exact, missed**2, np.minimum(missed**2, _SOFT_MOST)) + missed
        return np.asarray(((each + centring) * self.strengths).sum(axis=-1))

    def _deltas(self, moves: _Moves) -> tuple[Floats, Floats]:
        sets = self.task.sets
        tops = sets.tops[:, moves.member, moves.new] - sets.tops[:, moves.member, moves.old]
        bottoms = sets.bottoms[:, moves.member, moves.new] - sets.bottoms[:, moves.member, moves.old]
        return tops.T, bottoms.T

    def _open(self, moves: _Moves) -> _Moves:
        return moves.taken(np.flatnonzero(self.counts[moves.member, moves.old] > 0))

    def move_one(self, possible: _Moves) -> bool:
        """Make the best single move; tell whether there was one."""
        moves = self._open(possible)
        if not len(moves.old):
            return False
        tops, bottoms = self._deltas(moves)
        losses = self._loss(self.top + tops, self.bottom + bottoms)
        best = int(np.argmin(losses))
        if losses[best] >= self.now() - _LEAST:
            return False
        self._make(moves, best)
        return True

    def move_two(self, possible: _Moves) -> bool:
        """Make the best pair among the moves that harm least and those that bring most."""
        moves = self._open(possible)
        if not len(moves.old):
            return False
        tops, bottoms = self._deltas(moves)
        losses = self._loss(self.top + tops, self.bottom + bottoms)
        near = moves.taken(np.argsort(losses, kind="stable")[:_PAIRED])
        tops, bottoms = self._deltas(near)
        both = self._loss(
            self.top + tops[:, None] + tops[None, :], self.bottom + bottoms[:, None] + bottoms[None, :]
        )
        both[~self._compatible(near)] = np.inf
        first, second = np.unravel_index(int(np.argmin(both)), both.shape)
        if both[first, second] >= self.now() - _LEAST:
            return False
        self._make(near, int(first))
        self._make(near, int(second))
        return True

    def _compatible(self, moves: _Moves) -> NDArray[np.bool_]:
        same = (moves.member[:, None] == moves.member) & (moves.old[:, None] == moves.old)
        alone = self.counts[moves.member, moves.old] < 2
        return np.asarray(~(same & alone[:, None]))

    def now(self) -> float:
        """Return how far the goals are off."""
        return float(self._loss(self.top, self.bottom))

    def _make(self, moves: _Moves, place: int) -> None:
        member, old, new = moves.member[place], moves.old[place], moves.new[place]
        rows = np.flatnonzero((self.task.sets.member == member) & (self.choices == old))
        row = rows[np.argmax(self.scores[rows] if new > old else -self.scores[rows])]
        self.choices[row] = new
        self.counts[member, old] -= 1
        self.counts[member, new] += 1
        sets = self.task.sets
        self.top = self.top + sets.tops[:, member, new] - sets.tops[:, member, old]
        self.bottom = self.bottom + sets.bottoms[:, member, new] - sets.bottoms[:, member, old]


def _possible(task: Task, *, nearby: bool = False) -> _Moves:
    """Return every move between options that a set of respondents has, or only those by a step."""
    can = task.sets.prior > 0
    options = np.arange(can.shape[1])
    away = np.abs(options[:, None] - options)
    near = away == 1 if nearby else away > 0
    allowed = can[:, :, None] & can[:, None, :] & near
    return _Moves(*(places.astype(np.int64) for places in np.nonzero(allowed)))
