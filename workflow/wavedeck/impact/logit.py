"""The logit counterpart: correlations of drivers with the latent outcome of a logit model."""

from __future__ import annotations

import numpy as np

from wavedeck.impact.errors import ImpactError
from wavedeck.impact.matrices import replicate_matrices
from wavedeck.impact.model import Model
from wavedeck.impact.ordinal import OrdinalFit, fit_ordinal
from wavedeck.impact.replicates import Replicates
from wavedeck.stats.arrays import Floats

LOGISTIC_VARIANCE = np.pi**2 / 3


def fit_logit(model: Model) -> OrdinalFit:
    """Fit the (cumulative) logit model of a listwise model."""
    weights = _weights(model)
    outcome, drivers = _filled(model)
    if model.family == "binary" and len(np.unique(outcome[weights > 0])) != 2:
        raise ImpactError("a binary outcome has two different answers; declare family: ordinal or recode")
    return fit_ordinal(outcome, drivers, weights)


def latent_correlation(model: Model) -> Floats:
    """Return the correlation matrix (p + 1, p + 1) of the drivers and the latent outcome.

    Notes
    -----
    The latent outcome is the linear predictor plus logistic noise. R² of this matrix is McKelvey and
    Zavoina's, which shares then divide.

    References
    ----------
    McKelvey, Zavoina (1975), Journal of Mathematical Sociology 4.
    """
    sd = model.matrices.sd[0, :-1]
    return _with_latent(model.correlation[:-1, :-1], fit_logit(model).slopes * sd)


def latent_replicates(model: Model, replicates: Replicates) -> Floats:
    """Return the same for every replicate, shape (b, p + 1, p + 1); NaN where a fit failed."""
    weights = _weights(model)
    outcome, drivers = _filled(model)
    start = fit_logit(model).slopes
    found = replicate_matrices(model.values, model.answered, weights, replicates=replicates)
    out = np.full_like(found.correlation, np.nan)
    for place, block in replicates.blocks():
        for number, multiplier in enumerate(block, start=place.start):
            slopes = _slopes(outcome, drivers, weights * multiplier, start)
            out[number] = _with_latent(found.correlation[number, :-1, :-1], slopes * found.sd[number, :-1])
    return out


def latent_spread(standardised: Floats, correlation: Floats) -> float:
    """Return the standard deviation of the latent outcome."""
    return float(np.sqrt(standardised @ correlation @ standardised + LOGISTIC_VARIANCE))


def _slopes(outcome: Floats, drivers: Floats, weights: Floats, start: Floats) -> Floats:
    """Return slopes of one replicate; NaN where it has none, which counts as a lost replicate."""
    rows = weights > 0
    try:
        return fit_ordinal(outcome[rows], drivers[rows], weights[rows], start=start).slopes
    except ImpactError:
        return np.full_like(start, np.nan)


def _with_latent(correlation: Floats, standardised: Floats) -> Floats:
    with_outcome = correlation @ standardised / latent_spread(standardised, correlation)
    return np.block([[correlation, with_outcome[:, None]], [with_outcome[None], np.ones((1, 1))]])


def _weights(model: Model) -> Floats:
    return np.where(model.complete, model.design.weights, 0.0)


def _filled(model: Model) -> tuple[Floats, Floats]:
    rows = model.complete
    return np.where(rows, model.outcome, 0.0), np.where(rows[:, None], model.drivers, 0.0)
