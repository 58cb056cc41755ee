"""Shares as people say them: 'bijna zes op de tien', 'about a quarter'.

The rule
--------
The fraction nearest to the unrounded share is named; of two equally near ones the simpler. Within half a
percentage point it stands bare, within one and a half it is 'about' that; further off the word says the
side: 'over' (a good) above it, 'nearly' below it. A share of less than two and a half percent is 'hardly
any'. Only none is none, and only all is all.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from wavedeck.study.errors import NarrativeError

BARE, ABOUT, HARDLY, HELD = 0.5, 1.5, 2.5, 8.0
NOISE = 1e-9

# The simpler ones first: they win a tie.
_NAMES: dict[Fraction, tuple[str, str]] = {
    Fraction(1): ("alle", "all"),
    Fraction(1, 2): ("de helft", "half"),
    Fraction(1, 4): ("een kwart", "a quarter"),
    Fraction(1, 3): ("een derde", "a third"),
    Fraction(3, 4): ("driekwart", "three quarters"),
    Fraction(2, 3): ("twee derde", "two thirds"),
    Fraction(1, 5): ("een vijfde", "a fifth"),
    Fraction(1, 10): ("een op de tien", "one in ten"),
    Fraction(4, 10): ("vier op de tien", "four in ten"),
    Fraction(6, 10): ("zes op de tien", "six in ten"),
    Fraction(3, 10): ("drie op de tien", "three in ten"),
    Fraction(7, 10): ("zeven op de tien", "seven in ten"),
    Fraction(8, 10): ("acht op de tien", "eight in ten"),
    Fraction(9, 10): ("negen op de tien", "nine in ten"),
    Fraction(1, 20): ("een op de twintig", "one in twenty"),
    Fraction(1, 6): ("een op de zes", "one in six"),
    Fraction(1, 7): ("een op de zeven", "one in seven"),
}
_LANGUAGES = ("nl", "en")
_DISTANCE = {
    "nl": {"about": "ongeveer", "above": "ruim", "below": "bijna"},
    "en": {"about": "about", "above": "over", "below": "nearly"},
}
# What stands alone, and what stands before a noun.
_EDGES = {
    "nl": {"hardly": ("vrijwel niemand", "vrijwel geen"), "none": ("niemand", "geen")},
    "en": {"hardly": ("hardly any", "hardly any"), "none": ("none", "no")},
}
_ALL_ALONE = {"nl": "allemaal", "en": "all"}
_HALF = {
    "nl": {"above": "meer dan de helft", "at": "de helft", "below": "minder dan de helft"},
    "en": {"above": "more than half", "at": "half", "below": "less than half"},
}


@dataclass(frozen=True)
class Named:
    """A fraction chosen for a share, and how the share stands to it.

    Attributes
    ----------
    fraction
        The fraction.
    distance
        '', 'about', 'above' or 'below'.
    """

    fraction: Fraction
    distance: str


def nearest(percent: float, prefer: str = "") -> Named:
    """Return the fraction that names a share, and the word that goes with it.

    Parameters
    ----------
    percent
        The share, unrounded, from 0 to 100.
    prefer
        A fraction to hold on to as long as the share is no more than eight points away, e.g. '1/2'.

    >>> nearest(57.2), nearest(57.2, prefer="1/2")
    (Named(fraction=Fraction(3, 5), distance='below'), Named(fraction=Fraction(1, 2), distance='above'))
    """
    held = _preferred(prefer)
    order = list(_NAMES)
    found = min(order, key=lambda one: (round(abs(percent - 100 * one), 9), order.index(one)))
    if held is not None and abs(percent - float(100 * held)) <= HELD + NOISE:
        found = held
    return Named(found, _distance(percent - float(100 * found), whole=found == 1))


def fraction_in_words(percent: float, language: str, *, of: str = "", prefer: str = "") -> str:
    """Return a share as a fraction in words, with the noun it is a share of where one is given.

    >>> fraction_in_words(57.4, "nl", of="klanten"), fraction_in_words(25.2, "nl", of="klanten")
    ('bijna zes op de tien klanten', 'een kwart van de klanten')
    >>> fraction_in_words(66.3, "en"), fraction_in_words(97, "en", of="clients")
    ('two thirds', 'nearly all clients')

    Raises
    ------
    NarrativeError
        When the language has no words for fractions, or `prefer` is none of them.
    """
    _known(language)
    edge = _edge(percent, language, of)
    if edge:
        return edge
    named = nearest(percent, prefer)
    word = _DISTANCE[language].get(named.distance, "")
    return f"{word} {_with_noun(named.fraction, language, of)}".strip()


def half_in_words(percent: float, language: str, *, of: str = "") -> str:
    """Return whether a share is more or less than half; half a point around it is half.

    >>> half_in_words(57, "nl", of="klanten"), half_in_words(49.8, "en")
    ('meer dan de helft van de klanten', 'half')
    """
    _known(language)
    away = percent - 50
    place = "at" if abs(away) <= BARE + NOISE else "above" if away > 0 else "below"
    return _HALF[language][place] + _of(language, of)


def fraction_value(printed: str, language: str) -> float | None:
    """Return the percentage of the fraction that a printed text names; None when it names none.

    >>> fraction_value("ruim twee derde van de klanten", "nl"), fraction_value("soms", "nl")
    (66.66666666666667, None)
    """
    place = _LANGUAGES.index(language)
    text = f" {printed.casefold()} "
    names = [*((name[place], one) for one, name in _NAMES.items()), (_ALL_ALONE[language], Fraction(1))]
    found = [(name, one) for name, one in names if f" {name} " in text]
    longest = max(found, key=lambda pair: len(pair[0]), default=None)
    return None if longest is None else float(100 * longest[1])


def _edge(percent: float, language: str, of: str) -> str:
    words = _EDGES[language]
    name = "none" if percent <= NOISE else "hardly" if percent < HARDLY else ""
    if name:
        return f"{words[name][1]} {of}" if of else words[name][0]
    return ""


def _distance(away: float, *, whole: bool) -> str:
    if whole:
        return "below" if away < -NOISE else ""
    if abs(away) <= BARE + NOISE:
        return ""
    if abs(away) <= ABOUT + NOISE:
        return "about"
    return "above" if away > 0 else "below"


def _with_noun(fraction: Fraction, language: str, of: str) -> str:
    name = _NAMES[fraction][_LANGUAGES.index(language)]
    if fraction == 1:
        return f"{name} {of}" if of else _ALL_ALONE[language]
    is_count = " op de " in name or " in " in name
    return f"{name} {of}" if of and is_count else name + _of(language, of)


def _of(language: str, noun: str) -> str:
    return f" {'van de' if language == 'nl' else 'of the'} {noun}" if noun else ""


def _preferred(text: str) -> Fraction | None:
    if not text:
        return None
    try:
        found = Fraction(text)
    except (ValueError, ZeroDivisionError):
        found = Fraction(0)
    if found not in _NAMES:
        known = ", ".join(str(one) for one in _NAMES)
        raise NarrativeError(f"prefer='{text}' is no fraction that has a name; there are {known}")
    return found


def _known(language: str) -> None:
    if language not in _LANGUAGES:
        raise NarrativeError(f"there are no fractions in words for language '{language}' yet")
