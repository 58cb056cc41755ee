from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.outliers_influence import variance_inflation_factor

from impact_samples import answers
from wavedeck.impact.collinearity import diagnose
from wavedeck.impact.model import Model
from wavedeck.stats.design import Design


def test_inflation_agrees_with_statsmodels() -> None:
    x, y = answers()
    found = diagnose(Model(y, x, Design(np.ones(400))))
    with_intercept = np.column_stack([np.ones(400), x])
    theirs = [variance_inflation_factor(with_intercept, j + 1) for j in range(5)]
    assert found.vif == pytest.approx(theirs)
    assert found.duplicates == ()
    assert not found.strong


def test_duplicates_are_flagged_both() -> None:
    x, y = answers()
    twin = x[:, 1] + 0.05 * np.random.default_rng(1).normal(size=400)
    found = diagnose(Model(y, np.column_stack([x, twin]), Design(np.ones(400))))
    assert [(pair.first, pair.second) for pair in found.duplicates] == [(1, 5)]
    assert found.flagged.tolist() == [False, True, False, False, False, True]
    assert found.strong


def test_condition_number_of_independent_drivers_is_one() -> None:
    x = np.array(np.meshgrid([0, 1], [0, 1], range(30))).reshape(3, -1).T.astype(float)
    y = x.sum(axis=1) + np.random.default_rng(1).normal(size=120)
    assert diagnose(Model(y, x, Design(np.ones(120)))).condition_number == pytest.approx(1)
