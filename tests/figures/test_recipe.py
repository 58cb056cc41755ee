from __future__ import annotations

import tiny_study
from wavedeck.figures.recipe import Recipe


def test_recipe_survives_the_way_through_the_workflow() -> None:
    recipe = tiny_study.recipe("2024")
    assert Recipe.model_validate(recipe.model_dump()) == recipe


def test_recipe_asks_for_every_group_once_everybody_first() -> None:
    names = tiny_study.recipe("2024").group_names()
    assert names[0] == "all"
    assert len(set(names)) == len(names)
    assert {"branch_east*sex_male", "town", "age_old", "reader"} <= set(names)


def test_decimals_are_those_of_the_indicator_the_study_or_the_unit() -> None:
    specs = tiny_study.study().indicators.indicators
    own = specs["overall"].model_copy(update={"decimals": 3})
    made = [
        tiny_study.recipe("2024", **changes).named("overall", "", "", "all", spec).decimals
        for changes, spec in (
            ({}, own),
            ({"decimals": {"mark": 2}}, specs["overall"]),
            ({"decimals": {}}, specs["overall"]),
        )
    ]
    assert made == [3, 2, 1]
