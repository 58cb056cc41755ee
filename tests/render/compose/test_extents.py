from __future__ import annotations

import pytest

import tiny_study
from wavedeck.render.compose.extents import categories_of, items_of, nets_of

CONTEXT = tiny_study.context()


@pytest.mark.parametrize("name", tiny_study.study().indicators.indicators)
def test_extent_of_an_indicator_is_that_of_its_figures(name: str) -> None:
    figures = [one for one in tiny_study.store() if one.indicator == name]
    known = {*categories_of(CONTEXT, name), *nets_of(CONTEXT, name)} or {""}
    assert {one.item for one in figures} == set(items_of(CONTEXT, name) or ("",))
    assert {one.category for one in figures} == known
