import numpy as np
import pytest

from wavedeck.dummy.goals import Goal, Ratio
from wavedeck.dummy.repair import repaired
from wavedeck.dummy.task import Task, chosen, misses

PEOPLE = 50
MARKS = np.arange(1.0, 11.0)


def task(*wanted: tuple[np.ndarray, float, float], strength: float = 1.0) -> Task:
    """Return the task of giving marks whose mean within each mask lies in an interval."""
    ratios = tuple(Ratio("average", f"g{place}") for place in range(len(wanted)))
    goals = tuple(
        Goal((f"t{k}",), f"t{k}", ((1.0, ratio),), low, high, 0.05, strength if k else 1.0)
        for k, (ratio, (_, low, high)) in enumerate(zip(ratios, wanted, strict=True))
    )
    inside = np.array([mask.astype(float) for mask, _, _ in wanted])[:, :, None]
    return Task(
        prior=np.full((PEOPLE, 10), 0.1),
        goals=goals,
        ratios=ratios,
        tops=inside * MARKS,
        bottoms=inside * np.ones(10),
        top=np.zeros(len(wanted)),
        bottom=np.zeros(len(wanted)),
        ordered=True,
    )


EVERYBODY = np.ones(PEOPLE, bool)
FIRST = np.arange(PEOPLE) < 20
SCORES = np.random.default_rng(1).normal(size=PEOPLE)


@pytest.mark.parametrize("mean", [3.2, 7.7, 9.9])
def test_repaired_brings_the_mean_into_its_interval(mean):
    own = task((EVERYBODY, mean - 0.05, mean + 0.05))
    choices = repaired(own, np.zeros(PEOPLE, np.int64), SCORES)
    assert abs(MARKS[choices].mean() - mean) <= 0.05


def test_repaired_meets_overlapping_groups_together():
    own = task((EVERYBODY, 6.95, 7.05), (FIRST, 8.15, 8.25), (~FIRST, 6.1, 6.3))
    marks = MARKS[repaired(own, chosen(own, SCORES), SCORES)]
    assert 6.95 <= marks.mean() < 7.05
    assert 8.15 <= marks[FIRST].mean() < 8.25


def test_chosen_gives_higher_marks_to_higher_scores():
    own = task((EVERYBODY, 6.95, 7.05))
    choices = chosen(own, SCORES)
    assert (np.diff(choices[np.argsort(SCORES)]) >= 0).all()


def test_repaired_prefers_goals_that_must_be_reached():
    own = task((EVERYBODY, 6.95, 7.05), (EVERYBODY, 5.95, 6.05), strength=0.001)
    assert 6.95 <= MARKS[repaired(own, chosen(own, SCORES), SCORES)].mean() < 7.05


def test_misses_are_counted_in_halves():
    own = task((EVERYBODY, 6.95, 7.05))
    assert misses(own.goals, np.array([[7.0], [7.15]])).ravel() == pytest.approx([0, 2], abs=1e-5)
