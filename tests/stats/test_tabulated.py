"""The route over counted codes gives what the route over respondents gives."""

from __future__ import annotations

import numpy as np
import pytest

from wavedeck.stats.cells import Cells, estimate_columns, estimate_means
from wavedeck.stats.columns import category_columns, nps_column
from wavedeck.stats.comparisons import compare_groups, compare_with_rest
from wavedeck.stats.design import Design
from wavedeck.stats.tabulated import Column, tabulate
from wavedeck.study.errors import StatisticsError
from wavedeck.weighting.raking import rake

ROWS, ITEMS = 900, 5
RANDOM = np.random.default_rng(5)
CODES = [RANDOM.integers(0, 11, ROWS).astype(np.uint8) for _ in range(ITEMS)]
CLASSES = RANDOM.integers(0, 6, ROWS)
MEMBERSHIP = np.array(
    [[True] * 6, [i < 3 for i in range(6)], [i % 2 == 0 for i in range(6)], [i == 5 for i in range(6)]]
).T
MARKS = (np.nan, *map(float, range(1, 11)))
TOP = (np.nan, *(float(i >= 8) for i in range(1, 11)))
NPS = (np.nan, *map(float, nps_column(np.arange(1.0, 11.0))))
COLUMNS = [Column(i, scores) for i in range(ITEMS) for scores in (MARKS, TOP, NPS)]
RAKED = rake(
    {"a": RANDOM.choice(["x", "y"], ROWS), "b": RANDOM.choice(["p", "q", "r"], ROWS)},
    {"a": {"x": 45, "y": 55}, "b": {"p": 30, "q": 30, "r": 40}},
)
UNEVEN = np.exp(RANDOM.normal(0, 0.5, ROWS))
DESIGNS = {
    "equal": Design(np.full(ROWS, 2.0)),
    "uneven": Design(UNEVEN),
    "zeros": Design(UNEVEN * (RANDOM.random(ROWS) > 0.1)),
    "strata": Design(UNEVEN, strata=RANDOM.integers(0, 4, ROWS)),
    "clusters": Design(UNEVEN, clusters=RANDOM.integers(0, 60, ROWS)),
    "domain": Design(UNEVEN).domain(RANDOM.random(ROWS) < 0.7),
    "raked": Design(RAKED.weights, calibration=RAKED.calibration),
}
FIGURES = (
    "estimate",
    "se",
    "ci_low",
    "base",
    "weighted_base",
    "effective_base",
    "deff",
    "degf",
    "sd",
    "constant",
)
TESTS = ("difference", "t", "df", "p", "decision_p", "base_b", "reason")


def by_rows(design: Design) -> Cells:
    marks = [np.where(item == 0, np.nan, item.astype(float)) for item in CODES]
    values = [x for m in marks for x in (m, np.where(np.isnan(m), np.nan, m >= 8), nps_column(m))]
    return estimate_means(np.column_stack(values), MEMBERSHIP[CLASSES], design)


@pytest.mark.parametrize("name", DESIGNS)
def test_tabulated_figures_are_those_of_rows(name: str) -> None:
    ours = estimate_columns(tabulate(CODES, CLASSES, DESIGNS[name]), COLUMNS, MEMBERSHIP)
    rows = by_rows(DESIGNS[name])
    for figure in FIGURES:
        np.testing.assert_allclose(getattr(ours, figure), getattr(rows, figure), rtol=1e-9, err_msg=figure)


@pytest.mark.parametrize("name", DESIGNS)
def test_tabulated_tests_are_those_of_rows(name: str) -> None:
    ours = estimate_columns(tabulate(CODES, CLASSES, DESIGNS[name]), COLUMNS, MEMBERSHIP)
    rows = by_rows(DESIGNS[name])
    pairs = [
        (compare_with_rest(c, within=0), compare_with_rest(c), compare_groups(c, [1, 2], [2, 3]))
        for c in (ours, rows)
    ]
    for first, second in zip(*pairs, strict=True):
        for figure in TESTS:
            expected = getattr(second, figure)
            np.testing.assert_allclose(
                getattr(first, figure), expected, rtol=1e-8, atol=1e-12, err_msg=figure
            )


def test_tabulated_many_codes_go_one_by_one() -> None:
    codes = [RANDOM.integers(0, 250, ROWS).astype(np.uint8) for _ in range(3)]
    table = tabulate(codes, CLASSES, DESIGNS["uneven"])
    ours = estimate_columns(table, [Column(i, (np.nan, *map(float, range(1, 250)))) for i in range(3)])
    values = np.column_stack([np.where(item == 0, np.nan, item.astype(float)) for item in codes])
    rows = estimate_means(values, CLASSES[:, None] == np.arange(6), DESIGNS["uneven"])
    np.testing.assert_allclose(ours.se, rows.se, rtol=1e-10)


def test_tabulated_distribution_is_category_columns() -> None:
    table = tabulate(CODES[:1], CLASSES, DESIGNS["uneven"])
    columns = [Column(0, (np.nan, *(float(i == c) for i in range(1, 11)))) for c in range(1, 11)]
    ours = estimate_columns(table, columns, MEMBERSHIP)
    marks = np.where(CODES[0] == 0, np.nan, CODES[0].astype(float))
    rows = estimate_means(category_columns(marks, list(range(1, 11))), MEMBERSHIP[CLASSES], DESIGNS["uneven"])
    np.testing.assert_allclose(ours.se, rows.se, rtol=1e-9)


def test_tabulated_constant_answers_have_se_zero() -> None:
    table = tabulate([np.full(ROWS, 7, dtype=np.uint8)], CLASSES, DESIGNS["uneven"])
    ours = estimate_columns(table, [Column(0, (np.nan, *map(float, range(1, 8))))])
    assert (ours.se == 0).all()
    assert ours.constant.all()
    assert (ours.estimate == 7).all()


def test_tabulated_needs_bytes() -> None:
    with pytest.raises(StatisticsError, match="item 1 has dtype int64"):
        tabulate([np.ones(ROWS, dtype=np.int64)], CLASSES, DESIGNS["equal"])  # type: ignore[list-item]


def test_tabulated_column_without_values_is_no_figure() -> None:
    ours = estimate_columns(tabulate(CODES, CLASSES, DESIGNS["uneven"]), [Column(0, (np.nan,) * 11)])
    assert np.isnan(ours.estimate).all()
    assert (ours.base == 0).all()
