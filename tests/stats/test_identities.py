"""Identities: the same number by two routes, whatever the data."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wavedeck.stats.arrays import Floats
from wavedeck.stats.cells import Cells, estimate_means
from wavedeck.stats.columns import category_columns, net_column, nps_column
from wavedeck.stats.comparisons import Comparisons, compare_groups, compare_with_rest
from wavedeck.stats.design import Design
from wavedeck.stats.linearised import means, ratios
from wavedeck.stats.regression import regress
from wavedeck.weighting.raking import rake

CLOSE = {"rtol": 1e-9, "atol": 1e-11}
COLUMNS = ("estimate", "se", "ci_low", "ci_high", "deff", "effective_base", "base", "degf")
TESTS = ("difference", "se", "t", "df", "p", "decision_t", "decision_df", "decision_p")


class Sample:
    """Respondents with marks, missing answers, groups, strata, clusters and uneven weights."""

    def __init__(self, seed: int, rows: int, kind: str) -> None:
        random = np.random.default_rng(seed)
        self.random = random
        self.values = random.integers(1, 11, (rows, 3)).astype(float)
        self.values[random.random((rows, 3)) < 0.15] = np.nan
        self.weights = np.exp(random.normal(0, 0.6, rows))
        self.group = random.integers(0, 3, rows)
        self.groups = self.group[:, None] == np.arange(3)
        self.strata = random.permutation(np.arange(rows) % 4) if kind in {"strata", "both"} else None
        self.clusters = (
            random.permutation(np.arange(rows) % (rows // 4)) if kind in {"clusters", "both"} else None
        )

    def design(self, weights: Floats | None = None) -> Design:
        return Design(
            self.weights if weights is None else weights, strata=self.strata, clusters=self.clusters
        )

    def cells(self, weights: Floats | None = None) -> Cells:
        return estimate_means(self.values, self.groups, self.design(weights))


samples = st.builds(
    Sample,
    st.integers(0, 10**9),
    st.integers(40, 160),
    st.sampled_from(["plain", "strata", "clusters", "both"]),
)
some = settings(max_examples=25, deadline=None, derandomize=True)


def assert_same(first: object, second: object, names: tuple[str, ...]) -> None:
    for name in names:
        np.testing.assert_allclose(getattr(first, name), getattr(second, name), **CLOSE, err_msg=name)


def rest(cells: Cells) -> Comparisons:
    return compare_with_rest(cells, minimum_base=2)


@some
@given(samples, st.floats(0.01, 1000))
def test_identity_rescaled_weights_change_nothing(sample: Sample, factor: float) -> None:
    once, scaled = sample.cells(), sample.cells(sample.weights * factor)
    assert_same(once, scaled, COLUMNS)
    assert_same(rest(once), rest(scaled), TESTS)


@some
@given(samples, st.floats(0.01, 1000))
def test_identity_equal_weights_are_no_weights(sample: Sample, weight: float) -> None:
    rows = len(sample.weights)
    plain, equal = sample.cells(np.ones(rows)), sample.cells(np.full(rows, weight))
    assert_same(plain, equal, COLUMNS)
    answered = ~np.isnan(sample.values[:, 0]) & sample.groups[:, 0]
    assert plain.estimate[0, 0] == pytest.approx(sample.values[answered, 0].mean(), rel=1e-12)
    assert equal.effective_base[0, 0] == pytest.approx(answered.sum())


@some
@given(samples)
def test_identity_simple_sample_has_the_textbook_se(sample: Sample) -> None:
    x = sample.values[~np.isnan(sample.values[:, 0]), 0]
    ours = estimate_means(x, None, Design(np.ones(len(x))))
    assert ours.se[0, 0] == pytest.approx(x.std(ddof=1) / np.sqrt(len(x)), rel=1e-12)


@some
@given(samples)
def test_identity_permuted_rows_change_nothing(sample: Sample) -> None:
    order = sample.random.permutation(len(sample.weights))
    options = {
        name: None if labels is None else labels[order]
        for name, labels in (("strata", sample.strata), ("clusters", sample.clusters))
    }
    mixed = estimate_means(
        sample.values[order], sample.groups[order], Design(sample.weights[order], **options)
    )
    assert_same(sample.cells(), mixed, COLUMNS)
    assert_same(rest(sample.cells()), rest(mixed), TESTS)


@some
@given(samples)
def test_identity_domain_mean_by_four_routes(sample: Sample) -> None:
    cells, design = sample.cells(), sample.design()
    x, member = sample.values[:, 0], sample.groups[:, 0]
    by_domain = means(x, design.domain(member))
    indicator = np.where(np.isnan(x), np.nan, member.astype(float))
    by_ratio = ratios(np.where(np.isnan(x), np.nan, member * np.nan_to_num(x)), indicator, design)
    by_regression = regress(x, np.where(member, 0.0, 1.0), design).coefficients
    for route in (by_domain, by_ratio, by_regression):
        assert route.estimate[0] == pytest.approx(cells.estimate[0, 0], rel=1e-10)
        assert route.se[0] == pytest.approx(cells.se[0, 0], rel=1e-9)


@some
@given(samples)
def test_identity_test_against_the_rest_is_a_regression(sample: Sample) -> None:
    compared = rest(sample.cells())
    fit = regress(sample.values[:, 1], sample.groups[:, 2].astype(float), sample.design())
    ours = [
        compared.difference[2, 1],
        compared.se[2, 1],
        compared.t[2, 1],
        compared.df[2, 1],
        compared.p[2, 1],
    ]
    other = [fit.coefficients.estimate[1], fit.coefficients.se[1], fit.t[1], fit.df, fit.p[1]]
    np.testing.assert_allclose(ours, other, rtol=1e-8)


@some
@given(samples)
def test_identity_groups_add_up_to_the_total(sample: Sample) -> None:
    cells = sample.cells()
    total = estimate_means(sample.values, None, sample.design())
    mean = (cells.estimate * cells.weighted_base).sum(axis=0) / cells.weighted_base.sum(axis=0)
    np.testing.assert_allclose(mean, total.estimate[0], rtol=1e-12)
    np.testing.assert_array_equal(cells.base.sum(axis=0), total.base[0])


@some
@given(samples)
def test_identity_splitting_and_netting_changes_nothing(sample: Sample) -> None:
    codes = sample.values[:, 0]
    halves = np.where(codes == 3, np.where(sample.random.random(len(codes)) < 0.5, 3.0, 30.0), codes)
    net = estimate_means(net_column(halves, [3, 30, 4]), sample.groups, sample.design())
    whole = estimate_means(net_column(codes, [3, 4]), sample.groups, sample.design())
    assert_same(net, whole, COLUMNS)
    parts = estimate_means(category_columns(halves, [3, 30, 4]), sample.groups, sample.design())
    np.testing.assert_allclose(parts.estimate.sum(axis=1), whole.estimate[:, 0], **CLOSE)


@some
@given(samples)
def test_identity_net_promoters_are_two_shares(sample: Sample) -> None:
    marks = sample.values[:, 0]
    score = estimate_means(nps_column(marks), sample.groups, sample.design())
    high, low = net_column(marks, [9, 10]), net_column(marks, [1, 2, 3, 4, 5, 6])
    shares = estimate_means(np.column_stack([high, low]), sample.groups, sample.design())
    np.testing.assert_allclose(score.estimate[:, 0], 100 * (shares.estimate @ [1, -1]), **CLOSE)
    two = means(np.column_stack([high, low]), sample.design().domain(sample.groups[:, 0]))
    assert two.difference(0, 1).se[0] * 100 == pytest.approx(score.se[0, 0], rel=1e-9)


@some
@given(samples)
def test_identity_missing_answers_never_enter_a_base(sample: Sample) -> None:
    kept = ~np.isnan(sample.values[:, 0])
    cells = sample.cells()
    np.testing.assert_array_equal(cells.base[:, 0], (sample.groups & kept[:, None]).sum(axis=0))
    weighted = (sample.groups * (sample.weights * kept)[:, None]).sum(axis=0)
    np.testing.assert_allclose(cells.weighted_base[:, 0], weighted, rtol=1e-12)


@some
@given(samples)
def test_identity_sides_change_the_sign_only(sample: Sample) -> None:
    cells = sample.cells()
    forth, back = (compare_groups(cells, *pair, minimum_base=2) for pair in ((0, 1), (1, 0)))
    np.testing.assert_allclose(forth.t, -back.t, **CLOSE)
    np.testing.assert_allclose(forth.decision_p, back.decision_p, **CLOSE)


@some
@given(samples)
def test_identity_overlap_is_the_difference_of_influences(sample: Sample) -> None:
    second = sample.random.random(len(sample.weights)) < 0.6
    member = np.column_stack([sample.groups[:, 0] | sample.groups[:, 1], second])
    compared = compare_groups(estimate_means(sample.values, member, sample.design()), 0, 1, minimum_base=2)
    x = sample.values[:, 1]
    both = means(np.column_stack([np.where(side, x, np.nan) for side in member.T]), sample.design())
    gap = both.difference(0, 1)
    assert compared.difference[0, 1] == pytest.approx(gap.estimate[0], abs=1e-11)
    assert compared.se[0, 1] == pytest.approx(gap.se[0], rel=1e-8)


@some
@given(samples)
def test_identity_calibrated_cells_by_two_routes(sample: Sample) -> None:
    labels = {
        "a": np.array(["x", "y"])[sample.random.permutation(np.arange(len(sample.weights)) % 2)],
        "b": np.array(["p", "q", "r"])[sample.random.permutation(np.arange(len(sample.weights)) % 3)],
    }
    made = rake(labels, {"a": {"x": 40, "y": 60}, "b": {"p": 30, "q": 45, "r": 25}}, start=sample.weights)
    design = Design(
        made.weights, strata=sample.strata, clusters=sample.clusters, calibration=made.calibration
    )
    cells = estimate_means(sample.values, sample.groups, design)
    for g in range(3):
        direct = means(sample.values, design.domain(sample.groups[:, g]))
        np.testing.assert_allclose(cells.se[g], direct.se, rtol=1e-8)
