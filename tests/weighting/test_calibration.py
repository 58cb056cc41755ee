"""Calibration to totals and margins, with bounds."""

from __future__ import annotations

import numpy as np
import pytest

from wavedeck.study.errors import WeightingError
from wavedeck.weighting.calibration import calibrate, calibrate_margins
from wavedeck.weighting.errors import InfeasibleCapsError, NoConvergenceError, TargetMissingError
from wavedeck.weighting.proof import prove_margins
from wavedeck.weighting.raking import rake

RANDOM = np.random.default_rng(11)
LABELS = {
    "sex": RANDOM.choice(["m", "f"], 200, p=[0.3, 0.7]),
    "age": RANDOM.choice(["young", "middle", "old"], 200),
}
TARGETS = {"sex": {"m": 45.0, "f": 55.0}, "age": {"young": 25.0, "middle": 30.0, "old": 45.0}}
X = np.column_stack([np.ones(200), RANDOM.normal(50, 10, 200)])
TOTALS = {"size": 1000.0, "income": 51500.0}


@pytest.mark.parametrize(("method", "bounds"), [("linear", None), ("raking", None), ("logit", (0.4, 2.5))])
def test_margins_hold_by_every_method(method: str, bounds: tuple[float, float] | None) -> None:
    made = calibrate_margins(LABELS, TARGETS, method=method, bounds=bounds)  # type: ignore[arg-type]
    prove_margins(made.weights, LABELS, TARGETS, tolerance=1e-10)
    assert made.certificate.largest_deviation < 1e-10
    assert made.certificate.method == method


def test_margins_by_exponential_distance_are_raking() -> None:
    made = calibrate_margins(LABELS, TARGETS, method="raking")
    np.testing.assert_allclose(made.weights, rake(LABELS, TARGETS).weights, rtol=1e-9)


def test_totals_of_numbers_hold() -> None:
    made = calibrate(X, TOTALS, start=np.full(200, 5.0))
    np.testing.assert_allclose(made.weights @ X, list(TOTALS.values()))
    assert made.certificate.rows[1].achieved == pytest.approx(51500)


def test_linear_weights_are_the_closed_form() -> None:
    d = RANDOM.uniform(1, 9, 200)
    solved = np.linalg.solve((X * d[:, None]).T @ X, np.array(list(TOTALS.values())) - d @ X)
    np.testing.assert_allclose(calibrate(X, TOTALS, start=d).weights, d * (1 + X @ solved), rtol=1e-9)


@pytest.mark.parametrize("method", ["linear", "logit", "raking"])
def test_bounds_hold(method: str) -> None:
    free = calibrate(X, {"size": 1000.0, "income": 54000.0}, start=np.full(200, 5.0)).weights / 5
    assert free.max() > 1.9
    made = calibrate(
        X, {"size": 1000.0, "income": 54000.0}, start=np.full(200, 5.0), method=method, bounds=(0.3, 1.9)
    )  # type: ignore[arg-type]
    ratio = made.weights / 5
    assert ratio.min() >= 0.3 - 1e-12
    assert ratio.max() <= 1.9 + 1e-12
    assert made.weights @ X[:, 1] == pytest.approx(54000)


def test_bounds_without_an_answer_name_the_total() -> None:
    with pytest.raises(InfeasibleCapsError, match=r"'income'|'size'"):
        calibrate(X, {"size": 1000.0, "income": 70000.0}, start=np.full(200, 5.0), bounds=(0.5, 1.5))


def test_totals_that_contradict_are_named() -> None:
    twice = np.column_stack([X[:, 0], X[:, 0]])
    with pytest.raises(NoConvergenceError, match="contradict"):
        calibrate(twice, {"size": 1000.0, "count": 900.0}, start=np.full(200, 5.0))


def test_bounds_must_hold_one() -> None:
    with pytest.raises(InfeasibleCapsError, match="1 between"):
        calibrate(X, TOTALS, start=np.ones(200), bounds=(1.2, 2))


def test_logit_needs_bounds() -> None:
    with pytest.raises(WeightingError, match="bounds"):
        calibrate(X, TOTALS, start=np.ones(200), method="logit")


def test_missing_variables_are_refused() -> None:
    with pytest.raises(WeightingError, match="without missing"):
        calibrate(np.where(X > 60, np.nan, X), TOTALS, start=np.ones(200))


@pytest.mark.parametrize("total", [float("nan"), None, 0.0])
def test_calibrate_total_that_is_none_is_named(total: float) -> None:
    with pytest.raises(TargetMissingError, match="'size'"):
        calibrate(np.ones((5, 1)), {"size": total}, start=np.ones(5))


@pytest.mark.parametrize("weight", [np.nan, -1.0])
def test_calibrate_refuses_starting_weights_that_are_none(weight: float) -> None:
    with pytest.raises(WeightingError, match="5 numbers of 0 or more"):
        calibrate(np.ones((5, 1)), {"size": 5.0}, start=[weight, 1, 1, 1, 1])
