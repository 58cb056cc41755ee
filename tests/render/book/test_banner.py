"""The columns of a table."""

from __future__ import annotations

import tiny_study
from wavedeck.render.book.banner import banner_of, head_rows, set_label
from wavedeck.render.book.families import Content, contents_of
from wavedeck.render.book.setting import Setting

SETTING = Setting(tiny_study.context())


def table(*indicators: str) -> Content:
    found = contents_of(SETTING.study, SETTING.store, SETTING.labels)
    return next(one for one in found if one.indicators == indicators and not one.is_crossed)


def test_marks_stand_beside_the_newest_wave_only() -> None:
    columns = banner_of(SETTING, table("overall", "overall_high"))
    assert {one.wave for one in columns if one.against} == {"2024"}


def test_stated_wave_that_is_the_previous_one_has_no_column_of_its_own() -> None:
    columns = banner_of(SETTING, table("overall", "overall_high"))
    assert {one.against for one in columns} == {"", "previous", "rest"}


def test_everybody_is_not_compared_with_the_rest() -> None:
    columns = banner_of(SETTING, table("overall", "overall_high"))
    assert "rest" not in {one.against for one in columns if one.group == "all"}


def test_what_was_never_tested_has_no_column_of_marks() -> None:
    assert {one.against for one in banner_of(SETTING, table("respondents"))} == {""}


def test_names_stand_in_the_first_column_of_what_they_hold_for() -> None:
    columns = banner_of(SETTING, table("overall", "overall_high"))
    sets, groups, waves = head_rows(SETTING, "visitors", columns)
    assert [cell.value for cell in sets if cell and cell.value] == ["Visitors", "Branch"]
    assert [cell.value for cell in groups if cell and cell.value][:2] == ["Total", "North"]
    assert [cell.value for cell in waves[:3] if cell] == ["2023", "2024", "vs 2023"]


def test_groups_outside_sets_are_called_groups() -> None:
    assert set_label(SETTING, "visitors", "reader") == "Groups"
    assert set_label(SETTING, "visitors", "branch_north*sex_male") == "Crossed groups"
