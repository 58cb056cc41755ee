"""Matrices that no complete answers could have, and what is done with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from wavedeck.impact.errors import ImpactError, NotPositiveDefiniteError
from wavedeck.stats.arrays import Booleans, Floats

Remedy = Literal["fail", "nearest", "ridge", "listwise"]
LIMIT = 1e-10
FLOOR = 1e-3
ROUNDS = 100


@dataclass(frozen=True)
class Remedied:
    """Tell how a correlation matrix was made positive definite.

    Parameters
    ----------
    minimum_eigenvalue
        Before the remedy, of drivers and outcome together.
    remedy
        What was done; empty when nothing was needed.
    largest_change
        Largest change of a correlation.
    """

    minimum_eigenvalue: float
    remedy: str
    largest_change: float


def require_remedy(remedy: str) -> None:
    """Raise when a remedy is not known."""
    if remedy not in get_args(Remedy):
        raise ImpactError(f"remedy {remedy!r} is not one of {', '.join(get_args(Remedy))}")


def is_known(matrices: Floats) -> Booleans:
    """Tell which matrices (b, q, q) hold no NaN."""
    return np.asarray(np.isfinite(matrices).all(axis=(1, 2)))


def is_definite(correlations: Floats) -> Booleans:
    """Tell per matrix (b, q, q) whether drivers are independent and the outcome does not exceed them."""
    known = is_known(correlations)
    fine: Booleans = np.zeros(len(known), dtype=np.bool_)
    some = correlations[known]
    drivers = np.linalg.eigvalsh(some[:, :-1, :-1])[:, 0] > LIMIT
    fine[known] = drivers & (np.linalg.eigvalsh(some)[:, 0] > -LIMIT)
    return fine


def remedy_sample(correlation: Floats, *, remedy: Remedy) -> tuple[Floats, Remedied]:
    """Return a positive definite matrix (q, q) and what was done to it.

    Raises
    ------
    NotPositiveDefiniteError
        When it is not, and no remedy was declared.
    """
    smallest = float(np.linalg.eigvalsh(correlation)[0])
    if is_definite(correlation[None])[0]:
        return correlation, Remedied(smallest, "", 0.0)
    if remedy not in {"nearest", "ridge"}:
        raise NotPositiveDefiniteError(
            f"the pairwise correlation matrix is not positive definite (smallest eigenvalue {smallest:.3g}): "
            "pairs rest on different respondents; declare a remedy (nearest, ridge or listwise) "
            "or leave out drivers that few answered"
        )
    made = remedy_all(correlation[None], remedy=remedy)[0]
    return made, Remedied(smallest, remedy, float(np.abs(made - correlation).max()))


def remedy_all(correlations: Floats, *, remedy: Remedy) -> Floats:
    """Return matrices (b, q, q) with those made definite that were not; NaN where that cannot be."""
    wrong = ~is_definite(correlations)
    out = np.where(wrong[:, None, None], np.nan, correlations)
    some = wrong & is_known(correlations)
    if remedy == "nearest" and some.any():
        out[some] = nearest(correlations[some])
    elif remedy == "ridge" and some.any():
        out[some] = ridge(correlations[some])
    return out


def ridge(correlations: Floats, *, floor: float = FLOOR) -> Floats:
    """Shrink all correlations alike until the smallest eigenvalue is `floor`."""
    smallest = np.linalg.eigvalsh(correlations)[:, 0][:, None, None]
    extra = np.maximum(floor - smallest, 0.0) / (1 - floor)
    return np.asarray((correlations + extra * np.eye(correlations.shape[1])) / (1 + extra))


def nearest(correlations: Floats, *, floor: float = FLOOR) -> Floats:
    """Return the nearest correlation matrices with eigenvalues of at least `floor`.

    References
    ----------
    Higham (2002), IMA Journal of Numerical Analysis 22: alternating projections with Dykstra's correction.
    """
    y, correction = correlations.copy(), np.zeros_like(correlations)
    for _ in range(ROUNDS):
        before = y
        lifted = _lifted(y - correction, floor)
        correction = lifted - (y - correction)
        y = _unit_diagonal(lifted)
        if np.abs(y - before).max() < 1e-9:
            break
    return _scaled(_lifted(y, floor))


def _lifted(matrices: Floats, floor: float) -> Floats:
    values, vectors = np.linalg.eigh(matrices)
    return np.asarray((vectors * np.maximum(values, floor)[:, None, :]) @ vectors.swapaxes(1, 2))


def _unit_diagonal(matrices: Floats) -> Floats:
    out = matrices.copy()
    place = np.arange(out.shape[1])
    out[:, place, place] = 1.0
    return out


def _scaled(matrices: Floats) -> Floats:
    root = np.sqrt(np.diagonal(matrices, axis1=1, axis2=2))
    return _unit_diagonal(matrices / (root[:, :, None] * root[:, None, :]))
