from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact_samples import correlation
from wavedeck.impact import sweeps
from wavedeck.impact.sweeps import average_increments, r_squared_of_subsets


def r_squared(matrix: np.ndarray, subset: tuple[int, ...]) -> float:
    if not subset:
        return 0.0
    r = matrix[list(subset), -1]
    return float(r @ np.linalg.solve(matrix[np.ix_(subset, subset)], r))


def by_definition(matrix: np.ndarray) -> np.ndarray:
    p = len(matrix) - 1
    orders = list(permutations(range(p)))
    shares = np.zeros(p)
    for order in orders:
        for place, j in enumerate(order):
            shares[j] += r_squared(matrix, order[: place + 1]) - r_squared(matrix, order[:place])
    return shares / len(orders)


def test_subsets_equal_regressions() -> None:
    matrix = correlation(5)
    found = r_squared_of_subsets(matrix[None])[:, 0]
    subsets = [tuple(j for j in range(5) if m >> j & 1) for m in range(32)]
    assert found == pytest.approx([r_squared(matrix, s) for s in subsets], abs=1e-12)


@pytest.mark.parametrize("drivers", [1, 2, 5])
def test_increments_equal_the_definition(drivers: int) -> None:
    matrix = correlation(drivers)
    assert average_increments(matrix[None])[0] == pytest.approx(by_definition(matrix), abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 12), st.integers(0, 10_000))
def test_increments_sum_to_r_squared(drivers: int, seed: int) -> None:
    matrix = correlation(drivers, seed=seed)
    whole = r_squared(matrix, tuple(range(drivers)))
    assert average_increments(matrix[None]).sum() == pytest.approx(whole, abs=1e-10)


def test_increments_divided_in_parts_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    stack = np.stack([correlation(9, seed=s) for s in range(5)])
    whole = average_increments(stack)
    monkeypatch.setattr(sweeps, "CELLS_AT_ONCE", 16)
    assert average_increments(stack) == pytest.approx(whole, abs=1e-13)


def test_increments_do_not_depend_on_the_order_of_columns() -> None:
    matrix, place = correlation(10), np.random.default_rng(2).permutation(10)
    turned = matrix[np.ix_([*place, 10], [*place, 10])]
    assert average_increments(turned[None])[0] == pytest.approx(
        average_increments(matrix[None])[0][place], abs=1e-13
    )


def test_increments_of_independent_drivers_are_their_squares() -> None:
    matrix = np.eye(4)
    matrix[3, :3] = matrix[:3, 3] = [0.5, -0.3, 0.1]
    assert average_increments(matrix[None])[0] == pytest.approx([0.25, 0.09, 0.01], abs=1e-14)
