"""Chance that keeps to what is declared: exact counts, and marks around a given mean."""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

_STEPS = 60


def generator(seed: int, *names: str) -> Generator:
    """Return a generator of its own for each set of names, so that one question never moves another."""
    return np.random.default_rng([seed, *(crc32(name.encode()) for name in names)])


def counts(size: int, shares: Mapping[str, float]) -> dict[str, int]:
    """Divide respondents over categories in proportion, by largest remainder.

    >>> counts(10, {"a": 50, "b": 33, "c": 17})
    {'a': 5, 'b': 3, 'c': 2}
    """
    weights = np.array(list(shares.values()), np.float64)
    exact = weights / weights.sum() * size
    whole = np.floor(exact).astype(np.int64)
    first = np.argsort(whole - exact, kind="stable")[: size - whole.sum()]
    whole[first] += 1
    return dict(zip(shares, whole.tolist(), strict=True))


def divided(rng: Generator, size: int, shares: Mapping[str, float]) -> NDArray[np.str_]:
    """Return one category per respondent, in random order, in the declared proportions."""
    made = counts(size, shares)
    return rng.permutation(np.repeat(list(made), list(made.values())))


def some(rng: Generator, size: int, percent: float) -> NDArray[np.bool_]:
    """Return a random selection that holds a percentage of all, rounded half up."""
    chosen = np.zeros(size, np.bool_)
    chosen[rng.permutation(size)[: int(np.floor(size * percent / 100 + 0.5))]] = True
    return chosen


def ticked(rng: Generator, size: int, shares: Mapping[str, float]) -> dict[str, NDArray[np.bool_]]:
    """Return who ticks each category: the declared share of all, and each respondent at least one.

    Where the shares add up to less than 100 they are raised in proportion to make that possible.
    """
    raised = max(1.0, 100 / sum(shares.values()))
    ticks = np.column_stack([some(rng, size, min(100.0, share * raised)) for share in shares.values()])
    for row in np.flatnonzero(~ticks.any(axis=1)):
        givers = np.argwhere(ticks & (ticks.sum(axis=1, keepdims=True) > 1))
        if len(givers) == 0:
            ticks[row, int(np.argmax(list(shares.values())))] = True
            continue
        giver, category = givers[rng.integers(len(givers))]
        ticks[row, category], ticks[giver, category] = True, False
    return dict(zip(shares, ticks.T, strict=True))


def located(
    scores: NDArray[np.float64], mean: float, *, minimum: float, maximum: float
) -> NDArray[np.float64]:
    """Shift scores, then round them to the scale, so that the mean of the marks comes nearest to `mean`.

    Parameters
    ----------
    scores
        Scores around zero in units of the scale, shape (respondents,).
    mean
        Mean wanted, within the scale.

    Returns
    -------
    ndarray of float64, shape (respondents,)
        Whole marks from `minimum` to `maximum`.
    """
    span = maximum - minimum + float(np.abs(scores).max(initial=0.0))
    low, high = minimum - span, maximum + span
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _marks(scores, middle, minimum, maximum).mean() < mean:
            low = middle
        else:
            high = middle
    tried = [_marks(scores, shift, minimum, maximum) for shift in (low, high)]
    return min(tried, key=lambda marks: abs(marks.mean() - mean))


def _marks(scores: NDArray[np.float64], shift: float, minimum: float, maximum: float) -> NDArray[np.float64]:
    return np.clip(np.floor(scores + shift + 0.5), minimum, maximum)
