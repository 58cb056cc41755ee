"""What variances must know about calibrated weights: influences become residuals on the margins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from wavedeck.stats.arrays import Booleans, Floats, Integers, divide

R_SWEEPS = 10


@dataclass(frozen=True, eq=False)
class Poststratified:
    """Take from each influence the mean of its poststratum.

    Parameters
    ----------
    codes
        Shape (n,), poststratum; -1 for respondents that were not poststratified.
    weights, base
        Shape (n,), weights after and before.

    References
    ----------
    Valliant (1993), JASA 88. R `survey`: `postStratify`, `svyrecvar`.
    """

    codes: Integers
    weights: Floats
    base: Floats = field(kw_only=True)

    def residuals(self, influence: Floats) -> Floats:
        """Return influences (n, m) less what the poststrata explain."""
        per_weight = _per_weight(influence, self.weights)
        used = self.base * (self.codes >= 0)
        means = _group_means(per_weight, self.codes, used)
        return influence - means * self.weights[:, None]


@dataclass(frozen=True, eq=False)
class Raked:
    """Take from each influence the means of its categories, margin after margin.

    Parameters
    ----------
    margins
        Each of shape (n,), category of the respondent in that margin.
    weights
        Shape (n,), final weights.
    placed
        Shape (n,), False for respondents that were not raked.
    sweeps
        Rounds over the margins; R takes 10.

    References
    ----------
    Deville, Särndal, Sautory (1993), JASA 88. R `survey`: `rake`, `svyrecvar`.
    """

    margins: Sequence[Integers]
    weights: Floats
    placed: Booleans = field(kw_only=True)
    sweeps: int = field(default=R_SWEEPS, kw_only=True)

    def residuals(self, influence: Floats) -> Floats:
        """Return influences (n, m) less what the margins explain."""
        left = _per_weight(influence, self.weights)
        used = (self.placed & (self.weights > 0)).astype(np.float64)
        averages = [_Average(codes, used) for codes in self.margins]
        for _ in range(self.sweeps):
            for average in averages:
                left -= average.of(left)
        return np.where(self.weights[:, None] > 0, left * self.weights[:, None], influence)


@dataclass(frozen=True, eq=False)
class Regressed:
    """Take from each influence its regression on the calibration variables.

    Parameters
    ----------
    variables
        Shape (n, q), including the intercept or a full set of categories.
    weights, base
        Shape (n,), weights after and before calibration.

    References
    ----------
    Deville, Särndal (1992), JASA 87. R `survey`: `calibrate`.
    """

    variables: Floats
    weights: Floats
    base: Floats = field(kw_only=True)

    def residuals(self, influence: Floats) -> Floats:
        """Return influences (n, m) less what the calibration variables explain."""
        root = np.sqrt(self.base)[:, None]
        basis = np.linalg.svd(self.variables * root, full_matrices=False)
        kept = basis[0][:, basis[1] > basis[1].max() * 1e-12]
        scaled = _per_weight(influence, self.weights) * root
        left = scaled - kept @ (kept.T @ scaled)
        ratio = divide(self.weights[:, None], root)
        return np.where(np.isfinite(ratio), left * np.nan_to_num(ratio), influence)


class _Average:
    """Average rows within categories; -1 and rows of weight 0 stay out and get 0."""

    def __init__(self, codes: Integers, used: Floats) -> None:
        count = int(codes.max(initial=-1)) + 1
        members = np.flatnonzero((codes >= 0) & (used > 0))
        shape = (count, len(codes))
        self._add = sparse.csr_matrix((used[members], (codes[members], members)), shape=shape)
        self._mass = np.asarray(self._add.sum(axis=1))
        one = np.ones(len(members))
        self._spread = sparse.csr_matrix((one, (members, codes[members])), shape=shape[::-1])

    def of(self, rows: Floats) -> Floats:
        return self._spread @ np.nan_to_num(divide(self._add @ rows, self._mass))


def _per_weight(influence: Floats, weights: Floats) -> Floats:
    return np.nan_to_num(divide(influence, weights[:, None]))


def _group_means(rows: Floats, codes: Integers, used: Floats) -> Floats:
    return _Average(codes, used).of(rows)
