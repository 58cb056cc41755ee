"""What a model's measures are computed from: its matrix, and the matrix of every replicate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wavedeck.impact.definite import is_known, remedy_all
from wavedeck.impact.errors import ImpactError
from wavedeck.impact.inference import spread
from wavedeck.impact.logit import latent_correlation, latent_replicates
from wavedeck.impact.matrices import replicate_matrices
from wavedeck.impact.model import Model
from wavedeck.impact.replicates import Replicates
from wavedeck.stats.arrays import Floats

MOST_LOST = 0.1


@dataclass(frozen=True, eq=False)
class Evidence:
    """Hold the matrix of the sample, those of the replicates, and what was asked."""

    sample: Floats
    stack: Floats | None
    level: float
    seed: int

    @classmethod
    def of(cls, model: Model, replicates: Replicates | None, *, level: float, seed: int) -> Evidence:
        """Gather the evidence for one model."""
        used = model.effective
        sample = used.correlation if used.family == "linear" else latent_correlation(used)
        stack = None if replicates is None else usable(replicate_stack(used, replicates))
        return cls(sample, stack, level, seed)

    @property
    def r_squared(self) -> float:
        """Of all drivers together."""
        return float(explained(self.sample[None])[0])

    @property
    def r_squared_se(self) -> float:
        """NaN without replicates."""
        return np.nan if self.stack is None else float(spread(explained(self.stack)))


def replicate_stack(model: Model, replicates: Replicates) -> Floats:
    """Return the matrix of every replicate, with the declared remedy; NaN where it gave no answer."""
    if model.family != "linear":
        return latent_replicates(model, replicates)
    return remedy_all(correlations_of(model, replicates), remedy=model.remedy)


def correlations_of(model: Model, replicates: Replicates) -> Floats:
    """Return the correlation matrix of every replicate as it is, shape (b, p + 1, p + 1)."""
    if replicates.design.n != model.design.n:
        raise ImpactError("the replicates are of another design; draw them from the design of the model")
    weights = np.where(model.design.rows, model.design.weights, 0.0)
    return replicate_matrices(model.values, model.answered, weights, replicates=replicates).correlation


def usable(stack: Floats) -> Floats:
    """Return the matrices of the replicates, unless too many gave no answer."""
    lost = ~is_known(stack)
    if lost.mean() > MOST_LOST:
        raise ImpactError(
            f"{int(lost.sum())} of {len(stack)} replicates gave no answer: too few respondents, or a matrix "
            "that is hardly positive definite; leave out drivers, join groups or, for pairs, declare a remedy"
        )
    return stack


def standardised(stack: Floats) -> Floats:
    """Return standardised coefficients (b, p) from matrices (b, p + 1, p + 1)."""
    known = is_known(stack)
    out = np.full((len(stack), stack.shape[1] - 1), np.nan)
    out[known] = np.linalg.solve(stack[known][:, :-1, :-1], stack[known][:, :-1, -1:])[..., 0]
    return out


def explained(stack: Floats) -> Floats:
    """Return R² (b,) from matrices (b, p + 1, p + 1)."""
    return np.asarray((standardised(stack) * stack[:, :-1, -1]).sum(axis=1))
