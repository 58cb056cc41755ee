"""Comparisons beyond those that R answers: decisions, panels, stored waves, pairs of figures."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from wavedeck.stats.cells import estimate_means
from wavedeck.stats.comparisons import (
    NoTest,
    Stored,
    compare_figures,
    compare_groups,
    compare_independent,
    compare_with_value,
)
from wavedeck.stats.design import Design
from wavedeck.stats.linearised import means

RANDOM = np.random.default_rng(21)
FIRST, SECOND = RANDOM.normal(7, 1, 60), RANDOM.normal(7.5, 2, 45)
SIDES = np.column_stack([np.arange(105) < 60, np.arange(105) >= 60])


def test_decision_is_welch_for_a_simple_sample() -> None:
    cells = estimate_means(np.concatenate([FIRST, SECOND]), SIDES, Design(np.ones(105)))
    compared = compare_groups(cells, 0, 1)
    welch = stats.ttest_ind(FIRST, SECOND, equal_var=False)
    assert compared.decision_df[0, 0] == pytest.approx(welch.df, rel=1e-12)
    assert compared.decision_t[0, 0] == pytest.approx(welch.statistic, rel=5e-3)
    assert compared.decision_p[0, 0] == pytest.approx(welch.pvalue, rel=2e-2)


def test_decision_between_separate_samples_is_welch_but_for_the_design() -> None:
    pair = [estimate_means(x, None, Design(np.ones(len(x)))) for x in (FIRST, SECOND)]
    compared = compare_independent(
        *(Stored(c.estimate[0, 0], c.se[0, 0], c.base[0, 0], degf=c.degf[0, 0]) for c in pair)
    )
    assert compared.df == 103
    assert compared.decision_df == pytest.approx(stats.ttest_ind(FIRST, SECOND, equal_var=False).df, rel=5e-3)
    assert compared.decision_p >= compared.p


def test_independent_waves_agree_with_one_design_of_both() -> None:
    weights = RANDOM.uniform(0.5, 2, 105)
    both = estimate_means(np.concatenate([FIRST, SECOND]), SIDES, Design(weights, strata=SIDES[:, 0]))
    together = compare_groups(both, 0, 1)
    apart = [
        estimate_means(x, None, Design(weights[rows]))
        for x, rows in ((FIRST, SIDES[:, 0]), (SECOND, SIDES[:, 1]))
    ]
    stored = [Stored(c.estimate[0, 0], c.se[0, 0], c.base[0, 0]) for c in apart]
    separate = compare_independent(*stored)
    assert separate.se == pytest.approx(together.se[0, 0], rel=1e-12)
    assert separate.t == pytest.approx(together.t[0, 0], rel=1e-12)


def test_panel_counts_each_person_once() -> None:
    before = RANDOM.normal(7, 1.5, 80)
    after = before + RANDOM.normal(0.3, 0.5, 80)
    values, waves = np.concatenate([before, after]), np.repeat([[True, False], [False, True]], 80, axis=0)
    person = np.tile(np.arange(80), 2)
    panel = compare_groups(estimate_means(values, waves, Design(np.ones(160), clusters=person)), 1, 0)
    pairs = stats.ttest_rel(after, before)
    assert panel.t[0, 0] == pytest.approx(pairs.statistic, rel=1e-10)
    assert panel.df[0, 0] == 78
    separate = compare_groups(estimate_means(values, waves, Design(np.ones(160))), 1, 0)
    assert separate.se[0, 0] > 2 * panel.se[0, 0]


def test_value_is_the_one_sample_test() -> None:
    compared = compare_with_value(estimate_means(FIRST, None, Design(np.ones(60))), 7.2)
    simple = stats.ttest_1samp(FIRST, 7.2)
    assert compared.t[0, 0] == pytest.approx(simple.statistic, rel=1e-12)
    assert compared.df[0, 0] == 58
    assert compared.decision_df[0, 0] == pytest.approx(59)


def test_figures_on_the_same_respondents_are_paired() -> None:
    first, second = FIRST, FIRST + RANDOM.normal(0.1, 0.4, 60)
    both = means(np.column_stack([first, second]), Design(np.ones(60)))
    compared = compare_figures(both, 1, 0)
    assert compared.t[0] == pytest.approx(stats.ttest_rel(second, first).statistic, rel=1e-10)
    assert (compared.base_a[0], compared.base_b[0]) == (60, 60)


def test_figures_with_gaps_use_what_they_share() -> None:
    second = np.where(np.arange(60) < 40, FIRST + 0.1, np.nan)
    both = means(np.column_stack([FIRST, second]), Design(np.ones(60)))
    compared = compare_figures(both, [1, 1], [0, 1])
    assert (compared.base_a[0], compared.base_b[0]) == (40, 60)
    assert compared.se[0] < np.sqrt(both.se[0] ** 2 + both.se[1] ** 2)
    assert compared.reason[1] == NoTest.SAME


def test_figures_below_the_minimum_base() -> None:
    both = means(np.column_stack([FIRST[:20], SECOND[:20]]), Design(np.ones(20)))
    assert compare_figures(both, 0, 1).reason[0] == NoTest.LOW_BASE


def test_clusters_decide_by_their_number() -> None:
    cluster = np.arange(105) // 5
    cells = estimate_means(np.concatenate([FIRST, SECOND]), SIDES, Design(np.ones(105), clusters=cluster))
    compared = compare_groups(cells, 0, 1)
    assert compared.df[0, 0] == 19
    assert 8 <= compared.decision_df[0, 0] <= 19
