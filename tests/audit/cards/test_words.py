from __future__ import annotations

import string

from wavedeck.audit.cards.words import _WORDS, words_in


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_language_has_all_words_with_the_same_numbers() -> None:
    english = words_in("en")
    for language in _WORDS:
        own = words_in(language)
        assert set(own) == set(english)
        assert all(fields(own[name]) == fields(english[name]) for name in english)
