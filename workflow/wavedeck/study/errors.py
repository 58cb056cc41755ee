"""Errors that a user can act on."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class WavedeckError(Exception):
    """Base of every error with a message meant for people.

    The message names where (file, line, slide), what is wrong and what would be right.
    """


class ConfigError(WavedeckError):
    """A study file says something that cannot be."""


class DataError(WavedeckError):
    """Raw data hold something that stops the build."""


class StatisticsError(WavedeckError):
    """An estimate, test or weighting was asked for that has no answer."""


class WeightingError(StatisticsError):
    """Weights cannot be made as declared."""


class NarrativeError(WavedeckError):
    """A text template asks for something that does not exist."""


class RenderError(WavedeckError):
    """A slide, chart or file cannot be made as declared."""


def did_you_mean(word: str, known: Iterable[str], *, then: str = "") -> str:
    """Return a hint such as ``; did you mean 'overall_mark'?`` or nothing; `then` follows in any case.

    >>> did_you_mean("overal_mark", ["overall_mark", "safety"])
    "; did you mean 'overall_mark'?"
    >>> did_you_mean("overal_mark", ["overall_mark"], then="there are two")
    "; did you mean 'overall_mark'? There are two"
    >>> did_you_mean("price", ["overall_mark"], then="there are two")
    '; there are two'
    """
    names = list(known)
    alike = [name for name in names if name.casefold() == word.casefold()]
    close = alike or get_close_matches(word, names, n=1, cutoff=0.6)
    if not close:
        return f"; {then}" if then else ""
    return f"; did you mean '{close[0]}'?" + (f" {then[0].upper()}{then[1:]}" if then else "")
