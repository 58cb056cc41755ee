"""Variances from influence values, one row per respondent: the general route."""

from __future__ import annotations

import numpy as np

from wavedeck.stats.arrays import Floats
from wavedeck.stats.design import Design
from wavedeck.stats.variance import by_stratum


def unit_influence(influence: Floats, design: Design) -> Floats:
    """Sum influences (n, m) to sampling units (p, m), scaled and centred so that V = U'U.

    Notes
    -----
    A lonely stratum under ``adjust`` deviates from the mean over all units.
    """
    z = influence if influence.ndim == 2 else influence[:, None]
    if design.calibration is not None:
        z = design.calibration.residuals(z)
    units = _by_unit(z, design)
    sums = by_stratum(units, design) if design.has_clusters else _strata_sums(units, design)
    centre = sums / design.strata_size[:, None]
    lonely = design.centred == 0
    if lonely.any():
        centre = np.where(lonely[:, None], units.mean(axis=0), centre)
    scale = np.sqrt(design.inflation * design.scale)[design.stratum_of_unit]
    return (units - centre[design.stratum_of_unit]) * scale[:, None]


def taylor_variance(influence: Floats, design: Design) -> Floats:
    """Return the with-replacement variance of each column of influences, shape (m,)."""
    return (unit_influence(influence, design) ** 2).sum(axis=0)


def taylor_covariance(influence: Floats, design: Design) -> Floats:
    """Return the covariance matrix of the columns of influences, shape (m, m).

    Parameters
    ----------
    influence
        Shape (n, m), for each respondent what the estimate would change by; 0 outside the domain.

    References
    ----------
    Binder (1983), International Statistical Review 51. R `survey`: `svyrecvar`.
    """
    units = unit_influence(influence, design)
    return units.T @ units


def _by_unit(z: Floats, design: Design) -> Floats:
    if not design.has_clusters:
        return z
    units = np.zeros((design.unit_count, z.shape[1]))
    np.add.at(units, design.unit, z)
    return units


def _strata_sums(units: Floats, design: Design) -> Floats:
    if design.strata_count == 1:
        return units.sum(axis=0, keepdims=True)
    sums = np.zeros((design.strata_count, units.shape[1]))
    np.add.at(sums, design.stratum_of_unit, units)
    return sums
