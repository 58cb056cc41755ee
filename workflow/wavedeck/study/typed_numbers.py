"""Numbers that a person typed where a figure or a declared constant belongs."""

from __future__ import annotations

import re

_WORDS = (
    "een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|"
    "zeventien|achttien|negentien|twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|honderd|"
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
)
_NUMBER = re.compile(
    rf"[+\-−]?[^\W\d_]*\d[\w.,:/]*\w*\s?%?|\b\w*(?:{_WORDS})\s+(?:procent|percent)\w*|[½⅓⅔¼¾⅕⅛]",
    re.IGNORECASE,
)


def typed_number(text: str) -> str:
    """Return the first number that stands in a text; empty when there is none.

    Numbers are digits, signs for fractions, and number words before 'procent' or 'percent'.

    >>> typed_number("in 12 maanden"), typed_number("bij dertig procent van hen"), typed_number("niets")
    ('12', 'dertig procent', '')
    """
    found = _NUMBER.search(text)
    return found[0].strip().rstrip(".,:") if found else ""
