from __future__ import annotations

import numpy as np
import pytest

from impact_samples import correlation
from wavedeck.impact.definite import (
    FLOOR,
    is_definite,
    nearest,
    remedy_all,
    remedy_sample,
    require_remedy,
    ridge,
)
from wavedeck.impact.errors import ImpactError, NotPositiveDefiniteError

IMPOSSIBLE = np.array(
    [[1.0, 0.9, -0.9, 0.3], [0.9, 1.0, 0.9, 0.3], [-0.9, 0.9, 1.0, 0.3], [0.3, 0.3, 0.3, 1.0]]
)


def test_impossible_matrix_is_an_error_with_the_remedies() -> None:
    with pytest.raises(NotPositiveDefiniteError, match="nearest, ridge or listwise"):
        remedy_sample(IMPOSSIBLE, remedy="fail")


@pytest.mark.parametrize("remedy", ["nearest", "ridge"])
def test_remedy_gives_a_correlation_matrix(remedy: str) -> None:
    made, done = remedy_sample(IMPOSSIBLE, remedy=remedy)  # type: ignore[arg-type]
    assert np.diag(made) == pytest.approx(np.ones(4))
    assert np.linalg.eigvalsh(made)[0] >= FLOOR * 0.9
    assert done.remedy == remedy
    assert done.minimum_eigenvalue == pytest.approx(np.linalg.eigvalsh(IMPOSSIBLE)[0])
    assert done.largest_change == pytest.approx(np.abs(made - IMPOSSIBLE).max())


def test_nearest_is_nearer_than_ridge() -> None:
    stack = IMPOSSIBLE[None]
    assert np.linalg.norm(nearest(stack) - stack) < np.linalg.norm(ridge(stack) - stack)


def test_nearest_of_higham() -> None:
    matrix = np.array([[1.0, 1, 0], [1, 1, 1], [0, 1, 1]])
    found = nearest(matrix[None], floor=0.0)[0]
    assert found[0, 1] == pytest.approx(0.7607, abs=1e-4)
    assert found[0, 2] == pytest.approx(0.1573, abs=1e-4)


def test_possible_matrix_is_left_alone() -> None:
    matrix = correlation(4)
    made, done = remedy_sample(matrix, remedy="nearest")
    assert made is matrix
    assert done.remedy == ""


def test_replicates_without_remedy_are_lost() -> None:
    stack = np.stack([correlation(3), IMPOSSIBLE, np.full((4, 4), np.nan)])
    assert is_definite(stack).tolist() == [True, False, False]
    lost = np.isnan(remedy_all(stack, remedy="fail")).all(axis=(1, 2))
    assert lost.tolist() == [False, True, True]
    assert np.isnan(remedy_all(stack, remedy="ridge")).all(axis=(1, 2)).tolist() == [False, False, True]


def test_unknown_remedy_is_refused() -> None:
    with pytest.raises(ImpactError, match="'pray' is not one of"):
        require_remedy("pray")
