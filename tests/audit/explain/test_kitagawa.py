from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavedeck.audit.explain.kitagawa import Shares, decompose, shares_of

GROUPS = 4
respondent = st.tuples(st.integers(0, GROUPS - 1), st.floats(-100, 100), st.floats(0.01, 10))
population = st.lists(respondent, min_size=1, max_size=30)


def divided(people: list[tuple[int, float, float]]) -> Shares:
    place, value, weight = (np.array(column) for column in zip(*people, strict=True))
    return shares_of(value * weight, weight, place[:, None] == np.arange(GROUPS))


def mean(people: list[tuple[int, float, float]]) -> float:
    _, value, weight = (np.array(column) for column in zip(*people, strict=True))
    return float((value * weight).sum() / weight.sum())


@given(population, population)
def test_mix_and_within_add_up_to_the_change(first: list, second: list) -> None:
    parts = decompose(divided(first), divided(second))
    change = mean(second) - mean(first)
    assert parts.mix.sum() + parts.within.sum() == pytest.approx(change, abs=1e-9)


@given(population, population)
def test_parts_change_sign_when_populations_are_exchanged(first: list, second: list) -> None:
    there, back = decompose(divided(first), divided(second)), decompose(divided(second), divided(first))
    assert there.mix == pytest.approx(-back.mix, abs=1e-9)
    assert there.within == pytest.approx(-back.within, abs=1e-9)


@given(population, st.floats(-10, 10))
def test_equal_shift_of_everybody_is_within_alone(people: list, shift: float) -> None:
    moved = [(group, value + shift, weight) for group, value, weight in people]
    parts = decompose(divided(people), divided(moved))
    assert parts.mix == pytest.approx(np.zeros(GROUPS), abs=1e-9)
    assert parts.within.sum() == pytest.approx(shift, abs=1e-9)


@given(population, st.lists(st.floats(0.1, 5), min_size=GROUPS, max_size=GROUPS))
def test_other_weights_of_groups_are_mix_alone(people: list, factors: list[float]) -> None:
    weighed = [(group, value, weight * factors[group]) for group, value, weight in people]
    parts = decompose(divided(people), divided(weighed))
    assert parts.within == pytest.approx(np.zeros(GROUPS), abs=1e-9)


@given(population, population, st.floats(-50, 50))
def test_parts_do_not_depend_on_where_the_scale_begins(first: list, second: list, start: float) -> None:
    def shifted(people: list) -> Shares:
        return divided([(group, value + start, weight) for group, value, weight in people])

    plain, moved = decompose(divided(first), divided(second)), decompose(shifted(first), shifted(second))
    assert plain.mix == pytest.approx(moved.mix, abs=1e-8)
    assert plain.within == pytest.approx(moved.within, abs=1e-8)


def test_group_in_one_population_only_is_mix() -> None:
    first = Shares(np.array([1.0, 0.0]), np.array([6.0, np.nan]))
    second = Shares(np.array([0.5, 0.5]), np.array([6.0, 8.0]))
    parts = decompose(first, second)
    assert parts.within.tolist() == [0.0, 0.0]
    assert parts.mix.sum() == 1.0


def test_group_that_grew_and_is_above_average_contributes_more_than_nothing() -> None:
    first = Shares(np.array([0.6, 0.4]), np.array([6.0, 9.0]))
    second = Shares(np.array([0.4, 0.6]), np.array([6.0, 9.0]))
    assert (decompose(first, second).mix > 0).all()
