"""Read a workbook: every cell, also in hidden sheets, rows and columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from wavedeck.audit.verify.embedded import odd_in_book
from wavedeck.audit.verify.ooxml import WORKBOOK, Element, Package, R, S

Value = Decimal | str
_CELL = re.compile(r"^([A-Z]+)(\d+)$")
_RANGE = re.compile(r"^(?:'([^']+)'|([^'!]+))!\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?$")


@dataclass(frozen=True)
class Sheet:
    """One sheet: its cells by name, what is hidden, and the formats of its numbers."""

    name: str
    hidden: bool
    cells: dict[str, Value]
    concealed: frozenset[str] = frozenset()
    formulas: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Workbook:
    """A workbook as read."""

    sheets: tuple[Sheet, ...]
    texts: tuple[tuple[str, str], ...] = field(default_factory=tuple)
    oddities: tuple[str, ...] = ()

    def sheet(self, name: str) -> Sheet | None:
        """Return a sheet by name."""
        return next((one for one in self.sheets if one.name == name), None)


def cells_of(reference: str) -> tuple[str, tuple[str, ...]]:
    """Return the sheet and the cells, in order, that a formula names.

    >>> cells_of("Sheet1!$B$2:$B$4")
    ('Sheet1', ('B2', 'B3', 'B4'))
    """
    match = _RANGE.match(reference)
    if match is None:
        return "", ()
    sheet = match[1] or match[2]
    first, last = (
        (_column(match[3]), int(match[4])),
        (_column(match[5] or match[3]), int(match[6] or match[4])),
    )
    places = [(c, r) for c in range(first[0], last[0] + 1) for r in range(first[1], last[1] + 1)]
    return sheet, tuple(f"{_letters(column)}{row}" for column, row in places)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def read_workbook(package: Package) -> Workbook:
    """Read the sheets of a workbook and the texts outside cells."""
    root = package.main(WORKBOOK)
    book, targets = package.xml(root), {one.id: one.target for one in package.relations(root)}
    strings = _strings(package, root)
    sheets = tuple(
        _sheet(package, targets[one.get(f"{R}id")], one, strings) for one in book.iter(f"{S}sheet")
    )
    names = [("name:" + one.get("name", ""), one.text or "") for one in book.iter(f"{S}definedName")]
    return Workbook(sheets, tuple(names) + tuple(_others(package)), tuple(odd_in_book(package)))


def _others(package: Package) -> list[tuple[str, str]]:
    """Return the texts of comments, headers and properties."""
    found = []
    for part in sorted(package.parts):
        if "comment" in part.lower() and part.endswith(".xml"):
            found.append((f"comment {part}", " ".join(package.xml(part).itertext())))
        if part in ("docProps/core.xml", "docProps/custom.xml"):
            found += [
                (part, one.text) for one in package.xml(part) if one.text and "date" not in str(one.attrib)
            ]
        if "/worksheets/" in f"/{part}" and part.endswith(".xml"):
            found += [
                (part, one.text or "") for one in package.xml(part).iter(f"{S}oddHeader", f"{S}oddFooter")
            ]
    return [(place, text) for place, text in found if text and not _is_date(text)]


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z?", text.strip()) is not None


def _strings(package: Package, root: str) -> list[str]:
    found = package.targets(root, "sharedStrings")
    if not found:
        return []
    return [
        "".join(text.text or "" for text in one.iter(f"{S}t")) for one in package.xml(found[0]).iter(f"{S}si")
    ]


def _sheet(package: Package, part: str, declared: Element, strings: list[str]) -> Sheet:
    content = package.xml(part)
    columns = _hidden_columns(content)
    cells: dict[str, Value] = {}
    concealed, formulas = set(), set()
    for row in content.iter(f"{S}row"):
        for cell in row.iter(f"{S}c"):
            name, value = cell.get("r"), _value(cell, strings)
            if value is None or name is None:
                continue
            cells[name] = value
            match = _CELL.match(name)
            if row.get("hidden") in ("1", "true") or (match and _column(match[1]) in columns):
                concealed.add(name)
            if cell.find(f"{S}f") is not None:
                formulas.add(name)
    hidden = declared.get("state", "visible") != "visible"
    return Sheet(declared.get("name", ""), hidden, cells, frozenset(concealed), frozenset(formulas))


def _hidden_columns(content: Element) -> set[int]:
    hidden = [one for one in content.iter(f"{S}col") if one.get("hidden") in ("1", "true")]
    return {place for one in hidden for place in range(int(one.get("min")), int(one.get("max")) + 1)}


def _value(cell: Element, strings: list[str]) -> Value | None:
    kind, content = cell.get("t", "n"), cell.find(f"{S}v")
    if kind == "inlineStr":
        return "".join(one.text or "" for one in cell.iter(f"{S}t")) or None
    if content is None or content.text is None:
        return None
    if kind == "s":
        return strings[int(content.text)] or None
    if kind != "n":
        return str(content.text)
    try:
        return Decimal(content.text)
    except InvalidOperation:
        return str(content.text)
