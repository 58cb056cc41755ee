"""Everything of a table book that is no cell: parts, names, properties, formats, hidden sheets."""

from __future__ import annotations

import re

from wavedeck.audit.verify.book.cells import check_format, sheet_element
from wavedeck.audit.verify.book.claims import PREFIX
from wavedeck.audit.verify.book.read import Book
from wavedeck.audit.verify.expected import Truth
from wavedeck.audit.verify.ooxml import Package
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.texts import account_text
from wavedeck.audit.verify.tokens import has_number

_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:app|core)\.xml|xl/workbook\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/worksheets/(?:_rels/)?sheet\d+\.xml(?:\.rels)?|xl/theme/theme1\.xml"
    r"|xl/styles\.xml|xl/sharedStrings\.xml|customXml/(?:_rels/)?item(?:Props)?1\.xml(?:\.rels)?"
)
_BUILT_IN = re.compile(r"_xlnm\.(?:Print_Area|Print_Titles|_FilterDatabase)")
_REFERENCE = re.compile(r"(?:'(?:[^']|'')+'|\w+)!\$?[A-Z]*\$?\d*(?::\$?[A-Z]*\$?\d*)?")
_DATES = ("created", "modified")
#: Words of programs about themselves in the properties: no numbers of a report.
_OF_PROGRAMS = ("Application", "AppVersion", "DocSecurity", "ScaleCrop", "LinksUpToDate", "SharedDoc",
                "HyperlinksChanged", "HeadingPairs", "TitlesOfParts", "TotalTime")  # fmt: skip
_FIELDS = re.compile(r"&[LCRPNADTFZ]|&&|&\"[^\"]*\"")


def account_outside(result: Verification, truth: Truth, package: Package, book: Book) -> None:
    """Account for what people do not see in the cells."""
    _parts(result, truth, package)
    _names(result, truth, book)
    _properties(result, truth, package, book)
    for code in book.codes:
        if not check_format(code):
            problem = f"the number format {code} is none of a table book"
            result.fault(0, "xl/styles.xml", "orphan" if has_number(_literals(code)) else "edited", problem)
    for text in book.unused:
        if has_number(text):
            account_text(result, truth, text, [], slide=0, element="xl/sharedStrings.xml")
    for sheet in book.sheets:
        for what in sheet.hidden:
            result.fault(0, sheet_element(sheet, what), "edited", f"{what} is hidden")
        for what, text in sheet.strange:
            wrong = f"it has '{what}', which no table book has: {text[:80]}"
            result.fault(0, sheet_element(sheet, what), "edited", wrong)
        for text in sheet.page:
            plain = _FIELDS.sub(" ", text)
            account_text(result, truth, plain, [], slide=0, element=sheet_element(sheet, "page"))


def _literals(code: str) -> str:
    """Return the texts that a number format prints whatever the value."""
    return " ".join(re.findall(r'"[^"]*"|\\.', code))


def _parts(result: Verification, truth: Truth, package: Package) -> None:
    users = {
        one.target: part
        for part in sorted(package.parts)
        for one in package.relations(part)
        if not one.external
    }
    for part in sorted(package.parts):
        if _PARTS.fullmatch(part):
            continue
        user = f", of {users[part]}" if part in users else ""
        texts = " ".join(package.xml(part).itertext()) if part.endswith(".xml") else ""
        result.fault(0, f"{PREFIX}{part}", "edited", f"no table book has this part{user}: {texts[:80]}")
        account_text(result, truth, texts, [], slide=0, element=f"{PREFIX}{part}")
    for part in sorted(package.parts):
        for one in package.relations(part):
            if one.external:
                result.fault(0, f"{PREFIX}{part}", "edited", f"it refers to something outside: {one.target}")


def _names(result: Verification, truth: Truth, book: Book) -> None:
    for name, text in book.names:
        built_in = _BUILT_IN.fullmatch(name) and all(_REFERENCE.fullmatch(one) for one in _split(text))
        if not built_in:
            result.fault(0, f"name:{name}", "edited", f"no table book has the name '{name}': {text[:80]}")
            account_text(result, truth, text, [], slide=0, element=f"name:{name}")


def _split(text: str) -> list[str]:
    return re.findall(r"(?:'(?:[^']|'')*'|[^,])+", text)


def _properties(result: Verification, truth: Truth, package: Package, book: Book) -> None:
    published = truth.study.wave(truth.wave).published
    for part in ("docProps/core.xml", "docProps/app.xml"):
        for one in package.xml(part) if part in package.parts else ():
            name, text = one.tag.rpartition("}")[2], one.text or ""
            if name == "created" and not text.startswith(published):
                wrong = f"the file says it was made on {text}, the report is of {published}"
                result.fault(0, part, "mismatch", wrong)
            if name not in (*_DATES, *_OF_PROGRAMS) and text:
                account_text(result, truth, text, [], slide=0, element=f"{part}/{name}")
    _titles_of_parts(result, package, book)


def _titles_of_parts(result: Verification, package: Package, book: Book) -> None:
    names = {one.name for one in book.sheets}
    for one in package.xml("docProps/app.xml") if "docProps/app.xml" in package.parts else ():
        if one.tag.endswith("}TitlesOfParts"):
            for text in filter(None, (text.strip() for text in one.itertext())):
                sheet = text.rpartition("!")[0].strip("'").replace("''", "'") or text
                if sheet not in names:
                    result.fault(0, "docProps/app.xml", "edited", f"it lists '{text}', which is no sheet")
