"""Cell weighting, single and nested."""

from __future__ import annotations

import numpy as np
import pytest

from wavedeck.stats.cells import estimate_means
from wavedeck.stats.design import Design
from wavedeck.study.errors import StatisticsError
from wavedeck.weighting.cells import poststratify
from wavedeck.weighting.errors import CategoryWithoutRespondentsError, TargetMissingError

SEX = ["m"] * 30 + ["f"] * 70
AGE = ["young"] * 10 + ["old"] * 20 + ["young"] * 40 + ["old"] * 30
NESTED = {("m", "young"): 20.0, ("m", "old"): 28.0, ("f", "young"): 22.0, ("f", "old"): 30.0}


def test_poststratify_gives_target_over_sample() -> None:
    made = poststratify(SEX, {"m": 48, "f": 52})
    np.testing.assert_allclose(made.weights, [48 / 30] * 30 + [52 / 70] * 70)


def test_poststratify_nested_cells() -> None:
    made = poststratify([SEX, AGE], NESTED)
    for (sex, age), target in NESTED.items():
        member = (np.array(SEX) == sex) & (np.array(AGE) == age)
        assert made.weights[member].sum() == pytest.approx(target)


def test_poststratify_keeps_ratios_of_design_weights() -> None:
    start = np.linspace(1, 2, 100)
    made = poststratify(SEX, {"m": 48, "f": 52}, start=start, total=1000)
    np.testing.assert_allclose(made.weights[1:30] / made.weights[0], start[1:30] / start[0])
    assert made.weights.sum() == pytest.approx(1000)


def test_poststratify_empty_cell_is_named() -> None:
    with pytest.raises(CategoryWithoutRespondentsError, match="'x x young'"):
        poststratify([SEX, AGE], NESTED | {("f", "old"): 29.0, ("x", "young"): 1.0})


def test_poststratify_mixed_cells_are_refused() -> None:
    with pytest.raises(TargetMissingError, match="tuples"):
        poststratify([SEX, AGE], {("m", "old"): 50, "f": 50})


def test_poststratified_variable_has_no_variance_left() -> None:
    made = poststratify(SEX, {"m": 48, "f": 52})
    known = Design(made.weights, calibration=made.calibration)
    men = (np.array(SEX) == "m").astype(float)
    assert estimate_means(men, None, known).se[0, 0] == pytest.approx(0, abs=1e-9)
    assert estimate_means(men, None, Design(made.weights)).se[0, 0] > 0.04


def test_calibration_needs_the_weights_it_made() -> None:
    made = poststratify(SEX, {"m": 48, "f": 52})
    with pytest.raises(StatisticsError, match="calibrated"):
        Design(made.weights * 2, calibration=made.calibration)
