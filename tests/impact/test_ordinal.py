from __future__ import annotations

import numpy as np
import pytest
from statsmodels.miscmodels.ordinal_model import OrderedModel

from impact_samples import answers, design
from wavedeck.impact.coefficients import listwise_slopes
from wavedeck.impact.errors import ImpactError
from wavedeck.impact.importance import measure_importance
from wavedeck.impact.model import Model
from wavedeck.impact.ordinal import fit_ordinal
from wavedeck.impact.replicates import bootstrap
from wavedeck.stats.regression import regress


def graded() -> tuple[np.ndarray, np.ndarray]:
    x, y = answers()
    return x - 7, np.digitize(y, np.quantile(y, [0.2, 0.5, 0.8])).astype(float)


def test_two_categories_are_a_binomial_regression() -> None:
    x, y = graded()
    made = design()
    ours, theirs = (
        fit_ordinal((y > 1).astype(float), x, made.weights),
        regress(y > 1, x, made, family="binomial"),
    )
    assert ours.slopes == pytest.approx(theirs.coefficients.estimate[1:], abs=1e-9)
    assert ours.influence == pytest.approx(theirs.coefficients.influence[:, 1:], abs=1e-9)


def test_equal_weights_agree_with_statsmodels() -> None:
    x, y = graded()
    theirs = OrderedModel(y, x, distr="logit").fit(method="bfgs", disp=0, gtol=1e-8)
    assert fit_ordinal(y, x, np.ones(400)).slopes == pytest.approx(theirs.params[:5], abs=1e-5)


def test_weights_of_two_are_respondents_twice() -> None:
    x, y = graded()
    weights = np.random.default_rng(1).integers(0, 3, 400)
    twice = np.repeat(np.arange(400), weights)
    once = fit_ordinal(y[twice], x[twice], np.ones(len(twice)))
    assert fit_ordinal(y, x, weights.astype(float)).slopes == pytest.approx(once.slopes, abs=1e-9)


def test_slopes_have_a_linearised_interval() -> None:
    x, y = graded()
    m = Model(y, x, design(), missing="listwise", family="ordinal")
    reps = bootstrap(m.design, replicates=150, seed=1)
    found = measure_importance(m, "coefficient", replicates=reps)
    assert found.draws is not None
    assert found.se == pytest.approx(found.draws.std(axis=0), rel=0.3)
    assert found.estimate == pytest.approx(listwise_slopes(m).standardised, abs=1e-10)


def test_shares_divide_mckelvey_and_zavoina() -> None:
    x, y = graded()
    m = Model(y, x, design(), missing="listwise", family="ordinal")
    fit = fit_ordinal(y, x, m.design.weights)
    spread = np.cov(x @ fit.slopes, aweights=m.design.weights, ddof=0)
    for measure in ("shapley", "johnson"):
        found = measure_importance(m, measure)  # type: ignore[arg-type]
        assert found.estimate.sum() == pytest.approx(spread / (spread + np.pi**2 / 3), abs=1e-10)


def test_separated_outcome_says_so() -> None:
    x = np.arange(200.0)[:, None]
    with pytest.raises(ImpactError, match=r"converge|no single answer"):
        fit_ordinal((x[:, 0] > 99.5).astype(float), (x - 100) / 50, np.ones(200))


def test_outcome_of_one_or_many_answers_is_refused() -> None:
    x, _ = graded()
    with pytest.raises(ImpactError, match="1 different answers"):
        fit_ordinal(np.ones(400), x, np.ones(400))
    with pytest.raises(ImpactError, match="400 different answers"):
        fit_ordinal(np.arange(400.0), x, np.ones(400))


def test_binary_family_needs_two_answers() -> None:
    x, y = graded()
    with pytest.raises(ImpactError, match="declare family: ordinal"):
        measure_importance(Model(y, x, design(), missing="listwise", family="binary"), "shapley")
