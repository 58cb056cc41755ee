"""Designs: what is refused, and what is counted."""

from __future__ import annotations

import numpy as np
import pytest

from wavedeck.stats.cells import estimate_means
from wavedeck.stats.design import Design
from wavedeck.study.errors import StatisticsError
from wavedeck.weighting.cells import poststratify


def test_design_counts_units_and_strata() -> None:
    design = Design(np.ones(6), strata=["a", "a", "a", "a", "b", "b"], clusters=[1, 1, 2, 2, 1, 2])
    assert (design.unit_count, design.strata_count, design.degf) == (4, 2, 2)
    assert design.has_clusters


def test_design_same_cluster_in_two_strata_is_two() -> None:
    assert Design(np.ones(4), strata=["a", "a", "b", "b"], clusters=[1, 2, 1, 2]).unit_count == 4


def test_design_domain_keeps_all_rows() -> None:
    design = Design(np.ones(5)).domain([True, True, True, False, False])
    assert (design.n, design.degf) == (5, 2)
    assert design.domain([False, True, True, True, True]).degf == 1


def test_design_domain_of_another_length_is_refused() -> None:
    with pytest.raises(StatisticsError, match="does not fit a design of 3"):
        Design(np.ones(3)).domain([True])


@pytest.mark.parametrize("labels", [["a", None], ["a", float("nan")]])
def test_design_missing_labels_are_refused(labels: list[object]) -> None:
    with pytest.raises(StatisticsError, match="missing in 1 rows"):
        Design(np.ones(2), strata=np.array(labels, dtype=object))


def test_design_labels_of_another_length_are_refused() -> None:
    with pytest.raises(StatisticsError, match="clusters"):
        Design(np.ones(3), clusters=["a"])


def test_design_without_respondents_is_refused() -> None:
    with pytest.raises(StatisticsError, match="one weight per respondent"):
        Design([])


def test_design_unknown_treatment_is_refused() -> None:
    with pytest.raises(StatisticsError, match="certainty"):
        Design(np.ones(2), lonely="ignore")  # type: ignore[arg-type]


def test_design_finite_population_takes_away_variance() -> None:
    x = np.arange(10.0)
    endless = estimate_means(x, None, Design(np.ones(10))).se[0, 0]
    half = estimate_means(x, None, Design(np.ones(10), fpc=np.full(10, 20.0))).se[0, 0]
    by_share = estimate_means(x, None, Design(np.ones(10), fpc=np.full(10, 0.5))).se[0, 0]
    everybody = estimate_means(x, None, Design(np.ones(10), fpc=np.full(10, 10.0))).se[0, 0]
    assert half == pytest.approx(endless * np.sqrt(0.5))
    assert by_share == pytest.approx(half)
    assert everybody == 0


def test_design_population_smaller_than_the_sample_is_refused() -> None:
    with pytest.raises(StatisticsError, match="fpc"):
        Design(np.ones(10), fpc=np.full(10, 8.0))


def test_design_says_what_variances_do() -> None:
    made = poststratify(["a", "a", "b", "b"], {"a": 40, "b": 60})
    assert "fixed" in Design(made.weights).variance_method
    assert "poststratified" in Design(made.weights, calibration=made.calibration).variance_method


def test_values_and_groups_of_another_length_are_refused() -> None:
    with pytest.raises(StatisticsError, match="values"):
        estimate_means(np.ones(3), None, Design(np.ones(4)))
    with pytest.raises(StatisticsError, match="groups"):
        estimate_means(np.ones(4), np.ones((3, 2), bool), Design(np.ones(4)))
