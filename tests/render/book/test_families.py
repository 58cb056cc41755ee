"""What stands together in one table."""

from __future__ import annotations

import tiny_study
from wavedeck.narrative.labels import Labels
from wavedeck.render.book.families import IMPACT, Content, contents_of
from wavedeck.study.groups import CROSS


def contents() -> list[Content]:
    return contents_of(tiny_study.study(), tiny_study.store(), Labels(tiny_study.study(), "en"))


def of(variable: str) -> list[Content]:
    return [one for one in contents() if one.family.name == variable]


def test_every_figure_has_a_place() -> None:
    found = {(row, column) for one in contents() for row in one.rows for column in one.columns}
    figures = {((one.indicator, one.item, one.category), (one.group, one.wave)) for one in tiny_study.store()}
    assert found == figures


def test_no_cell_of_a_table_is_without_a_figure() -> None:
    store = tiny_study.store()
    for table in contents():
        for indicator, item, category in table.rows:
            name = indicator + (f"@{item}" if item else "") + (f".{category}" if category else "")
            for group, wave in table.columns:
                assert f"{table.family.part}/{name}/{group}/{wave}" in store


def test_rows_for_many_groups_stand_also_with_those_for_few() -> None:
    overall = [one for one in of("overall") if not one.is_crossed]
    sizes = [len(one.columns) for one in overall if "overall" in one.indicators]
    assert sizes == sorted(sizes, reverse=True)
    branch = next(one for one in overall if "overall_high" in one.indicators)
    assert branch.indicators[:2] == ("overall", "overall_high")


def test_crossed_groups_have_tables_of_their_own() -> None:
    for table in contents():
        assert len({CROSS in group for group, _ in table.columns}) == 1


def test_tables_follow_the_codebook() -> None:
    order = list(tiny_study.study().codebook.variables)
    names = [one.family.name for one in contents() if one.family.name in order and one.family.kind != IMPACT]
    assert names == sorted(names, key=order.index)
