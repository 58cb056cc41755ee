"""Column letters, marks and method cards."""

from __future__ import annotations

import numpy as np
import pytest

from wavedeck.stats.cards import method_card
from wavedeck.stats.cells import Cells, estimate_means
from wavedeck.stats.comparisons import NoTest, compare_with_rest
from wavedeck.stats.design import Design
from wavedeck.stats.letters import column_letters
from wavedeck.stats.marks import mark

ROWS = 300
RANDOM = np.random.default_rng(8)
GROUP = np.arange(ROWS) % 3
VALUES = np.column_stack([GROUP * 2.0, np.zeros(ROWS)]) + RANDOM.normal(0, 1, (ROWS, 2))


def cells(weights: float = 1.0) -> Cells:
    member = np.column_stack([GROUP == 0, GROUP == 1, GROUP == 2, GROUP <= 1, np.arange(ROWS) < 10])
    return estimate_means(VALUES, member, Design(np.full(ROWS, weights)))


def test_letters_name_the_lower_columns() -> None:
    letters = column_letters(cells(), [0, 1, 2])
    assert letters.names == ("A", "B", "C")
    assert letters.higher_than[:, 0].tolist() == ["", "A", "AB"]
    assert letters.higher_than[:, 1].tolist() == ["", "", ""]
    assert letters.tests == 6
    assert letters.by_chance == pytest.approx(0.3)


def test_letters_of_overlapping_columns() -> None:
    letters = column_letters(cells(), [3, 1])
    assert letters.higher_than[:, 0].tolist() == ["", "A"]
    assert np.isfinite(letters.compared.p).all()


def test_letters_leave_out_small_columns() -> None:
    letters = column_letters(cells(), [4, 2])
    assert (letters.compared.reason == NoTest.LOW_BASE).all()
    assert (letters.higher_than == "").all()


def test_letters_below_the_practical_difference_are_not_printed() -> None:
    assert (column_letters(cells(), [0, 1, 2], minimum_difference=10).higher_than == "").all()


def test_marks_have_signs() -> None:
    marks = mark(compare_with_rest(cells()), correction="holm")
    assert marks.mark[:3, 0].tolist() == [-1, 0, 1]
    assert marks.mark[4].tolist() == [0, 0]
    assert marks.tests == 8
    assert (marks.adjusted_p[:3] >= compare_with_rest(cells()).decision_p[:3]).all()


def test_marks_by_r_are_no_fewer_than_ours() -> None:
    compared = compare_with_rest(cells(), minimum_base=2)
    assert (compared.p <= compared.decision_p).all()
    assert np.abs(mark(compared, decision="survey").mark).sum() >= np.abs(mark(compared).mark).sum()


def test_card_holds_one_test() -> None:
    compared = compare_with_rest(cells())
    marks = mark(compared, correction="bh", minimum_difference=0.2)
    card = method_card(
        compared,
        marks,
        (2, 0),
        test="group against the rest",
        sides=("third", "the others"),
        correction="bh",
        minimum_difference=0.2,
    )
    assert (card.base_a, card.base_b, card.mark, card.reason) == (100, 200, 1, "")
    assert card.statistic == compared.t[2, 0]
    assert card.adjusted_p >= card.decision_p
    assert card.by_chance == pytest.approx(0.4)


def test_card_says_why_there_is_no_test() -> None:
    compared = compare_with_rest(cells())
    card = method_card(compared, mark(compared), (4, 0), test="rest", sides=("few", "others"))
    assert "minimum base" in card.reason
    assert np.isnan(card.p)
