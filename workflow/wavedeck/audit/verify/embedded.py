"""What a workbook behind a chart holds beside the cells that the chart shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from wavedeck.audit.verify.extras import is_plain
from wavedeck.audit.verify.ooxml import Element, Package, S
from wavedeck.audit.verify.stray import Test, never, stray_numbers
from wavedeck.audit.verify.tokens import has_number

_PARTS = re.compile(
    r"\[Content_Types\]\.xml|(?:.*/)?_rels/[^/]*\.rels|docProps/(?:core|app)\.xml"
    r"|xl/(?:workbook|sharedStrings|styles|theme/theme\d+|worksheets/sheet\d+)\.xml"
)
#: What a sheet may say beside its cells.
_CHILDREN = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData"),
    *("phoneticPr", "pageMargins", "pageSetup", "printOptions", "ignoredErrors"),
)
_READ = ("v", "f", "t")
_PROPERTIES = ("Words", "AppVersion", "TotalTime", "DocSecurity", "i4", "created", "modified", "revision")


def odd_in_book(package: Package) -> Iterator[str]:
    """Yield what is in a workbook that the builder of a chart does not put there.

    Parameters
    ----------
    package
        The workbook.
    """
    yield from (f"{place}: {message}" for place, message in package.oddities)
    for part in sorted(package.parts):
        if not _PARTS.fullmatch(part):
            yield f"workbooks of charts have no part {part}"
        elif part.endswith(".rels"):
            continue
        elif part.startswith("xl/worksheets/"):
            yield from _in_sheet(package.xml(part))
        elif part.startswith("docProps/"):
            yield from _strange(package.xml(part), lambda one: _name(one) in _PROPERTIES)
        elif part == "xl/styles.xml":
            yield from _in_styles(package.xml(part))
        else:
            yield from _strange(package.xml(part), lambda one: _name(one) in ("t", "definedName"))
    yield from _spare_strings(package)


def _name(one: Element) -> str:
    return str(one.tag).rpartition("}")[2]


def _strange(root: Element, is_read: Test) -> Iterator[str]:
    for one, text in stray_numbers(root, is_read, lambda one: _name(one) in ("font", "sheet", "definedName")):
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z?|Sheet ?\d+|theme\d+", text):
            where = _name(one) if isinstance(one.tag, str) else "a remark"
            yield f"'{text[:60]}' stands in {where}"


def _in_sheet(root: Element) -> Iterator[str]:
    for child in root:
        if isinstance(child.tag, str) and _name(child) not in _CHILDREN:
            yield f"its sheet has {_name(child)}"
    yield from _strange(root, lambda one: _name(one) in _READ)
    names = Counter(one.get("r") for one in root.iter(f"{S}c"))
    for name, count in names.items():
        if name is None:
            yield "a cell has no name"
        elif count > 1:
            yield f"cell {name} stands there {count} times"
    for one in root.iter(f"{S}col", f"{S}row", f"{S}sheetFormatPr"):
        if any(one.get(key) in ("0", "0.0") for key in ("width", "ht")) or one.get("zeroHeight") == "1":
            yield f"a {'column' if _name(one) == 'col' else 'row'} has no size"


def _in_styles(root: Element) -> Iterator[str]:
    yield from _strange(root, never)
    for one in root.iter(f"{S}numFmt"):
        code = one.get("formatCode", "")
        if not is_plain(code):
            yield f"the format '{code}' prints something else than the value"


def _spare_strings(package: Package) -> Iterator[str]:
    """Yield strings with a number that no cell shows any more."""
    if "xl/sharedStrings.xml" not in package.parts:
        return
    used = {
        int(cell.findtext(f"{S}v") or -1)
        for part in package.parts
        if part.startswith("xl/worksheets/sheet")
        for cell in package.xml(part).iter(f"{S}c")
        if cell.get("t") == "s"
    }
    for place, one in enumerate(package.xml("xl/sharedStrings.xml").iter(f"{S}si")):
        text = "".join(each.text or "" for each in one.iter(f"{S}t"))
        if place not in used and has_number(text):
            yield f"'{text[:60]}' is kept, though no cell shows it"
