from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from wavedeck.audit.trace.place import Place
from wavedeck.audit.trace.terms import terms_of
from wavedeck.figures.records import Figure

MODELLED = {"placement", "distance", "what_if", "border"}
DECLARED = {"gross", "benchmark"}


def every_figure(place: Place) -> Iterator[Figure]:
    for row in place.figures.to_pylist():
        figure = Figure(**row)
        if figure.estimate is not None:
            yield figure


def test_sum_over_rows_is_the_estimate_of_every_figure_of_the_store(place: Place) -> None:
    summed = 0
    for figure in every_figure(place):
        terms = terms_of(figure, place)
        if figure.statistic in MODELLED | DECLARED:
            assert terms.share is None
            continue
        summed += 1
        assert terms.share is not None, figure.address
        assert float(terms.share.sum()) == pytest.approx(figure.estimate, rel=1e-9, abs=1e-12), figure.address
    assert summed > 300


def test_every_kind_of_figure_is_traced(place: Place) -> None:
    kinds = {figure.statistic for figure in every_figure(place)}
    assert kinds >= {
        *("mean", "share", "distribution", "multiple", "nps", "count", "composition", "difference"),
        *("range", "benchmark", "gross", "response_rate", "importance", "rating", "not_applicable"),
    }


def test_rows_are_as_many_as_the_base(place: Place) -> None:
    limited = {"response_rate", "range", "not_applicable", *MODELLED, *DECLARED}
    for figure in every_figure(place):
        if figure.statistic not in limited and figure.base is not None:
            assert len(terms_of(figure, place).places) == figure.base, figure.address


def test_weighted_mean_shows_both_sums(place: Place) -> None:
    terms = terms_of(place.figure("visitors/overall/all/2024"), place)
    above, below = (float(one) for one in terms.filled.split(" / "))
    assert above / below == pytest.approx(place.figure("visitors/overall/all/2024").estimate, rel=1e-9)
    assert above == pytest.approx(float((terms.weight * terms.values["value"]).sum()), rel=1e-9)


def test_difference_has_both_sides_and_names_them(place: Place) -> None:
    terms = terms_of(place.figure("visitors/staff_gap@staff/all/2024"), place)
    assert set(terms.values) == {"of", "minus"}
    assert terms.rests_on == ("visitors/service@staff/all/2024", "visitors/service@opening/all/2024")


def test_range_rests_on_its_ends(place: Place) -> None:
    width = terms_of(place.figure("visitors/overall_range.width/all/2024"), place)
    high, low = (place.figure(address) for address in width.rests_on)
    groups = [one for one in every_figure(place) if (one.indicator, one.wave) == ("overall", "2024")]
    branches = [one.estimate for one in groups if one.group.startswith("branch_") and "*" not in one.group]
    assert (high.estimate, low.estimate) == (max(branches), min(branches))


def test_nobody_is_behind_a_declared_figure(place: Place) -> None:
    terms = terms_of(place.figure("visitors/gross/all/2024"), place)
    assert len(terms.places) == 0
    assert "study.yaml" in terms.formula


def test_correlation_is_that_of_numpy(place: Place) -> None:
    terms = terms_of(place.figure("visitors/drivers_importance@staff/all/2024"), place)
    moments = np.cov(terms.values["value"], terms.values["outcome"], aweights=terms.weight)
    expected = moments[0, 1] / np.sqrt(moments[0, 0] * moments[1, 1])
    assert terms.share is not None
    assert float(terms.share.sum()) == pytest.approx(expected, rel=1e-9)
