import pytest

from wavedeck.dummy.attainable import _base
from wavedeck.dummy.goals import Goal


def share(percent: float) -> Goal:
    return Goal((), "", (), percent - 0.5, percent + 0.5, 0.5)


@pytest.mark.parametrize(
    ("size", "expected", "shares", "base"),
    [(84, 83, [74], 82), (84, 84, [74], 84), (33, 33, [42, 52], 33), (10, 10, [56], 9), (3, 3, [40], None)],
)
def test_number_of_answers_is_the_nearest_that_allows_every_share(size, expected, shares, base):
    assert _base(size, expected, [share(percent) for percent in shares]) == base
