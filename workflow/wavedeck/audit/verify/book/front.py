"""Titles of tables, and whether the contents lead to them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set

from wavedeck.audit.verify.book.bases import BASELESS
from wavedeck.audit.verify.book.claims import PREFIX, Claims
from wavedeck.audit.verify.book.read import Book, BookSheet, name_of
from wavedeck.audit.verify.expected import Truth
from wavedeck.audit.verify.result import Verification
from wavedeck.figures.records import Figure
from wavedeck.narrative.book_names import analysis_of
from wavedeck.study.impact_indicators import ImpactIndicator

TOP = (1, 1)
_RESPONSE = {"count", "gross", "response_rate"}
_TITLE = re.compile(r"^(\d+)\. (.*)$", re.DOTALL)


def check_titles(
    result: Verification, truth: Truth, tables: Sequence[tuple[BookSheet, Claims]], words: Mapping[str, str]
) -> None:
    """Report tables whose number is not their place, or whose title names none of their figures."""
    for number, (sheet, claims) in enumerate(tables, start=1):
        match, element = _TITLE.match(sheet.text(TOP)), claims.element(TOP)
        if match is None or int(match[1]) != number or not sheet.name.startswith(f"{number} "):
            result.fault(0, element, "mismatch", f"'{sheet.text(TOP)}' stands where table {number} begins")
            continue
        names = _titles(truth, {one.indicator for one in claims.figures.values()}, words)
        if match[2] not in names:
            known = " or ".join(sorted(names)[:3])
            result.fault(
                0, element, "mismatch", f"the title '{match[2]}' is not that of its figures: {known}"
            )


def _titles(truth: Truth, indicators: Set[str], words: Mapping[str, str]) -> set[str]:
    """Return what a table of these indicators may be called."""
    known = truth.study.every_indicator
    specs = {name: known[name] for name in sorted(indicators) if name in known}
    analyses = {
        analysis_of(truth.study, name) for name, one in specs.items() if isinstance(one, ImpactIndicator)
    }
    names = {truth.labels.text(truth.study.impact.analyses[one].label) for one in analyses}
    names |= {
        truth.labels.indicator(name) for name, one in specs.items() if not isinstance(one, ImpactIndicator)
    }
    of_response = {one.statistic for one in specs.values()} <= _RESPONSE and len(specs) > 1
    return {words["response"]} if of_response else names


def check_contents(
    result: Verification, truth: Truth, book: Book, claims: Mapping[str, Claims], words: Mapping[str, str]
) -> None:
    """Report entries of the contents that lead elsewhere, and bases that are not those of their table."""
    sheets = {one.name: one for one in book.sheets}
    contents = sheets.get(words["contents"])
    if contents is None:
        result.fault(0, f"{PREFIX}{words['contents']}", "edited", "the contents are gone")
        return
    own, listed = claims.get(contents.name) or Claims(contents.name), set()
    for place, target in contents.links.items():
        sheet = sheets.get(_sheet_in(target))
        if sheet is None:
            wrong = f"the link leads to '{target}', which is not there"
            result.fault(0, own.element(place), "mismatch", wrong)
            continue
        title, found = _TITLE.match(sheet.text(TOP)), (contents.text((place[0], 1)), contents.text(place))
        if title is None:
            continue
        listed.add(sheet.name)
        if found != title.groups():
            wrong = f"'{'. '.join(found)}' leads to table '{sheet.text(TOP)}'"
            result.fault(0, own.element(place), "mismatch", wrong)
        _check_base(result, truth, contents, own, claims.get(sheet.name), row=place[0])
        _check_part(result, truth, contents, own, claims.get(sheet.name), row=place[0])
    for sheet in book.sheets:
        if _TITLE.match(sheet.text(TOP)) and sheet.name not in listed:
            result.fault(0, f"{PREFIX}{sheet.name}", "edited", "no entry of the contents leads to it")


def _check_part(
    result: Verification, truth: Truth, contents: BookSheet, own: Claims, table: Claims | None, *, row: int
) -> None:
    """Hold the part that an entry names against that of the figures in its table."""
    parts = {one.part for one in table.figures.values()} if table is not None else set()
    known = {truth.labels.text(truth.study.settings.parts[one].label) for one in sorted(parts)}
    if contents.text((row, 2)) not in known:
        wrong = (
            f"'{contents.text((row, 2))}' stands where the part of that table is {' or '.join(sorted(known))}"
        )
        result.fault(0, own.element((row, 2)), "mismatch", wrong)


def _sheet_in(target: str) -> str:
    return target.rpartition("!")[0].strip("'").replace("''", "'")


def _check_base(
    result: Verification, truth: Truth, contents: BookSheet, own: Claims, table: Claims | None, *, row: int
) -> None:
    """Hold the base of an entry against the largest of the newest wave in its table."""
    places = [place for place in own.bases if place[0] == row]
    sizes = []
    for address in table.figures.values() if table is not None else ():
        figure = truth.store.figures.get(str(address))
        if figure is not None and figure.wave == truth.wave and figure.statistic not in BASELESS:
            sizes.append(_size(figure))
    for place in places:
        figure = truth.store.figures.get(str(own.bases[place]))
        if figure is None or not sizes or _size(figure) != max(sizes):
            wrong = f"{contents.text(place)} in {name_of(place)} is not the largest base of that table"
            result.fault(0, own.element(place), "mismatch", wrong)
    if sizes and not places:
        result.fault(0, own.element((row, 1)), "edited", "the largest base of that table is gone")


def _size(figure: Figure) -> float:
    return figure.base if figure.is_shown and figure.base is not None else -1.0
