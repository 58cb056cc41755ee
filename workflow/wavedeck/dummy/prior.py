"""What to expect of answers before any target: from the plan, or middling where it says nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from wavedeck.dummy.plan import ItemPlan, PartPlan, PerWave, SharesPlan, in_wave, names_of
from wavedeck.figures.columns import category_names, offered_categories
from wavedeck.study.codebook import Question

Floats = NDArray[np.float64]

LINK = 0.6
TICKED = 30.0
_MEAN, _SPREAD = 0.7, 0.2
_LEAST = 1e-3
_UNHEARD = 1e-9
_UNBOUNDED = (0.0, 100.0)


def rating_plan(plan: PartPlan, question: Question) -> ItemPlan:
    """Return what is planned for a question with numbers."""
    for name in names_of(question):
        if name in plan.ratings:
            return plan.ratings[name].item(question)
    return ItemPlan()


def shares_plan(plan: PartPlan, question: Question) -> SharesPlan:
    """Return what is planned for a question with categories."""
    found = (plan.shares[name] for name in names_of(question) if name in plan.shares)
    return next(found, SharesPlan())


def scale_of(question: Question) -> tuple[float, float]:
    """Return the ends of a question's scale; 0 to 100 for numbers without."""
    if question.minimum is None or question.maximum is None:
        if question.type == "nps":
            return 0.0, 10.0
        return _UNBOUNDED
    return question.minimum, question.maximum


def link_of(plan: ItemPlan) -> float:
    """Return how strongly answers follow satisfaction."""
    return LINK if plan.link is None else plan.link


def spread_of(plan: ItemPlan, question: Question) -> float:
    """Return the standard deviation before rounding."""
    low, high = scale_of(question)
    return plan.spread or _SPREAD * (high - low)


def mean_of(plan: ItemPlan, question: Question, wave: str) -> float:
    """Return the mean to expect."""
    low, high = scale_of(question)
    planned = in_wave(plan.mean, wave)
    return low + _MEAN * (high - low) if planned is None else planned


def shift_of(plan: ItemPlan, cell: str, wave: str) -> float:
    """Return how far the mean of a cell lies from the wave's."""
    return in_wave(plan.cells.get(cell, {}), wave) or 0.0


def numbers_of(question: Question) -> Floats:
    """Return the numbers that may be answered."""
    low, high = scale_of(question)
    return np.arange(low, high + 1)


def expected_numbers(numbers: Floats, mean: float, spread: float) -> Floats:
    """Return the share of each number in answers around a mean, shape (numbers,).

    Up to a third of the scale the shares are those of a normal distribution; what spreads further has
    more at the ends of the scale than in the middle.
    """
    widest = np.ptp(numbers) / 3
    bend = -0.5 / min(spread, widest) ** 2 + max(spread / widest - 1, 0.0) / widest**2
    logs = bend * (numbers - mean) ** 2
    grown = np.exp(logs - logs.max()) + _UNHEARD
    return np.asarray(grown / grown.sum())


def categories_of(question: Question) -> tuple[str, ...]:
    """Return the categories that a question offered in its wave, in codebook order."""
    offered = offered_categories(question)
    return tuple(name for name in category_names(question) if name in offered)


def expected_shares_of(
    plan: SharesPlan, question: Question, *, cell: str, wave: str, sure: Mapping[str, float]
) -> dict[str, float]:
    """Return the share of each category to expect in a cell, in percent.

    Parameters
    ----------
    plan, question, cell, wave
        What is planned, for which respondents.
    sure
        Category -> share that is wanted of all.
    """
    own: dict[str, PerWave] = {**plan.shares, **plan.cells.get(cell, {})}
    planned = {name: in_wave(share, wave) for name, share in own.items()}
    names = categories_of(question)
    given = {name: share for name in names if (share := planned.get(name, sure.get(name))) is not None}
    rest = [name for name in names if name not in given]
    left = max(100 - sum(given.values()), 0.0)
    share = 0.0 if own else left / len(rest) if rest else 0.0
    return {name: given.get(name, max(share, _LEAST)) for name in names}


def ticks_expected(
    plan: SharesPlan, question: Question, *, cell: str, wave: str, sure: Mapping[str, float]
) -> dict[str, float]:
    """Return the share of respondents who tick each category, in percent."""
    own = {**plan.shares, **plan.cells.get(cell, {})}
    planned = {name: in_wave(share, wave) for name, share in own.items()}
    free = TICKED if not own else 0.0
    found = {name: planned.get(name, sure.get(name, free)) for name in categories_of(question)}
    return {name: free if share is None else share for name, share in found.items()}


def by_respondent(
    shares: Mapping[str, Sequence[float]], cells: NDArray[np.str_], least: float = _LEAST
) -> Floats:
    """Return expected shares of options per respondent, rows summing to 1, from those per cell."""
    rows = {cell: np.maximum(np.asarray(values, np.float64), least) for cell, values in shares.items()}
    found = np.array([rows[cell] for cell in cells.tolist()])
    return np.asarray(found / found.sum(axis=1, keepdims=True))
