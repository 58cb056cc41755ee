from __future__ import annotations

from typing import Any

import pytest

import tiny_study
from wavedeck.render.compose.grid import Grid, make_grid
from wavedeck.study.deck import Order, Selection
from wavedeck.study.errors import RenderError


def grid(**selection: Any) -> Grid:
    return make_grid(tiny_study.context(), Selection.model_validate(selection), None)


def address(made: Grid, **place: str) -> str | None:
    figure = made.figure(place)  # type: ignore[arg-type]
    return figure.address if figure else None


def test_selection_takes_all_items_in_codebook_order() -> None:
    assert grid(indicators=["service"]).values["item"] == ("opening", "staff", "wifi", "shed")


def test_selection_takes_categories_without_nets() -> None:
    assert grid(indicators=["activity"]).values["category"] == ("borrow", "read", "study", "event")


def test_breakdown_stands_for_its_groups() -> None:
    made = grid(indicators=["overall"], groups=["all", "branch"])
    assert made.values["group"] == ("all", "branch_north", "branch_south", "branch_east")


def test_figure_is_the_one_asked_for() -> None:
    made = grid(indicators=["service"], groups=["all", "sex"])
    assert address(made, item="staff", group="sex_male") == "visitors/service@staff/sex_male/2024"


def test_figure_of_an_indicator_without_items_stands_in_no_item() -> None:
    made = grid(indicators=["service", "overall"], items=["staff", "wifi"])
    assert address(made, indicator="overall", item="staff") is None


def test_figure_of_an_indicator_without_items_has_a_row_of_its_own() -> None:
    made = grid(indicators=["service", "overall"])
    assert made.values["item"] == ("opening", "staff", "wifi", "shed", "")
    assert address(made, indicator="overall", item="") == "visitors/overall/all/2024"
    assert address(made, indicator="service", item="") is None
    assert made.label("item", "") == "The library as a whole"


def test_one_item_for_all_holds_for_indicators_without_items() -> None:
    made = grid(indicators=["service", "overall"], items=["staff"])
    assert address(made, indicator="overall") == "visitors/overall/all/2024"
    assert address(made, indicator="service") == "visitors/service@staff/all/2024"


def test_figure_of_a_mean_stands_in_no_answer() -> None:
    made = grid(indicators=["service_distribution", "service"], categories=["1", "5"])
    assert address(made, indicator="service", item="staff", category="1") is None


def test_composition_is_laid_along_groups() -> None:
    made = grid(indicators=["respondents", "population"], categories=["sex_female"], groups=["all", "sex"])
    assert address(made, indicator="population") == "visitors/population.sex_female/all/2024"
    along = Grid(tiny_study.context(), "visitors", {**made.values, "category": ("all",)})
    assert address(along, indicator="population", group="sex_male") == "visitors/population.sex_male/all/2024"
    assert address(along, indicator="respondents", group="sex_male") == "visitors/respondents/sex_male/2024"


def test_difference_range_and_loop_have_their_figures() -> None:
    assert address(grid(indicators=["staff_gap"])) == "visitors/staff_gap@staff/all/2024"
    assert (
        address(grid(indicators=["overall_range"]), category="high") == "visitors/overall_range.high/all/2024"
    )
    assert address(grid(indicators=["desk"]), item="lending", category="kindness") == (
        "visitors/desk@lending.kindness/all/2024"
    )


@pytest.mark.parametrize(
    ("selection", "placed", "message"),
    [
        (
            {"indicators": ["service"]},
            ["wave"],
            r"item has 4 values \(opening, staff, wifi, shed, …\) but no place",
        ),
        (
            {"indicators": ["service", "overall"], "items": ["staff", "wifi"]},
            ["item", "indicator"],
            "'overall' has no",
        ),
    ],
)
def test_layout_that_leaves_figures_out_is_refused(selection: dict, placed: list, message: str) -> None:
    with pytest.raises(RenderError, match=message):
        grid(**selection).require_places(placed)


def test_unknown_item_names_the_closest() -> None:
    with pytest.raises(RenderError, match=r"unknown item 'wfi'; did you mean 'wifi'\?"):
        grid(indicators=["service"], items=["wfi"])


@pytest.mark.parametrize(
    ("descending", "first", "last"), [(True, "staff", "opening"), (False, "opening", "staff")]
)
def test_order_by_value(descending: bool, first: str, last: str) -> None:
    made = grid(indicators=["service"], waves=[0])
    order = made.ordered("item", Order(by="value", descending=descending), {})
    assert (order[0], order[-1]) == (first, last)


def test_order_by_value_puts_hidden_figures_last() -> None:
    made = grid(indicators=["service"], waves="all")
    assert made.ordered("item", Order(by="value", wave=-1), {})[-1] == "wifi"


def test_order_by_value_leaves_everybody_in_its_place() -> None:
    made = grid(indicators=["overall"], groups=["all", "branch"])
    assert made.ordered("group", Order(by="value"), {}) == (
        "all",
        "branch_east",
        "branch_north",
        "branch_south",
    )
    last = grid(indicators=["overall"], groups=["branch", "all"])
    assert last.ordered("group", Order(by="value"), {})[-1] == "all"


def test_waves_before_the_first_are_left_out() -> None:
    made = make_grid(
        tiny_study.context("2023"),
        Selection.model_validate({"indicators": ["overall"], "waves": [-1, 0]}),
        None,
    )
    assert made.values["wave"] == ("2023",)
