"""What variances must know about calibrated weights: influences become residuals on the margins."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from wavedeck.stats.arrays import Booleans, Floats, Integers, divide, encode

R_SWEEPS = 10


@dataclass(frozen=True, eq=False)
class ClassSums:
    """Hold sums of influences per calibration class, each of shape (c, m).

    Parameters
    ----------
    influence
        Sum of influences.
    per_weight
        Sum of influences divided by their weights, over rows with weight.
    """

    influence: Floats
    per_weight: Floats


class Calibration(ABC):
    """Say how calibrated weights depend on the respondents' classes.

    Respondents of one class were multiplied by one factor, so what the calibration explains of an
    influence is one number per class times the weight.
    """

    weights: Floats

    @property
    @abstractmethod
    def classes(self) -> Integers:
        """Shape (n,), class of each respondent, numbered from 0."""

    @abstractmethod
    def explain(self, sums: ClassSums) -> Floats:
        """Return, per class (c, m), what is taken from each influence per unit of weight."""

    def residuals(self, influence: Floats) -> Floats:
        """Return influences (n, m) less what the calibration explains."""
        per_weight = np.nan_to_num(divide(influence, self.weights[:, None]))
        explained = self.explain(ClassSums(self._sum(influence), self._sum(per_weight)))
        return influence - explained[self.classes] * self.weights[:, None]

    def _sum(self, rows: Floats) -> Floats:
        sums = np.zeros((len(self.class_weight), rows.shape[1]))
        np.add.at(sums, self.classes, rows)
        return sums

    @cached_property
    def class_weight(self) -> Floats:
        """Shape (c,), sum of weights per class."""
        return np.bincount(self.classes, weights=self.weights).astype(np.float64)

    @cached_property
    def class_size(self) -> Floats:
        """Shape (c,), number of respondents with weight per class."""
        return np.bincount(self.classes, weights=self.weights > 0).astype(np.float64)


@dataclass(frozen=True, eq=False)
class Poststratified(Calibration):
    """Take from each influence the mean of its poststratum.

    Parameters
    ----------
    codes
        Shape (n,), poststratum; -1 for respondents that were not poststratified.
    weights
        Shape (n,), weights after.

    References
    ----------
    Valliant (1993), JASA 88. R `survey`: `postStratify`, `svyrecvar`.
    """

    codes: Integers
    weights: Floats

    @property
    def classes(self) -> Integers:
        """Shape (n,), the poststratum; class 0 was not poststratified."""
        return self.codes + 1

    def explain(self, sums: ClassSums) -> Floats:
        """Return the mean influence per unit of weight of each poststratum."""
        means = np.nan_to_num(divide(sums.influence, self.class_weight[:, None]))
        means[0] = 0.0
        return means


@dataclass(frozen=True, eq=False)
class Raked(Calibration):
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

    @cached_property
    def classes(self) -> Integers:
        """Shape (n,), the combination of categories; unplaced respondents are a class of their own."""
        joint = np.zeros(len(self.weights), dtype=np.int64)
        for codes in self.margins:
            joint = joint * (int(codes.max()) + 1) + np.maximum(codes, 0)
        return encode(np.where(self.placed, joint, -1))[1]

    def explain(self, sums: ClassSums) -> Floats:
        """Return the sum of the categories' means of each class."""
        first = np.unique(self.classes, return_index=True)[1]
        size = self.class_size * self.placed[first]
        left, explained = sums.per_weight * self.placed[first][:, None], np.zeros_like(sums.per_weight)
        members = [_members(codes[first]) for codes in self.margins]
        for _ in range(self.sweeps):
            for member in members:
                means = np.nan_to_num(divide(member @ left, (member @ size)[:, None]))
                taken = (member.T @ means) * self.placed[first][:, None]
                left = left - size[:, None] * taken
                explained += taken
        return explained


@dataclass(frozen=True, eq=False)
class Regressed(Calibration):
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

    @cached_property
    def classes(self) -> Integers:
        """Shape (n,), rows with equal variables and an equal factor are one class."""
        factor = np.nan_to_num(divide(self.weights, self.base))
        rows = np.column_stack([self.variables, factor])
        return np.unique(rows, axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)

    def explain(self, sums: ClassSums) -> Floats:
        """Return the fitted influence per unit of weight of each class."""
        first = np.unique(self.classes, return_index=True)[1]
        x, mass = self.variables[first], np.bincount(self.classes, weights=self.base)
        factor = np.nan_to_num(divide(self.weights[first], self.base[first]))
        root = np.sqrt(mass)[:, None]
        left, size, _ = np.linalg.svd(x * root, full_matrices=False)
        basis = left[:, size > size.max() * 1e-12]
        raw = np.nan_to_num(divide(sums.influence, (factor * root[:, 0])[:, None]))
        return np.nan_to_num(divide(basis @ (basis.T @ raw), root))


def _members(codes: Integers) -> Floats:
    """Return a 0/1 matrix (categories, classes); -1 is in no category."""
    return (codes == np.arange(int(codes.max(initial=-1)) + 1)[:, None]).astype(np.float64)
