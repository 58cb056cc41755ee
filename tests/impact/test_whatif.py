from __future__ import annotations

import numpy as np
import pytest

from impact_samples import SLOPES, answers, design
from wavedeck.impact.errors import ImpactError
from wavedeck.impact.model import Model
from wavedeck.impact.replicates import bootstrap
from wavedeck.impact.whatif import what_if
from wavedeck.stats.regression import regress


def test_effect_is_the_slope_times_the_step() -> None:
    (x, y), made = answers(), design()
    fit = regress(y, x, made)
    found = what_if(Model(y, x, made, missing="listwise"), step=0.5)
    assert found.effect == pytest.approx(0.5 * fit.coefficients.estimate[1:])
    assert found.se == pytest.approx(0.5 * fit.coefficients.se[1:])
    assert found.p == pytest.approx(fit.p[1:])


def test_known_slopes_are_covered() -> None:
    covered = np.zeros(5)
    for seed in range(100):
        x, y = answers(300, seed=seed)
        found = what_if(Model(y, x, design(300, seed=seed), missing="listwise"))
        covered += (found.ci_low <= SLOPES) & (found.ci_high >= SLOPES)
    assert covered.mean() / 100 == pytest.approx(0.95, abs=0.03)


def test_pairwise_equals_listwise_when_all_answered() -> None:
    (x, y), made = answers(), design()
    x = np.minimum(x, 10)
    reps = bootstrap(made, replicates=800, seed=1)
    one = what_if(Model(y, x, made), ceiling=10, replicates=reps)
    two = what_if(Model(y, x, made, missing="listwise"), ceiling=10)
    assert one.effect == pytest.approx(two.effect, abs=1e-12)
    assert one.se == pytest.approx(two.se, rel=0.12)
    assert (one.uncertainty, two.uncertainty) == ("bootstrap", "linearised")


def test_nobody_rises_above_the_ceiling_or_where_nothing_applies() -> None:
    (x, y), made = answers(), design()
    x = np.minimum(x, 10)
    x[:100, 0], x[100:, 1] = 10.0, np.minimum(x[100:, 1], 9.0)
    x[:100, 1] = np.nan
    found = what_if(Model(y, x, made), ceiling=10, alone=True)
    share = made.weights[100:].sum() / made.weights.sum()
    assert found.rise[0] < share
    assert found.rise[1] == pytest.approx(share)


def test_pairwise_without_replicates_has_no_interval() -> None:
    (x, y), made = answers(), design()
    found = what_if(Model(y, x, made))
    assert found.uncertainty == "none"
    assert np.isnan(found.se).all()


def test_what_if_refuses_what_it_cannot_say() -> None:
    (x, y), made = answers(), design()
    with pytest.raises(ImpactError, match="ceiling 5"):
        what_if(Model(y, x, made), ceiling=5)
    with pytest.raises(ImpactError, match="moves a mean"):
        what_if(Model((y > y.mean()).astype(float), x, made, missing="listwise", family="binary"))
