"""Cases without an ordinary answer: each has one defined answer here, whatever R says."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from reference.agreement import read_data, read_json
from wavedeck.stats.cells import Cells, estimate_means
from wavedeck.stats.chisquare import check_independence
from wavedeck.stats.comparisons import (
    Comparisons,
    NoTest,
    Stored,
    compare_figures,
    compare_groups,
    compare_independent,
    compare_with_rest,
    mark,
)
from wavedeck.stats.design import Design
from wavedeck.stats.linearised import means, totals
from wavedeck.stats.regression import regress
from wavedeck.stats.shares import cell_interval, share_interval
from wavedeck.study.errors import StatisticsError

GROUPS = ["big", "small", "zerovar", "two", "single", "zeroweight", "allmissing"]
ITEMS = ["x", "x_allmiss", "x_const", "yes", "yes_all1", "yes_all0"]


@cache
def data() -> pd.DataFrame:
    return read_data("edge")


@cache
def answers() -> dict:
    return read_json("edge_cases")


@cache
def cells() -> Cells:
    member = data()["g"].to_numpy()[:, None] == np.array(GROUPS)
    return estimate_means(data()[ITEMS].to_numpy(float), member, Design(data()["w"].to_numpy()))


def at(group: str, item: str) -> tuple[int, int]:
    return GROUPS.index(group), ITEMS.index(item)


@pytest.mark.parametrize("group", ["big", "small", "two"])
@pytest.mark.parametrize("item", ["x", "yes"])
def test_mean_with_answers_as_in_r(group: str, item: str) -> None:
    r = answers()["mean_by_group"][group][item]["value"]
    i = at(group, item)
    assert cells().estimate[i] == pytest.approx(r["mean"], rel=1e-12)
    assert cells().se[i] == pytest.approx(r["se"], rel=1e-10)
    assert cells().base[i] == r["n"]


@pytest.mark.parametrize("group", GROUPS)
def test_mean_all_missing_is_no_figure(group: str) -> None:
    i = at(group, "x_allmiss")
    assert answers()["mean_by_group"][group]["x_allmiss"]["value"]["mean"] in {0, None}
    assert np.isnan(
        [cells().estimate[i], cells().se[i], cells().ci_low[i], cells().deff[i], cells().degf[i]]
    ).all()
    assert cells().base[i] == 0
    assert cells().weighted_base[i] == 0
    assert cells().effective_base[i] == 0


def test_mean_group_without_answers_is_no_figure() -> None:
    assert np.isnan(cells().estimate[at("allmissing", "x")])
    assert cells().base[at("allmissing", "x")] == 0


def test_mean_one_respondent_has_no_se() -> None:
    i = at("single", "x")
    assert answers()["mean_by_group"]["single"]["x"]["value"]["se"] == 0
    assert cells().estimate[i] == 8
    assert np.isnan([cells().se[i], cells().ci_low[i], cells().ci_high[i], cells().deff[i]]).all()


def test_mean_zero_variance_has_se_zero_exactly() -> None:
    for i in (at("zerovar", "x"), at("big", "x_const"), at("big", "yes_all1"), at("big", "yes_all0")):
        assert cells().se[i] == 0
        assert cells().ci_low[i] == cells().estimate[i] == cells().ci_high[i]
        assert cells().constant[i]
        assert np.isnan(cells().deff[i])
    assert cells().estimate[at("big", "yes_all1")] == 1


def test_mean_zero_weights_give_a_base_but_no_figure() -> None:
    i = at("zeroweight", "x")
    assert np.isnan(cells().estimate[i])
    assert cells().base[i] == 10
    assert cells().positive_base[i] == 0


def test_mean_no_respondents_at_all() -> None:
    nobody = estimate_means([1.0, 2.0], [[False], [False]], Design([1.0, 1.0]))
    assert np.isnan(nobody.estimate[0, 0])
    assert nobody.base[0, 0] == 0


def rest() -> Comparisons:
    return compare_with_rest(cells(), minimum_base=2)


@pytest.mark.parametrize("group", ["big", "small"])
@pytest.mark.parametrize("item", ["x", "yes"])
def test_rest_with_answers_as_in_r(group: str, item: str) -> None:
    r = answers()[f"group_vs_rest_{item}"][group]["value"]
    i = at(group, item)
    ours = [rest().difference[i], rest().t[i], rest().df[i], rest().p[i]]
    assert ours == pytest.approx([r["est"], r["stat"], r["df"]["df"], r["p"]], rel=1e-10)


@pytest.mark.parametrize(
    ("group", "item", "reason"),
    [
        ("single", "x", NoTest.ONE_UNIT),
        ("allmissing", "x", NoTest.EMPTY),
        ("zeroweight", "x", NoTest.EMPTY),
        ("big", "x_const", NoTest.ZERO_VARIANCE),
        ("big", "yes_all1", NoTest.ZERO_VARIANCE),
        ("big", "x_allmiss", NoTest.EMPTY),
    ],
)
def test_rest_without_a_test(group: str, item: str, reason: NoTest) -> None:
    compared = rest()
    i = at(group, item)
    assert compared.reason[i] == reason
    assert np.isnan([compared.p[i], compared.decision_p[i], compared.t[i]]).all()
    assert mark(compared).mark[i] == 0


def test_rest_one_respondent_where_r_is_certain() -> None:
    r = answers()["pair_zerovar_vs_single"]["value"]
    assert r["p"] < 1e-200
    compared = compare_groups(cells(), GROUPS.index("zerovar"), GROUPS.index("single"), minimum_base=1)
    assert compared.reason[0, ITEMS.index("x")] == NoTest.ONE_UNIT


def test_rest_below_minimum_base_is_not_tested() -> None:
    compared = compare_with_rest(cells())
    assert compared.reason[at("small", "x")] == NoTest.LOW_BASE
    assert np.isnan(compared.decision_p[at("small", "x")])
    assert np.isfinite(compared.difference[at("small", "x")])
    assert compared.reason[at("big", "x")] == NoTest.TESTED


def test_rest_both_sides_constant_is_no_test() -> None:
    weights = np.exp(np.random.default_rng(1).normal(0, 1, 400))
    member = np.column_stack([np.arange(400) < 150, np.arange(400) < 395])
    cells = estimate_means(member.astype(float), member, Design(weights))
    compared = compare_with_rest(cells, minimum_base=2)
    assert compared.reason[0, 0] == NoTest.ZERO_VARIANCE
    assert compared.reason[1, 1] == NoTest.ZERO_VARIANCE
    assert compared.difference[0, 0] == 1


def test_rest_keeps_its_digits_beside_extreme_weights() -> None:
    random = np.random.default_rng(2)
    first = np.arange(200) < 100
    weights, x = np.where(first, 1e8, 1.0) * random.uniform(0.5, 2, 200), random.normal(7, 1, 200)
    cells = estimate_means(x, np.column_stack([first, ~first]), Design(weights))
    rest, pair = compare_with_rest(cells), compare_groups(cells, 0, 1)
    assert rest.t[0, 0] == pytest.approx(pair.t[0, 0], rel=1e-9)
    assert rest.se[0, 0] == pytest.approx(np.hypot(cells.se[0, 0], cells.se[1, 0]), rel=1e-9)


def test_rest_group_is_the_total() -> None:
    everybody = estimate_means(np.arange(40.0), np.ones((40, 1), bool), Design(np.ones(40)))
    compared = compare_with_rest(everybody, within=0)
    assert compared.reason[0, 0] == NoTest.NO_REST
    assert np.isnan(compared.p[0, 0])


def test_rest_group_outside_its_total_is_refused() -> None:
    member = np.column_stack([np.arange(40) < 20, np.arange(40) < 30])
    with pytest.raises(StatisticsError, match="not part of their totals"):
        compare_with_rest(estimate_means(np.arange(40.0), member, Design(np.ones(40))), within=0)


def test_groups_same_respondents_twice() -> None:
    member = np.ones((40, 2), bool)
    compared = compare_groups(estimate_means(np.arange(40.0), member, Design(np.ones(40))), 0, 1)
    assert compared.reason[0, 0] == NoTest.SAME


def test_groups_one_side_constant_is_tested() -> None:
    values = np.concatenate([np.zeros(50), np.tile([0.0, 1.0], 25)])
    member = np.column_stack([np.arange(100) < 50, np.arange(100) >= 50])
    compared = compare_groups(estimate_means(values, member, Design(np.ones(100))), 0, 1)
    assert compared.reason[0, 0] == NoTest.TESTED
    assert compared.t[0, 0] == pytest.approx(-0.5 / np.sqrt(100 / 99 * 0.25 / 50))
    assert compared.decision_t[0, 0] == pytest.approx(-0.5 / np.sqrt(100 / 99 * 2 * 0.25 / 49))
    assert compared.decision_df[0, 0] == pytest.approx(98)


def rare(yes: int) -> Comparisons:
    """Compare 35 respondents, some of whom say yes, with 965 others of whom 4 % does."""
    values, member = np.zeros(1000), np.arange(1000)[:, None] < 35
    values[:yes], values[500:539] = 1.0, 1.0
    return compare_with_rest(estimate_means(values, member, Design(np.ones(1000))))


def test_rest_nobody_in_a_small_group_is_no_proof() -> None:
    compared = rare(0)
    assert compared.p[0, 0] < 1e-9
    assert compared.decision_p[0, 0] > 0.2
    assert rare(12).decision_p[0, 0] < 0.001


def test_rest_constant_rest_borrows_as_a_constant_group_does() -> None:
    values = (np.arange(100) < 4).astype(float)
    first = np.arange(100) < 50
    cells = estimate_means(values, np.column_stack([first, ~first]), Design(np.ones(100)))
    rest, pair = compare_with_rest(cells), compare_groups(cells, [0, 1], [1, 0])
    np.testing.assert_allclose(rest.decision_p, pair.decision_p)
    assert rest.decision_p[0, 0] == pytest.approx(rest.decision_p[1, 0])


def test_independent_nobody_in_a_wave_is_no_proof_and_a_known_share_is_known() -> None:
    now, before = Stored(0.0, 0.0, 40, constant=True), Stored(0.05, 0.01, 475)
    assert compare_independent(now, before).decision_p > 0.1
    assert compare_independent(Stored(0.0, 0.0, 40), before).decision_p < 0.001


def test_independent_with_nothing_stored() -> None:
    compared = compare_independent(Stored(np.nan, np.nan, 0), Stored(7.0, 0.1, 100))
    assert compared.reason == NoTest.EMPTY


@pytest.mark.parametrize("lonely", ["remove", "certainty", "adjust", "average"])
def test_lonely_stratum_as_in_r(lonely: str) -> None:
    r = answers()["lonely_psu"][lonely]["value"]
    design = Design(data()["w"].to_numpy(), strata=data()["s"].to_numpy(), lonely=lonely)  # type: ignore[arg-type]
    ours = estimate_means(data()["x"].to_numpy(float), None, design)
    assert ours.estimate[0, 0] == pytest.approx(r["mean"], rel=1e-12)
    assert ours.se[0, 0] == pytest.approx(r["se"], rel=1e-10)
    total = totals(data()["yes"].to_numpy(float), design)
    assert [total.estimate[0], total.se[0]] == pytest.approx([r["total_yes"], r["total_se"]], rel=1e-10)
    assert design.degf == r["degf"]


def test_lonely_stratum_fails_by_name() -> None:
    assert "lonely" in answers()["lonely_psu"]["fail"]["value"]["error"]
    with pytest.raises(StatisticsError, match="'lonely'"):
        Design(data()["w"].to_numpy(), strata=data()["s"].to_numpy())


def test_lonely_stratum_everywhere_cannot_be_averaged() -> None:
    with pytest.raises(StatisticsError, match="average"):
        Design([1.0, 1.0], strata=["a", "b"], lonely="average")


def test_lonely_in_a_domain_is_no_trouble() -> None:
    kept = data()[data()["s"] != "lonely"]
    design = Design(kept["w"].to_numpy(), strata=kept["s"].to_numpy())
    two = estimate_means(kept["x"].to_numpy(float), kept["g"] == "two", design)
    assert two.se[0, 0] == pytest.approx(answers()["lonely_in_domain"]["value"]["se"], rel=1e-10)


def test_zero_weights_kept_and_dropped_as_in_r() -> None:
    r = answers()["zero_weights_dropped_vs_kept"]
    for name, rows in (("kept", data()), ("dropped", data()[data()["w"] > 0])):
        design = Design(rows["w"].to_numpy())
        ours = estimate_means(rows["x"].to_numpy(float), None, design)
        value = r[name]["value"]
        assert [ours.se[0, 0], design.n, design.degf] == pytest.approx(
            [value["se"], value["n"], value["degf"]]
        )


@pytest.mark.parametrize("weight", [np.nan, -1.0, np.inf])
def test_weights_that_are_none_are_refused(weight: float) -> None:
    with pytest.raises(StatisticsError, match="row 2"):
        Design([1.0, weight, 1.0])


def test_missing_in_one_item_never_drops_another() -> None:
    r = answers()["listwise_trap"]["single_x"][0]
    assert answers()["listwise_trap"]["joint"][0]["est"] != r["est"]
    both = estimate_means(data()[["x", "yes"]].to_numpy(float), None, Design(data()["w"].to_numpy()))
    assert both.estimate[0, 0] == pytest.approx(r["est"], rel=1e-12)
    assert both.se[0, 0] == pytest.approx(r["se"], rel=1e-10)


@pytest.mark.parametrize("method", ["logit", "wilson", "beta", "asin"])
def test_shares_of_zero_and_one_have_an_interval(method: str) -> None:
    columns = [ITEMS.index("yes_all1"), ITEMS.index("yes_all0")]
    low, high = cell_interval(cells(), columns=columns, method=method)  # type: ignore[arg-type]
    assert high[0, 0] == 1
    assert low[0, 1] == 0
    assert 0.9 < low[0, 0] < 1
    assert high[0, 1] == pytest.approx(1 - low[0, 0])


def test_shares_exact_interval_at_the_edge_is_the_binomial_one() -> None:
    _, high = share_interval(0.0, 0.0, degf=9, n=10, effective_base=10)
    assert high == pytest.approx(1 - 0.025 ** (1 / 10))


def test_shares_outside_zero_to_one_are_refused() -> None:
    with pytest.raises(StatisticsError, match="divide percentages"):
        share_interval(35.0, 2.0, degf=99, n=100)


def test_extreme_weights_keep_their_digits() -> None:
    w, x = np.array([1e9, 1.0, 1.0, 2.0]), np.array([1.0, 0.0, 0.0, 1.0])
    ours = estimate_means(x, None, Design(w))
    mean = (w * x).sum() / w.sum()
    z = np.array([1e9 * (2.0 / w.sum()), -mean, -mean, 2 * 2.0 / w.sum()]) / w.sum()
    assert ours.estimate[0, 0] == mean
    assert ours.se[0, 0] == pytest.approx(np.sqrt(4 / 3 * ((z - z.mean()) ** 2).sum()), rel=1e-8)


def test_constant_weights_are_no_weights() -> None:
    x = data()["x"].to_numpy(float)
    one, same = (
        estimate_means(x, None, Design(np.ones(120))),
        estimate_means(x, None, Design(np.full(120, 2.5))),
    )
    assert same.se[0, 0] == pytest.approx(one.se[0, 0], rel=1e-14)
    assert same.effective_base[0, 0] == pytest.approx(one.base[0, 0])


def test_design_effect_of_a_simple_sample_is_one() -> None:
    x = data()["x"].to_numpy(float)[:60]
    ours = estimate_means(x[~np.isnan(x)], None, Design(np.ones((~np.isnan(x)).sum())))
    assert ours.deff[0, 0] == pytest.approx(1)


def test_independence_needs_two_answers() -> None:
    d = data()[data()["g"].isin(["big", "small"])]
    by = (d["g"] == "big").to_numpy(float)
    with pytest.raises(StatisticsError, match="1 different"):
        check_independence(d["yes_all1"].to_numpy(float), by, Design(d["w"].to_numpy()))


def test_independence_with_an_empty_cell_as_in_r() -> None:
    r = answers()["chisq_empty_cell"]["value"]
    by = data()["g"].map({"big": 0.0, "small": 1.0, "single": 2.0}).to_numpy(float)
    t = check_independence(data()["yes"].to_numpy(float), by, Design(data()["w"].to_numpy()))
    assert [t.value, t.df, t.p] == pytest.approx([r["stat"], r["df"]["ndf"], r["p"]], rel=1e-8)


def test_regression_with_collinear_predictors_is_refused() -> None:
    assert answers()["collinear_drivers"]["value"]["names"] == ["(Intercept)", "u", "z"]
    with pytest.raises(StatisticsError, match="1 of 3 predictors"):
        regress(
            data()["x"].to_numpy(float), data()[["u", "v", "z"]].to_numpy(), Design(data()["w"].to_numpy())
        )


def test_linearised_one_respondent_has_no_se() -> None:
    one = means(np.where(data()["g"] == "single", data()["x"], np.nan), Design(data()["w"].to_numpy()))
    assert one.estimate[0] == 8
    assert np.isnan(one.se[0])


def test_infinite_values_are_refused() -> None:
    with pytest.raises(StatisticsError, match="infinity"):
        estimate_means([1.0, np.inf], None, Design([1.0, 1.0]))


def test_rest_of_two_clusters_leaves_no_degree_of_freedom() -> None:
    design = Design(np.ones(100), clusters=np.arange(100) % 2)
    x = np.random.default_rng(3).normal(7, 1, 100)
    compared = compare_with_rest(estimate_means(x, np.arange(100) < 50, design))
    assert compared.reason[0, 0] == NoTest.NO_FREEDOM
    assert np.isnan([compared.p[0, 0], compared.decision_p[0, 0]]).all()


def test_figures_one_empty_item_leaves_the_others_alone() -> None:
    x = np.random.default_rng(4).normal(7, 1, (100, 3))
    x[:, 2] = np.nan
    compared = compare_figures(means(x, Design(np.ones(100))), [0, 0], [1, 2])
    assert np.isfinite(compared.p[0])
    assert compared.reason.tolist() == [NoTest.TESTED, NoTest.EMPTY]


def test_figures_answered_with_weight_zero_only_leave_the_others_alone() -> None:
    x, w = np.random.default_rng(4).normal(7, 1, (100, 3)), np.ones(100)
    x[10:, 2], w[:10] = np.nan, 0.0
    m = means(x, Design(w))
    assert np.isnan(m.estimate[2])
    assert m.difference(0, 1).se[0] == pytest.approx(means(x[:, :2], Design(w)).difference(0, 1).se[0])


def test_difference_with_one_respondent_on_a_side_has_no_se() -> None:
    x = np.random.default_rng(5).normal(7, 1, (100, 3))
    x[1:, 1] = np.nan
    gap = means(x, Design(np.ones(100))).difference(0, 1)
    assert np.isfinite(gap.estimate[0])
    assert np.isnan([gap.se[0], gap.deff[0], *np.ravel(gap.interval())]).all()
    assert np.isnan(gap.combine([2.0]).se[0])
    assert np.isfinite(means(x, Design(np.ones(100))).difference(0, 2).se[0])


def test_share_of_one_respondent_has_no_interval() -> None:
    one = estimate_means(np.where(np.arange(50) == 3, 1.0, np.nan), None, Design(np.ones(50)))
    assert one.estimate[0, 0] == 1
    assert np.isnan(cell_interval(one)).all()


def test_independence_leaves_out_answers_without_weight() -> None:
    random = np.random.default_rng(6)
    rows, columns, w = random.integers(0, 2, 100), random.integers(0, 2, 100), np.ones(100)
    columns[:10], w[:10] = 5, 0.0
    with_them = check_independence(rows.astype(float), columns.astype(float), Design(w))
    without = check_independence(rows[10:].astype(float), columns[10:].astype(float), Design(w[10:]))
    assert with_them.table.shape == (2, 2)
    assert (with_them.df, with_them.ddf) == pytest.approx((without.df, without.ddf))
    assert with_them.p == pytest.approx(without.p, rel=0.02)


def test_wald_without_a_value_says_so() -> None:
    same = np.tile([0.0, 1.0, 2.0], 40)
    with pytest.raises(StatisticsError, match="cells without respondents"):
        check_independence(same, same, Design(np.ones(120)), statistic="Wald")


@pytest.mark.parametrize(
    ("minimum", "marked"), [(0.1, 1), (0.1 * (1 + 1e-6), 0), (0.1 * (1 - 1e-6), 1), (0.0, 1)]
)
def test_mark_at_the_smallest_difference_itself_counts(minimum: float, marked: int) -> None:
    compared = compare_independent(Stored(0.35, 0.01, 1000), Stored(0.25, 0.01, 1000))
    assert mark(compared, minimum_difference=minimum).mark == marked


def test_one_cluster_in_all_is_refused_in_words() -> None:
    with pytest.raises(StatisticsError, match="the sample has one sampling unit"):
        Design(np.ones(10), clusters=np.zeros(10))


@pytest.mark.parametrize(
    ("fpc", "words"),
    [
        ([500.0], "one per row"),
        ([-50.0] * 10, "0 or more"),
        (list(range(500, 510)), "differs within"),
        ([5.0] * 10, "smaller than"),
    ],
)
def test_fpc_that_fits_nothing_is_refused(fpc: list[float], words: str) -> None:
    with pytest.raises(StatisticsError, match=words):
        Design(np.ones(10), fpc=fpc)
