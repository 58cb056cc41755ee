"""Corrections are those of statsmodels, family by family."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from wavedeck.stats.corrections import adjust_p, expected_by_chance
from wavedeck.study.errors import StatisticsError

P = np.random.default_rng(2).beta(0.4, 3, (4, 12))
METHODS = {"holm": "holm", "bonferroni": "bonferroni", "bh": "fdr_bh"}


@pytest.mark.parametrize("name", METHODS)
def test_correction_is_that_of_statsmodels(name: str) -> None:
    expected = multipletests(P.reshape(-1), method=METHODS[name])[1].reshape(P.shape)
    np.testing.assert_allclose(adjust_p(P, correction=name), expected, rtol=1e-12)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", METHODS)
def test_correction_by_family(name: str) -> None:
    family = np.arange(4)[:, None]
    ours = adjust_p(P, correction=name, family=family)  # type: ignore[arg-type]
    for row, corrected in zip(P, ours, strict=True):
        np.testing.assert_allclose(corrected, multipletests(row, method=METHODS[name])[1], rtol=1e-12)


def test_correction_passes_over_what_was_not_tested() -> None:
    holes = P.copy()
    holes[0, :6] = np.nan
    ours = adjust_p(holes, correction="holm")
    assert np.isnan(ours[0, :6]).all()
    known = ~np.isnan(holes)
    np.testing.assert_allclose(ours[known], multipletests(holes[known], method="holm")[1])


def test_correction_none_changes_nothing() -> None:
    np.testing.assert_array_equal(adjust_p(P), P)


def test_correction_of_no_tests_at_all() -> None:
    assert np.isnan(adjust_p([np.nan, np.nan], correction="bh")).all()


def test_correction_unknown_is_refused() -> None:
    with pytest.raises(StatisticsError, match="holm"):
        adjust_p([0.1], correction="sidak")  # type: ignore[arg-type]


def test_chance_is_the_level_times_the_tests() -> None:
    assert expected_by_chance(200, level=0.99) == pytest.approx(2)
