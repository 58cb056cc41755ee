"""Corrections of p values for testing many at once."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from wavedeck.stats.arrays import ArrayLike, Floats, encode
from wavedeck.study.errors import StatisticsError

Correction = Literal["none", "holm", "bonferroni", "bh"]


def adjust_p(p: ArrayLike, *, correction: Correction = "none", family: ArrayLike | None = None) -> Floats:
    """Correct p values within each family; NaN (no test) stays NaN and counts for nothing.

    Parameters
    ----------
    p
        Any shape.
    correction
        ``none``, ``holm``, ``bonferroni`` or ``bh`` (Benjamini-Hochberg).
    family
        Labels of the shape of `p`; tests with one label are corrected together. None is one family.

    References
    ----------
    Holm (1979), Scandinavian Journal of Statistics 6; Benjamini, Hochberg (1995), JRSS B 57.

    >>> adjust_p([0.01, 0.04], correction="bonferroni").tolist()
    [0.02, 0.08]
    """
    if correction not in get_args(Correction):
        raise StatisticsError(f"correction {correction!r} is not one of {', '.join(get_args(Correction))}")
    values = np.array(p, dtype=np.float64)
    if correction == "none":
        return values
    flat, adjusted = values.reshape(-1), np.full(values.size, np.nan)
    codes = np.zeros(flat.size, dtype=np.int64)
    if family is not None:
        codes = encode(np.broadcast_to(np.asarray(family), values.shape).reshape(-1))[1]
    tested = np.flatnonzero(~np.isnan(flat))
    order = tested[np.lexsort((flat[tested], codes[tested]))]
    for members in np.split(order, np.flatnonzero(np.diff(codes[order])) + 1):
        adjusted[members] = _adjusted(flat[members], correction)
    return adjusted.reshape(values.shape)


def _adjusted(p: Floats, correction: Correction) -> Floats:
    """Correct the sorted p values of one family."""
    size = len(p)
    if correction == "bonferroni":
        raised = p * size
    elif correction == "holm":
        raised = np.maximum.accumulate(p * np.arange(size, 0, -1))
    else:
        raised = np.minimum.accumulate((p * size / np.arange(1, size + 1))[::-1])[::-1]
    return np.minimum(raised, 1.0)


def expected_by_chance(tests: int, *, level: float = 0.95) -> float:
    """Return how many marks chance alone gives when nothing differs and nothing is corrected.

    >>> round(expected_by_chance(100), 6)
    5.0
    """
    return tests * (1 - level)
