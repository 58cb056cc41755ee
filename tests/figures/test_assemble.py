from __future__ import annotations

from dataclasses import replace

import pytest

import tiny_study
from tiny_study import PART
from wavedeck.figures.assemble import assemble
from wavedeck.figures.recipe import store_settings
from wavedeck.figures.records import COMPARISON_VALUES, INTERNAL_COLUMNS, VALUE_COLUMNS
from wavedeck.study import settings as declared
from wavedeck.study.settings import Disclosure, Reliability, Suppression

BASES = ("base", "units", "effective_base")


def test_publishable_store_has_no_value_of_a_suppressed_figure() -> None:
    stores = tiny_study.stores()
    hidden = {one.address for one in stores.full if one.state == "suppressed"}
    assert {stores.full[address].estimate is None for address in hidden} == {False}
    for address in hidden:
        figure = stores.publishable[address]
        assert {getattr(figure, name) for name in (*VALUE_COLUMNS, *INTERNAL_COLUMNS)} == {None}
    for item in stores.publishable.comparisons.values():
        if {item.address, item.against} & hidden:
            assert {getattr(item, name) for name in COMPARISON_VALUES} == {None}
            assert item.mark == ""


def test_publishable_store_has_nothing_internal() -> None:
    for figure in tiny_study.store():
        assert {getattr(figure, name) for name in INTERNAL_COLUMNS} == {None}


def test_both_stores_have_the_same_addresses_and_states() -> None:
    stores = tiny_study.stores()
    assert [(one.address, one.state) for one in stores.full] == [
        (one.address, one.state) for one in stores.publishable
    ]


def test_hidden_groups_of_a_total_hold_enough_respondents_together() -> None:
    rules = Suppression(reliability=Reliability(minimum=0), disclosure=Disclosure(minimum=10))
    stores = tiny_study.assembled(suppression=rules)
    cells = [
        f"branch_{branch}*sex_{sex}" for branch in ("north", "south", "east") for sex in ("female", "male")
    ]
    for sex in ("female", "male"):
        mine = [stores.full[f"{PART}/overall/{one}/2024"] for one in cells if one.endswith(f"sex_{sex}")]
        hidden = [one.base or 0 for one in mine if one.state == "suppressed"]
        assert not hidden or sum(hidden) >= 10


def test_change_is_the_difference_of_two_waves() -> None:
    store = tiny_study.store()
    now, before = (store[f"{PART}/overall/all/{wave}"] for wave in ("2024", "2023"))
    item = store.comparison(now.address, "previous")
    assert item is not None
    assert item.difference == pytest.approx((now.estimate or 0) - (before.estimate or 0))
    assert item.se == pytest.approx(((now.se or 0) ** 2 + (before.se or 0) ** 2) ** 0.5)


def test_stated_wave_is_compared_beside_the_previous_one() -> None:
    store, address = tiny_study.store(), f"{PART}/overall/all/2024"
    stated, previous = (store.comparison(address, kind) for kind in ("stated", "previous"))
    assert stated is not None
    assert previous is not None
    assert (stated.against, stated.p) == (previous.against, previous.p)


def test_first_wave_is_compared_with_nothing() -> None:
    assert tiny_study.store().comparison(f"{PART}/overall/all/2023", "previous") is None


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("recommend/all", f"not asked: {PART}/recommend/all/2023"),
        ("respondents/all", "a count is not tested"),
        ("response/all", "a response rate is not tested"),
    ],
)
def test_comparison_without_a_test_says_why(address: str, reason: str) -> None:
    item = tiny_study.store().comparison(f"{PART}/{address}/2024", "previous")
    assert item is not None
    assert (item.reason, item.mark, item.p) == (reason, "", None)


def test_report_of_an_earlier_wave_knows_nothing_of_later_ones() -> None:
    early, late = tiny_study.stores("2023").full, tiny_study.stores("2024").full
    assert {one.wave for one in early} == {"2023"}
    assert early[f"{PART}/overall/all/2023"] == late[f"{PART}/overall/all/2023"]


def test_hidden_tests_do_not_weigh_on_the_correction() -> None:
    tests = declared.Tests(correction="bonferroni", minimum_base=2)
    shown = [
        item
        for item in tiny_study.assembled(tests=tests).publishable.comparisons.values()
        if (item.kind, item.address.split("/")[1]) == ("rest", "overall") and item.address.endswith("2024")
    ]
    tested = [item for item in shown if item.decision_p is not None and not item.reason]
    assert len(tested) < len(shown)
    for item in tested:
        assert item.p_adjusted == pytest.approx(min(1, len(tested) * (item.decision_p or 0)))


def test_settings_survive_the_way_through_the_workflow() -> None:
    settings = store_settings(tiny_study.study(), "2024")
    assert type(settings).model_validate(settings.model_dump()) == settings


def test_figures_stand_in_the_order_of_the_indicators() -> None:
    names = list(tiny_study.study().indicators.indicators)
    assert list(dict.fromkeys(one.indicator for one in tiny_study.store())) == names


def test_difference_is_tested_on_its_smaller_side() -> None:
    figures = [one for wave in ("2023", "2024") for one in tiny_study.estimates(wave).figures]
    gap = f"{PART}/staff_gap@staff/all/2024"
    few = [replace(one, smallest_base=12.0) if one.address == gap else one for one in figures]
    own = store_settings(tiny_study.study(), "2024")
    asked = own.model_copy(update={"tests": declared.Tests(minimum_base=30), "suppression": Suppression()})
    item, base = (assemble(each, [], asked).full.comparisons[gap, "previous"] for each in (few, figures))
    assert item.reason == "a side is smaller than the minimum base"
    assert base.reason == ""


def test_share_that_the_weighting_fixes_is_not_tested() -> None:
    address = f"{PART}/population.branch_north/all/2024"
    item, figure = tiny_study.store().comparison(address, "previous"), tiny_study.store()[address]
    assert figure.se == 0
    assert item is not None
    assert (item.p, item.reason) == (
        None,
        "nothing varies on either side, or the weighting fixes it",
    )


def test_share_of_nobody_against_another_wave_is_tested_with_care() -> None:
    address, earlier = (f"{PART}/service_distribution@staff.1/all/{wave}" for wave in ("2024", "2023"))
    values = {
        address: {"estimate": 0.0, "se": 0.0, "sd": 0.0, "base": 54.0, "units": 54.0, "effective_base": 54.0},
        earlier: {
            "estimate": 4.0,
            "se": 1.0,
            "sd": 20.0,
            "base": 400.0,
            "units": 400.0,
            "effective_base": 400.0,
        },
    }
    figures = [
        replace(one, **values.get(one.address, {}))
        for wave in ("2023", "2024")
        for one in tiny_study.estimates(wave).figures
    ]
    item = assemble(figures, [], store_settings(tiny_study.study(), "2024")).full.comparisons[
        address, "previous"
    ]
    assert item.p is not None
    assert item.p < 0.001
    assert (item.decision_p or 0) > 0.05
