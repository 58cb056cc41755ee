from __future__ import annotations

from dataclasses import replace

import pytest

import tiny_study
from tiny_study import PART
from wavedeck.figures.ranges import range_figures
from wavedeck.figures.records import Figure

RECIPE = tiny_study.recipe("2024")


def ranges(**states: str) -> dict[str, Figure]:
    figures = [
        replace(one, state=states.get(one.group, one.state)) if one.indicator == "overall" else one
        for one in tiny_study.estimates("2024").figures
    ]
    found = range_figures(figures, RECIPE)
    return {f"{one.indicator}.{one.category}/{one.group}": one for one in found}


def estimate(group: str) -> float:
    return tiny_study.stores().full[f"{PART}/overall/{group}/2024"].estimate or 0


def test_range_over_groups_runs_from_lowest_to_highest() -> None:
    found = ranges()
    ends = estimate("branch_south"), estimate("branch_east")
    low, high, width = (found[f"overall_range.{end}/all"].estimate for end in ("low", "high", "width"))
    assert (low, high, width) == pytest.approx((*ends, ends[1] - ends[0]))


def test_range_leaves_suppressed_figures_out() -> None:
    assert ranges(branch_east="suppressed")["overall_range.high/all"].estimate == estimate("branch_north")


def test_range_of_suppressed_figures_is_suppressed() -> None:
    hidden = dict.fromkeys(("branch_north", "branch_south", "branch_east"), "suppressed")
    assert ranges(**hidden)["overall_range.width/all"].state == "suppressed"


def test_range_end_of_low_base_says_so() -> None:
    found = ranges(branch_east="low_base")
    states = {end: found[f"overall_range.{end}/all"].state for end in ("low", "high", "width")}
    assert states == {"low": "shown", "high": "low_base", "width": "low_base"}


def test_range_over_items_is_within_each_group() -> None:
    found = ranges()
    assert {"service_range.low/all", "service_range.low/sex_male"} <= set(found)
    assert found["service_range.high/all"].base == 54
