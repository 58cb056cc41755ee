"""Newton's method for calibration, on rows or on a table of combinations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wavedeck.stats.arrays import Floats
from wavedeck.weighting.distances import Distance
from wavedeck.weighting.errors import InfeasibleCapsError, NoConvergenceError

TOLERANCE = 1e-13
GOOD = 1e-9
HALVINGS = 40


@dataclass(frozen=True, eq=False)
class Problem:
    """Hold what must be reached.

    Parameters
    ----------
    variables
        Shape (r, q).
    base
        Shape (r,), starting weight of each row.
    totals, names
        The q totals and what messages call them.
    distance
        Gives the ratio of new to starting weight.
    """

    variables: Floats
    base: Floats
    totals: Floats
    names: tuple[str, ...]
    distance: Distance

    def miss(self, multiplier: Floats) -> Floats:
        """Return how much each total is short."""
        ratio = self.distance.ratio(self.variables @ multiplier)
        return self.totals - self.variables.T @ (self.base * ratio)

    def size(self, miss: Floats) -> float:
        """Return the largest miss, relative to the totals."""
        return float(np.max(np.abs(miss) / (np.abs(self.totals) + 1e-3 * np.abs(self.totals).max())))


def solve(problem: Problem, *, max_iterations: int = 200) -> tuple[Floats, int]:
    """Return the ratio of new to starting weight of each row (r,), and the rounds taken.

    Raises
    ------
    InfeasibleCapsError
        When there are bounds and no weights within them were found.
    NoConvergenceError
        When there are no bounds.
    """
    multiplier = np.zeros(problem.variables.shape[1])
    miss = problem.miss(multiplier)
    for iteration in range(1, max_iterations + 1):
        step = _step(problem, multiplier, miss)
        moved = _shortened(problem, multiplier, step, problem.size(miss))
        stalled = moved is None
        if moved is not None:
            multiplier, miss = moved, problem.miss(moved)
        if problem.size(miss) < TOLERANCE or (stalled and problem.size(miss) < GOOD):
            return problem.distance.ratio(problem.variables @ multiplier), iteration
        if stalled:
            break
    raise _failure(problem, miss, max_iterations)


def _step(problem: Problem, multiplier: Floats, miss: Floats) -> Floats:
    x = problem.variables
    slope = problem.base * problem.distance.slope(x @ multiplier)
    scale = np.sqrt(np.maximum((x * x * problem.base[:, None]).sum(axis=0), 1e-300))
    curvature = (x * slope[:, None]).T @ x / np.outer(scale, scale)
    return np.linalg.lstsq(curvature, miss / scale, rcond=1e-13)[0] / scale


def _shortened(problem: Problem, multiplier: Floats, step: Floats, before: float) -> Floats | None:
    """Return the multiplier after the longest halved step that comes closer; None if none does."""
    for halving in range(HALVINGS):
        moved = multiplier + step / 2**halving
        if problem.size(problem.miss(moved)) < before:
            return moved
    return None


def _failure(problem: Problem, miss: Floats, rounds: int) -> InfeasibleCapsError | NoConvergenceError:
    worst = int(np.argmax(np.abs(miss) / (np.abs(problem.totals) + 1e-3 * np.abs(problem.totals).max())))
    reached = problem.totals[worst] - miss[worst]
    where = f"{problem.names[worst]!r} reaches {reached:.6g} of {problem.totals[worst]:.6g}"
    if np.all(np.isinf(problem.distance.upper)) and np.all(np.isinf(problem.distance.lower)):
        return NoConvergenceError(
            f"calibration did not converge in {rounds} rounds: {where}; the totals contradict each other"
        )
    return InfeasibleCapsError(f"no weights within the caps reach the targets: {where}; widen the caps")
