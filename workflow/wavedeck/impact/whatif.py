"""How far the overall mean would move if one aspect were rated higher."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wavedeck.impact.coefficients import listwise_slopes
from wavedeck.impact.definite import remedy_all
from wavedeck.impact.errors import ImpactError
from wavedeck.impact.evidence import standardised, usable
from wavedeck.impact.inference import spread, t_interval, two_sided
from wavedeck.impact.matrices import replicate_matrices
from wavedeck.impact.model import Model
from wavedeck.impact.replicates import Replicates
from wavedeck.stats.arrays import Floats
from wavedeck.stats.linearised import Estimates, means, together
from wavedeck.stats.regression import regress


@dataclass(frozen=True, eq=False)
class WhatIf:
    """Hold what one step up does to the overall mean; all arrays of shape (p,).

    Parameters
    ----------
    effect, se, ci_low, ci_high, p
        On the mean of the outcome.
    slope
        Change of the outcome per point of the driver.
    rise
        Average rise over all who gave an overall mark: less than the step where the scale ends, 0 where the
        aspect does not apply.
    uncertainty
        ``linearised``, ``bootstrap`` or ``none``.
    """

    effect: Floats
    se: Floats
    ci_low: Floats
    ci_high: Floats
    p: Floats
    slope: Floats
    rise: Floats
    step: float
    uncertainty: str


@dataclass(frozen=True)
class _Asked:
    """Hold what was asked."""

    step: float
    ceiling: float
    level: float


def what_if(
    model: Model,
    *,
    step: float = 1.0,
    ceiling: float | None = None,
    alone: bool = False,
    replicates: Replicates | None = None,
    level: float = 0.95,
) -> WhatIf:
    """Return how far the overall mean moves if one driver rises by a step and the others stay.

    Parameters
    ----------
    step
        In points of the driver.
    ceiling
        Highest mark of the scale; None lets everybody rise.
    alone
        Take each driver's own slope, on its own answers, instead of that in the model of all drivers;
        the others then move along as they did among respondents.
    replicates
        Needed for intervals of a pairwise model of all drivers.

    Raises
    ------
    ImpactError
        For a logit model: its outcome has no mean that moves in points.

    Notes
    -----
    Effect = slope times average rise; the variance holds both. It says what respondents' answers imply, not
    that raising an aspect causes it.
    """
    asked = _Asked(step, np.inf if ceiling is None else ceiling, level)
    if model.family != "linear":
        raise ImpactError("what-if moves a mean; declare family: linear for the outcome to use it")
    rises = means(_rises(model, asked), model.design)
    used = model.effective
    if alone or used.missing == "listwise":
        slopes, df = _own_slopes(used) if alone else _joint_slopes(used)
        return _linearised(slopes, rises, df, asked)
    return _bootstrapped(used, rises.estimate, replicates, asked)


def _rises(model: Model, asked: _Asked) -> Floats:
    """Return how far each respondent can rise, shape (n, p); NaN without an overall mark."""
    room = asked.ceiling - model.drivers
    if np.nanmin(room, initial=0.0) < 0:
        raise ImpactError(
            f"a mark lies above the ceiling {asked.ceiling:g}; declare the highest mark of the scale"
        )
    possible = np.where(np.isnan(model.drivers), 0.0, np.minimum(asked.step, room))
    return np.asarray(np.where(np.isnan(model.outcome)[:, None], np.nan, possible))


def _joint_slopes(model: Model) -> tuple[Estimates, Floats]:
    found = listwise_slopes(model)
    return found.slopes, np.full(model.count, found.df)


def _own_slopes(model: Model) -> tuple[Estimates, Floats]:
    model.require_base(model.base)
    fits = [regress(model.outcome, column, model.design) for column in model.drivers.T]
    parts = [
        Estimates(c.estimate[1:], c.influence[:, 1:], c.answered[:, 1:], c.design)
        for c in (fit.coefficients for fit in fits)
    ]
    return together(parts), np.array([fit.df for fit in fits])


def _linearised(slopes: Estimates, rises: Estimates, df: Floats, asked: _Asked) -> WhatIf:
    effect = Estimates(
        slopes.estimate * rises.estimate,
        slopes.influence * rises.estimate + rises.influence * slopes.estimate,
        slopes.answered | rises.answered,
        slopes.design,
    )
    low, high = t_interval(effect.estimate, effect.se, df, level=asked.level)
    p = two_sided(effect.estimate, effect.se, df)
    return WhatIf(
        effect.estimate, effect.se, low, high, p, slopes.estimate, rises.estimate, asked.step, "linearised"
    )


def _bootstrapped(model: Model, rise: Floats, replicates: Replicates | None, asked: _Asked) -> WhatIf:
    sd = model.matrices.sd[0]
    slope = standardised(model.correlation[None])[0] * sd[-1] / sd[:-1]
    effect, nothing = slope * rise, np.full(model.count, np.nan)
    if replicates is None:
        return WhatIf(effect, nothing, nothing, nothing, nothing, slope, rise, asked.step, "none")
    draws = _slope_draws(model, replicates) * _rise_draws(model, replicates, asked)
    se = spread(draws)
    low, high = t_interval(effect, se, level=asked.level)
    return WhatIf(effect, se, low, high, two_sided(effect, se), slope, rise, asked.step, "bootstrap")


def _slope_draws(model: Model, replicates: Replicates) -> Floats:
    weights = np.where(model.design.rows, model.design.weights, 0.0)
    found = replicate_matrices(model.values, model.answered, weights, replicates=replicates)
    stack = usable(remedy_all(found.correlation, remedy=model.remedy))
    return standardised(stack) * found.sd[:, -1:] / found.sd[:, :-1]


def _rise_draws(model: Model, replicates: Replicates, asked: _Asked) -> Floats:
    rises = _rises(model, asked)
    counted = ~np.isnan(rises[:, 0]) & model.design.rows
    w = np.where(counted, model.design.weights, 0.0)
    filled = np.nan_to_num(rises)
    parts = [(block * w) @ filled / (block @ w)[:, None] for _, block in replicates.blocks()]
    return np.concatenate(parts)
