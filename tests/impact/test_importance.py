from __future__ import annotations

import numpy as np
import pytest

from impact_samples import answers, design
from wavedeck.impact.errors import ImpactError
from wavedeck.impact.importance import measure_importance
from wavedeck.impact.model import Model
from wavedeck.impact.replicates import bootstrap
from wavedeck.stats.design import Design

MEASURES = ["correlation", "coefficient", "shapley", "johnson"]


def gappy() -> tuple[np.ndarray, np.ndarray]:
    x, y = answers()
    x[np.random.default_rng(8).random(x.shape) < 0.15] = np.nan
    return x, y


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("missing", ["pairwise", "listwise"])
def test_order_of_columns_changes_nothing(measure: str, missing: str) -> None:
    (x, y), made, place = gappy(), design(), [3, 0, 4, 2, 1]
    reps = bootstrap(made, replicates=40, seed=2)
    one, two = (
        measure_importance(Model(y, columns, made, missing=missing), measure, replicates=reps)  # type: ignore[arg-type]
        for columns in (x, x[:, place])
    )
    for name in ("estimate", "se", "ci_low", "ci_high", "base", "direction"):
        assert getattr(two, name) == pytest.approx(getattr(one, name)[place], abs=1e-12)


@pytest.mark.parametrize("measure", MEASURES)
def test_weights_scaled_change_nothing(measure: str) -> None:
    (x, y), made = gappy(), design()
    scaled = Design(1000 * made.weights, strata=made.strata)
    one, two = (
        measure_importance(Model(y, x, d), measure, replicates=bootstrap(d, replicates=30, seed=5))  # type: ignore[arg-type]
        for d in (made, scaled)
    )
    assert two.estimate == pytest.approx(one.estimate, abs=1e-12)
    assert two.se == pytest.approx(one.se, rel=1e-8)


@pytest.mark.parametrize("measure", ["correlation", "coefficient"])
def test_bootstrap_agrees_with_linearisation(measure: str) -> None:
    (x, y), made = answers(), design()
    reps = bootstrap(made, replicates=1500, seed=3)
    found = measure_importance(Model(y, x, made, missing="listwise"), measure, replicates=reps)  # type: ignore[arg-type]
    assert found.uncertainty == "linearised"
    assert found.draws is not None
    assert found.draws.std(axis=0) == pytest.approx(found.se, rel=0.15)


def test_shares_sum_to_r_squared() -> None:
    (x, y), made = gappy(), design()
    for measure in ("shapley", "johnson"):
        found = measure_importance(Model(y, x, made), measure)  # type: ignore[arg-type]
        assert found.estimate.sum() == pytest.approx(found.r_squared, abs=1e-10)
        assert found.share.sum() == pytest.approx(1)
        assert found.uncertainty == "none"
        assert np.isnan(found.se).all()


def test_planted_noise_has_the_smallest_share() -> None:
    for seed in range(10):
        x, y = answers(800, seed=seed)
        found = measure_importance(Model(y, x, design(800)), "coefficient")
        assert np.argmin(np.abs(found.estimate)) == 3
    independent = np.random.default_rng(3).normal(size=(800, 5))
    outcome = independent @ [0.5, 0.3, 0.2, 0.0, 0.25] + np.random.default_rng(4).normal(size=800)
    assert np.argmin(measure_importance(Model(outcome, independent, design(800)), "shapley").estimate) == 3


def test_driver_without_effect_is_covered() -> None:
    covered = np.zeros(2)
    for seed in range(200):
        rng = np.random.default_rng(seed + 10_000)
        x, y = answers(300, seed=seed)
        x[:, 3] = rng.normal(size=300)
        m = Model(y, x, design(300, seed=seed), missing="listwise")
        for k, measure in enumerate(("correlation", "coefficient")):
            found = measure_importance(m, measure)  # type: ignore[arg-type]
            covered[k] += found.ci_low[3] <= 0 <= found.ci_high[3]
    assert (covered / 200 > 0.90).all()
    assert (covered / 200 < 0.99).all()


@pytest.mark.slow
def test_interval_of_a_driver_without_effect_covers_0_in_93_to_97_percent() -> None:
    times = 1000
    covered, smallest = np.zeros(2), 0
    for seed in range(times):
        x, y = answers(300, seed=seed)
        x[:, 3] = np.random.default_rng(seed + 10_000).normal(size=300)
        own = Model(y, x, design(300, seed=seed), missing="listwise")
        for k, measure in enumerate(("correlation", "coefficient")):
            found = measure_importance(own, measure)  # type: ignore[arg-type]
            covered[k] += found.ci_low[3] <= 0 <= found.ci_high[3]
        smallest += int(np.argmin(measure_importance(own, "shapley").estimate) == 3)
    assert (covered / times >= 0.93).all()
    assert (covered / times <= 0.97).all()
    assert smallest == times


@pytest.mark.parametrize("seed", range(20))
def test_planted_noise_has_the_smallest_shapley_share_among_related_drivers(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(800, 6)) + 0.8 * rng.normal(size=(800, 1))
    x[:, 3] = rng.normal(size=800)
    outcome = np.delete(x, 3, axis=1).sum(axis=1) * 0.3 + 1.5 * rng.normal(size=800)
    found = measure_importance(Model(outcome, x, design(800)), "shapley")
    assert np.argmin(found.estimate) == 3


def test_negative_drivers_are_told() -> None:
    x, y = answers(slopes=np.array([1.0, -0.6, 0.2]))
    found = measure_importance(Model(y, x, design()), "shapley")
    direct = measure_importance(Model(y, x, design()), "coefficient")
    assert (found.estimate >= 0).all()
    assert direct.negative.tolist() == [False, True, False]
    assert measure_importance(Model(y, -x, design()), "shapley").negative.any()


def test_default_is_correlation_for_batteries() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=(300, 20))
    m = Model(x.sum(axis=1) + rng.normal(size=300), x, design(300))
    assert measure_importance(m).measure == "correlation"
    assert measure_importance(Model(m.outcome, x[:, :5], design(300))).measure == "shapley"


def test_replicates_too_many_lost_is_an_error() -> None:
    x, y = answers(40)
    x[1:, 0] = np.round(x[1:, 0] > 100)
    x[0, 0] = 5.0
    m = Model(y, x, Design(np.ones(40)), minimum_base=20)
    with pytest.raises(ImpactError, match="replicates gave no answer"):
        measure_importance(m, "shapley", replicates=bootstrap(m.design, replicates=50))


def test_unknown_measure_is_refused() -> None:
    x, y = answers()
    with pytest.raises(ImpactError, match="'magic' is not one of"):
        measure_importance(Model(y, x, design()), "magic")  # type: ignore[arg-type]


def test_replicates_of_another_design_are_refused() -> None:
    x, y = answers()
    with pytest.raises(ImpactError, match="another design"):
        measure_importance(Model(y, x, design()), "shapley", replicates=bootstrap(design(50), replicates=5))
