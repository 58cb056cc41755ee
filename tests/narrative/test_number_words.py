from __future__ import annotations

import pytest

from wavedeck.narrative.number_words import count_in_words, counted_things, place_in_words


def test_counts_up_to_twenty_are_words_and_others_figures() -> None:
    assert [count_in_words(count, "nl") for count in (0, 1, 20, 21)] == ["nul", "een", "twintig", "21"]
    assert [count_in_words(count, "en") for count in (0, 1, 20, 1234)] == ["zero", "one", "twenty", "1,234"]


def test_language_without_words_gets_figures() -> None:
    assert count_in_words(3, "de") == "3"


def test_things_are_counted_with_their_noun() -> None:
    assert counted_things(1, "mark", "marks", "en") == "one mark"
    assert counted_things(0, "mark", "marks", "en") == "no marks"


@pytest.mark.parametrize(("place", "word"), [(1, "first"), (11, "eleventh"), (13, "13th"), (22, "22nd")])
def test_places_in_a_row(place: int, word: str) -> None:
    assert place_in_words(place, "en") == word
