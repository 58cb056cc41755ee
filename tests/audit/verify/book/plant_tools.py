"""Change a finished table book as zip and XML, as a careless or dishonest hand would.

Imports nothing of the library. Each fault changes the parts of a book in place and returns a piece of the
name of the place where it did so, ``5 The library!C7``; ``None`` says that nothing could be done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from audit.verify.plant import LEDGER, Parts, R, S

Where = str | None
Fault = Callable[["Parts"], Where]
FAULTS: dict[str, Fault] = {}
LEDGER_PART = "customXml/item1.xml"
#: A table with marks, a mean and a share; one with hidden figures; one with items; one of shares.
MARKED, HIDDEN, ITEMS, SIMPLE = "6 The library", "5 The library", "Services", "3 In the sample"
#: A number that is nowhere in the tiny book.
SECRET = "5.6"


def fault(function: Fault) -> Fault:
    FAULTS[function.__name__] = function
    return function


@dataclass
class Page:
    """A sheet that is being changed."""

    parts: Parts
    name: str
    part: str
    root: Any

    def cells(self) -> Iterator[Any]:
        return self.root.iter(f"{S}c")

    def cell(self, ref: str) -> Any:
        return next((one for one in self.cells() if one.get("r") == ref), None)

    def text(self, ref: str) -> str:
        cell = self.cell(ref)
        value = cell.find(f"{S}v") if cell is not None else None
        if value is None:
            return ""
        return strings(self.parts)[int(value.text)] if cell.get("t") == "s" else value.text

    def write(self, ref: str, value: str, *, number: bool = False) -> None:
        """Put a number or a text of its own into a cell."""
        cell = self.cell(ref)
        cell = self._added(ref) if cell is None else cell
        for child in list(cell):
            cell.remove(child)
        if number:
            cell.attrib.pop("t", None)
            etree.SubElement(cell, f"{S}v").text = value
            return
        cell.set("t", "inlineStr")
        etree.SubElement(etree.SubElement(cell, f"{S}is"), f"{S}t").text = value

    def _added(self, ref: str) -> Any:
        number = re.sub(r"\D", "", ref)
        rows = self.root.find(f"{S}sheetData")
        row = next((one for one in rows if one.get("r") == number), None)
        row = etree.SubElement(rows, f"{S}row", r=number) if row is None else row
        return etree.SubElement(row, f"{S}c", r=ref)

    def swap(self, one: str, other: str) -> None:
        """Let two cells change their contents, not their places."""
        first, second = self.cell(one), self.cell(other)
        kept = [(dict(cell.attrib), list(cell)) for cell in (first, second)]
        for cell, ref, (attributes, children) in ((first, one, kept[1]), (second, other, kept[0])):
            for child in list(cell):
                cell.remove(child)
            cell.attrib.clear()
            cell.attrib.update({**attributes, "r": ref})
            cell.extend(children)

    def save(self) -> None:
        self.parts.put(self.part, self.root)

    def at(self, ref: str) -> str:
        return f"{self.name}!{ref}"


def strings(parts: Parts) -> list[str]:
    return ["".join(one.itertext()) for one in parts.xml("xl/sharedStrings.xml")]


def pages(parts: Parts) -> list[Page]:
    targets = parts.targets("xl/workbook.xml")
    found = []
    for one in parts.xml("xl/workbook.xml").iter(f"{S}sheet"):
        part = targets[one.get(f"{R}id")]
        found.append(Page(parts, one.get("name"), part, parts.xml(part)))
    return found


def page(parts: Parts, name: str) -> Page:
    return next(one for one in pages(parts) if name in one.name)


def lines(parts: Parts) -> Any:
    return parts.xml(LEDGER_PART)


def relabel(parts: Parts, sheet: str, edit: Callable[[Any], None]) -> None:
    """Change the ledger lines of a sheet, as one who lies in the ledger too would."""
    root = lines(parts)
    for own in root:
        if sheet in own.get("id"):
            for line in own.iter(f"{LEDGER}line"):
                edit(line)
    parts.put(LEDGER_PART, root)


def claimed(parts: Parts, sheet: str, wanted: Callable[[Any], bool]) -> Iterator[Any]:
    """Yield the ledger lines of a sheet."""
    for own in lines(parts):
        if sheet in own.get("id"):
            yield from (line for line in own.iter(f"{LEDGER}line") if wanted(line))


def first(parts: Parts, sheet: str, field: str = "estimate", state: str = r"[\d.]+%?") -> str:
    """Return the first cell of a sheet that prints such a field."""
    return next(
        one.get("element")
        for one in claimed(parts, sheet, lambda line: line.get("field") == field)
        if re.fullmatch(state, one.get("printed"))
    )


def column_of(ref: str) -> str:
    return re.sub(r"\d", "", ref)


def row_of(ref: str) -> int:
    return int(re.sub(r"\D", "", ref))
