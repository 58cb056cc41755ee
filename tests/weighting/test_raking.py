"""Raking, with and without caps: margins hold, or the message names what is wrong."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wavedeck.weighting.errors import (
    CategoryWithoutRespondentsError,
    InfeasibleCapsError,
    NoConvergenceError,
    RespondentsUnplacedError,
    TargetMissingError,
    TargetsDoNotSumError,
)
from wavedeck.weighting.proof import prove_margins
from wavedeck.weighting.raking import rake

SEX = ["m"] * 30 + ["f"] * 70
AGE = (["young"] * 10 + ["old"] * 20) + (["young"] * 40 + ["old"] * 30)
LABELS = {"sex": SEX, "age": AGE}
TARGETS = {"sex": {"m": 48, "f": 52}, "age": {"young": 35, "old": 65}}


def test_rake_reaches_margins_and_averages_one() -> None:
    made = rake(LABELS, TARGETS)
    prove_margins(made.weights, LABELS, TARGETS, tolerance=1e-12)
    assert made.weights.mean() == pytest.approx(1)


def test_rake_row_by_row_gives_the_same() -> None:
    w = np.ones(100)
    for _ in range(2000):
        for name, labels in LABELS.items():
            for category, share in TARGETS[name].items():
                member = np.array(labels) == category
                w[member] *= share / w[member].sum()
    np.testing.assert_allclose(rake(LABELS, TARGETS).weights, w, rtol=1e-11)


def test_rake_starts_from_design_weights() -> None:
    start = np.linspace(1, 3, 100)
    made = rake(LABELS, TARGETS, start=start, total=5000.0)
    ratio = made.weights / start
    first = ratio[:10]
    np.testing.assert_allclose(first, first[0])
    assert made.weights.sum() == pytest.approx(5000)
    prove_margins(made.weights, LABELS, TARGETS, tolerance=1e-12)


def test_rake_shares_and_percentages_are_one() -> None:
    shares = {name: {c: t / 100 for c, t in margin.items()} for name, margin in TARGETS.items()}
    np.testing.assert_allclose(rake(LABELS, shares).weights, rake(LABELS, TARGETS).weights)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.integers(0, 10**9), st.floats(0.2, 5))
def test_rake_rescaled_start_changes_nothing(seed: int, factor: float) -> None:
    start = np.random.default_rng(seed).uniform(0.5, 2, 100)
    np.testing.assert_allclose(
        rake(LABELS, TARGETS, start=start).weights,
        rake(LABELS, TARGETS, start=factor * start).weights,
        rtol=1e-9,
    )


def test_rake_caps_hold_with_the_margins() -> None:
    free = rake(LABELS, TARGETS)
    assert free.weights.max() > 1.8
    made = rake(LABELS, TARGETS, caps=(0.5, 1.75))
    prove_margins(made.weights, LABELS, TARGETS, tolerance=1e-10)
    assert made.weights.max() <= 1.75 + 1e-9
    assert made.weights.min() >= 0.5 - 1e-9
    assert made.certificate.at_upper == 20
    assert (made.certificate.lower, made.certificate.upper) == (0.5, 1.75)


def test_rake_wide_caps_change_nothing() -> None:
    np.testing.assert_allclose(
        rake(LABELS, TARGETS, caps=(0.01, 100)).weights, rake(LABELS, TARGETS).weights, rtol=1e-9
    )


def test_rake_caps_with_uneven_start() -> None:
    start = np.random.default_rng(3).uniform(0.4, 2.5, 100)
    made = rake(LABELS, TARGETS, start=start, caps=(0.3, 2.6))
    prove_margins(made.weights, LABELS, TARGETS, tolerance=1e-10)
    assert made.weights.max() <= 2.6 + 1e-9
    assert made.weights.min() >= 0.3 - 1e-9


def test_rake_infeasible_cap_names_the_category() -> None:
    with pytest.raises(InfeasibleCapsError, match=r"'sex'.*'m' needs an average weight of 1.6"):
        rake(LABELS, TARGETS, caps=(0.2, 1.5))


def test_rake_jointly_infeasible_caps_are_named() -> None:
    with pytest.raises(InfeasibleCapsError, match="no weights within the caps"):
        rake(LABELS, TARGETS, caps=(0.6, 1.75))


def test_rake_caps_the_wrong_way_round() -> None:
    with pytest.raises(InfeasibleCapsError, match="below the upper"):
        rake(LABELS, TARGETS, caps=(3, 0.3))


def test_rake_targets_that_do_not_sum() -> None:
    with pytest.raises(TargetsDoNotSumError, match=r"'sex'.*sum to 99"):
        rake(LABELS, TARGETS | {"sex": {"m": 48, "f": 51}})


@pytest.mark.parametrize("target", [0, -5, float("nan"), None])
def test_rake_zero_or_missing_target(target: float) -> None:
    with pytest.raises(TargetMissingError, match=r"'sex'.*'x'"):
        rake(LABELS, TARGETS | {"sex": {"m": 48, "f": 52, "x": target}})


def test_rake_category_without_target() -> None:
    with pytest.raises(TargetMissingError, match=r"'sex'.*30 respondents.*did you mean 'men'"):
        rake({"sex": ["mem"] * 30 + ["f"] * 70}, {"sex": {"men": 50, "f": 50}})


def test_rake_category_without_respondents() -> None:
    with pytest.raises(CategoryWithoutRespondentsError, match=r"'sex'.*'x'"):
        rake(LABELS, TARGETS | {"sex": {"m": 48, "f": 50, "x": 2}})


def test_rake_category_with_weight_zero_only() -> None:
    with pytest.raises(CategoryWithoutRespondentsError, match="'m'"):
        rake(LABELS, TARGETS, start=[0.0] * 30 + [1.0] * 70)


def test_rake_margin_without_labels() -> None:
    with pytest.raises(TargetMissingError, match="'age'"):
        rake({"sex": SEX}, TARGETS)


def test_rake_margins_that_contradict() -> None:
    labels = {"a": ["x"] * 50 + ["y"] * 50, "b": ["p"] * 50 + ["q"] * 50}
    with pytest.raises(NoConvergenceError, match=r"margin '[ab]', category '[xypq]'"):
        rake(labels, {"a": {"x": 50, "y": 50}, "b": {"p": 40, "q": 60}}, max_iterations=50)


@pytest.mark.parametrize("missing", [None, "", float("nan")])
def test_rake_unplaced_fails_unless_declared(missing: object) -> None:
    labels = {"sex": [missing, *SEX[1:]], "age": AGE}
    with pytest.raises(RespondentsUnplacedError, match=r"1 respondents fit no category .*'sex': 1"):
        rake(labels, TARGETS)


@pytest.mark.parametrize(("unplaced", "weight"), [("zero", 0.0), ("one", 1.0)])
def test_rake_unplaced_gets_its_declared_weight(unplaced: str, weight: float) -> None:
    labels = {"sex": [None, *SEX[1:]], "age": AGE}
    made = rake(labels, TARGETS, unplaced=unplaced)  # type: ignore[arg-type]
    assert made.weights[0] == pytest.approx(weight)
    assert made.weights[1:].mean() == pytest.approx(1)
    assert (made.certificate.unplaced, made.certificate.respondents) == (1, 99)
    prove_margins(made.weights, labels, TARGETS, tolerance=1e-12)


def test_rake_certificate_says_what_was_done() -> None:
    made = rake(LABELS, TARGETS)
    c = made.certificate
    assert c.largest_deviation < 1e-12
    assert [row.category for row in c.rows] == ["m", "f", "young", "old"]
    assert (c.rows[0].target, c.rows[0].unweighted, c.rows[0].respondents) == (0.48, 0.3, 30)
    assert c.effective_base == pytest.approx(made.weights.sum() ** 2 / (made.weights**2).sum())
    assert c.efficiency == pytest.approx(1 / c.deff)
    assert (c.minimum, c.maximum) == (made.weights.min(), made.weights.max())
    assert dict(c.quantiles)[0.5] == np.median(made.weights)
    assert c.iterations > 1


def test_rake_slow_case_is_finished_by_newton() -> None:
    labels = {"a": ["x"] * 999 + ["y"] * 1001, "b": ["p"] * 998 + ["q"] * 1 + ["p"] * 1 + ["q"] * 1000}
    targets = {"a": {"x": 55, "y": 45}, "b": {"p": 50, "q": 50}}
    patient = rake(labels, targets, max_iterations=100_000)
    assert patient.certificate.iterations > 20
    hasty = rake(labels, targets, max_iterations=10)
    for made in (patient, hasty):
        prove_margins(made.weights, labels, targets, tolerance=1e-11)
    np.testing.assert_allclose(hasty.weights, patient.weights, rtol=1e-6)


def test_rake_caps_count_nobody_who_started_at_zero() -> None:
    labels, start = {"sex": ["m"] * 30 + ["f"] * 70}, np.ones(100)
    start[0] = 0.0
    made = rake(labels, {"sex": {"m": 50, "f": 50}}, caps=(0.2, 3.0), start=start)
    assert made.weights[0] == 0
    assert (made.certificate.at_lower, made.certificate.at_upper) == (0, 0)
