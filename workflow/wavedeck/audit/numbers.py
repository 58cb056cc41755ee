"""Read the number in a printed text, in the language of the report."""

from __future__ import annotations

import re
from decimal import Decimal

from wavedeck.narrative.fractions import fraction_value
from wavedeck.narrative.number_words import count_in_words

_DECIMAL = {"nl": ",", "de": ",", "fr": ",", "en": "."}
_GROUPING = {"nl": r"\.", "de": r"\.", "fr": r"[\u00a0\u202f ]", "en": ","}
_MULTIPLES = {
    "duizend": 1000,
    "thousand": 1000,
    "tausend": 1000,
    "mille": 1000,
    "miljoen": 1_000_000,
    "million": 1_000_000,
}
WORDS_UP_TO = 20


def numbers_in(text: str, language: str) -> list[Decimal]:
    """Return the numbers that a printed text can mean, as numerals or as a word.

    >>> numbers_in("°7,7", "nl"), numbers_in("3.500", "nl"), numbers_in("−29", "en"), numbers_in("tien", "nl")
    ([Decimal('7.7')], [Decimal('3500')], [Decimal('-29')], [Decimal('10')])
    >>> numbers_in("31,6 duizend", "nl")
    [Decimal('31.6'), Decimal('31600.0')]
    """
    found = [_number(match.group(), language) for match in _pattern(language).finditer(text)]
    factors = [factor for word, factor in _MULTIPLES.items() if word in text.casefold()]
    found += [number * factor for number in found for factor in factors]
    return found or _from_words(text, language)


def fraction_in(text: str, language: str) -> float | None:
    """Return the percentage that a fraction in words names; None when there is none."""
    return fraction_value(text, language) if language in ("nl", "en") else None


def _pattern(language: str) -> re.Pattern[str]:
    mark = re.escape(_DECIMAL.get(language, "."))
    grouped = rf"\d{{1,3}}(?:{_GROUPING.get(language, ',')}\d{{3}})+(?!\d)"
    return re.compile(rf"[-−]?(?:{grouped}|\d+)(?:{mark}\d+)?")


def _number(text: str, language: str) -> Decimal:
    plain = re.sub(_GROUPING.get(language, ","), "", text.replace("−", "-"))
    return Decimal(plain.replace(_DECIMAL.get(language, "."), "."))


def _from_words(text: str, language: str) -> list[Decimal]:
    words = text.casefold().replace("é", "e").strip()
    counts = range(WORDS_UP_TO + 1)
    return [Decimal(count) for count in counts if count_in_words(count, language) == words]
