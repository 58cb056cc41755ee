"""Calibration: the smallest change of weights that reaches totals or margins, with bounds on the change."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from wavedeck.stats.arrays import ArrayLike, Floats, as_columns
from wavedeck.stats.calibrated import Regressed
from wavedeck.study.errors import WeightingError
from wavedeck.weighting.certificate import Achieved, certify, certify_rows
from wavedeck.weighting.distances import Distance, Method, make_distance
from wavedeck.weighting.errors import TargetMissingError
from wavedeck.weighting.margins import Margin, make_margins
from wavedeck.weighting.result import Start, Unplaced, Weighted, start_from
from wavedeck.weighting.solver import Problem, solve


def calibrate(
    variables: ArrayLike,
    totals: Mapping[str, float],
    *,
    start: ArrayLike,
    method: Method = "linear",
    bounds: tuple[float, float] | None = None,
    max_iterations: int = 200,
) -> Weighted:
    """Calibrate weights to known totals of numeric or 0/1 variables.

    Parameters
    ----------
    variables
        Shape (n, q), no missing values; include a column of ones to reach the population's size.
    totals
        Name to population total of each of the q variables, in their order.
    start
        Shape (n,), design weights.
    method
        ``linear`` (GREG), ``raking`` (exponential) or ``logit`` (needs bounds).
    bounds
        Lowest and highest ratio of new to starting weight.

    Raises
    ------
    NoConvergenceError, InfeasibleCapsError
        Naming the variable that misses its total most.
    TargetMissingError, WeightingError
        When a total is missing, or a starting weight is missing or negative.

    References
    ----------
    Deville, Särndal (1992), JASA 87. R `survey`: `calibrate`.

    >>> calibrate([[1.0], [1.0]], {"size": 10.0}, start=[1.0, 1.0]).weights.round(9).tolist()
    [5.0, 5.0]
    """
    base = np.asarray(start, dtype=np.float64)
    x = as_columns(variables, rows=len(base), what="variables")
    if x.shape[1] != len(totals) or np.isnan(x).any():
        raise WeightingError(f"{len(totals)} totals need {len(totals)} variables without missing values")
    wanted = _wanted(totals)
    if not np.all(np.isfinite(base) & (base >= 0)):
        raise WeightingError(f"starting weights must be {len(base)} numbers of 0 or more, none missing")
    problem = Problem(x, base, wanted, tuple(totals), make_distance(method, bounds))
    factor, iterations = solve(problem, max_iterations=max_iterations)
    weights = base * factor
    certificate = certify_rows(weights, _achieved(problem, weights), method=method, iterations=iterations)
    return Weighted(weights, certificate.capped(factor[base > 0], bounds), Regressed(x, weights, base=base))


def _wanted(totals: Mapping[str, float]) -> Floats:
    missing = [name for name, total in totals.items() if total is None or not np.isfinite(total)]
    if missing or not any(totals.values()):
        named = ", ".join(map(repr, missing or totals))
        raise TargetMissingError(f"the total of {named} is missing, or every total is 0; give numbers")
    return np.array(list(totals.values()), dtype=np.float64)


def calibrate_margins(
    labels: Mapping[str, ArrayLike],
    targets: Mapping[str, Mapping[str, float]],
    *,
    method: Method = "linear",
    bounds: tuple[float, float] | None = None,
    start: ArrayLike | None = None,
    total: float | None = None,
    unplaced: Unplaced = "fail",
) -> Weighted:
    """Calibrate weights to the margins that `wavedeck.weighting.raking.rake` would rake to.

    Parameters
    ----------
    labels, targets, start, total, unplaced
        As in `rake`.
    method, bounds
        As in `calibrate`; bounds are on the ratio of new weights to starting weights scaled to `total`.
    """
    margins = make_margins(labels, targets)
    begin = start_from(margins, len(margins[0].codes), start=start, total=total, unplaced=unplaced)
    base = begin.base * begin.total / begin.base.sum()
    problem = margin_problem(margins, begin, base, make_distance(method, bounds))
    factor, iterations = solve(problem)
    weights = begin.finish(base * factor)
    certificate = certify(weights, margins, method=method, iterations=iterations, treatment=unplaced)
    calibration = Regressed(problem.variables, weights, base=np.where(begin.placed, base, 0.0))
    return Weighted(weights, certificate.capped(factor[begin.base > 0], bounds), calibration)


def margin_problem(margins: tuple[Margin, ...], begin: Start, base: Floats, distance: Distance) -> Problem:
    """Return the problem of reaching all margins at once, one 0/1 variable per category."""
    variables = np.column_stack(
        [margin.codes[:, None] == np.arange(len(margin.shares)) for margin in margins]
    )
    wanted = np.concatenate([margin.shares * begin.total for margin in margins])
    names = tuple(f"{margin.name}={category}" for margin in margins for category in margin.categories)
    return Problem(variables.astype(np.float64), base, wanted, names, distance)


def _achieved(problem: Problem, weights: Floats) -> tuple[Achieved, ...]:
    reached, plain = weights @ problem.variables, problem.base @ problem.variables
    count = (problem.variables != 0).sum(axis=0)
    return tuple(
        Achieved(
            margin="total",
            category=name,
            target=float(problem.totals[i]),
            achieved=float(reached[i]),
            deviation=float(reached[i] - problem.totals[i]),
            respondents=int(count[i]),
            unweighted=float(plain[i]),
        )
        for i, name in enumerate(problem.names)
    )
