"""Estimates with influence values: combinations, ratios, distributions, quantiles."""

from __future__ import annotations

import numpy as np
import pytest

from wavedeck.stats.association import correlations
from wavedeck.stats.cells import estimate_means
from wavedeck.stats.columns import multiple_columns, nps_column
from wavedeck.stats.design import Design
from wavedeck.stats.linearised import distribution, means, mention_shares, ratios, together, totals
from wavedeck.stats.quantiles import estimate_quantile, weighted_quantile
from wavedeck.stats.regression import regress
from wavedeck.study.errors import StatisticsError

RANDOM = np.random.default_rng(4)
ROWS = 200
WEIGHTS = np.exp(RANDOM.normal(0, 0.5, ROWS))
CODES = np.where(RANDOM.random(ROWS) < 0.1, np.nan, RANDOM.integers(1, 5, ROWS))
DESIGN = Design(WEIGHTS, clusters=RANDOM.integers(0, 40, ROWS))


def test_distribution_shares_vary_against_each_other() -> None:
    shares = distribution(CODES, [1, 2, 3, 4], DESIGN)
    assert shares.estimate.sum() == pytest.approx(1)
    np.testing.assert_allclose(shares.covariance.sum(axis=0), 0, atol=1e-17)
    assert shares.combine([1, 1, 1, 1]).se[0] == pytest.approx(0, abs=1e-10)


def test_index_is_the_mean_of_the_combined_column() -> None:
    x = RANDOM.normal(7, 1, (ROWS, 2))
    index = means(x, DESIGN).combine([0.25, 0.75])
    whole = estimate_means(x @ [0.25, 0.75], None, DESIGN)
    for name in ("estimate", "se", "deff", "degf", "base", "weighted_base", "effective_base"):
        assert getattr(index, name)[0] == pytest.approx(getattr(whole, name)[0, 0], rel=1e-10)
    low, high = index.interval()
    assert (low[0], high[0]) == pytest.approx((whole.ci_low[0, 0], whole.ci_high[0, 0]))


def test_index_needs_a_weight_per_figure() -> None:
    with pytest.raises(StatisticsError, match="3 weights do not fit 1"):
        means(CODES, DESIGN).combine([1, 2, 3])


def test_figures_of_two_designs_are_not_put_together() -> None:
    with pytest.raises(StatisticsError, match="independent"):
        together([means(CODES, DESIGN), means(CODES, Design(np.ones(ROWS)))])


def test_figures_put_together_have_one_covariance() -> None:
    both = together([means(CODES, DESIGN), means(CODES, DESIGN)])
    assert both.difference(0, 1).se[0] == pytest.approx(0, abs=1e-15)


def test_total_is_the_mean_times_its_base() -> None:
    total, mean = totals(CODES, DESIGN), means(CODES, DESIGN)
    assert total.estimate[0] == pytest.approx(mean.estimate[0] * mean.weighted_base[0])


def test_total_of_nobody_is_no_figure() -> None:
    assert np.isnan(totals(np.full(ROWS, np.nan), DESIGN).estimate[0])


def test_mentions_add_up_to_one() -> None:
    ticked = (RANDOM.random((ROWS, 3)) < 0.4).astype(float)
    ticked[:20] = np.nan
    shares = mention_shares(ticked, DESIGN)
    assert shares.estimate.sum() == pytest.approx(1)
    assert shares.base.tolist() == [180, 180, 180]
    direct = ratios(ticked[:, 0], np.where(np.isnan(ticked[:, 0]), np.nan, ticked.sum(axis=1)), DESIGN)
    assert shares.se[0] == pytest.approx(direct.se[0])


def test_multiple_response_base_is_who_answered() -> None:
    ticked = np.array([[1, 0], [0, 0], [np.nan, 1], [0, 0]])
    columns = multiple_columns(ticked, asked=[True, True, False, False])
    assert (~np.isnan(columns)).any(axis=1).tolist() == [True, True, True, False]
    assert np.isnan(multiple_columns(ticked)[1]).all()


def test_ratio_to_nothing_is_no_figure() -> None:
    assert np.isnan(ratios(np.ones(ROWS), np.zeros(ROWS), DESIGN).estimate[0])


def test_correlation_of_a_column_with_itself() -> None:
    r = correlations(CODES, CODES, DESIGN)
    assert r.estimate[0] == pytest.approx(1)
    assert r.se[0] == pytest.approx(0, abs=1e-10)


def test_net_promoter_limits_must_not_overlap() -> None:
    with pytest.raises(StatisticsError, match="overlap"):
        nps_column(CODES, promoters_from=6, detractors_to=7)


@pytest.mark.parametrize(("rule", "median"), [("math", 2.0), ("school", 2.5)])
def test_quantile_rules(rule: str, median: float) -> None:
    assert weighted_quantile([1.0, 2.0, 3.0, 4.0], np.ones(4), 0.5, rule=rule) == median  # type: ignore[arg-type]


def test_quantile_ignores_missing_and_weightless() -> None:
    assert weighted_quantile([1.0, np.nan, 9.0], [1.0, 5.0, 0.0], 0.9) == 1
    assert np.isnan(weighted_quantile([np.nan], [1.0], 0.5))


def test_quantile_has_its_bases() -> None:
    median = estimate_quantile(CODES, DESIGN)
    assert median.base == (~np.isnan(CODES)).sum()
    assert median.ci_low <= median.estimate <= median.ci_high
    assert median.deff > 0


def test_quantile_of_nobody_is_no_figure() -> None:
    assert np.isnan(estimate_quantile(np.full(ROWS, np.nan), DESIGN).estimate)


def test_quantile_outside_zero_to_one_is_refused() -> None:
    with pytest.raises(StatisticsError, match="between 0 and 1"):
        estimate_quantile(CODES, DESIGN, probability=1.0)


def test_binomial_regression_on_groups_is_their_shares() -> None:
    group = RANDOM.integers(0, 2, ROWS).astype(float)
    yes = (RANDOM.random(ROWS) < 0.3 + 0.3 * group).astype(float)
    fit = regress(yes, group, DESIGN, family="binomial")
    shares = estimate_means(yes, group[:, None] == [0, 1], DESIGN).estimate[:, 0]
    odds = np.log(shares / (1 - shares))
    np.testing.assert_allclose(fit.coefficients.estimate, [odds[0], odds[1] - odds[0]], rtol=1e-9)


def test_binomial_regression_that_is_separated_is_refused() -> None:
    group = np.repeat([0.0, 1.0], ROWS // 2)
    with pytest.raises((StatisticsError, np.linalg.LinAlgError)):
        regress(group, group, DESIGN, family="binomial")
