"""Account for a native chart: what it stores, its workbook, its labels, its names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from wavedeck.audit.verify.axes import account_axes, account_titles
from wavedeck.audit.verify.bindings import Binding
from wavedeck.audit.verify.charts import ChartRead
from wavedeck.audit.verify.drawn import Drawn, Point
from wavedeck.audit.verify.expected import Truth, kind_of
from wavedeck.audit.verify.labels import account_label
from wavedeck.audit.verify.places import Place, check_labels
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.texts import account_text, check_claim
from wavedeck.audit.verify.tokens import has_number
from wavedeck.audit.verify.workbook import Value, cells_of

_SIGNS = ("–", "*", "·", "≠", "!", "")


def account_chart(result: Verification, truth: Truth, drawn: Drawn) -> None:
    """Hold a chart against its claims, the store and its own workbook."""
    compare_workbook(result, drawn)
    for number, series in enumerate(drawn.chart.series, start=1):
        count = max([*series.values.points, *series.categories.points, -1]) + 1
        for place in range(count):
            point = Point(series, f"s{number}p{place + 1}", place)
            _account_point(result, truth, drawn, point)
        _report_beyond(result, drawn, number, count)
    _account_names(result, truth, drawn)
    account_axes(result, drawn)


def _report_beyond(result: Verification, drawn: Drawn, number: int, count: int) -> None:
    for place, claims in drawn.claims.items():
        match = re.fullmatch(rf"s{number}p(\d+)", place)
        beyond = match is not None and int(match[1]) > count
        series = re.fullmatch(r"s(\d+)(?:p\d+)?", place)
        if beyond or (number == len(drawn.chart.series) and series and int(series[1]) > number):
            for one in claims:
                result.fault(drawn.slide, one.element, "edited", f"'{one.printed}' of {one.source} is gone")


def _account_point(result: Verification, truth: Truth, drawn: Drawn, point: Point) -> None:
    series, name, place = point.series, point.name, point.place
    claim, element = drawn.value_claim(name), f"{drawn.element}/{name}"
    stored, (cell_name, cell) = series.values.number(place), drawn.cell(series.values, place)
    if claim is None:
        _account_unclaimed(result, truth, (drawn.slide, element), stored, cell)
        return
    check_claim(result, truth, claim, slide=drawn.slide)
    right = truth.rounded(claim)
    inside = f"workbook:{drawn.element}/{cell_name}"
    if right is None:
        _refuse_value(result, drawn.slide, (element, inside), (stored, cell), claim)
    else:
        for where, value in ((element, stored), (inside, cell)):
            if value != right:
                wrong = f"it holds {_said(value)}, but {claim.source} is {right}"
                result.fault(drawn.slide, where, "mismatch", wrong)
        if cell == right:
            result.account(
                drawn.slide, inside, kind_of(claim), str(cell), address=claim.address, name=claim.field
            )
    account_label(result, truth, drawn, point)


def _said(value: Value | None) -> str:
    return "nothing" if value is None else f"'{value}'"


def _account_unclaimed(
    result: Verification,
    truth: Truth,
    where: tuple[int, str],
    stored: Decimal | None,
    cell: Value | None,
) -> None:
    """Let a point without a figure draw nothing, with a sign in the workbook."""
    if (stored is None or stored == 0) and (cell is None or cell in _SIGNS):
        return
    hidden = truth.hidden_like(str(stored)) if stored is not None else ""
    hint = f"; it is the hidden value of {hidden}" if hidden else ""
    result.fault(*where, "orphan", f"the value {_said(stored)} belongs to no figure{hint}")


def _refuse_value(
    result: Verification,
    slide: int,
    elements: tuple[str, str],
    values: tuple[Decimal | None, Value | None],
    claim: Binding,
) -> None:
    stored, cell = values
    if stored:
        result.fault(slide, elements[0], "leak", f"it stores {stored}, but {claim.source} may not be shown")
    if cell is not None and cell not in _SIGNS:
        result.fault(slide, elements[1], "leak", f"it holds {cell}, but {claim.source} may not be shown")


def compare_workbook(result: Verification, drawn: Drawn) -> None:
    """Report where a chart and its workbook differ, and cells that nothing shows."""
    used: set[tuple[str, str]] = set()
    for stored in drawn.chart.stored():
        sheet, cells = cells_of(stored.reference)
        used |= {(sheet, cell) for cell in cells}
        for place, text in stored.points.items():
            name, held = drawn.cell(stored, place)
            if name and not _same(text, held):
                where = f"workbook:{drawn.element}/{name}"
                result.fault(
                    drawn.slide, where, "mismatch", f"it holds {_said(held)}, the chart shows '{text}'"
                )
    for sheet_name, cell, value, hidden in _unused(drawn.chart, used):
        which = " in a hidden row, column or sheet" if hidden else ""
        where = f"workbook:{drawn.element}/{sheet_name}!{cell}"
        result.fault(drawn.slide, where, "orphan", f"'{value}'{which} belongs to no figure of the chart")


def _same(text: str, held: Value | None) -> bool:
    if isinstance(held, Decimal):
        try:
            return Decimal(text) == held
        except ArithmeticError:
            return False
    return text == (held or "") or (held in _SIGNS and text in ("0", "0.0"))


def _unused(chart: ChartRead, used: set[tuple[str, str]]) -> Iterator[tuple[str, str, Value, bool]]:
    for sheet in chart.workbook.sheets if chart.workbook else ():
        for cell, value in sheet.cells.items():
            hidden = sheet.hidden or cell in sheet.concealed
            numeric = isinstance(value, Decimal) or has_number(str(value))
            if hidden or (numeric and (sheet.name, cell) not in used) or cell in sheet.formulas:
                yield sheet.name, cell, value, hidden
    for where, text in chart.workbook.texts if chart.workbook else ():
        if has_number(text):
            yield where, "", text, True


def _account_names(result: Verification, truth: Truth, drawn: Drawn) -> None:
    """Hold the names of categories and series against the figures that they head."""
    series, titles = drawn.chart.series, [one.title for one in drawn.chart.series]
    categories = series[0].categories.points if series else {}
    for kind, names in (("c", categories), ("s", dict(enumerate(titles)))):
        places = [
            Place(f"{drawn.element}/{kind}{place + 1}", name, _headed(drawn, kind, place + 1))
            for place, name in names.items()
        ]
        fine = check_labels(result, truth, places, slide=drawn.slide)
        for place in places:
            own = place.element.rpartition("/")[2]
            known = [place.text] if place.element in fine else wave_notes(truth)
            claims = drawn.claims.get(own, [])
            account_text(
                result, truth, place.text, claims, slide=drawn.slide, element=place.element, known=known
            )
    account_titles(result, truth, drawn)


def wave_notes(truth: Truth) -> list[str]:
    """Return what stands behind the name of a line that has gaps: the wave and its sign."""
    labels = [truth.labels.wave(name) for name in truth.study.wave_names]
    return [f"{label}: {sign}" for label in labels for sign in _SIGNS if sign]


def _headed(drawn: Drawn, kind: str, number: int) -> tuple[str, ...]:
    wanted = re.compile(rf"s\d+p{number}" if kind == "c" else rf"s{number}p\d+")
    found = [drawn.value_claim(place) for place in drawn.claims if wanted.fullmatch(place)]
    return tuple(one.address for one in found if one is not None)
