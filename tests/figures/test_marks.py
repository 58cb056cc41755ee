from __future__ import annotations

import pytest

import tiny_study
from tiny_study import PART
from wavedeck.figures.marks import mark_families
from wavedeck.figures.records import Comparison
from wavedeck.study import settings

FIGURES = tiny_study.stores().full.figures


def item(address: str, p: float | None, difference: float = 1.0, **more: str) -> Comparison:
    return Comparison(
        address=f"{PART}/{address}/2024", kind="rest", difference=difference, decision_p=p, **more
    )


def marks(*items: Comparison, **tests: object) -> list[tuple[str, float | None]]:
    return [
        (one.mark, one.p_adjusted)
        for one in mark_families(items, FIGURES, settings.Tests.model_validate(tests))
    ]


def test_mark_follows_the_sign_of_a_significant_difference() -> None:
    found = marks(
        item("overall/sex_male", 0.01), item("overall/sex_female", 0.01, -1), item("overall/reader", 0.2)
    )
    assert [sign for sign, _ in found] == ["+", "-", "none"]


def test_mark_at_the_level_itself_counts() -> None:
    assert marks(item("overall/sex_male", 0.05), level=0.05)[0][0] == "+"


def test_mark_needs_the_smallest_difference_of_its_unit() -> None:
    found = marks(item("overall/sex_male", 0.001, 0.09), minimum_difference={"mark": 0.1})
    assert found[0][0] == "none"


def test_correction_stays_within_an_indicator() -> None:
    found = marks(
        item("overall/sex_male", 0.02),
        item("overall/sex_female", 0.04),
        item("service@staff/sex_male", 0.02),
        correction="bonferroni",
    )
    assert [p for _, p in found] == pytest.approx([0.04, 0.08, 0.02])


def test_what_was_not_tested_has_no_mark_and_counts_for_nothing() -> None:
    found = marks(
        item("overall/sex_male", 0.03),
        item("overall/sex_female", None, reason="a side has no answers"),
        correction="bonferroni",
    )
    assert found == [("+", 0.03), ("", None)]


def test_mark_at_the_smallest_difference_itself_counts() -> None:
    found = marks(item("overall/sex_male", 0.001, 7.4 - 7.3), minimum_difference={"mark": 0.1})
    assert found[0][0] == "+"
    found = marks(item("overall/sex_male", 0.001, 0.3 - 0.2), minimum_difference={"mark": 0.1})
    assert 0.3 - 0.2 < 0.1
    assert found[0][0] == "+"
