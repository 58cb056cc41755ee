"""The fixed words of the table book."""

from __future__ import annotations

import re

import pytest

from wavedeck.narrative.book_words import book_words
from wavedeck.study.errors import ConfigError

LANGUAGES = ("en", "nl")


def test_every_language_has_the_same_words_with_the_same_places() -> None:
    places = [
        {key: sorted(re.findall(r"\{\w+\}", text)) for key, text in book_words(one).items()}
        for one in LANGUAGES
    ]
    assert places[0] == places[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_hold_no_numbers(language: str) -> None:
    assert [text for text in book_words(language).values() if any(sign.isdigit() for sign in text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_heads_and_names_of_bases_differ(language: str) -> None:
    words = book_words(language)
    names = [words[key] for key in ("indicator", "item", "category", "measure", "bases")]
    names += [words[key] for key in ("base", "weighted_base", "effective_base")]
    assert len(set(names)) == len(names)


def test_language_without_words_is_refused() -> None:
    with pytest.raises(ConfigError, match="known are en, nl"):
        book_words("fr")
