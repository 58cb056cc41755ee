"""Account for the cells of a sheet: numbers are rounded values of figures, signs those of their states."""

from __future__ import annotations

import re
from collections.abc import Container
from decimal import Decimal

from wavedeck.audit.verify.bindings import Binding
from wavedeck.audit.verify.book.claims import PREFIX, Claims
from wavedeck.audit.verify.book.read import BookCell, BookSheet, Place
from wavedeck.audit.verify.expected import COUNTS, Truth
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.texts import account_text, check_claim
from wavedeck.audit.verify.tokens import MARKS, has_number

_CODE = re.compile(r'^(?P<low>"°")?(?:#,##)?0(?P<decimals>\.0+)?(?P<percent>"%")?$')
_NUMBERING = "numbering"


def account_cells(
    result: Verification,
    truth: Truth,
    sheet: BookSheet,
    claims: Claims,
    *,
    known: Container[Place],
    apart: Container[Place],
) -> None:
    """Hold every cell against its claims, and report claims whose cell is gone.

    Parameters
    ----------
    result, truth
        Take what is found; store and study.
    sheet, claims
        The sheet, and what its ledger says.
    known
        Cells with names that stand where they should: numbers in them are accounted for.
    apart
        Cells that are looked at elsewhere: marks.
    """
    for place, cell in sheet.cells.items():
        element, own = claims.element(place), claims.by_place.get(place, [])
        if cell.formula:
            result.fault(0, element, "edited", f"the cell holds a formula, with the value '{cell.value}'")
        if place in apart:
            continue
        if isinstance(cell.value, Decimal):
            _number(result, truth, cell, own, element)
        elif own or has_number(cell.value) or any(mark in cell.value for mark in MARKS):
            names = [cell.value] if place in known else []
            _text(result, truth, cell.value, own, element=element, names=names)
    for place, own in claims.by_place.items():
        if place not in sheet.cells and place not in apart:
            for one in own:
                gone = f"'{one.printed}' of {one.source} is gone"
                result.fault(0, claims.element(place), "edited", gone)


def _number(result: Verification, truth: Truth, cell: BookCell, own: list[Binding], element: str) -> None:
    value = cell.value
    if len(own) != 1:
        hidden = truth.hidden_values.get(value, "") if isinstance(value, Decimal) else ""
        hint = f"; it is the hidden value of {hidden}" if hidden else ""
        result.fault(0, element, "orphan", f"the number {value} belongs to no figure{hint}")
        return
    claim = own[0]
    if claim.field == _NUMBERING:
        _numbering(result, claim, str(value), element)
        return
    right = truth.rounded(claim)
    if right is None or value != right:
        problem = "leak" if right is None else "mismatch"
        holds = f"it holds {value}, but {claim.source} is {right if right is not None else 'not shown'}"
        result.fault(0, element, problem, holds)  # type: ignore[arg-type]
        return
    _check_code(result, truth, cell, claim, element)
    check_claim(result, truth, claim, slide=0)


def _numbering(result: Verification, claim: Binding, value: str, element: str) -> None:
    if value == claim.printed:
        result.account(0, element, "page", value, address=claim.address, name=claim.field)
    else:
        result.fault(0, element, "mismatch", f"it holds {value}, but the table has number {claim.printed}")


def _check_code(result: Verification, truth: Truth, cell: BookCell, claim: Binding, element: str) -> None:
    """Hold a number format against the figure: decimals, percent sign, sign of a low base."""
    match, figure = _CODE.match(cell.code), truth.store.figures[claim.address]
    if match is None:
        result.fault(0, element, "mismatch", f"its number format {cell.code} is none of a table book")
        return
    is_count = claim.field in COUNTS
    found = (len(match["decimals"] or ".") - 1, bool(match["percent"]), bool(match["low"]))
    right = (
        0 if is_count else figure.decimals,
        not is_count and figure.unit == "percent",
        not is_count and figure.state == "low_base",
    )
    if found != right:
        wrong = f"its number format {cell.code} does not print {claim.source} as '{claim.printed}'"
        result.fault(0, element, "mismatch", wrong)


def _text(
    result: Verification, truth: Truth, text: str, own: list[Binding], *, element: str, names: list[str]
) -> None:
    """Hold a text against its claims; the sign of a state must be all that there is."""
    signs = [one for one in own if one.address.count("/") == 3 and not one.field.endswith(".mark")]
    if len(own) == 1 and signs and text != own[0].printed:
        right = truth.problem(own[0])
        hidden = truth.hidden_like(text)
        hint = right or (f"it is the hidden value of {hidden}" if hidden else "")
        wrong = f"'{text}' stands where {own[0].source} is '{own[0].printed}'{'; ' * bool(hint)}{hint}"
        result.fault(0, element, "leak" if hidden else "mismatch", wrong)
        return
    account_text(result, truth, text, own, slide=0, element=element, known=names)


def check_format(code: str) -> bool:
    """Tell whether a number format is one of a table book.

    >>> check_format('0.0"%"'), check_format('"5.6";;'), check_format("General")
    (True, False, True)
    """
    return code in ("General", "@") or _CODE.match(code) is not None


def sheet_element(sheet: BookSheet, what: str) -> str:
    """Return how something of a sheet is named that is no cell."""
    return f"{PREFIX}{sheet.name}!{what}"
