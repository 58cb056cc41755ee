import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wavedeck.dummy.chance import counts, divided, generator, located, some, ticked

SHARES = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.5, 100), min_size=1)


@given(st.integers(0, 2000), SHARES)
def test_counts_add_up_and_lie_within_one_of_the_exact_share(size, shares):
    made = counts(size, shares)
    assert sum(made.values()) == size
    total = sum(shares.values())
    assert all(abs(made[name] - size * share / total) < 1 for name, share in shares.items())


def test_divided_keeps_the_declared_proportions():
    drawn = divided(generator(1, "x"), 200, {"a": 75, "b": 25})
    assert (drawn == "a").sum() == 150
    assert (drawn[:100] == "a").sum() not in (0, 100)


def test_some_rounds_half_up():
    assert some(generator(1, "x"), 50, 5).sum() == 3


@settings(deadline=None)
@given(st.integers(20, 300), SHARES)
def test_ticked_gives_everybody_at_least_one(size, shares):
    ticks = np.column_stack(list(ticked(generator(1, "x"), size, shares).values()))
    assert ticks.any(axis=1).all()


def test_ticked_keeps_the_declared_shares():
    ticks = ticked(generator(3, "x"), 400, {"a": 50, "b": 40, "c": 30})
    assert {name: int(ticked.sum()) for name, ticked in ticks.items()} == {"a": 200, "b": 160, "c": 120}


@given(st.floats(1.5, 9.5), st.integers(0, 50))
def test_located_reaches_the_mean_as_closely_as_whole_marks_allow(mean, seed):
    scores = 1.8 * generator(seed, "x").normal(size=80)
    marks = located(scores, mean, minimum=1, maximum=10)
    assert abs(marks.mean() - mean) <= 1 / 80 + 1e-9
    assert set(marks) <= set(range(1, 11))


def test_located_keeps_the_order_of_the_scores():
    scores = generator(5, "x").normal(size=100)
    marks = located(scores, 6.0, minimum=1, maximum=10)
    assert (np.diff(marks[np.argsort(scores)]) >= 0).all()


@pytest.mark.parametrize("names", [("part", "1", "q"), ("part", "2", "p")])
def test_generator_differs_between_questions_and_waves(names):
    other = generator(1, "part", "1", "p").normal(size=5)
    assert not np.allclose(generator(1, *names).normal(size=5), other)
