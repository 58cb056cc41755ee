"""What a table book says of itself: which cell prints which field of which figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from wavedeck.audit.verify.bindings import ROOT, Binding
from wavedeck.audit.verify.book.read import BookSheet, Place, name_of, place_of
from wavedeck.audit.verify.expected import COUNTS
from wavedeck.audit.verify.ooxml import Element, Package
from wavedeck.study.address import Address
from wavedeck.study.errors import ConfigError

#: How a cell of a table book is named in ledgers and messages: ``tables:3 Overall mark!C5``.
PREFIX = "tables:"
KIND = "tables"
_KEYS = {"element", "address", "field", "printed"}


@dataclass
class Claims:
    """The claims of one sheet, by cell."""

    sheet: str
    by_place: dict[Place, list[Binding]] = field(default_factory=dict)

    def element(self, place: Place) -> str:
        """Return how a cell is named."""
        return f"{PREFIX}{self.sheet}!{name_of(place)}"

    @cached_property
    def figures(self) -> dict[Place, Address]:
        """Return the figure of each cell that prints an estimate."""
        return dict(self._addressed(("estimate",)))

    @cached_property
    def bases(self) -> dict[Place, Address]:
        """Return the figure of each cell that prints a base."""
        return dict(self._addressed(COUNTS))

    def _addressed(self, fields: tuple[str, ...]) -> Iterator[tuple[Place, Address]]:
        for place, own in self.by_place.items():
            for one in own:
                if one.field in fields and (address := _parsed(one.address)) is not None:
                    yield place, address

    def first(self, place: Place) -> Binding | None:
        """Return the only claim of a cell, the first where there are more."""
        return next(iter(self.by_place.get(place, ())), None)


def _parsed(text: str) -> Address | None:
    try:
        return Address.parse(text)
    except ConfigError:
        return None


def is_table_book(package: Package) -> bool:
    """Tell whether a workbook says that it is a table book."""
    return any(root.get("kind") == KIND for root in _ledgers(package))


def read_claims(package: Package) -> tuple[dict[str, Claims], list[str]]:
    """Return the claims by sheet, and what is wrong with the ledger itself."""
    found: dict[str, Claims] = {}
    wrong: list[str] = []
    for root in _ledgers(package):
        for sheet in root:
            own = found.setdefault(sheet.get("id", ""), Claims(sheet.get("id", "")))
            for line in sheet:
                if set(line.attrib) != _KEYS or line.text or len(line):
                    wrong.append(f"a line of sheet '{own.sheet}' holds more than a ledger says")
                place = place_of(line.get("element", ""))
                values = (line.get(name, "") for name in ("address", "field", "printed"))
                own.by_place.setdefault(place, []).append(Binding(own.element(place), *values))
    return found, wrong


def _ledgers(package: Package) -> Iterator[Element]:
    for part in sorted(package.parts):
        if part.startswith("customXml/") and part.endswith(".xml") and "Props" not in part:
            root = package.xml(part)
            if root.tag == ROOT:
                yield root


def claims_of(sheet: BookSheet, claims: dict[str, Claims]) -> Claims:
    """Return the claims of a sheet; none where the ledger does not know it."""
    return claims.get(sheet.name) or Claims(sheet.name)
