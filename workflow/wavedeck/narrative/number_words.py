"""Whole numbers, and places in a row, in words."""

from __future__ import annotations

from wavedeck.figures.formats import format_number

_COUNTS = {
    "nl": (
        *("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"),
        *("elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien"),
        *("negentien", "twintig"),
    ),
    "en": (
        *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
        *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
        *("nineteen", "twenty"),
    ),
}
_PLACES = {
    "nl": (
        *("nulde", "eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste"),
        *("negende", "tiende", "elfde", "twaalfde"),
    ),
    "en": (
        *("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"),
        *("ninth", "tenth", "eleventh", "twelfth"),
    ),
}
_ALONE = {"nl": "één", "en": "one"}
_NONE = {"nl": "geen", "en": "no"}


def count_in_words(count: int, language: str) -> str:
    """Return a count in words up to twenty, in figures beyond.

    >>> count_in_words(12, "nl"), count_in_words(21, "nl"), count_in_words(10, "en")
    ('twaalf', '21', 'ten')
    """
    words = _COUNTS.get(language, ())
    return words[count] if 0 <= count < len(words) else format_number(count, 0, language)


def counted_things(count: int, one: str, more: str, language: str) -> str:
    """Return how many things there are.

    >>> [counted_things(count, "aspect", "aspecten", "nl") for count in (0, 1, 3)]
    ['geen aspecten', 'één aspect', 'drie aspecten']
    """
    if count == 1:
        return f"{_ALONE.get(language, '1')} {one}"
    return f"{count_in_words(count, language) if count else _NONE.get(language, '0')} {more}"


def place_in_words(place: int, language: str) -> str:
    """Return a place in a row in words up to twelve.

    >>> place_in_words(3, "nl"), place_in_words(2, "en"), place_in_words(21, "en")
    ('derde', 'second', '21st')
    """
    words = _PLACES.get(language, ())
    if 0 <= place < len(words):
        return words[place]
    return f"{place}{_ending(place)}" if language == "en" else f"{place}e"


def _ending(place: int) -> str:
    if 10 < place % 100 < 14:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
