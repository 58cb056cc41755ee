from __future__ import annotations

import pytest

import tiny_study
from wavedeck.narrative.ranking import Ranking, name_of, ranked_figures
from wavedeck.study.errors import NarrativeError

LABELS = tiny_study.narrator().labels


def names(stem: str, over: str, group: str = "all", wave: str = "2024") -> list[str]:
    figures = ranked_figures(tiny_study.store(), LABELS, Ranking(stem, over, group, wave))
    estimates = [figure.estimate or 0 for figure in figures]
    assert estimates == sorted(estimates, reverse=True)
    return [name_of(figure, over, LABELS) for figure in figures]


def test_ranking_over_items() -> None:
    assert names("visitors/service", "items")[:2] == ["Staff", "Bicycle shed"]


def test_ranking_leaves_out_what_was_not_asked_or_not_answered() -> None:
    assert "Wifi" not in names("visitors/service", "items", wave="2023")
    assert "Bicycle shed" not in names("visitors/service", "items", "sex_female")


def test_ranking_over_categories_leaves_nets_out() -> None:
    assert set(names("visitors/activity", "categories")) == {"Borrow", "Read", "Study", "Event"}


def test_ranking_over_a_breakdown() -> None:
    assert names("visitors/overall", "branch") == ["East", "North", "South"]


def test_ranking_of_one_category_over_items() -> None:
    assert names("visitors/service_distribution.high", "items")[0] == "Staff"


def test_ranking_of_one_item_over_categories() -> None:
    assert names("visitors/service_distribution@staff", "categories")[0] == "4"


@pytest.mark.parametrize(
    ("stem", "over", "message"),
    [
        (
            "visitors/service_distribution",
            "items",
            r"more than one category .*name one, e\.g\. 'visitors/service_distr",
        ),
        ("visitors/service", "branch", "more than one item"),
        ("visitors/servce", "items", r"unknown indicator 'servce'; did you mean 'service'\?"),
        ("visitor/service", "items", r"no figures of 'visitor/service' .*did you mean 'visitors'\?"),
    ],
)
def test_ranking_of_what_is_not_one_set_is_refused(stem: str, over: str, message: str) -> None:
    with pytest.raises(NarrativeError, match=message):
        names(stem, over)
