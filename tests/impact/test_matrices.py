from __future__ import annotations

import numpy as np
import pytest

from impact_samples import answers, design
from wavedeck.impact import matrices as module
from wavedeck.impact.matrices import complete, replicate_matrices, sample_matrices
from wavedeck.impact.replicates import given_replicates


def with_gaps() -> np.ndarray:
    x, y = answers()
    values = np.column_stack([x, y])
    values[np.random.default_rng(3).random(values.shape) < 0.2] = np.nan
    return values


def by_pair(values: np.ndarray, weights: np.ndarray, a: int, b: int) -> float:
    rows = ~np.isnan(values[:, a]) & ~np.isnan(values[:, b])
    return (
        float(np.corrcoef(values[rows][:, [a, b]].T)[0, 1])
        if weights is None
        else float(
            np.cov(values[rows][:, [a, b]].T, aweights=weights[rows])[0, 1]
            / np.sqrt(np.prod(np.diag(np.cov(values[rows][:, [a, b]].T, aweights=weights[rows]))))
        )
    )


def test_pairs_rest_on_their_own_answers() -> None:
    values, weights = with_gaps(), design().weights
    answered = complete(values, np.ones(400, bool), missing="pairwise")
    found = sample_matrices(values, answered, weights).correlation[0]
    for a in range(6):
        for b in range(a):
            assert found[a, b] == pytest.approx(by_pair(values, weights, a, b), abs=1e-12)


def test_listwise_takes_complete_respondents() -> None:
    values, weights = with_gaps(), design().weights
    answered = complete(values, np.ones(400, bool), missing="listwise")
    rows = ~np.isnan(values).any(axis=1)
    assert answered[:, 0].tolist() == rows.tolist()
    covariance = np.cov(values[rows].T, aweights=weights[rows], ddof=0)
    found = sample_matrices(values, answered, weights)
    assert found.sd[0] == pytest.approx(np.sqrt(np.diag(covariance)))
    assert found.mean[0] == pytest.approx(np.average(values[rows], axis=0, weights=weights[rows]))


def test_replicates_equal_samples_with_other_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    values, made = with_gaps(), design()
    answered = complete(values, made.rows, missing="pairwise")
    multipliers = np.random.default_rng(1).integers(0, 4, (5, 400)).astype(float)
    given = given_replicates(made, multipliers)
    alone = [sample_matrices(values, answered, made.weights * m).correlation[0] for m in multipliers]
    monkeypatch.setattr(module, "NUMBERS_AT_ONCE", 2000)
    found = replicate_matrices(values, answered, made.weights, replicates=given).correlation
    assert found == pytest.approx(np.array(alone), abs=1e-12)


def test_weights_scaled_change_nothing() -> None:
    values, weights = with_gaps(), design().weights
    answered = complete(values, np.ones(400, bool), missing="pairwise")
    one, two = (sample_matrices(values, answered, w).correlation for w in (weights, 1e4 * weights))
    assert two == pytest.approx(one, abs=1e-12)


def test_large_means_keep_their_correlations() -> None:
    values, weights = with_gaps(), design().weights
    answered = complete(values, np.ones(400, bool), missing="pairwise")
    one, two = (sample_matrices(v, answered, weights).correlation for v in (values, values + 1e7))
    assert two == pytest.approx(one, abs=1e-8)


def test_constant_column_has_no_correlation() -> None:
    values = np.column_stack([np.full(50, 7.1), np.arange(50.0)])
    found = sample_matrices(values, np.ones((50, 2), bool), np.ones(50)).correlation[0]
    assert np.isnan(found[0]).all()
    assert found[1, 1] == 1
