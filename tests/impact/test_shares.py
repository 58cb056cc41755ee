from __future__ import annotations

import numpy as np
import pytest

from impact_samples import correlation
from wavedeck.impact.errors import TooManyDriversError
from wavedeck.impact.shares import johnson_weights, shapley_replicates, shapley_shares


def test_shapley_above_the_limit_states_its_bound() -> None:
    matrix = correlation(10)
    exact, drawn = shapley_shares(matrix), shapley_shares(matrix, exact_to=5)
    assert not exact.error_bound.any()
    assert (drawn.error_bound > 0).all()
    assert (np.abs(drawn.estimate - exact.estimate) <= drawn.error_bound).all()
    assert drawn.r_squared == pytest.approx(exact.r_squared, abs=1e-10)


def test_shapley_takes_thirty_drivers_and_not_more() -> None:
    with pytest.raises(TooManyDriversError, match="go up to 30"):
        shapley_shares(np.eye(32))


def test_replicates_by_drawn_orders_follow_the_exact_ones() -> None:
    sample = correlation(9)
    stack = np.stack([correlation(9, seed=s) for s in range(2, 22)])
    exact, drawn = shapley_replicates(stack, sample), shapley_replicates(stack, sample, exact_to=5)
    assert drawn.std(axis=0) == pytest.approx(exact.std(axis=0), rel=0.1)
    assert shapley_replicates(sample[None], sample, exact_to=5)[0] == pytest.approx(
        shapley_shares(sample).estimate, abs=1e-12
    )


def test_replicates_without_an_answer_stay_without() -> None:
    stack = np.stack([correlation(4), np.full((5, 5), np.nan)])
    for found in (shapley_replicates(stack, stack[0]), johnson_weights(stack)):
        assert np.isfinite(found[0]).all()
        assert np.isnan(found[1]).all()


def test_johnson_sums_to_r_squared_whatever_the_order() -> None:
    matrix, place = correlation(8), np.random.default_rng(1).permutation(8)
    turned = matrix[np.ix_([*place, 8], [*place, 8])]
    weights = johnson_weights(matrix[None])[0]
    assert weights.sum() == pytest.approx(shapley_shares(matrix).r_squared, abs=1e-10)
    assert johnson_weights(turned[None])[0] == pytest.approx(weights[place], abs=1e-12)
