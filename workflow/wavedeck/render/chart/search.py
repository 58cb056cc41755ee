"""Choose one place for each label so that none is in another's way."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wavedeck.render.chart.candidates import Candidates
from wavedeck.render.chart.geometry import Booleans, Floats, cross_each_other, crosses_box, overlap

CONFLICT, DEARER, _LEAN, _NEVER = 10.0, 1.05, 100.0, 1e3
STEPS_PER_LABEL, PATIENCE, REST, ROUNDS_PER_LABEL = 40, 12, 100, 3
NEIGHBOURS = (2, 6)


class Search:
    """Repair conflicts one label at a time, then let a few neighbours at a time look for better places.

    Parameters
    ----------
    options
        Candidates of each label.
    pad
        Least distance between two labels, and between a label and the leader of another.
    seed
        The same seed gives the same places.
    crossing
        Whether leaders may cross one another and pass behind labels.

    References
    ----------
    Glover (1989), ORSA Journal on Computing 1 (a place that was left rests for a while); Morris (1993), AAAI
    (what stays in conflict grows dearer).
    """

    def __init__(self, options: list[Candidates], pad: float, seed: int, *, crossing: bool = False) -> None:
        count = [len(option.cost) for option in options]
        self.crossing = crossing
        self.pad, self.rng = pad, np.random.default_rng(seed)
        self.boxes = np.concatenate([option.boxes for option in options])
        self.leaders = np.concatenate([option.leaders for option in options])
        self.cost = np.concatenate([option.cost for option in options])
        self.middle = (self.boxes[:, :2] + self.boxes[:, 2:]) / 2
        self.reach = _reach(self.boxes, self.leaders)
        self.start = np.cumsum([0, *count])
        self.harm = np.zeros((len(self.cost), len(options)))
        self.penalty = np.full((len(options), len(options)), CONFLICT)
        self.choice = self.start[:-1].copy()
        self.best, self.least = self.choice.copy(), (np.inf, np.inf)
        self.size = np.concatenate([option.size for option in options])
        self._seen: dict[int, Booleans] = {}
        self._bias = np.zeros(len(self.cost))
        for i in self.rng.permutation(len(options)) if seed else np.argsort(count, kind="stable"):
            self._move(int(i), self._cheapest(int(i)))
        self._remember()

    def start_with(self, size: NDArray[np.int64]) -> None:
        """Begin anew, each label in one of its sizes, and prefer these while labels settle."""
        own = np.repeat(size, np.diff(self.start))
        self._bias = _LEAN * (self.size != own)
        for i in range(len(self.choice)):
            self._move(i, self._cheapest(i))
        self._remember()

    def settle(self) -> None:
        """Move labels that are in the way until none is, or for a limited number of steps."""
        rests, since = np.zeros(len(self.cost), dtype=np.int64), 0
        for step in range(STEPS_PER_LABEL * len(self.choice)):
            harm = self.harm[self.choice]
            wrong = np.flatnonzero(harm.any(axis=1))
            if not len(wrong) or since > PATIENCE * len(self.choice):
                return
            i = int(self.rng.choice(wrong))
            self.penalty[i, harm[i] > 0] *= DEARER
            rests[self.choice[i]] = step + self.rng.integers(REST)
            self._move(i, self._cheapest(i, (rests > step).astype(np.float64) * _NEVER))
            least = self.least[0]
            self._remember()
            since = 0 if self.least[0] < least else since + 1

    def improve(self) -> None:
        """Take a label and its neighbours out and put them back in turn, as long as that pays."""
        self.penalty[:], self._bias[:] = 1e6, 0.0
        for _ in range(ROUNDS_PER_LABEL * len(self.choice)):
            self._restore()
            dear = self.cost[self.choice] + 0.2
            i = int(self.rng.choice(len(dear), p=dear / dear.sum()))
            near = np.argsort(np.hypot(*(self.middle[self.choice] - self.middle[self.choice[i]]).T))
            taken = self.rng.permutation(near[: self.rng.integers(*NEIGHBOURS)])
            self.harm[:, taken] = 0.0
            for one in taken:
                self._move(int(one), self._cheapest(int(one)))
            self._remember()
        self._restore()

    def chosen(self) -> NDArray[np.int64]:
        """Return the best choice, counted per label."""
        return np.asarray(self.best - self.start[:-1], dtype=np.int64)

    def _restore(self) -> None:
        for i in np.flatnonzero(self.choice != self.best):
            self._move(int(i), int(self.best[i]))

    def _cheapest(self, i: int, more: Floats | None = None) -> int:
        own = slice(self.start[i], self.start[i + 1])
        cost = self.cost[own] + self._bias[own] + self.harm[own] @ self.penalty[i]
        return int(self.start[i] + np.argmin(cost if more is None else cost + more[own]))

    def _move(self, i: int, candidate: int) -> None:
        self.choice[i] = candidate
        if candidate not in self._seen:
            self._seen[candidate] = self._harmed_by(candidate)
        self.harm[:, i] = self._seen[candidate]
        self.harm[self.start[i] : self.start[i + 1], i] = 0.0

    def _harmed_by(self, candidate: int) -> Booleans:
        """Tell which candidates one candidate excludes."""
        box, leader = self.boxes[candidate][None], self.leaders[candidate][None]
        if self.crossing:
            return overlap(self.boxes, box, self.pad)[:, 0]
        near = np.flatnonzero(overlap(self.reach, self.reach[candidate][None], 2 * self.pad)[:, 0])
        boxes, leaders = self.boxes[near], self.leaders[near]
        around = np.array([-1.0, -1.0, 1.0, 1.0]) * self.pad
        hits = overlap(boxes, box, self.pad)[:, 0]
        hits |= crosses_box(leaders, box + around)[:, 0]
        if not np.isnan(leader[0, 0]):
            hits |= crosses_box(leader, boxes + around)[0]
            hits |= cross_each_other(leaders, leader)[:, 0]
        out = np.zeros(len(self.cost), dtype=bool)
        out[near] = hits
        return out

    def _remember(self) -> None:
        """Keep the choice where it is the best so far."""
        total = (float(self.harm[self.choice].sum()), float(self.cost[self.choice].sum()))
        if total < self.least:
            self.best, self.least = self.choice.copy(), total


def _reach(boxes: Floats, leaders: Floats) -> Floats:
    """Return the boxes (c, 4) that hold label and leader."""
    low = np.fmin(boxes[:, :2], np.fmin(leaders[:, :2], leaders[:, 2:]))
    high = np.fmax(boxes[:, 2:], np.fmax(leaders[:, :2], leaders[:, 2:]))
    return np.column_stack([low, high])
