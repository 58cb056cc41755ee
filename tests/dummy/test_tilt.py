import numpy as np
import pytest

from wavedeck.dummy.tilt import tilted

NUMBERS = np.arange(1.0, 11.0)
NORMAL = np.exp(-0.5 * ((NUMBERS - 6) / 1.5) ** 2)
PRIOR = (NORMAL / NORMAL.sum())[None, :]


def marks(mean: float, slack: float = 1e-9) -> np.ndarray:
    return tilted(PRIOR, np.array([100.0]), NUMBERS[None, None, :], np.array([100 * mean]), np.array([slack]))


@pytest.mark.parametrize("mean", [4.5, 6.0, 7.7])
def test_tilted_reaches_the_mean(mean):
    shares = marks(mean)
    assert shares.sum() == pytest.approx(1)
    assert (shares @ NUMBERS).item() == pytest.approx(mean, abs=1e-6)


def test_tilted_keeps_what_already_fits():
    assert marks((PRIOR @ NUMBERS).item()) == pytest.approx(PRIOR, abs=1e-9)


def test_tilted_moves_the_logarithm_of_shares_along_a_line():
    bends = np.diff(np.log(marks(7.5) / PRIOR)[0], n=2)
    assert bends == pytest.approx(np.zeros(8), abs=1e-6)


def test_tilted_never_gives_an_answer_that_cannot_be():
    prior = np.array([[0.5, 0.5, 0.0]])
    shares = tilted(prior, np.array([10.0]), np.array([[[0.0, 1.0, 1.0]]]), np.array([9.0]), np.array([1e-6]))
    assert shares[0, 2] == 0
    assert shares[0, 1] == pytest.approx(0.9, abs=1e-4)


def test_tilted_shares_the_miss_of_goals_that_contradict():
    features = np.array([[[0.0, 1.0]], [[0.0, 1.0]]])
    shares = tilted(
        np.array([[0.5, 0.5]]), np.array([10.0]), features, np.array([2.0, 8.0]), np.array([1e-4, 1e-4])
    )
    assert shares[0, 1] == pytest.approx(0.5, abs=1e-3)
