"""Names of sheets that Excel accepts: short, and without its own signs."""

from __future__ import annotations

import re

LONGEST = 31
_REFUSED = re.compile(r"[\[\]:*?/\\']")


def sheet_name(number: int, title: str) -> str:
    """Return the name of the sheet of a table: its number, and its title as far as it fits.

    >>> sheet_name(12, "What do you think of: the library/its staff?")
    '12 What do you think of the li…'
    """
    name = f"{number} {' '.join(_REFUSED.sub(' ', title).split())}"
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
