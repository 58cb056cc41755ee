"""What counts as a number in a text, and reading it in a language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

DECIMAL_MARKS = {"nl": ",", "de": ",", "fr": ",", "en": "."}
GROUP_MARKS = {"nl": ".", "de": ".", "fr": "\u00a0\u202f ", "en": ","}
MARKS = "▲▼"
#: Signs that stand for a whole number or a part, and digits of other scripts.
_SIGNS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞²³¹"


@dataclass(frozen=True)
class Token:
    """A number or a mark of significance, as it stands in a text."""

    text: str
    start: int
    end: int

    @property
    def is_mark(self) -> bool:
        """Tell whether it is a mark of significance."""
        return self.text in MARKS


@cache
def pattern(language: str) -> re.Pattern[str]:
    """Return the pattern of a number (sign, digits, group marks, decimals, percent sign) or a mark."""
    group, mark = (re.escape(marks.get(language, "")) for marks in (GROUP_MARKS, DECIMAL_MARKS))
    whole = rf"\d{{1,3}}(?:[{group}]\d{{3}})+(?!\d)|\d+" if group else r"\d+"
    number = rf"(?:(?<![\w\d.,–-])[+\-−])?(?:{whole})(?:{mark}\d+)?(?:[.,]\d+)*\s?%?"
    return re.compile(rf"{number}|[{MARKS}]|[{_SIGNS}]")


def tokens(text: str, language: str) -> Iterator[Token]:
    """Yield the numbers and marks of a text.

    >>> [one.text for one in tokens("▲ 7,7 van 2.831 (−1,0; 35%)", "nl")]
    ['▲', '7,7', '2.831', '−1,0', '35%']
    """
    for match in pattern(language).finditer(text):
        found = match[0].rstrip() if not match[0].endswith("%") else match[0]
        yield Token(found, match.start(), match.start() + len(found))


def has_number(text: str) -> bool:
    """Tell whether a text holds a digit or another sign that counts as a number."""
    return any(sign.isdigit() or sign in _SIGNS for sign in text)


def value_of(text: str, language: str) -> Decimal | None:
    """Return the value of a printed number; None where it is none.

    >>> value_of("2.831", "nl"), value_of("−1,0", "nl"), value_of("°7.9", "en")
    (Decimal('2831'), Decimal('-1.0'), Decimal('7.9'))
    """
    plain = re.sub(r"[°*%\s]", "", text).replace("−", "-").removeprefix("+")
    for mark in GROUP_MARKS.get(language, ""):
        plain = re.sub(rf"(?<=\d){re.escape(mark)}(?=\d{{3}}(?:\D|$))", "", plain)
    mark = DECIMAL_MARKS.get(language, ".")
    if mark != "." and "." in plain:
        return None
    plain = plain.replace(mark, ".")
    return Decimal(plain) if re.fullmatch(r"-?\d+(?:\.\d+)?", plain) else None


def decimals_of(text: str, language: str) -> int:
    """Return with how many decimals a number is printed.

    >>> decimals_of("7,70", "nl")
    2
    """
    match = re.search(rf"{re.escape(DECIMAL_MARKS.get(language, '.'))}(\d+)", text)
    return len(match[1]) if match else 0
