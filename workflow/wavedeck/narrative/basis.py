"""Answers that know the figures they rest on, so that a claim can list them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Basis:
    """A figure that an answer rests on.

    Attributes
    ----------
    address
        Full address, or the stem of a ranking.
    kind
        Comparison that was looked at (`previous`, `stated`, `rest`), or what was ranked (`items`, ...);
        empty for the figure itself.
    """

    address: str
    kind: str = ""


class RestsOn:
    """Anything that knows what it rests on."""

    rests_on: tuple[Basis, ...] = ()


class Said(str, RestsOn):
    """A word such as 'rise', and the comparison that gave it.

    >>> Said.of("rise", [Basis("pax/overall/all/2017", "previous")]) == "rise"
    True
    """

    __slots__ = ("rests_on",)

    @classmethod
    def of(cls, text: str, rests_on: Iterable[Basis]) -> Said:
        """Return a word with its basis."""
        made = cls(text)
        made.rests_on = tuple(rests_on)
        return made


class Truth(int, RestsOn):
    """True or false, and the figures that decided it.

    >>> bool(Truth.of(True, [])), Truth.of(False, [])
    (True, False)
    """

    @classmethod
    def of(cls, value: bool, rests_on: Iterable[Basis]) -> Truth:
        """Return a truth with its basis."""
        made = cls(bool(value))
        made.rests_on = tuple(rests_on)
        return made

    def __repr__(self) -> str:
        """Return True or False."""
        return str(bool(self))

    __str__ = __repr__


class Found(list[Entry], RestsOn):
    """Entries of a ranking or drivers of a quadrant, none of them included, and what they come from."""

    @classmethod
    def of(cls, entries: Iterable[Entry], rests_on: Iterable[Basis]) -> Found[Entry]:
        """Return entries with their basis."""
        made = cls(entries)
        made.rests_on = tuple(rests_on)
        return made


def basis_of(value: object) -> tuple[Basis, ...]:
    """Return what a value rests on: its own basis, else that of its entries."""
    if isinstance(value, RestsOn):
        return value.rests_on
    entries = value if isinstance(value, list | tuple) else ()
    return tuple(Basis(one.address) for one in entries if isinstance(getattr(one, "address", None), str))
