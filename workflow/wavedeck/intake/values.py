"""Raw values as text, and the spellings under which a codebook may know them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBER = re.compile(r"^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$")


@dataclass(frozen=True)
class RawValue:
    """A raw text with what its file says about it."""

    text: str
    label: str = ""
    decimal: str = "."
    marked_missing: bool = False

    def spellings(self) -> Iterator[str]:
        """Yield the spellings under which a codebook may know the value, exact text first."""
        yield self.text
        yield self.text.strip()
        number = self.number()
        if number is not None:
            yield shortest(number)
        if self.label:
            yield self.label

    def number(self) -> float | None:
        """Return the value as a number, or None."""
        text = self.text.strip()
        if self.decimal == "," and "." not in text:
            text = text.replace(",", ".")
        return float(text) if _NUMBER.match(text) else None


def shortest(number: float) -> str:
    """Return a number as its shortest text.

    >>> shortest(3.0), shortest(2.5)
    ('3', '2.5')
    """
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(float(number))
