"""Weighted correlation matrices of drivers and outcome, for the sample and for every replicate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from wavedeck.impact.replicates import Replicates
from wavedeck.stats.arrays import Booleans, Floats, divide

NUMBERS_AT_ONCE = 2**22

Missing = Literal["pairwise", "listwise"]


@dataclass(frozen=True, eq=False)
class Matrices:
    """Hold correlations, means and standard deviations under b sets of weights.

    Parameters
    ----------
    correlation
        Shape (b, q, q), each pair on respondents who gave both answers; NaN where that says nothing.
    mean, sd
        Shape (b, q), each column on its own answers; sd over sum(w).
    """

    correlation: Floats
    mean: Floats
    sd: Floats


def complete(values: Floats, inside: Booleans, *, missing: Missing) -> Booleans:
    """Return which answers count, shape (n, q): all there are, or only those of complete respondents."""
    answered = ~np.isnan(values) & inside[:, None]
    return answered & answered.all(axis=1, keepdims=True) if missing == "listwise" else answered


def sample_matrices(values: Floats, answered: Booleans, weights: Floats) -> Matrices:
    """Return the matrices of the sample, b = 1."""
    sums = _Sums.of(values, answered, weights)
    return sums.matrices(weights[None])


def replicate_matrices(
    values: Floats, answered: Booleans, weights: Floats, *, replicates: Replicates
) -> Matrices:
    """Return the matrices of all replicates."""
    sums = _Sums.of(values, answered, weights)
    parts = [sums.matrices(block * weights) for _, block in replicates.blocks()]
    return Matrices(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in ("correlation", "mean", "sd"))
    )


@dataclass(frozen=True, eq=False)
class _Sums:
    """Hold answers, centred and scaled to keep sums of squares exact, and the pairs to be summed."""

    values: Floats
    answered: Booleans
    shift: Floats
    unit: Floats
    rows: np.ndarray

    @classmethod
    def of(cls, values: Floats, answered: Booleans, weights: Floats) -> _Sums:
        w = weights[:, None] * answered
        total = w.sum(axis=0)
        filled = np.where(answered, values, 0.0)
        shift = np.nan_to_num(divide((w * filled).sum(axis=0), total))
        spread = np.nan_to_num(divide((w * (filled - shift) ** 2).sum(axis=0), total))
        unit = np.where(spread > 0, np.sqrt(spread), 1.0)
        rows = np.flatnonzero(answered.any(axis=1) & (weights > 0))
        scaled = np.where(answered, (values - shift) / unit, 0.0)[rows]
        return cls(scaled, answered[rows], shift, unit, rows)

    def matrices(self, weights: Floats) -> Matrices:
        """Return the matrices under weights (b, n)."""
        width = self.values.shape[1]
        a, b = np.triu_indices(width)
        sums = self._summed(weights[:, self.rows], a, b)
        return _assembled(sums, a, b, shift=self.shift, unit=self.unit)

    def _summed(self, weights: Floats, a: np.ndarray, b: np.ndarray) -> Floats:
        """Return, per set of weights and pair, sums of 1, x, y, xx, yy, xy: shape (6, b, pairs)."""
        step = max(1, NUMBERS_AT_ONCE // (6 * len(a)))
        out = np.zeros((6, len(weights), len(a)))
        for i in range(0, len(self.values), step):
            x, o = self.values[i : i + step], self.answered[i : i + step].astype(np.float64)
            w, square = weights[:, i : i + step], x * x
            for place, (first, second) in enumerate(
                ((o, o), (x, o), (o, x), (square, o), (o, square), (x, x))
            ):
                out[place] += w @ (first[:, a] * second[:, b])
        return out


def _assembled(sums: Floats, a: np.ndarray, b: np.ndarray, *, shift: Floats, unit: Floats) -> Matrices:
    total, x, y, xx, yy, xy = sums
    mx, my = divide(x, total), divide(y, total)
    vx, vy = _variance(xx, mx, total), _variance(yy, my, total)
    r = divide(divide(xy, total) - mx * my, np.sqrt(vx * vy))
    width = len(shift)
    correlation = np.empty((sums.shape[1], width, width))
    correlation[:, a, b] = correlation[:, b, a] = np.clip(r, -1.0, 1.0)
    diagonal = a == b
    return Matrices(correlation, shift + mx[:, diagonal] * unit, np.sqrt(vx[:, diagonal]) * unit)


def _variance(squares: Floats, mean: Floats, total: Floats) -> Floats:
    variance = divide(squares, total) - mean**2
    return np.where(variance <= 1e-12 * (divide(squares, total) + mean**2), 0.0, variance)
