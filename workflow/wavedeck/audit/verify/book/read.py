"""Read a table book as zip and XML: cells with their number formats, what is hidden, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache

from wavedeck.audit.verify.ooxml import WORKBOOK, Element, Package, R, S

Place = tuple[int, int]
Value = Decimal | str
_CELL = re.compile(r"^([A-Z]+)(\d+)$")
#: What a sheet of a table book is made of; anything else could hold what nobody sees.
_KNOWN = {
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "autoFilter", "hyperlinks"),
    *("printOptions", "pageMargins", "pageSetup", "headerFooter", "ignoredErrors", "phoneticPr"),
}
_LEAST_SIZE = 1.0


@dataclass(frozen=True)
class BookCell:
    """A cell that holds something: its value as stored, its number format, whether it is computed."""

    value: Value
    code: str = "General"
    formula: bool = False


@dataclass
class BookSheet:
    """One sheet.

    Attributes
    ----------
    name, part
        Its name, and the part that holds it.
    cells
        Row and column from 1 -> cell.
    hidden
        Hidden rows and columns, or the sheet itself, as people name them.
    links
        Row and column -> where a click leads, inside the workbook or outside.
    strange
        Parts of the sheet that no table book has, with the texts in them.
    page
        Texts over and under the printed page.
    """

    name: str
    part: str
    cells: dict[Place, BookCell] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    links: dict[Place, str] = field(default_factory=dict)
    strange: list[tuple[str, str]] = field(default_factory=list)
    page: list[str] = field(default_factory=list)

    def text(self, place: Place) -> str:
        """Return what stands in a cell, as text; nothing where it is empty."""
        found = self.cells.get(place)
        return "" if found is None else str(found.value)


@dataclass
class Book:
    """A workbook as read; `codes` are all number formats, `unused` strings that no cell shows."""

    sheets: list[BookSheet]
    names: list[tuple[str, str]]
    codes: list[str]
    unused: list[str]


def name_of(place: Place) -> str:
    """Return the name of a cell.

    >>> name_of((5, 28))
    'AB5'
    """
    return f"{letters_of(place[1])}{place[0]}"


@cache
def letters_of(column: int) -> str:
    """Return the letters of a column.

    >>> letters_of(703)
    'AAA'
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def place_of(name: str) -> Place:
    """Return row and column of a cell's name; (0, 0) for none.

    >>> place_of("AB5"), place_of("x")
    ((5, 28), (0, 0))
    """
    match = _CELL.match(name)
    if match is None:
        return 0, 0
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def read_book(package: Package) -> Book:
    """Read everything of a workbook that can hold a number."""
    root = package.main(WORKBOOK)
    workbook, targets = package.xml(root), {one.id: one.target for one in package.relations(root)}
    strings, codes, shown = _strings(package, root), _codes(package, root), set[int]()
    sheets = []
    for one in workbook.iter(f"{S}sheet"):
        sheet = BookSheet(one.get("name", ""), targets[one.get(f"{R}id")])
        sheet.hidden += ["the sheet"] if one.get("state", "visible") != "visible" else []
        _read_sheet(sheet, package, strings, codes[0], shown)
        sheets.append(sheet)
    names = [(one.get("name", ""), one.text or "") for one in workbook.iter(f"{S}definedName")]
    unused = [text for place, text in enumerate(strings) if place not in shown]
    return Book(sheets, names, codes[1], unused)


def _strings(package: Package, root: str) -> list[str]:
    found = package.targets(root, "sharedStrings")
    entries = package.xml(found[0]).iter(f"{S}si") if found else ()
    return ["".join(text.text or "" for text in one.iter(f"{S}t")) for one in entries]


def _codes(package: Package, root: str) -> tuple[list[str], list[str]]:
    """Return the number format of each style of cells, and every format that the file declares."""
    found = package.targets(root, "styles")
    if not found:
        return [], []
    styles = package.xml(found[0])
    declared = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.iter(f"{S}numFmt")}
    known = {"0": "General", "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "49": "@", **declared}
    used = styles.find(f"{S}cellXfs")
    return [known.get(one.get("numFmtId", "0"), f"built-in {one.get('numFmtId')}") for one in used], list(
        declared.values()
    )


def _read_sheet(
    sheet: BookSheet, package: Package, strings: list[str], codes: list[str], shown: set[int]
) -> None:
    content = package.xml(sheet.part)
    _read_rows(sheet, content, strings, codes, shown)
    for one in content.iter(f"{S}col"):
        if _is_hidden(one, "width"):
            sheet.hidden.append(f"column {letters_of(int(one.get('min')))}")
    _read_links(sheet, package, content)
    for part in content.iter(f"{S}oddHeader", f"{S}oddFooter", f"{S}evenHeader", f"{S}evenFooter"):
        sheet.page.append(part.text or "")
    for part in content:
        if isinstance(part.tag, str) and part.tag.removeprefix(S) not in _KNOWN:
            sheet.strange.append((part.tag.rpartition("}")[2], " ".join(_texts(part))))


def _read_rows(
    sheet: BookSheet, content: Element, strings: list[str], codes: list[str], shown: set[int]
) -> None:
    for row in content.iter(f"{S}row"):
        if _is_hidden(row, "ht"):
            sheet.hidden.append(f"row {row.get('r')}")
        for cell in row:
            found, place = _cell(cell, strings, codes, shown), place_of(cell.get("r", ""))
            if found is not None and place in sheet.cells:
                sheet.strange.append((f"two cells {cell.get('r')}", str(found.value)))
            elif found is not None:
                sheet.cells[place] = found


def _is_hidden(one: Element, size: str) -> bool:
    return one.get("hidden") in ("1", "true") or float(one.get(size, 9)) < _LEAST_SIZE


def _texts(part: Element) -> Iterator[str]:
    """Yield the texts of an element and of its attributes."""
    for one in part.iter():
        yield from filter(None, (one.text, *one.attrib.values()))


def _read_links(sheet: BookSheet, package: Package, content: Element) -> None:
    targets = {one.id: one.target for one in package.relations(sheet.part)}
    for one in content.iter(f"{S}hyperlink"):
        outside = targets.get(one.get(f"{R}id", ""), "")
        sheet.links[place_of(one.get("ref", ""))] = outside or one.get("location", "")
        shown = sheet.text(place_of(one.get("ref", "")))
        if one.get("tooltip") or one.get("display", shown) != shown:
            sheet.strange.append(("hyperlink", f"{one.get('tooltip', '')} {one.get('display', '')}"))


def _cell(cell: Element, strings: list[str], codes: list[str], shown: set[int]) -> BookCell | None:
    kind, content = cell.get("t", "n"), cell.find(f"{S}v")
    formula, style = cell.find(f"{S}f") is not None, int(cell.get("s", 0))
    code = codes[style] if style < len(codes) else "General"
    if kind == "inlineStr":
        return BookCell("".join(one.text or "" for one in cell.iter(f"{S}t")), code, formula)
    text = content.text if content is not None else None
    if text is None:
        return BookCell("", code, formula) if formula else None
    if kind == "s":
        shown.add(int(text))
        return BookCell(strings[int(text)], code, formula)
    try:
        return BookCell(_number(text) if kind == "n" else text, code, formula)
    except (InvalidOperation, ValueError):
        return BookCell(text, code, formula)


def _number(text: str) -> Decimal:
    """Return a stored number; Excel writes 8.2 with seventeen digits, as 8.1999999999999993."""
    return Decimal(repr(float(text)).removesuffix(".0"))
