from __future__ import annotations

import numpy as np
import pytest

from impact_samples import answers, design
from wavedeck.impact.errors import ImpactError
from wavedeck.impact.importance import measure_importance
from wavedeck.impact.imputation import impute
from wavedeck.impact.model import Model
from wavedeck.impact.replicates import bootstrap
from wavedeck.impact.rubin import pool, pool_importance


def blanked(n: int = 400, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return values with gaps, which gaps were refused, and the whole."""
    x, y = answers(n, seed=seed)
    whole = np.column_stack([x, y])
    rng = np.random.default_rng(seed + 7)
    never = rng.random(whole.shape) < [0.3, 0.1, 0, 0, 0, 0]
    refused = (rng.random(whole.shape) < [0.2, 0.1, 0.1, 0, 0, 0]) & ~never
    return np.where(never | refused, np.nan, whole), refused, whole


def test_only_refused_cells_are_filled() -> None:
    values, refused, _ = blanked()
    for filled in impute(values, refused, design(), imputations=3):
        assert np.isfinite(filled[refused]).all()
        rest = ~refused
        assert np.array_equal(filled[rest], values[rest], equal_nan=True)


def test_imputations_differ_and_follow_the_seed() -> None:
    values, refused, _ = blanked()
    one, two = (impute(values, refused, design(), imputations=2, seed=4) for _ in range(2))
    assert np.array_equal(one[0], two[0], equal_nan=True)
    assert not np.array_equal(one[0], one[1], equal_nan=True)


def test_order_of_columns_changes_nothing() -> None:
    (values, refused, _), place = blanked(), [4, 0, 5, 2, 1, 3]
    one = impute(values, refused, design(), imputations=2, seed=4)
    two = impute(values[:, place], refused[:, place], design(), imputations=2, seed=4)
    assert two[1] == pytest.approx(one[1][:, place], nan_ok=True, abs=1e-9)


def test_imputed_correlations_are_those_of_the_whole() -> None:
    values, refused, whole = blanked(4000)
    made = design(4000)
    filled = impute(values, refused, made, imputations=5)
    pooled = pool_importance(
        [measure_importance(Model(v[:, -1], v[:, :-1], made), "correlation") for v in filled]
    )
    complete = measure_importance(Model(whole[:, -1], whole[:, :-1], made), "correlation")
    assert pooled.estimate == pytest.approx(complete.estimate, abs=0.03)
    assert (pooled.se[:3] > complete.se[:3]).all()
    assert pooled.se[3:] == pytest.approx(complete.se[3:])


def test_pooled_shares_keep_all_replicates() -> None:
    values, refused, _ = blanked()
    made = design()
    reps = bootstrap(made, replicates=30)
    parts = [
        measure_importance(Model(v[:, -1], v[:, :-1], made), "shapley", replicates=reps)
        for v in impute(values, refused, made, imputations=3)
    ]
    pooled = pool_importance(parts)
    assert pooled.draws is not None
    assert len(pooled.draws) == 90
    assert pooled.estimate.sum() == pytest.approx(pooled.r_squared, abs=1e-10)


def test_limits_hold() -> None:
    values, refused, _ = blanked()
    filled = impute(values, refused, design(), imputations=2, limits=(6.0, 8.0))[0]
    assert filled[refused].min() >= 6
    assert filled[refused].max() <= 8


def test_rubin_of_equal_answers_adds_nothing() -> None:
    found = pool([[1.0], [1.0], [1.0]], [[4.0], [4.0], [4.0]], df=20)
    assert found.se[0] == 2
    assert found.missing_information[0] == 0
    assert found.df[0] == pytest.approx(21 / 23 * 20)


def test_rubin_by_hand() -> None:
    found = pool([[1.0], [2.0], [3.0]], [[1.0], [1.0], [1.0]])
    share = (4 / 3) / (1 + 4 / 3)
    assert found.se[0] == pytest.approx(np.sqrt(1 + 4 / 3))
    assert found.missing_information[0] == pytest.approx(share)
    assert found.df[0] == pytest.approx(2 / share**2)


def test_imputation_refuses_what_it_cannot_do() -> None:
    values, refused, _ = blanked()
    with pytest.raises(ImpactError, match="answer stands"):
        impute(values, np.ones(values.shape, bool), design())
    with pytest.raises(ImpactError, match="no variance between"):
        impute(values, refused, design(), imputations=1)
    with pytest.raises(ImpactError, match="two or more imputations"):
        pool([[1.0]], [[1.0]])
