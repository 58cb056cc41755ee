"""Texts that read as another language than the one they are written under."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Small words that a sentence can hardly do without, and that the other language does not have.
_DUTCH = """
de het een en niet geen deze dit dat zijn wordt worden heeft hebben krijgt krijgen voor bij naar met ook aan
maar uit om hun zij wij hoe waar wie tussen nog meer minder sinds zoals omdat alleen
"""
_ENGLISH = """
the and not this that these those are were has have they their with from for which what how where who than
between more less since because only does its
"""
_SMALL_WORDS = {"nl": frozenset(_DUTCH.split()), "en": frozenset(_ENGLISH.split())}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def foreign_words(text: str, language: str, others: Iterable[str]) -> tuple[str, ...]:
    """Return the small words of other languages in a text that has none of its own.

    Parameters
    ----------
    text
        What stands under a language.
    language
        That language.
    others
        The other languages of the study. Languages without a list find nothing.

    >>> (
    ...     foreign_words("Klanten van de dienst", "en", ["nl"]),
    ...     foreign_words("The Code de la Route", "en", ["nl"]),
    ... )
    (('de',), ())
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    own = _SMALL_WORDS.get(language, frozenset())
    if own.intersection(words):
        return ()
    strange = frozenset[str]().union(
        *(_SMALL_WORDS.get(one, frozenset()) for one in others if one != language)
    )
    return tuple(dict.fromkeys(word for word in words if word in strange))
