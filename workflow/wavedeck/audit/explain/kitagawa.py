"""A difference between two means, split into mix of groups and change within groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wavedeck.stats.arrays import Booleans, Floats


@dataclass(frozen=True, eq=False)
class Shares:
    """One population, divided into groups.

    Attributes
    ----------
    share
        Share of each of g groups, shape (g,); they sum to 1.
    mean
        Mean of each group, shape (g,); NaN where nobody is in it.
    """

    share: Floats
    mean: Floats

    @property
    def total(self) -> float:
        """Return the mean of the population."""
        return float(np.nansum(self.share * self.mean))


@dataclass(frozen=True, eq=False)
class Decomposition:
    """What each group contributes to a difference, shape (g,) each.

    Attributes
    ----------
    mix
        By being a larger or smaller part of the population.
    within
        By having another mean.
    """

    mix: Floats
    within: Floats

    def __sub__(self, other: Decomposition) -> Decomposition:
        """Return the contributions to a difference of differences."""
        return Decomposition(self.mix - other.mix, self.within - other.within)


def shares_of(numerator: Floats, denominator: Floats, groups: Booleans) -> Shares:
    """Divide a ratio of two sums into groups.

    Parameters
    ----------
    numerator, denominator
        What each of n respondents adds, weights included, shape (n,).
    groups
        Who is in each group, shape (n, g); everybody is in exactly one.

    Examples
    --------
    >>> made = shares_of(
    ...     np.array([1.0, 0, 1]), np.ones(3), np.eye(3, 2, dtype=bool) | [[0, 0], [0, 0], [0, 1]]
    ... )
    >>> made.share.round(3).tolist(), made.mean.tolist()
    ([0.333, 0.667], [1.0, 0.5])
    """
    top, below = numerator @ groups, denominator @ groups
    mean = np.divide(top, below, out=np.full(len(top), np.nan), where=below != 0)
    whole = denominator.sum()
    return Shares(below / whole if whole else below * np.nan, mean)


def decompose(first: Shares, second: Shares) -> Decomposition:
    """Split the second mean less the first into mix and change within groups.

    Kitagawa's decomposition, symmetric in both populations: a group's change of share counts at the
    average of its two means, its change of mean at the average of its two shares, so that the
    interaction is divided evenly. The part of mix is taken relative to the average of both totals;
    shares sum to 1, so this moves nothing in the sum, and makes a group that grew and is better than
    average contribute more than 0. A group that is in one population only has no mean in the other: it
    counts wholly as mix.

    Parts add up: ``mix.sum() + within.sum() == second.total - first.total``.

    Parameters
    ----------
    first, second
        The same groups in both.

    References
    ----------
    Kitagawa, E. M. (1955). Components of a difference between two rates. Journal of the American
    Statistical Association, 50(272), 1168-1194.

    Examples
    --------
    >>> old = Shares(np.array([0.5, 0.5]), np.array([6.0, 8.0]))
    >>> now = Shares(np.array([0.25, 0.75]), np.array([6.0, 8.0]))
    >>> parts = decompose(old, now)
    >>> parts.mix.tolist(), parts.within.tolist()
    ([0.3125, 0.1875], [0.0, 0.0])
    """
    means = [np.where(np.isnan(a.mean), b.mean, a.mean) for a, b in ((first, second), (second, first))]
    old, now = (np.nan_to_num(mean) for mean in means)
    centre = (first.total + second.total) / 2
    mix = (second.share - first.share) * ((old + now) / 2 - centre)
    within = (now - old) * (first.share + second.share) / 2
    return Decomposition(mix, within)
