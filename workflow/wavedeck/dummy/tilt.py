"""Shares of answers that meet goals while staying close to what was to be expected.

Exponential tilting: the shares that differ least from the expected ones (smallest Kullback-Leibler
divergence) among those that meet linear goals. It is calibration with the raking distance, each goal
with some slack so that goals that contradict each other share the miss.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_ROUNDS = 60
_HALVINGS = 30
_DONE = 1e-6


def tilted(prior: Floats, sizes: Floats, features: Floats, wanted: Floats, slack: Floats) -> Floats:
    """Return tilted shares of each answer.

    Parameters
    ----------
    prior
        Expected share of each of a answers in each of p sets of respondents, shape (p, a); rows sum to 1.
    sizes
        Respondents in each set, shape (p,).
    features
        What one respondent with an answer adds to each of t sums, shape (t, p, a).
    wanted
        The sums, shape (t,).
    slack
        How far each sum may give per unit of its multiplier, shape (t,), above 0.

    Returns
    -------
    ndarray of float64, shape (p, a)
        Rows sum to 1; an answer whose prior is 0 keeps 0.

    References
    ----------
    Deville, Särndal (1992), JASA 87, case 2 (raking); ridge calibration: Chambers (1996), JOS 12.

    Examples
    --------
    >>> evenly, ten, counts = np.array([[0.5, 0.5]]), np.array([10.0]), np.array([[[0.0, 1.0]]])
    >>> shares = tilted(evenly, ten, counts, np.array([8.0]), np.array([1e-9]))
    >>> shares.round(3).tolist()
    [[0.2, 0.8]]
    """
    with np.errstate(divide="ignore"):
        dual = _Dual(np.log(prior), sizes, features, wanted, slack)
    multiplier = np.zeros(len(wanted))
    shares, value = dual.at(multiplier)
    for _ in range(_ROUNDS):
        gradient = np.einsum("tpa,pa,p->t", features, shares, sizes) - wanted + slack * multiplier
        if np.max(np.abs(gradient), initial=0.0) < _DONE:
            break
        step = np.linalg.solve(_curvature(shares, sizes, features) + np.diag(slack), gradient)
        moved = dual.better(multiplier, step, value)
        if moved is None:
            break
        multiplier = moved
        shares, value = dual.at(multiplier)
    return shares


@dataclass(frozen=True, eq=False)
class _Dual:
    """The function of the multipliers that tilting makes smallest."""

    start: Floats
    sizes: Floats
    features: Floats
    wanted: Floats
    slack: Floats

    def at(self, multiplier: Floats) -> tuple[Floats, float]:
        """Return shares and the value of the function."""
        logs = self.start + np.einsum("t,tpa->pa", multiplier, self.features)
        top = logs.max(axis=1, keepdims=True)
        grown = np.exp(logs - top)
        total = grown.sum(axis=1, keepdims=True)
        penalty = self.slack @ multiplier**2 / 2 - multiplier @ self.wanted
        return grown / total, float(self.sizes @ (np.log(total) + top)[:, 0] + penalty)

    def better(self, multiplier: Floats, step: Floats, value: float) -> Floats | None:
        """Return the multipliers after the longest halved step that brings the value down."""
        for halving in range(_HALVINGS):
            moved = multiplier - step / 2**halving
            if self.at(moved)[1] < value:
                return moved
        return None


def _curvature(shares: Floats, sizes: Floats, features: Floats) -> Floats:
    means = np.einsum("tpa,pa->tp", features, shares)
    centred = features - means[:, :, None]
    flat = (centred * np.sqrt(shares * sizes[:, None])).reshape(len(features), -1)
    return np.asarray(flat @ flat.T)
