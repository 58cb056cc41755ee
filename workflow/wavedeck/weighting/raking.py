"""Raking on the table of combinations: as many unknowns as combinations, however many respondents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from wavedeck.stats.arrays import ArrayLike, Booleans, Floats, Integers
from wavedeck.stats.calibrated import Raked
from wavedeck.weighting.calibration import margin_problem
from wavedeck.weighting.certificate import certify
from wavedeck.weighting.distances import Distance, make_distance
from wavedeck.weighting.errors import InfeasibleCapsError, NoConvergenceError
from wavedeck.weighting.margins import Margin, make_margins
from wavedeck.weighting.result import Start, Unplaced, Weighted, start_from
from wavedeck.weighting.solver import Problem, solve

TOLERANCE = 1e-13
GOOD = 1e-9
DENSE = 1_000_000


def rake(
    labels: Mapping[str, ArrayLike],
    targets: Mapping[str, Mapping[str, float]],
    *,
    start: ArrayLike | None = None,
    total: float | None = None,
    unplaced: Unplaced = "fail",
    caps: tuple[float, float] | None = None,
    max_iterations: int = 2000,
) -> Weighted:
    """Rake weights to several margins by iterative proportional fitting.

    Parameters
    ----------
    labels
        Margin name to shape (n,) category labels; None, NaN and empty are unplaced.
    targets
        Margin name to target per category, as shares or percentages.
    start
        Shape (n,), design weights; None is 1 each.
    total
        What the weights sum to; None makes their average 1.
    unplaced
        What respondents without a category get: ``fail``, ``zero`` or ``one`` (the average).
    caps
        Lowest and highest weight, as multiples of the average weight; the margins still hold.

    Raises
    ------
    WeightingError
        One of its children, naming margin and category.

    References
    ----------
    Deming, Stephan (1940), Annals of Mathematical Statistics 11. R `survey`: `rake` with a tight tolerance.

    >>> rake({"sex": ["m", "m", "f"]}, {"sex": {"m": 50, "f": 50}}).weights.tolist()
    [0.75, 0.75, 1.5]
    """
    margins = make_margins(labels, targets)
    begin = start_from(margins, len(margins[0].codes), start=start, total=total, unplaced=unplaced)
    if caps is not None:
        weights, iterations = _rake_capped(margins, begin, caps, max_iterations)
    else:
        weights, iterations = _rake_free(margins, begin, max_iterations)
    certificate = certify(weights, margins, method="rake", iterations=iterations, treatment=unplaced)
    if caps is not None:
        average = begin.total / int(begin.placed.sum())
        certificate = certificate.capped(weights[begin.base > 0] / average, caps)
    calibration = Raked(tuple(margin.codes for margin in margins), weights, placed=begin.placed)
    return Weighted(weights, certificate, calibration)


def _rake_free(margins: Sequence[Margin], begin: Start, max_iterations: int) -> tuple[Floats, int]:
    combination, codes = combinations(margins, begin)
    mass = np.bincount(combination, weights=begin.base, minlength=len(codes)).astype(np.float64)
    factor, iterations = rake_table(mass, codes, margins, max_iterations=max_iterations)
    return begin.finish(begin.base * factor[combination] * begin.total), iterations


def _rake_capped(
    margins: tuple[Margin, ...], begin: Start, caps: tuple[float, float], max_iterations: int
) -> tuple[Floats, int]:
    """Find the raked weights nearest to the start among those within the caps."""
    used = begin.base > 0
    average = begin.total / int(begin.placed.sum())
    low, high = (cap * average for cap in caps)
    _require_reach(margins, begin, used, low, high)
    base = begin.base * begin.total / begin.base.sum()
    with np.errstate(divide="ignore"):
        lower, upper = np.where(used, low / base, 0.0), np.where(used, high / base, np.inf)
    problem = margin_problem(margins, begin, base, Distance("raking", lower, upper))
    ratio, iterations = solve(problem, max_iterations=max_iterations)
    return begin.finish(base * ratio), iterations


def _require_reach(margins: Sequence[Margin], begin: Start, used: Booleans, low: float, high: float) -> None:
    if not 0 <= low < high:
        raise InfeasibleCapsError(f"the lower cap {low:g} must be 0 or more and below the upper cap {high:g}")
    for margin in margins:
        count = np.bincount(margin.codes[used], minlength=len(margin.shares))
        needed = margin.shares * begin.total / count
        for category, weight in zip(margin.categories, needed, strict=True):
            if not low * (1 - 1e-9) <= weight <= high * (1 + 1e-9):
                raise InfeasibleCapsError(
                    f"margin {margin.name!r}: {category!r} needs an average weight of {weight:.4g}, "
                    f"outside the caps {low:.4g} to {high:.4g}; widen the caps or join categories"
                )


def combinations(margins: Sequence[Margin], begin: Start) -> tuple[Integers, Integers]:
    """Return respondents' combinations (n,) and the categories each consists of (c, margins)."""
    joint = np.zeros(len(begin.placed), dtype=np.int64)
    for margin in margins:
        joint = joint * len(margin.categories) + np.maximum(margin.codes, 0)
    count = np.bincount(joint) if joint.max() < DENSE else None
    if count is None:
        present, place = np.unique(joint, return_inverse=True)
    else:
        present = np.flatnonzero(count)
        place = (np.cumsum(count > 0) - 1)[joint]
    codes = np.empty((len(present), len(margins)), dtype=np.int64)
    for i in range(len(margins) - 1, -1, -1):
        present, codes[:, i] = np.divmod(present, len(margins[i].categories))
    return place.reshape(-1), codes


def rake_table(
    mass: Floats, codes: Integers, margins: Sequence[Margin], *, max_iterations: int
) -> tuple[Floats, int]:
    """Rake a table of combinations to shares.

    Parameters
    ----------
    mass
        Shape (c,), starting weight in each combination.
    codes
        Shape (c, margins), the categories each combination consists of.

    Returns
    -------
    factor, iterations
        Shape (c,), what starting weights are multiplied by to sum to 1; rounds taken.

    Raises
    ------
    NoConvergenceError
        Naming the margin and category that misses its target most.
    """
    fitted = mass / mass.sum()
    best = np.inf
    for iteration in range(1, max_iterations + 1):
        for i, margin in enumerate(margins):
            achieved = np.bincount(codes[:, i], weights=fitted, minlength=len(margin.shares))
            fitted *= (margin.shares / achieved)[codes[:, i]]
        miss = largest_miss(fitted, codes, margins)
        stalled = miss >= best and miss < GOOD
        best = min(best, miss)
        if miss < TOLERANCE or stalled:
            return np.divide(fitted, mass, out=np.zeros_like(mass), where=mass > 0), iteration
    try:
        return _finished(fitted, codes, margins) / np.where(mass > 0, mass, 1.0), max_iterations
    except NoConvergenceError as error:
        raise NoConvergenceError(_worst(fitted, codes, margins, max_iterations)) from error


def _finished(fitted: Floats, codes: Integers, margins: Sequence[Margin]) -> Floats:
    """Finish a slow raking by Newton's method, which has the same answer."""
    variables = np.column_stack(
        [codes[:, i, None] == np.arange(len(margin.shares)) for i, margin in enumerate(margins)]
    ).astype(np.float64)
    shares = np.concatenate([margin.shares for margin in margins])
    names = tuple(category for margin in margins for category in margin.categories)
    problem = Problem(variables, fitted, shares, names, make_distance("raking", None))
    return fitted * solve(problem)[0]


def largest_miss(fitted: Floats, codes: Integers, margins: Sequence[Margin]) -> float:
    """Return the largest deviation of a share from its target."""
    return max(float(np.abs(miss).max()) for miss in _misses(fitted, codes, margins))


def _misses(fitted: Floats, codes: Integers, margins: Sequence[Margin]) -> list[Floats]:
    return [
        np.bincount(codes[:, i], weights=fitted, minlength=len(margin.shares)) - margin.shares
        for i, margin in enumerate(margins)
    ]


def _worst(fitted: Floats, codes: Integers, margins: Sequence[Margin], iterations: int) -> str:
    misses = _misses(fitted, codes, margins)
    worst = int(np.argmax([np.abs(miss).max() for miss in misses]))
    margin, category = margins[worst], int(np.abs(misses[worst]).argmax())
    achieved = misses[worst][category] + margin.shares[category]
    return (
        f"raking did not converge in {iterations} rounds: margin {margin.name!r}, category "
        f"{margin.categories[category]!r} is at {achieved:.4%}, not {margin.shares[category]:.4%}; "
        "the margins contradict each other in the combinations that have respondents"
    )
