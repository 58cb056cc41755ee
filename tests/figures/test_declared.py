from __future__ import annotations

import numpy as np

import tiny_study
from wavedeck.figures.declared import declared_figures
from wavedeck.figures.records import Figure


def figures(wave: str, *, women: int = 20, **changes: object) -> dict[str, Figure]:
    recipe = tiny_study.recipe(wave, **changes)
    everybody = np.ones(50, dtype=bool)
    masks = {name: np.zeros(50, dtype=bool) for name in recipe.group_names()}
    masks |= {"all": everybody, "sex_female": np.arange(50) < women}
    return {f"{one.indicator}/{one.group}": one for one in declared_figures(masks, recipe)}


def test_count_is_of_respondents_and_its_own_base() -> None:
    found = figures("2024")["respondents/sex_female"]
    assert (found.estimate, found.base, found.state) == (20, 20, "shown")


def test_count_of_nobody_is_zero_not_empty() -> None:
    found = figures("2024", women=0)["respondents/sex_female"]
    assert (found.estimate, found.state) == (0, "shown")


def test_response_rate_is_of_the_gross_sample() -> None:
    found = figures("2024")
    assert (found["gross/all"].estimate, found["response/all"].estimate) == (130, 100 * 50 / 130)


def test_response_rate_without_a_gross_sample_was_not_asked() -> None:
    found = figures("2024", gross=None)
    assert {found[name].state for name in ("gross/all", "response/all")} == {"not_asked"}


def test_benchmark_stands_in_the_waves_that_have_it() -> None:
    assert figures("2024")["other_libraries/all"].estimate == 7.4
    assert figures("2023")["other_libraries/all"].state == "not_asked"
