from __future__ import annotations

import string

from audit.cards.as_written import Written
from wavedeck.audit.cards.words import _WORDS, reason_in, words_in
from wavedeck.stats.tested import REASONS


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_language_has_all_words_with_the_same_numbers() -> None:
    english = words_in("en")
    for language in _WORDS:
        own = words_in(language)
        assert set(own) == set(english)
        assert all(fields(own[name]) == fields(english[name]) for name in english)


def test_every_reason_of_a_build_has_dutch_words(public: Written) -> None:
    said = public.shared["tests"]["reasons"]
    assert said
    own = {
        one["reason"].partition(": ")[0] for card in public.cards.values() for one in card.get("tests", ())
    }
    assert own - {""} == set(said)
    for reason in {*said, *REASONS.values()} - {""}:
        assert reason_in("nl", reason) != reason, reason
