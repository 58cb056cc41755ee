"""Weighted cumulative logit models: a binary outcome is one with two categories."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from wavedeck.impact.errors import ImpactError
from wavedeck.stats.arrays import Booleans, Floats, Integers

ROUNDS = 60
HALVINGS = 30
MOST_CATEGORIES = 20


@dataclass(frozen=True, eq=False)
class OrdinalFit:
    """Hold a fitted model: logit P(outcome <= k) = threshold k minus slopes times drivers.

    Parameters
    ----------
    thresholds, slopes
        Shapes (k - 1,) and (p,).
    influence
        Shape (n, p), what each respondent adds to each slope.
    """

    thresholds: Floats
    slopes: Floats
    influence: Floats


def fit_ordinal(
    outcome: Floats, drivers: Floats, weights: Floats, *, start: Floats | None = None
) -> OrdinalFit:
    """Fit a proportional odds model by weighted maximum likelihood.

    Parameters
    ----------
    outcome
        Shape (n,), codes in order.
    drivers
        Shape (n, p), complete.
    weights
        Shape (n,), 0 for respondents who do not count.
    start
        Shape (p,), slopes to start from.

    Raises
    ------
    ImpactError
        When the outcome has one category or too many, or the fit does not converge.

    References
    ----------
    McCullagh (1980), JRSS B 42; Binder (1983), International Statistical Review 51. R `survey`: `svyolr`.
    """
    steps = _Steps.of(outcome, drivers, weights)
    theta = np.concatenate([steps.first_thresholds(), np.zeros(drivers.shape[1]) if start is None else start])
    theta = theta if np.isfinite(steps.likelihood(theta)) else steps.plain_start(theta)
    for _ in range(ROUNDS):
        score, bread = steps.newton(theta)
        move = bread @ score.sum(axis=0)
        theta, size = _moved(steps, theta, move)
        if np.max(np.abs(move)) * size < 1e-10 * (1 + np.max(np.abs(theta))):
            score, bread = steps.newton(theta)
            cut = len(theta) - drivers.shape[1]
            return OrdinalFit(theta[:cut], theta[cut:], (score @ bread)[:, cut:])
    raise ImpactError(
        f"a logit model did not converge in {ROUNDS} rounds; a driver may separate the outcome's categories"
    )


def _moved(steps: _Steps, theta: Floats, move: Floats) -> tuple[Floats, float]:
    now, size = steps.likelihood(theta), 1.0
    slack = 1e-12 * (1 + abs(now))
    for _ in range(HALVINGS):
        if steps.likelihood(theta + size * move) >= now - slack:
            break
        size /= 2
    return theta + size * move, size


@dataclass(frozen=True, eq=False)
class _Steps:
    """Hold which thresholds lie above and below each respondent: `upper` and `lower` times theta."""

    code: Integers
    counted: Booleans
    upper: Floats
    lower: Floats
    weights: Floats
    categories: int

    @classmethod
    def of(cls, outcome: Floats, drivers: Floats, weights: Floats) -> _Steps:
        counted = weights > 0
        names, code = np.unique(outcome[counted], return_inverse=True)
        k = len(names)
        if not 2 <= k <= MOST_CATEGORIES:
            raise ImpactError(
                f"the outcome has {k} different answers; a logit model takes 2 to {MOST_CATEGORIES}"
            )
        codes = np.zeros(len(outcome), dtype=np.int64)
        codes[counted] = code
        steps = np.eye(k + 1)
        x = -np.where(counted[:, None], drivers, 0.0)
        ends = [np.column_stack([steps[codes + shift][:, 1:k], x]) for shift in (1, 0)]
        return cls(codes, counted, ends[0], ends[1], weights, k)

    def first_thresholds(self) -> Floats:
        share = np.bincount(self.code[self.counted], self.weights[self.counted], minlength=self.categories)
        return np.asarray(special.logit(np.cumsum(share)[:-1] / share.sum()))

    def plain_start(self, theta: Floats) -> Floats:
        return np.concatenate([theta[: self.categories - 1], np.zeros(len(theta) - self.categories + 1)])

    def _ends(self, theta: Floats) -> tuple[Floats, Floats]:
        u = np.where(self.code == self.categories - 1, np.inf, self.upper @ theta)
        low = np.where(self.code == 0, -np.inf, self.lower @ theta)
        return special.expit(u), special.expit(low)

    def likelihood(self, theta: Floats) -> float:
        above, below = self._ends(theta)
        chance = np.where(self.counted, above - below, 1.0)
        if np.any(chance <= 0):
            return -np.inf
        return float(self.weights @ np.log(chance))

    def newton(self, theta: Floats) -> tuple[Floats, Floats]:
        """Return each respondent's weighted score (n, m) and the inverse of the information (m, m)."""
        above, below = self._ends(theta)
        chance = np.where(self.counted, above - below, 1.0)
        if np.any(chance <= 0):
            raise ImpactError("a logit model did not converge; a driver may separate the categories")
        fu, fl = above * (1 - above), below * (1 - below)
        gu, gl = fu / chance, -fl / chance
        huu = fu * (1 - 2 * above) / chance - gu**2
        hll = -fl * (1 - 2 * below) / chance - gl**2
        w, a, b = np.where(self.counted, self.weights, 0.0), self.upper, self.lower
        score = (w * gu)[:, None] * a + (w * gl)[:, None] * b
        cross = (a * (w * -gu * gl)[:, None]).T @ b
        hessian = (a * (w * huu)[:, None]).T @ a + (b * (w * hll)[:, None]).T @ b + cross + cross.T
        try:
            bread: Floats = np.linalg.inv(-hessian).astype(np.float64)
        except np.linalg.LinAlgError as error:
            raise ImpactError(
                "a logit model has no single answer; some drivers follow from others"
            ) from error
        return score, bread
