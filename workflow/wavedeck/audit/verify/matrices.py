"""Account for a matrix: every row of its workbook is one driver, found by its name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from wavedeck.audit.verify.axes import account_axes, account_titles
from wavedeck.audit.verify.bindings import Binding
from wavedeck.audit.verify.drawn import Drawn
from wavedeck.audit.verify.expected import Truth
from wavedeck.audit.verify.places import names_of
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.rounding import half_up
from wavedeck.audit.verify.texts import check_claim
from wavedeck.audit.verify.workbook import Sheet, Value
from wavedeck.study.address import Address

NAME, SERIES = "C", "D"
_REACH = {"E": "ci_low", "F": "ci_high"}
_NEAR = Decimal("0.00001")
_EVERY = "…"
_DRAWING = ("—", "|", "#", "↔")


def account_matrix(
    result: Verification, truth: Truth, drawn: Drawn, claims: dict[str, list[Binding]]
) -> None:
    """Hold a matrix against its claims: borders, then x and y of every driver.

    Parameters
    ----------
    result
        Takes what is found.
    truth
        Store and study.
    drawn
        The chart.
    claims
        Shape -> claims, of everything that belongs to this chart.
    """
    sheet = next(iter(drawn.chart.workbook.sheets), None) if drawn.chart.workbook else None
    if sheet is None:
        result.fault(drawn.slide, drawn.element, "edited", "its workbook is gone")
        return
    _compare_caches(result, drawn, sheet)
    _account_borders(result, truth, drawn, claims.get(f"{drawn.element}:border", []))
    for one in _intervals(claims, drawn.element):
        check_claim(result, truth, one, slide=drawn.slide)
    points = _pairs(claims, drawn.element)
    seen = set()
    for row, name in _driver_rows(sheet):
        found = _driver(truth, name, points)
        where = f"workbook:{drawn.element}/{NAME}{row}"
        if found is None:
            result.fault(drawn.slide, where, "mismatch", f"'{name}' names no driver of the matrix")
            continue
        seen.add(found)
        _account_driver(result, truth, drawn, sheet, row=row, pair=points[found])
    for element, pair in points.items():
        if element not in seen:
            gone = f"the driver {pair['y'].address} is gone"
            result.fault(drawn.slide, element, "edited", gone)
    _account_rest(result, drawn, sheet)
    account_axes(result, drawn)
    account_titles(result, truth, drawn)


def _pairs(claims: dict[str, list[Binding]], element: str) -> dict[str, dict[str, Binding]]:
    """Return the x and y of each driver by its element without the axis."""
    found: dict[str, dict[str, Binding]] = defaultdict(dict)
    for shape, own in claims.items():
        if shape.startswith(f"{element}:") and shape != f"{element}:border":
            for one in own:
                if one.element[-1] in "xy" and one.field == "estimate":
                    found[one.element[:-1]][one.element[-1]] = one
    return {place: pair for place, pair in found.items() if {"x", "y"} <= set(pair)}


def _intervals(claims: dict[str, list[Binding]], element: str) -> Iterator[Binding]:
    for shape, own in claims.items():
        if shape.startswith(f"{element}:"):
            yield from (one for one in own if one.field in ("ci_low", "ci_high"))


def _driver_rows(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """Yield the rows of the first series, which holds every driver once."""
    for row in range(2, 1000):
        name, series = sheet.cells.get(f"{NAME}{row}"), sheet.cells.get(f"{SERIES}{row}")
        if series is None:
            return
        yield row, str(name or "")


def _driver(truth: Truth, name: str, points: dict[str, dict[str, Binding]]) -> str | None:
    text = " ".join(name.casefold().split())
    for place, pair in points.items():
        address = Address.parse(pair["y"].address)
        both = names_of(truth, address, "item") | names_of(truth, address, "category")
        other = Address.parse(pair["x"].address)
        if text in both | names_of(truth, other, "item") | names_of(truth, address, "indicator"):
            return place
    return None


def _account_driver(
    result: Verification, truth: Truth, drawn: Drawn, sheet: Sheet, *, row: int, pair: dict[str, Binding]
) -> None:
    for axis, column in (("x", "A"), ("y", "B")):
        claim, cell = pair[axis], sheet.cells.get(f"{column}{row}")
        check_claim(result, truth, claim, slide=drawn.slide)
        right = truth.rounded(claim)
        where = f"workbook:{drawn.element}/{column}{row}"
        if cell != right:
            result.fault(drawn.slide, where, "mismatch", f"it holds '{cell}', but {claim.source} is {right}")
        else:
            result.account(drawn.slide, where, "figure", str(cell), address=claim.address, name=claim.field)
    _account_reach(result, truth, drawn, sheet, row=row, pair=pair)


def _account_reach(
    result: Verification, truth: Truth, drawn: Drawn, sheet: Sheet, *, row: int, pair: dict[str, Binding]
) -> None:
    """Hold error bars against the interval of the rating, rounded like it."""
    claim = pair["y"]
    figure, middle = truth.store.figures.get(claim.address), sheet.cells.get(f"B{row}")
    for column, name in _REACH.items():
        reach = sheet.cells.get(f"{column}{row}")
        if reach is None:
            continue
        end = getattr(figure, name, None)
        where = f"workbook:{drawn.element}/{column}{row}"
        right = None if end is None or figure is None else half_up(end, figure.decimals)
        known = isinstance(reach, Decimal) and isinstance(middle, Decimal) and right is not None
        drawn_end = (middle - reach if name == "ci_low" else middle + reach) if known else None  # type: ignore[operator]
        if drawn_end is None or abs(drawn_end - right) > _NEAR:  # type: ignore[operator]
            wrong = f"its interval ends at {drawn_end}, but {claim.address} ({name}) is {right}"
            result.fault(drawn.slide, where, "mismatch", wrong)
        else:
            result.account(drawn.slide, where, "figure", str(reach), address=claim.address, name=name)


def _account_borders(result: Verification, truth: Truth, drawn: Drawn, claims: list[Binding]) -> None:
    """Hold the lines between quadrants against their figures."""
    for claim in claims:
        check_claim(result, truth, claim, slide=drawn.slide)
        right = truth.rounded(claim)
        lines = [one for one in drawn.chart.series if one.title.startswith("|")]
        stored = [
            {(one.across if claim.element.endswith("x") else one.values).number(place) for place in (0, 1)}
            for one in lines
            if one.across is not None
        ]
        if {right} not in stored:
            result.fault(drawn.slide, claim.element, "mismatch", f"no line stands at {right}, {claim.source}")


def _compare_caches(result: Verification, drawn: Drawn, sheet: Sheet) -> None:
    for stored in drawn.chart.stored():
        for place, text in stored.points.items():
            name, held = drawn.cell(stored, place)
            if name and text != _EVERY and not _same(text, held):
                where = f"workbook:{drawn.element}/{name}"
                result.fault(drawn.slide, where, "mismatch", f"it holds '{held}', the chart shows '{text}'")
    if sheet.hidden or sheet.concealed:
        cells = ", ".join(sorted(sheet.concealed)[:3])
        result.fault(
            drawn.slide, f"workbook:{drawn.element}", "orphan", f"rows or columns are hidden: {cells}"
        )


def _same(text: str, held: Value | None) -> bool:
    if isinstance(held, Decimal):
        try:
            return abs(Decimal(text) - held) <= _NEAR
        except ArithmeticError:
            return False
    return text.rstrip(".") == (held or "").rstrip(".") or (held is None and text in ("0", "0.0", ""))


def _account_rest(result: Verification, drawn: Drawn, sheet: Sheet) -> None:
    """Count lines, corners and leaders as drawing; nothing else may be there."""
    rows = {int("".join(sign for sign in cell if sign.isdigit())) for cell in sheet.cells}
    drivers = {row for row, _ in _driver_rows(sheet)} | {1}
    for row in sorted(rows - drivers):
        series = str(sheet.cells.get(f"{SERIES}{row}", ""))
        for column in sorted(cell[0] for cell in sheet.cells if cell[1:] == str(row)):
            value = sheet.cells[f"{column}{row}"]
            if not isinstance(value, Decimal):
                continue
            where = f"workbook:{drawn.element}/{column}{row}"
            if series.startswith(_DRAWING) and column in "AB":
                result.account(drawn.slide, where, "drawing", str(value), name=series)
            else:
                result.fault(drawn.slide, where, "orphan", f"'{value}' belongs to no driver of the matrix")
    for cell, value in sheet.cells.items():
        if cell[:1] > "F" and isinstance(value, Decimal):
            where = f"workbook:{drawn.element}/{cell}"
            result.fault(drawn.slide, where, "orphan", f"'{value}' belongs to no driver of the matrix")
