"""Texts of a shape are found among words, in and outside the order in which they were drawn."""

from __future__ import annotations

import random

from pages.places.made import page, word
from wavedeck.pages.places.boxes import Area
from wavedeck.pages.places.locate import locate
from wavedeck.pages.places.words import Stream

LEFT, RIGHT = Area(0.0, 0.0, 0.45, 1.0), Area(0.55, 0.0, 1.0, 1.0)


def test_text_that_breaks_over_lines_has_a_box_for_each() -> None:
    (spot,) = locate(page("ruim een\nderde van 12"), ["ruim een derde van 12"], LEFT)
    assert spot is not None
    assert [round(one.top, 2) for one in spot.areas(0, 14)] == [0.1, 0.14]


def test_number_within_a_word_has_its_part_of_the_box() -> None:
    (spot,) = locate(Stream((word("35%–40%", 0.1, 0.1),)), ["35%–40%"], LEFT)
    assert spot is not None
    (first,), (second,) = spot.areas(0, 3), spot.areas(4, 7)
    assert 0.1 == first.left < first.right < second.left < second.right <= 0.1701
    assert abs((first.right - first.left) - (second.right - second.left)) < 1e-9


def test_bullets_and_numbers_between_paragraphs_are_skipped() -> None:
    found = locate(page("• Eerste 1\n3. Tweede 2"), ["Eerste 1", "Tweede 2"], LEFT, gap=4)
    assert found[1] is not None
    assert [round(one.left, 2) for one in found[1].before("3")] == [0.1]
    assert found[1].before("4") == ()


def test_same_text_in_two_shapes_is_told_apart_by_their_frames() -> None:
    both = Stream((word("7,7", 0.2, 0.5), word("7,7", 0.7, 0.5)))
    for frame, x in ((LEFT, 0.2), (RIGHT, 0.7)):
        (spot,) = locate(both, ["7,7"], frame)
        assert spot is not None
        assert spot.sure
        assert spot.areas(0, 3)[0].left == x


def test_same_text_twice_in_a_frame_is_not_sure() -> None:
    (spot,) = locate(Stream((word("7,7", 0.1, 0.5), word("7,7", 0.3, 0.5))), ["7,7"], LEFT)
    assert spot is not None
    assert not spot.sure


def test_words_drawn_in_another_order_are_read_in_their_frame() -> None:
    words = list(page("Klanten geven een 7,7\ntegen 7,4 in 2011").words)
    random.Random(1).shuffle(words)
    (spot,) = locate(Stream(tuple(words)), ["Klanten geven een 7,7 tegen 7,4 in 2011"], LEFT)
    assert spot is not None
    assert round(spot.areas(28, 31)[0].top, 2) == 0.14


def test_equal_paragraphs_drawn_in_another_order_follow_each_other() -> None:
    words = page("Basis 12\nVraag 1\nBasis 12").words
    found = locate(Stream(words[::-1]), ["Basis 12", "Vraag 1", "Basis 12"], LEFT)
    assert [spot and round(spot.areas(6, 8)[0].top, 2) for spot in found] == [0.1, 0.14, 0.18]
    assert all(spot and spot.sure for spot in found)


def test_piece_of_a_longer_word_is_no_text() -> None:
    assert locate(Stream((word("17,7", 0.1, 0.1),)), ["7,7"], LEFT) == (None,)


def test_short_text_outside_the_frame_is_not_taken() -> None:
    assert locate(Stream((word("5", 0.9, 0.1),)), ["5"], LEFT) == (None,)
