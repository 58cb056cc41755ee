from __future__ import annotations

import pytest

import tiny_study
from wavedeck.study.errors import NarrativeError

LABELS = tiny_study.narrator().labels


def test_item_of_a_difference_is_named_by_the_difference_when_it_is_declared() -> None:
    assert LABELS.item("staff_gap", "staff") == "Staff less opening hours"


@pytest.mark.parametrize(
    ("indicator", "category", "label"),
    [
        ("service_distribution", "high", "4 or 5"),
        ("service_distribution", "1", "1 Poor"),
        ("population", "branch_north", "North"),
        ("overall_range", "width", "Difference"),
        ("desk", "speed", "Speed"),
        ("recommend_parts", "7", "7"),
    ],
)
def test_category_is_named(indicator: str, category: str, label: str) -> None:
    assert LABELS.category(indicator, category) == label


def test_questions_behind_a_difference_are_of_both_sides() -> None:
    assert {one.variable for one in LABELS.questions_behind("overall_gap")} == {"overall", "service"}


def test_base_of_a_range_is_what_it_ranges_over() -> None:
    assert LABELS.base_of("service_range") == "service"


def test_unknown_indicator_names_the_closest() -> None:
    with pytest.raises(NarrativeError, match=r"unknown indicator 'overal'; did you mean 'overall'\?"):
        LABELS.indicator("overal")


def test_point_of_a_scale_is_its_own_label() -> None:
    assert LABELS.category("overall", "8") == "8"


def test_category_that_does_not_exist_is_refused() -> None:
    with pytest.raises(NarrativeError, match="'activity' has no category 'reed'; did you mean 'read'"):
        LABELS.category("activity", "reed")
