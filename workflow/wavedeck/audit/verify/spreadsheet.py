"""Verify a workbook of figures: every cell with a number, also hidden ones."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from wavedeck.audit.verify.bindings import Binding, read_bindings
from wavedeck.audit.verify.expected import Truth, kind_of
from wavedeck.audit.verify.ooxml import open_package
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.texts import account_text, check_claim
from wavedeck.audit.verify.workbook import Sheet, Value, read_workbook


def verify_workbook(path: Path, truth: Truth) -> Verification:
    """Account for every cell of a workbook by the ledger part that it holds.

    Elements are sheet and cell: ``Services/B3``. A cell with a number must hold the rounded value, so that
    no format hides digits; texts are held against what the study declares.

    Raises
    ------
    AuditError
        When the file is not there or no workbook.
    """
    package = open_package(path)
    book, ledger, result = read_workbook(package), read_bindings(package), Verification()
    claims = [one for own in ledger.slides.values() for shape in own.values() for one in shape]
    by_cell = {one.element: one for one in claims}
    for sheet in book.sheets:
        for cell, value in sheet.cells.items():
            claim = by_cell.pop(f"{sheet.name}/{cell}", None)
            _account_cell(result, truth, sheet, cell, value=value, claim=claim)
    for element, one in by_cell.items():
        result.fault(0, element, "edited", f"'{one.printed}' of {one.source} is gone")
    for place, text in book.texts:
        account_text(result, truth, text, [], slide=0, element=place)
    return result


def _account_cell(
    result: Verification, truth: Truth, sheet: Sheet, cell: str, *, value: Value, claim: Binding | None
) -> None:
    element = f"{sheet.name}/{cell}"
    if sheet.hidden or cell in sheet.concealed:
        result.fault(0, element, "edited", "the cell is hidden")
    if claim is None or not isinstance(value, Decimal):
        account_text(result, truth, str(value), [claim] if claim else [], slide=0, element=element)
        return
    right = truth.rounded(claim)
    if right is None or value != right:
        problem = "leak" if right is None else "mismatch"
        result.fault(0, element, problem, f"it holds {value}, but {claim.source} is {right or 'not shown'}")  # type: ignore[arg-type]
        return
    check_claim(result, truth, claim, slide=0)
    result.account(0, element, kind_of(claim), str(value), address=claim.address, name=claim.field)
