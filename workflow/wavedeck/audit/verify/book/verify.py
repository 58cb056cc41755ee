"""Verify a table book against store and study."""

from __future__ import annotations

from pathlib import Path

from wavedeck.audit.verify.book.bases import check_bases
from wavedeck.audit.verify.book.cells import account_cells
from wavedeck.audit.verify.book.claims import PREFIX, Claims, claims_of, read_claims
from wavedeck.audit.verify.book.front import check_contents, check_titles
from wavedeck.audit.verify.book.heads import check_heads, check_measures
from wavedeck.audit.verify.book.layout import Layout
from wavedeck.audit.verify.book.lines import check_lines
from wavedeck.audit.verify.book.marks import check_marks
from wavedeck.audit.verify.book.outside import account_outside
from wavedeck.audit.verify.book.read import BookSheet, Place, read_book
from wavedeck.audit.verify.expected import Truth
from wavedeck.audit.verify.leaks import check_disclosure
from wavedeck.audit.verify.ooxml import Package, open_package
from wavedeck.audit.verify.result import Verification
from wavedeck.narrative.book_words import book_words

_MOST_NAMED = 3


def verify_book(path: Path, truth: Truth) -> Verification:
    """Account for every number of a table book, visible or not.

    Elements are sheet and cell: ``tables:3 Overall mark!C5``. Nothing that the file says of itself is
    believed: each claim must round to what its cell holds, in a format that prints it, under and beside
    the names of its group, wave, indicator, item and category, with its own base and its own mark.

    Raises
    ------
    AuditError
        When the file is not there or no workbook.
    """
    return verify_package(open_package(path), truth)


def verify_package(package: Package, truth: Truth) -> Verification:
    """Account for every number of a table book that was read already."""
    book, result, words = read_book(package), Verification(), book_words(truth.language)
    claims, wrong = read_claims(package)
    for problem in wrong:
        result.fault(0, f"{PREFIX}ledger", "edited", problem)
    front = (words["contents"], words["reading"])
    tables = [(one, claims_of(one, claims)) for one in book.sheets if one.name not in front]
    for sheet in book.sheets:
        own = claims_of(sheet, claims)
        known, apart = _check_table(result, truth, sheet, own, words) if sheet.name not in front else _NOTHING
        account_cells(result, truth, sheet, own, known=known, apart=apart)
    check_titles(result, truth, tables, words)
    check_contents(result, truth, book, claims, words)
    account_outside(result, truth, package, book)
    _check_whole(result, truth, claims, {one.name for one in book.sheets})
    printed = [(0, one) for own in claims.values() for place in own.figures for one in own.by_place[place]]
    check_disclosure(result, truth, printed)
    return result


def lost_ledger(package: Package, truth: Truth) -> Verification | None:
    """Return the fault of a table book whose ledger is gone; None for any other workbook.

    Without a ledger every number is an orphan; one line says why, rather than thousands that do not.
    """
    words = book_words(truth.language)
    names = {one.name for one in read_book(package).sheets}
    if not {words["contents"], words["reading"]} <= names:
        return None
    result = Verification()
    message = "the ledger is gone: a program saved this table book that drops it, as LibreOffice does"
    result.fault(0, f"{PREFIX}ledger", "edited", f"{message}; nothing in it can be accounted for")
    return result


_NOTHING: tuple[set[Place], set[Place]] = (set(), set())


def _check_table(
    result: Verification, truth: Truth, sheet: BookSheet, claims: Claims, words: dict[str, str]
) -> tuple[set[Place], set[Place]]:
    """Check the heads, bases and marks of a table; return its sound names and its cells of marks."""
    if not claims.figures:
        result.fault(0, f"{PREFIX}{sheet.name}", "edited", "the sheet has no figures")
        return _NOTHING
    layout = Layout(sheet, claims, words)
    known = check_heads(result, truth, layout) | check_bases(result, truth, layout)
    check_measures(result, layout)
    check_lines(result, truth, layout)
    return known, check_marks(result, truth, layout)


def _check_whole(result: Verification, truth: Truth, claims: dict[str, Claims], sheets: set[str]) -> None:
    """Report sheets that are gone, and figures of the store that no table has."""
    for name in claims:
        if name not in sheets:
            result.fault(0, f"{PREFIX}{name}", "edited", "the sheet is gone or has another name")
    printed = {str(one) for own in claims.values() for one in own.figures.values()}
    missing = [address for address in truth.store.figures if address not in printed]
    if missing:
        some = ", ".join(missing[:_MOST_NAMED])
        more = f" and {len(missing) - _MOST_NAMED} more" if len(missing) > _MOST_NAMED else ""
        result.fault(0, PREFIX.rstrip(":"), "edited", f"no table has {some}{more}")
