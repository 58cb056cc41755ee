"""Importance of drivers under one of four measures, with its uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from wavedeck.impact.coefficients import listwise_slopes
from wavedeck.impact.definite import Remedied
from wavedeck.impact.errors import ImpactError
from wavedeck.impact.evidence import Evidence, correlations_of, standardised, usable
from wavedeck.impact.inference import percentiles, spread, t_interval, two_sided
from wavedeck.impact.model import Model
from wavedeck.impact.replicates import Replicates
from wavedeck.impact.shares import johnson_weights, shapley_replicates, shapley_shares
from wavedeck.stats.arrays import Booleans, Floats, divide
from wavedeck.stats.association import correlations

Measure = Literal["correlation", "coefficient", "shapley", "johnson"]
BATTERY = 20


@dataclass(frozen=True, eq=False)
class Importance:
    """Hold the importance of p drivers.

    Parameters
    ----------
    estimate, se, ci_low, ci_high
        Shape (p,). Shares of R² are not divided by R².
    p
        Shape (p,), test of 0; NaN for shares, which are never below 0.
    df
        Shape (p,), degrees of freedom of that test; infinite for a bootstrap.
    base
        Shape (p,), respondents who gave both the driver and the outcome, unweighted.
    complete_base
        Respondents who answered everything.
    direction
        Shape (p,), correlation with the outcome, that tells the sign behind a share.
    r_squared, r_squared_se
        Of all drivers together.
    error_bound
        Shape (p,), largest error of drawing orders; 0 where exact.
    uncertainty
        ``linearised``, ``bootstrap`` or ``none``.
    draws
        Shape (b, p), the replicates; rows of NaN were lost. None without replicates.
    remedied
        What was done to the correlation matrix.
    """

    measure: Measure
    estimate: Floats
    se: Floats
    ci_low: Floats
    ci_high: Floats
    p: Floats
    df: Floats
    base: Floats
    complete_base: int
    direction: Floats
    r_squared: float
    r_squared_se: float
    error_bound: Floats
    uncertainty: str
    draws: Floats | None
    remedied: Remedied
    level: float

    @property
    def negative(self) -> Booleans:
        """Shape (p,), drivers whose own correlation or coefficient is below 0."""
        return (self.direction < 0) | (self.estimate < 0)

    @property
    def share(self) -> Floats:
        """Shape (p,), of the sum of all; meaningful for shares of R²."""
        return divide(self.estimate, self.estimate.sum())

    @property
    def lost(self) -> int:
        """Replicates that gave no answer."""
        return 0 if self.draws is None else int(np.isnan(self.draws).any(axis=1).sum())


def default_measure(drivers: int) -> Measure:
    """Return the measure that suits a number of drivers.

    >>> default_measure(25), default_measure(8)
    ('correlation', 'shapley')
    """
    return "correlation" if drivers >= BATTERY else "shapley"


def measure_importance(
    model: Model,
    measure: Measure | None = None,
    *,
    replicates: Replicates | None = None,
    level: float = 0.95,
    seed: int = 0,
) -> Importance:
    """Measure how much each driver weighs in the outcome.

    Parameters
    ----------
    measure
        ``correlation``; ``coefficient``, standardised; ``shapley`` or ``johnson``, shares of R². None takes
        `default_measure`.
    replicates
        Needed for the uncertainty of shares and of pairwise coefficients, and for quadrants.
    seed
        Of drawn orders, where there are more than 25 drivers.

    Raises
    ------
    ImpactError
        When the answers do not carry the model; the message tells what would.

    References
    ----------
    See `wavedeck.impact.shares`, `wavedeck.impact.coefficients`, `wavedeck.impact.logit`.
    """
    chosen = measure or default_measure(model.count)
    if chosen not in get_args(Measure):
        raise ImpactError(f"measure {chosen!r} is not one of {', '.join(get_args(Measure))}")
    if chosen == "correlation":
        return _by_correlation(model, replicates, level)
    found = _by_coefficient if chosen == "coefficient" else _by_shares
    return found(model, chosen, Evidence.of(model, replicates, level=level, seed=seed))


def _by_correlation(model: Model, replicates: Replicates | None, level: float) -> Importance:
    model.require_base(model.base)
    both = model.answered[:, :-1] & model.answered[:, -1:]
    outcome = np.repeat(model.outcome[:, None], model.count, axis=1)
    found = correlations(np.where(both, model.drivers, np.nan), outcome, model.design)
    if np.isnan(found.estimate).any():
        raise ImpactError(
            f"{model.named(np.isnan(found.estimate))}: no variance among those who count; leave it out"
        )
    low, high = found.interval(level=level)
    return Importance(
        measure="correlation",
        estimate=found.estimate,
        se=found.se,
        ci_low=low,
        ci_high=high,
        p=two_sided(found.estimate, found.se, found.degf),
        df=found.degf,
        base=model.base,
        complete_base=model.complete_base,
        direction=found.estimate,
        r_squared=np.nan,
        r_squared_se=np.nan,
        error_bound=np.zeros(model.count),
        uncertainty="linearised",
        draws=None if replicates is None else usable(correlations_of(model, replicates))[:, :-1, -1],
        remedied=Remedied(np.nan, "", 0.0),
        level=level,
    )


def _by_coefficient(model: Model, measure: Measure, evidence: Evidence) -> Importance:
    used, draws = model.effective, None if evidence.stack is None else standardised(evidence.stack)
    estimate = standardised(evidence.sample[None])[0]
    if used.missing == "listwise":
        slopes = listwise_slopes(used)
        se, df, how = slopes.standardised_se, slopes.df, "linearised"
    else:
        se = np.full(model.count, np.nan) if draws is None else spread(draws)
        df, how = np.inf, "none" if draws is None else "bootstrap"
    low, high = t_interval(estimate, se, df, level=evidence.level)
    return Importance(
        measure=measure,
        estimate=estimate,
        se=se,
        ci_low=low,
        ci_high=high,
        p=two_sided(estimate, se, df),
        df=np.full(model.count, df),
        base=used.base,
        complete_base=model.complete_base,
        direction=used.correlation[:-1, -1],
        r_squared=evidence.r_squared,
        r_squared_se=evidence.r_squared_se,
        error_bound=np.zeros(model.count),
        uncertainty=how,
        draws=draws,
        remedied=model.remedied,
        level=evidence.level,
    )


def _by_shares(model: Model, measure: Measure, evidence: Evidence) -> Importance:
    sample, stack, bound = evidence.sample, evidence.stack, np.zeros(model.count)
    nothing = np.full(model.count, np.nan)
    if measure == "shapley":
        shares = shapley_shares(sample, seed=evidence.seed)
        estimate, bound = shares.estimate, shares.error_bound
        draws = None if stack is None else shapley_replicates(stack, sample, seed=evidence.seed)
    else:
        estimate = johnson_weights(sample[None])[0]
        draws = None if stack is None else johnson_weights(stack)
    low, high = (nothing, nothing) if draws is None else percentiles(draws, level=evidence.level)
    return Importance(
        measure=measure,
        estimate=estimate,
        se=nothing if draws is None else spread(draws),
        ci_low=low,
        ci_high=high,
        p=nothing,
        df=nothing,
        base=model.effective.base,
        complete_base=model.complete_base,
        direction=model.effective.correlation[:-1, -1],
        r_squared=evidence.r_squared,
        r_squared_se=evidence.r_squared_se,
        error_bound=bound,
        uncertainty="none" if draws is None else "bootstrap",
        draws=draws,
        remedied=model.remedied,
        level=evidence.level,
    )
