"""Choose one place for each label so that none is in another's way."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wavedeck.render.chart.candidates import Candidates
from wavedeck.render.chart.geometry import Floats, cross_each_other, crosses_box, overlap

OVERLAP, UNDER_LABEL, CROSSING = 1e6, 300.0, 100.0
STEPS_PER_LABEL, PATIENCE = 12, 4


class Search:
    """Repair conflicts one label at a time; what stays in conflict grows dearer.

    Parameters
    ----------
    options
        Candidates of each label.
    pad
        Least distance between two labels.
    seed
        The same seed gives the same places.
    """

    def __init__(self, options: list[Candidates], pad: float, seed: int) -> None:
        count = [len(option.cost) for option in options]
        self.pad, self.rng = pad, np.random.default_rng(seed)
        self.boxes = np.concatenate([option.boxes for option in options])
        self.leaders = np.concatenate([option.leaders for option in options])
        self.cost = np.concatenate([option.cost for option in options])
        self.owner = np.repeat(np.arange(len(options)), count)
        self.start = np.cumsum([0, *count])
        self.harm = np.zeros((len(self.cost), len(options)))
        self.penalty = np.ones((len(options), len(options)))
        self.choice = self.start[:-1].copy()
        self.best, self.least = self.choice.copy(), np.inf
        for i in np.argsort(count, kind="stable"):
            self._move(int(i), self._cheapest(int(i)))
        self._remember()

    def settle(self) -> None:
        """Move labels that are in the way until none is, or nothing is gained any more."""
        count, since, least = len(self.choice), 0, self.least
        for _ in range(STEPS_PER_LABEL * count):
            if self.least == 0 or since > PATIENCE * count:
                return
            since, least = (0, self.least) if self.least < least else (since + 1, least)
            harm = self.harm[self.choice]
            wrong = np.flatnonzero(harm.any(axis=1))
            i = int(self.rng.choice(wrong))
            self.penalty[i, harm[i] > 0] *= 1.3
            self._move(i, self._cheapest(i))
            self._remember()

    def shake(self) -> None:
        """Forget what grew dear and move a third of the labels at random."""
        self.penalty[:] = 1.0
        for i in self.rng.permutation(len(self.choice))[: max(1, len(self.choice) // 3)]:
            self._move(int(i), int(self.rng.integers(self.start[i], self.start[i + 1])))

    def polished(self) -> NDArray[np.int64]:
        """Return the best choice, each label moved as close as the others allow; counted per label."""
        for i, candidate in enumerate(self.best):
            self._move(i, int(candidate))
        self.penalty[:] = 1.0
        for _ in range(3):
            for i in range(len(self.choice)):
                self._move(i, self._cheapest(i))
        self._remember()
        if self._total() > self.least:
            self.choice = self.best.copy()
        return np.asarray(self.choice - self.start[:-1], dtype=np.int64)

    def _cheapest(self, i: int) -> int:
        own = slice(self.start[i], self.start[i + 1])
        return int(self.start[i] + np.argmin(self.cost[own] + self.harm[own] @ self.penalty[i]))

    def _move(self, i: int, candidate: int) -> None:
        self.choice[i] = candidate
        self.harm[:, i] = self._harm_by(self.boxes[candidate][None], self.leaders[candidate][None])
        self.harm[self.start[i] : self.start[i + 1], i] = 0.0

    def _harm_by(self, box: Floats, leader: Floats) -> Floats:
        """Return what one label as chosen costs every candidate."""
        hits = overlap(self.boxes, box, self.pad)[:, 0]
        under = crosses_box(self.leaders, box)[:, 0] | crosses_box(leader, self.boxes)[0]
        crossing = cross_each_other(self.leaders, leader)[:, 0]
        return OVERLAP * hits + UNDER_LABEL * under + CROSSING * crossing

    def _total(self) -> float:
        return float(self.harm[self.choice].sum())

    def _remember(self) -> None:
        total = self._total()
        if total < self.least:
            self.best, self.least = self.choice.copy(), total
