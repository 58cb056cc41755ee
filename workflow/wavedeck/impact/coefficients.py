"""Regression coefficients, standardised to the spread of drivers and outcome."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wavedeck.impact.logit import fit_logit, latent_spread
from wavedeck.impact.model import Model
from wavedeck.stats.arrays import Floats
from wavedeck.stats.linearised import Estimates
from wavedeck.stats.regression import regress


@dataclass(frozen=True, eq=False)
class Slopes:
    """Hold the slopes of a model of all drivers, without the intercept.

    Parameters
    ----------
    slopes
        Estimates of shape (p,), in units of the outcome (logits for a logit model) per unit of the driver.
    scale
        Shape (p,), by which a slope becomes a standardised coefficient; taken as known.
    df
        Residual degrees of freedom.
    """

    slopes: Estimates
    scale: Floats
    df: float

    @property
    def standardised(self) -> Floats:
        """Shape (p,)."""
        return np.asarray(self.slopes.estimate * self.scale)

    @property
    def standardised_se(self) -> Floats:
        """Shape (p,)."""
        return np.asarray(self.slopes.se * self.scale)


def listwise_slopes(model: Model) -> Slopes:
    """Regress the outcome on all drivers, on respondents who answered everything.

    Notes
    -----
    A slope times sd(driver) / sd(outcome) is what `svyglm` gives on standardised answers. In a logit model
    the outcome is the latent one, with variance of the linear predictor plus pi^2 / 3.

    References
    ----------
    R `survey`: `svyglm`, `svyolr`; McKelvey, Zavoina (1975), Journal of Mathematical Sociology 4.
    """
    _ = model.correlation
    rows = model.complete
    sd = model.matrices.sd[0]
    if model.family == "linear":
        fit = regress(np.where(rows, model.outcome, np.nan), model.drivers, model.design)
        slopes = Estimates(
            fit.coefficients.estimate[1:], fit.coefficients.influence[:, 1:],
            fit.coefficients.answered[:, 1:], model.design,
        )  # fmt: skip
        return Slopes(slopes, sd[:-1] / sd[-1], fit.df)
    found = fit_logit(model)
    answered = np.repeat(rows[:, None], model.count, axis=1)
    slopes = Estimates(found.slopes, found.influence, answered, model.design)
    df = float(slopes.degf[0] + 1 - len(found.slopes) - len(found.thresholds))
    spread = latent_spread(found.slopes * sd[:-1], model.correlation[:-1, :-1])
    return Slopes(slopes, sd[:-1] / spread, df)
