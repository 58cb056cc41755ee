from __future__ import annotations

import numpy as np
import pytest

from impact_samples import correlation
from wavedeck.impact.orders import draw_orders, drawn_shares, own_order, shares_by_orders
from wavedeck.impact.sweeps import average_increments


@pytest.mark.parametrize("seed", range(3))
def test_drawn_shares_stay_within_their_bound(seed: int) -> None:
    matrix = correlation(12, seed=seed)
    found = drawn_shares(matrix, pairs=2_000, seed=seed)
    gap = np.abs(found.estimate - average_increments(matrix[None])[0])
    assert (gap <= found.bound).all()
    assert found.bound.max() < 0.05
    assert found.orders == 4_000


def test_drawn_shares_sum_to_r_squared() -> None:
    matrix = correlation(28)
    whole = matrix[:-1, -1] @ np.linalg.solve(matrix[:-1, :-1], matrix[:-1, -1])
    assert drawn_shares(matrix, pairs=200).estimate.sum() == pytest.approx(whole, abs=1e-10)


def test_drawn_shares_do_not_depend_on_the_order_of_columns() -> None:
    matrix, place = correlation(9), np.random.default_rng(4).permutation(9)
    turned = matrix[np.ix_([*place, 9], [*place, 9])]
    one, two = drawn_shares(matrix, pairs=50), drawn_shares(turned, pairs=50)
    assert two.estimate == pytest.approx(one.estimate[place], abs=1e-12)
    assert own_order(turned).tolist() == np.argsort(place)[own_order(matrix)].tolist()


def test_shares_by_all_orders_are_exact() -> None:
    matrix = correlation(2)
    orders = np.array([[0, 1]])
    assert shares_by_orders(matrix[None], orders) == pytest.approx(
        average_increments(matrix[None]), abs=1e-12
    )


def test_orders_are_a_function_of_the_seed() -> None:
    assert draw_orders(8, pairs=5, seed=3).tolist() == draw_orders(8, pairs=5, seed=3).tolist()
    assert draw_orders(8, pairs=5, seed=3).tolist() != draw_orders(8, pairs=5, seed=4).tolist()
