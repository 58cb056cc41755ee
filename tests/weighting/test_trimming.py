"""Trimming and scaling."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wavedeck.study.errors import WeightingError
from wavedeck.weighting.errors import InfeasibleCapsError
from wavedeck.weighting.trimming import normalise, trim


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(st.floats(0.01, 20), min_size=5, max_size=40))
def test_trim_keeps_the_sum_within_the_caps(values: list[float]) -> None:
    w = np.array(values)
    lower, upper = 0.5 * w.mean(), 2.0 * w.mean()
    try:
        cut = trim(w, lower=lower, upper=upper)
    except InfeasibleCapsError:
        return
    assert cut.sum() == pytest.approx(w.sum())
    assert cut.min() >= lower * (1 - 1e-9)
    assert cut.max() <= upper * (1 + 1e-9)


def test_trim_nothing_to_do() -> None:
    np.testing.assert_array_equal(trim([1.0, 2.0], lower=0.5, upper=3.0), [1.0, 2.0])


def test_trim_once_may_overshoot() -> None:
    w = np.array([1.0, 1.0, 1.9, 6.1])
    assert trim(w, upper=2.6, strict=False).max() > 2.6
    assert trim(w, upper=2.6).max() <= 2.6


def test_trim_caps_that_cannot_hold_the_sum() -> None:
    with pytest.raises(InfeasibleCapsError, match="average 2"):
        trim([1.0, 3.0], upper=1.5)


def test_normalise_per_wave() -> None:
    w = normalise([1.0, 3.0, 10.0, 30.0], within=[2021, 2021, 2023, 2023])
    np.testing.assert_allclose(w, [0.5, 1.5, 0.5, 1.5])


def test_normalise_to_populations() -> None:
    w = normalise([1.0, 3.0, 5.0], within=["a", "a", "b"], totals={"a": 100, "b": 50})
    np.testing.assert_allclose(w, [25, 75, 50])


def test_normalise_population_missing_is_named() -> None:
    with pytest.raises(WeightingError, match="b"):
        normalise([1.0, 1.0], within=["a", "b"], totals={"a": 10})


def test_normalise_weights_of_nothing() -> None:
    with pytest.raises(WeightingError, match="b sum to 0"):
        normalise([1.0, 0.0], within=["a", "b"])


def test_trim_leaves_zero_weights_out() -> None:
    np.testing.assert_allclose(trim([0.0, 1.0, 4.0, 2.0], lower=0.5, upper=3.0), [0, 1.5, 3, 2.5])


@pytest.mark.parametrize("weight", [np.nan, -1.0])
def test_trim_refuses_weights_that_are_none(weight: float) -> None:
    with pytest.raises(WeightingError, match="none missing"):
        trim([weight, 1.0, 4.0], upper=3.0)
