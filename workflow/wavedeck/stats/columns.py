"""Columns of numbers whose means are shares, nets, NPS and multiple response."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wavedeck.stats.arrays import ArrayLike, Floats
from wavedeck.study.errors import StatisticsError


def category_columns(codes: ArrayLike, categories: Sequence[float]) -> Floats:
    """Return one 0/1 column per category; its mean is the category's share.

    Parameters
    ----------
    codes
        Shape (n,), NaN where not answered.
    categories
        The c codes to make columns of; other codes count in the base.

    Returns
    -------
    Floats
        Shape (n, c), NaN where not answered.

    >>> category_columns([1.0, 2.0, float("nan")], [1, 2]).tolist()
    [[1.0, 0.0], [0.0, 1.0], [nan, nan]]
    """
    given = np.asarray(codes, dtype=np.float64)[:, None]
    return np.where(np.isnan(given), np.nan, given == np.asarray(categories, dtype=np.float64))


def net_column(codes: ArrayLike, members: Sequence[float]) -> Floats:
    """Return a 0/1 column, 1 where the code is one of the members; its mean is the net's share.

    >>> net_column([1.0, 2.0, 3.0], [2, 3]).tolist()
    [0.0, 1.0, 1.0]
    """
    given = np.asarray(codes, dtype=np.float64)
    return np.where(np.isnan(given), np.nan, np.isin(given, np.asarray(members, dtype=np.float64)))


def nps_column(marks: ArrayLike, *, promoters_from: float = 9, detractors_to: float = 6) -> Floats:
    """Return 100 for promoters, -100 for detractors, else 0; its mean is the net promoter score.

    >>> nps_column([10.0, 8.0, 3.0]).tolist()
    [100.0, 0.0, -100.0]
    """
    given = np.asarray(marks, dtype=np.float64)
    if promoters_from <= detractors_to:
        raise StatisticsError(f"promoters from {promoters_from} overlap detractors to {detractors_to}")
    score = 100.0 * (given >= promoters_from) - 100.0 * (given <= detractors_to)
    return np.where(np.isnan(given), np.nan, score)


def multiple_columns(ticked: ArrayLike, *, asked: ArrayLike | None = None) -> Floats:
    """Return 0/1 columns of a multiple-response question, per respondent who answered it.

    A respondent answered when something was ticked, or, with `asked`, when they were asked.

    Parameters
    ----------
    ticked
        Shape (n, c); 1 ticked, 0 or NaN not.
    asked
        Shape (n,), True for respondents whose empty row means that nothing applies.

    >>> multiple_columns([[1, 0], [0, 0]], asked=[True, False]).tolist()
    [[1.0, 0.0], [nan, nan]]
    """
    marks = np.nan_to_num(np.asarray(ticked, dtype=np.float64)) > 0
    answered = np.asarray(marks.any(axis=1))
    if asked is not None:
        answered = answered | np.asarray(asked, dtype=bool)
    return np.where(answered[:, None], marks.astype(np.float64), np.nan)
