from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tiny_study import study
from wavedeck.audit.explain.grouped import CELLS, OTHERS, choose_grouping
from wavedeck.audit.explain.say_waves import csv_of_waves, text_of_waves
from wavedeck.audit.explain.waves import WaveChange, explain_waves
from wavedeck.audit.ledger import AuditError
from wavedeck.audit.trace.place import Place
from wavedeck.study.address import Address

FIGURES = [
    "overall/all",
    "overall/sex_female",
    "overall_high/all",
    "service@staff/all",
    "service_distribution@opening.high/all",
    "activity.read/all",
    "activity.quiet/all",
    "activity_mentions.read/all",
    "remark_theme.opening/all",
    "desk@lending.speed/all",
    "population.sex_female/all",
    "sample.age_old/all",
    "staff_gap@staff/all",
    "overall_range.high/all",
    "overall_range.width/all",
]


@pytest.fixture(scope="module")
def place(before: Path) -> Place:
    return Place(study(), before, "2024")


def explained(place: Place, figure: str, by: str = "") -> WaveChange:
    first, second = (Address.parse(f"visitors/{figure}/{wave}") for wave in ("2023", "2024"))
    return explain_waves(place, first, second, choose_grouping(study(), "visitors", by))


@pytest.mark.parametrize("by", ["", "sex", "branch", "age"])
@pytest.mark.parametrize("figure", FIGURES)
def test_contributions_add_up_to_the_stored_change(place: Place, figure: str, by: str) -> None:
    found = explained(place, figure, by)
    assert found.mix + found.within == pytest.approx(found.change, abs=1e-10)
    assert sum(one.old_share for one in found.groups) == pytest.approx(1)
    assert sum(one.old_base for one in found.groups) >= (found.old.base or 0) - 1e-9


def test_group_itself_changed_within_alone(place: Place) -> None:
    found = explained(place, "overall/sex_female", "sex")
    assert [one.group for one in found.groups] == ["sex_female"]
    assert found.mix == pytest.approx(0, abs=1e-12)


def test_unweighted_indicator_owes_nothing_to_weights(place: Place) -> None:
    assert explained(place, "sample.sex_female/all").by_weights == pytest.approx(0, abs=1e-12)
    assert abs(explained(place, "overall/all").by_weights) > 1e-4


def test_cells_are_the_groups_where_none_are_asked_for(place: Place) -> None:
    found = explained(place, "overall/all")
    assert found.grouping.name == CELLS
    assert {one.group for one in found.groups} == {"north", "south", "east"}


def test_respondents_in_no_group_stand_under_a_name_of_their_own(place: Place) -> None:
    assert OTHERS in {one.group for one in explained(place, "overall/all", "sex").groups}


def test_test_of_the_store_is_told(place: Place) -> None:
    found = explained(place, "overall/all")
    assert found.test is not None
    assert found.test.difference == pytest.approx(found.change)


def test_columns_and_items_that_differ_between_waves_are_told(place: Place) -> None:
    said = explained(place, "activity.read/all").questions
    assert any("event = nothing -> act_event" in one for one in said)
    assert explained(place, "overall/all").questions == ()


def test_groups_too_small_to_publish_are_marked_internal(place: Place) -> None:
    found = explained(place, "overall/all")
    lines = list(text_of_waves(found, "en"))
    assert lines[1].startswith("INTERNAL")
    assert next(line for line in lines if line.strip().startswith("east")).endswith("INTERNAL")
    assert not next(line for line in lines if line.strip().startswith("north")).endswith("INTERNAL")
    assert all(row.endswith(",INTERNAL") for row in csv_of_waves(found).splitlines()[1:])


@pytest.mark.parametrize(
    "figure", ["respondents/all", "response/all", "drivers_importance@staff/all", "other_libraries/all"]
)
def test_figure_that_is_no_average_is_refused(place: Place, figure: str) -> None:
    with pytest.raises(AuditError, match="no average of answers"):
        explained(place, figure)


def test_figure_without_value_is_refused_with_its_state(place: Place) -> None:
    with pytest.raises(AuditError, match="no value in wave 2023: not asked"):
        explained(place, "recommend/all")


def test_unknown_groups_are_refused_with_those_that_there_are(place: Place) -> None:
    with pytest.raises(AuditError, match=r"did you mean 'branch'\? It can by cells, branch, sex, age"):
        explained(place, "overall/all", "brunch")


def test_groups_that_overlap_are_refused(before: Path) -> None:
    own = study()
    breakdown = own.groups.breakdowns["branch"].model_copy(
        update={"variable": None, "groups": ["reader", "borrower"]}
    )
    groups = own.groups.model_copy(update={"breakdowns": {**own.groups.breakdowns, "both": breakdown}})
    changed = replace(own, groups=groups)
    place = Place(changed, before, "2024")
    first, second = (Address.parse(f"visitors/overall/all/{wave}") for wave in ("2023", "2024"))
    with pytest.raises(AuditError, match="in several groups of 'both'"):
        explain_waves(place, first, second, choose_grouping(changed, "visitors", "both"))
