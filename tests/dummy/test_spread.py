import pytest

from wavedeck.dummy.published import Target
from wavedeck.dummy.spread import AWAY, NEAR, adjusted, first_spreads
from wavedeck.figures.records import Comparison
from wavedeck.study.address import Address


def target(wave: str, value: str, field: str = "estimate") -> Target:
    return Target((wave,), value, Address("p", "mark", "", "", "all", wave), field, 2)


def first(before: str, now: str, mark: str) -> dict[str, float]:
    wanted = [target("1", before), target("2", now), target("2", mark, "previous.mark")]
    return dict(first_spreads(wanted, ("1", "2"), None).aims)


@pytest.mark.parametrize(
    ("before", "now", "mark", "aims"),
    [
        ("7.0", "7.2", "+", (NEAR, AWAY)),
        ("7.0", "7.2", "none", (AWAY, NEAR)),
        ("7.2", "7.0", "-", (AWAY, NEAR)),
        ("7.2", "7.0", "none", (NEAR, AWAY)),
    ],
)
def test_means_aim_apart_for_a_mark_and_together_for_none(before, now, mark, aims):
    assert first(before, now, mark) == {"p/mark/all/1": aims[0], "p/mark/all/2": aims[1]}


def test_means_far_apart_need_no_aim():
    assert first("6.0", "7.0", "+") == {}


@pytest.mark.parametrize(("mark", "change"), [("+", -1), ("none", 1)])
def test_answers_draw_together_for_a_mark_and_apart_for_none(mark, change):
    found = Comparison(
        address="p/mark/all/2", kind="previous", against="p/mark/all/1", difference=0.2, se=0.1
    )
    spreads = adjusted(first_spreads([], (), None), [(target("2", mark, "previous.mark"), found)])
    assert set(spreads.factors) == {"p/mark/all/1", "p/mark/all/2"}
    assert all((factor - 1) * change > 0 for factor in spreads.factors.values())
