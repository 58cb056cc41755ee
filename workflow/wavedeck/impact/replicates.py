"""Bootstrap replicates that follow the design."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from wavedeck.impact.errors import ImpactError
from wavedeck.stats.arrays import ArrayLike, Floats, Integers
from wavedeck.stats.design import Design

NUMBERS_AT_ONCE = 2**23


@dataclass(frozen=True, eq=False)
class Replicates:
    """Hold how each replicate multiplies the weights of respondents.

    Parameters
    ----------
    design
        The design whose sampling units are drawn, also those outside its domain.
    count
        Number of replicates.
    seed
        A replicate is a function of the seed and its number.
    given
        Shape (count, n), multipliers made elsewhere; None draws them.
    """

    design: Design
    count: int
    seed: int = 0
    given: Floats | None = None

    def blocks(self) -> Iterator[tuple[slice, Floats]]:
        """Yield slices of replicates and their multipliers (b, n)."""
        step = max(1, NUMBERS_AT_ONCE // self.design.n)
        for start in range(0, self.count, step):
            stop = min(start + step, self.count)
            yield slice(start, stop), self.multipliers(start, stop)

    def multipliers(self, start: int, stop: int) -> Floats:
        """Return the multipliers of some replicates, shape (stop - start, n)."""
        if self.given is not None:
            return self.given[start:stop]
        urn = _Urn.of(self.design)
        return np.stack([urn.draw(self.seed, number) for number in range(start, stop)])[:, self.design.unit]


def bootstrap(design: Design, *, replicates: int = 1000, seed: int = 0) -> Replicates:
    """Draw n_h - 1 of the n_h sampling units of each stratum, rescaled, for each replicate.

    Parameters
    ----------
    design
        Strata and clusters are respected; weights count as fixed. A stratum with one unit adds no variance.

    References
    ----------
    Rao, Wu (1988), JASA 83; Rao, Wu, Yue (1992), Survey Methodology 18.

    >>> bootstrap(Design([1.0, 1.0, 2.0]), replicates=4).multipliers(0, 4).sum(axis=1).tolist()
    [3.0, 3.0, 3.0, 3.0]
    """
    if replicates < 2:
        raise ImpactError(f"{replicates} replicates have no variance; ask for 2 or more, better 1,000")
    return Replicates(design, replicates, seed)


def given_replicates(design: Design, multipliers: ArrayLike) -> Replicates:
    """Take multipliers made elsewhere, shape (replicates, n)."""
    array = np.asarray(multipliers, dtype=np.float64)
    if array.ndim != 2 or array.shape[1] != design.n or len(array) < 2:
        raise ImpactError(
            f"multipliers have shape {array.shape}; expected two or more rows of {design.n} respondents"
        )
    return Replicates(design, len(array), given=array)


@dataclass(frozen=True, eq=False)
class _Urn:
    """Hold sampling units sorted by stratum, ready to be drawn from."""

    units: Integers
    first: Integers
    size: Integers
    factor: Floats
    shrink: Floats

    @classmethod
    def of(cls, design: Design) -> _Urn:
        size = design.strata_size
        drawn = np.where(size > 1, size - 1, 0)
        start = np.cumsum(size) - size
        of_unit = design.stratum_of_unit
        units = np.argsort(of_unit, kind="stable")
        ratio = np.where(size > 1, size / np.maximum(size - 1, 1), 0.0)
        remaining = np.where(size > 1, design.scale / np.where(ratio > 0, ratio, 1.0), 0.0)
        repeat = np.repeat(np.arange(len(size)), drawn)
        return cls(units, start[repeat], size[repeat], ratio[of_unit], np.sqrt(remaining)[of_unit])

    def draw(self, seed: int, number: int) -> Floats:
        rng = np.random.default_rng([seed, number])
        place = self.first + np.floor(rng.random(len(self.first)) * self.size).astype(np.int64)
        count = np.bincount(self.units[place], minlength=len(self.units))
        return 1.0 + self.shrink * (self.factor * count - 1.0)
