from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from impact_samples import answers, design
from wavedeck.impact.changes import compare_importance, compare_quadrants
from wavedeck.impact.errors import ImpactError
from wavedeck.impact.importance import Importance, measure_importance
from wavedeck.impact.model import Model
from wavedeck.impact.quadrants import Borders, Placement, Quadrant, is_high, place_drivers, rate_drivers
from wavedeck.impact.replicates import bootstrap

LIFT = np.array([-0.8, 0.8, -0.8, 0.8, 0.0])


def placed(
    *, seed: int = 1, lift: np.ndarray = LIFT, slopes: np.ndarray | None = None, **settings: object
) -> Placement:
    x, y = answers(600, seed=seed) if slopes is None else answers(600, seed=seed, slopes=slopes)
    m = Model(y, x + lift, design(600))
    reps = bootstrap(m.design, replicates=200, seed=seed)
    return place_drivers(measure_importance(m, "shapley", replicates=reps), rate_drivers(m, reps), **settings)  # type: ignore[arg-type]


def test_quadrants_follow_importance_and_rating() -> None:
    found = placed()
    assert found.quadrant[0] == Quadrant.HIGH_IMPORTANCE_LOW_RATING
    assert found.quadrant[1] == Quadrant.HIGH_IMPORTANCE_HIGH_RATING
    assert found.quadrant[2] == Quadrant.LOW_IMPORTANCE_LOW_RATING
    assert found.quadrant[3] == Quadrant.LOW_IMPORTANCE_HIGH_RATING
    assert found.placed[[0, 3]].all()


def test_probabilities_sum_to_one() -> None:
    assert placed().probability.sum(axis=1) == pytest.approx(np.ones(5))


def test_driver_on_a_border_is_not_placed() -> None:
    found = placed(lift=np.zeros(5), confidence=0.95)
    assert found.certainty.min() < 0.9
    assert not found.placed.all()


def test_value_on_a_border_is_high_however_its_sum_was_rounded() -> None:
    whole, noise = np.array([0.0, 0.3]), np.array([(0.1 + 0.2) - 0.3, 0.3 - (0.1 + 0.2)])
    assert is_high(whole).all()
    assert is_high(noise).all()
    assert not is_high(np.array([-1e-6])).any()


def test_borders_by_each_rule() -> None:
    x, y = answers(600)
    m = Model(y, x + LIFT, design(600))
    reps = bootstrap(m.design, replicates=20)
    importance, ratings = measure_importance(m, "correlation", replicates=reps), rate_drivers(m, reps)
    expected = {
        "mean": ratings.estimate.mean(),
        "median": np.median(ratings.estimate),
        "overall": ratings.overall,
        7.5: 7.5,
    }
    for rule, border in expected.items():
        found = place_drivers(importance, ratings, borders=Borders("median", rule))  # type: ignore[arg-type]
        assert found.rating_border == pytest.approx(border)
        assert found.importance_border == pytest.approx(np.median(importance.estimate))
    with pytest.raises(ImpactError, match="border 'overall'"):
        place_drivers(importance, ratings, borders=Borders("overall", "mean"))  # type: ignore[arg-type]


def test_ratings_have_the_same_uncertainty_both_ways() -> None:
    x, y = answers()
    x[::3, 1] = np.nan
    m = Model(y, x, design().domain(np.arange(400) < 300))
    found = rate_drivers(m, bootstrap(m.design, replicates=2000, seed=3))
    assert found.draws.std(axis=0) == pytest.approx(found.se, rel=0.08)
    assert found.overall_draws.std() == pytest.approx(found.overall_se, rel=0.08)
    assert found.base.tolist() == [300, 200, 300, 300, 300]


def test_importance_without_replicates_cannot_be_placed() -> None:
    x, y = answers()
    m = Model(y, x, design())
    with pytest.raises(ImpactError, match="same replicates"):
        place_drivers(measure_importance(m, "shapley"), rate_drivers(m, bootstrap(m.design, replicates=10)))


def test_change_of_quadrant_is_tested() -> None:
    before, after = placed(), placed(seed=2, lift=LIFT * [-1, 1, 1, 1, 1])
    found = compare_quadrants(before, after)
    assert found.changed[0]
    assert found.probability[0] > 0.95
    assert found.adjusted_p[0] < 0.001
    assert not found.changed[1:4].any()


def test_change_by_chance_is_no_change() -> None:
    marks = [
        compare_quadrants(placed(seed=s, lift=np.zeros(5)), placed(seed=s + 50, lift=np.zeros(5)))
        for s in range(8)
    ]
    assert sum(found.moved.sum() for found in marks) > 5
    assert sum(found.changed.sum() for found in marks) <= 2


def test_same_side_twice_has_not_changed() -> None:
    one = placed()
    found = compare_quadrants(one, one)
    assert not found.moved.any()
    assert np.isnan(found.p).all()


def importance_of(mask: np.ndarray, *, slopes: np.ndarray) -> Importance:
    x, y = answers(1000)
    y = np.where(np.arange(1000) < 500, y, x @ slopes + np.random.default_rng(9).normal(size=1000))
    made = design(1000)
    m = Model(y, x, made.domain(mask))
    return measure_importance(m, "johnson", replicates=bootstrap(made, replicates=200))


def test_group_against_the_rest_shows_what_differs() -> None:
    group, slopes = np.arange(1000) < 500, np.array([0.0, 0.3, 0.15, 0.5, 0.25])
    found = compare_importance(
        importance_of(~group, slopes=slopes),
        importance_of(group, slopes=slopes),
        paired=True,
        correction="holm",
    )
    assert found.mark.tolist()[0] == 1
    assert found.mark.tolist()[3] == -1
    assert (found.ci_low <= found.difference).all()


def test_measures_that_differ_are_not_compared() -> None:
    x, y = answers()
    m = Model(y, x, design())
    with pytest.raises(ImpactError, match="compare one measure"):
        compare_importance(measure_importance(m, "correlation"), measure_importance(m, "coefficient"))
    with pytest.raises(ImpactError, match="same drivers"):
        compare_importance(
            measure_importance(m, "correlation"),
            measure_importance(Model(y, x[:, :2], design()), "correlation"),
        )


def test_lost_replicates_do_not_count() -> None:
    x, y = answers()
    m = Model(y, x + LIFT, design())
    reps = bootstrap(m.design, replicates=40)
    importance, ratings = measure_importance(m, "johnson", replicates=reps), rate_drivers(m, reps)
    assert importance.draws is not None
    holes = importance.draws.copy()
    holes[:3] = np.nan
    found = place_drivers(replace(importance, draws=holes), ratings)
    whole = place_drivers(importance, ratings)
    assert replace(importance, draws=holes).lost == 3
    assert found.probability.sum(axis=1) == pytest.approx(np.ones(5))
    assert compare_quadrants(found, whole, paired=True).probability == pytest.approx(
        1 - (found.probability * whole.probability).sum(axis=1)
    )
