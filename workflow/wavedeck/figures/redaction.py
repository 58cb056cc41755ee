"""Take out of texts what could lead to a person, in case an editor overlooked it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from wavedeck.study.verbatims import PatternName, Redaction

_MONTHS = (
    "jan(?:uari|uary)?|feb(?:ruari|ruary)?|maart|mar(?:ch)?|apr(?:il)?|mei|may|juni?|june?|juli?|july?|"
    "aug(?:ustus|ust)?|sep(?:tember)?|okt(?:ober)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
PATTERNS: dict[PatternName, str] = {
    "email": r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    "url": r"(?:https?://|www\.)\S+",
    "date": r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|e)? (?:{_MONTHS})\b(?: \d{{4}})?",
    "phone": r"(?<![\w.])\+?\(?\d(?:[\s().-]{0,2}\d){8,13}(?!\w)",
    "postcode": r"\b\d{4} ?[A-Z]{2}\b",
    "long_number": r"\b[A-Za-z]?-?\d{6,}\b",
}
_DIGITS = re.compile(r"\d+")


class Redacted(NamedTuple):
    """A text after redaction.

    Attributes
    ----------
    text
        What is left.
    found
        Names of the patterns that took something out.
    """

    text: str
    found: tuple[str, ...]


def redact(text: str, rules: Redaction) -> Redacted:
    """Return a text without what the study's rules take out.

    >>> redact("Call Jones on 06-12345678, or a.b@c.nl", Redaction(names=["Jones"])).text
    'Call […] on […], or […]'
    """
    found = []
    for name, pattern in _patterns(rules):
        text, count = pattern.subn(rules.mark, text)
        found += [name] if count else []
    return Redacted(text, tuple(found))


def _patterns(rules: Redaction) -> Iterator[tuple[str, re.Pattern[str]]]:
    for name, own in rules.own.items():
        yield name, re.compile(own)
    for known, pattern in PATTERNS.items():
        if known in rules.patterns:
            yield known, re.compile(pattern, re.IGNORECASE if known in ("date", "email", "url") else 0)
    if rules.names:
        words = "|".join(re.escape(name) for name in sorted(rules.names, key=len, reverse=True))
        yield "names", re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def longest_number(text: str) -> int:
    """Return how many digits stand in a row at most.

    >>> longest_number("3 weeks in 2013")
    4
    """
    return max((len(digits) for digits in _DIGITS.findall(text)), default=0)
