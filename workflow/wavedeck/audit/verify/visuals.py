"""Account for a native chart: what it stores, its workbook, its labels, its names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wavedeck.audit.verify.bindings import Binding
from wavedeck.audit.verify.charts import AxisRead, ChartRead, SeriesRead, Stored
from wavedeck.audit.verify.expected import Truth, kind_of
from wavedeck.audit.verify.places import Place, check_labels
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.texts import account_text, check_claim
from wavedeck.audit.verify.tokens import DECIMAL_MARKS, has_number
from wavedeck.audit.verify.workbook import Value, cells_of
from wavedeck.narrative.wording import wording

_MOST_TICKS = 50
_SIGNS = ("–", "*", "·", "≠", "!", "")


@dataclass(frozen=True)
class Drawn:
    """A chart on a slide, with what the file claims of it.

    Attributes
    ----------
    slide, element
        Where it stands.
    chart
        As read.
    claims
        Place -> claims: s1p2 (point), s1 (series), c1 (category).
    """

    slide: int
    element: str
    chart: ChartRead
    claims: dict[str, list[Binding]]

    def value_claim(self, place: str) -> Binding | None:
        """Return the claim of a point's value."""
        return next((one for one in self.claims.get(place, ()) if not one.field.endswith(".mark")), None)

    def cell(self, stored: Stored, place: int) -> tuple[str, Value | None]:
        """Return the cell behind a stored value, and what the workbook holds in it."""
        sheet_name, cells = cells_of(stored.reference)
        if self.chart.workbook is None or place >= len(cells):
            return "", None
        sheet = self.chart.workbook.sheet(sheet_name)
        return cells[place], None if sheet is None else sheet.cells.get(cells[place])


def account_chart(result: Verification, truth: Truth, drawn: Drawn) -> None:
    """Hold a chart against its claims, the store and its own workbook."""
    compare_workbook(result, drawn)
    for number, series in enumerate(drawn.chart.series, start=1):
        count = max([*series.values.points, *series.categories.points, -1]) + 1
        for place in range(count):
            _account_point(result, truth, drawn, series, f"s{number}p{place + 1}", place)
        _report_beyond(result, drawn, number, count)
    _account_names(result, truth, drawn)
    account_axes(result, truth, drawn)


def _report_beyond(result: Verification, drawn: Drawn, number: int, count: int) -> None:
    for place, claims in drawn.claims.items():
        match = re.fullmatch(rf"s{number}p(\d+)", place)
        beyond = match is not None and int(match[1]) > count
        series = re.fullmatch(r"s(\d+)(?:p\d+)?", place)
        if beyond or (number == len(drawn.chart.series) and series and int(series[1]) > number):
            for one in claims:
                result.fault(drawn.slide, one.element, "edited", f"'{one.printed}' of {one.source} is gone")


def _account_point(
    result: Verification, truth: Truth, drawn: Drawn, series: SeriesRead, name: str, place: int
) -> None:
    claim, element = drawn.value_claim(name), f"{drawn.element}/{name}"
    stored, (cell_name, cell) = series.values.number(place), drawn.cell(series.values, place)
    if claim is None:
        _account_unclaimed(result, truth, drawn, element, stored, cell)
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
    _account_label(result, truth, drawn, series, name, place)


def _said(value: Value | None) -> str:
    return "nothing" if value is None else f"'{value}'"


def _account_unclaimed(
    result: Verification,
    truth: Truth,
    drawn: Drawn,
    element: str,
    stored: Decimal | None,
    cell: Value | None,
) -> None:
    """Let a point without a figure draw nothing, with a sign in the workbook."""
    if (stored is None or stored == 0) and (cell is None or cell in _SIGNS):
        return
    hidden = truth.hidden_like(str(stored)) if stored is not None else ""
    hint = f"; it is the hidden value of {hidden}" if hidden else ""
    result.fault(drawn.slide, element, "orphan", f"the value {_said(stored)} belongs to no figure{hint}")


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


def _account_label(
    result: Verification, truth: Truth, drawn: Drawn, series: SeriesRead, name: str, place: int
) -> None:
    """Hold the label of a point against its claims: a text of its own, or the value in a format."""
    claims, element = drawn.claims.get(name, []), f"{drawn.element}/{name}"
    if place in series.deleted:
        return
    own = series.labels.get(place)
    if own is not None:
        ordered = sorted(claims, key=lambda one: own.find(one.printed))
        account_text(result, truth, own, ordered, slide=drawn.slide, element=element, known=[series.title])
        return
    for one in claims:
        if one.field.endswith(".mark"):
            result.fault(drawn.slide, element, "edited", f"the mark '{one.printed}' of {one.source} is gone")
    claim = drawn.value_claim(name)
    figure = truth.store.figures.get(claim.address) if claim else None
    value = series.values.number(place)
    if claim is None or figure is None or value is None or not series.shows:
        return
    printed = code_prints(series.code, value)
    if printed is None:
        return
    if truth.rounded(claim) is None:
        result.fault(drawn.slide, element, "mismatch", f"its label is a number, but {claim.source} has none")
    elif printed != (figure.decimals, "%" in claim.printed):
        wrong = f"its label has {printed[0]} decimals{' and a percent sign' * printed[1]}"
        result.fault(drawn.slide, element, "mismatch", f"{wrong}, but '{claim.printed}' is declared")


def code_prints(code: str, value: Decimal) -> tuple[int, bool] | None:
    """Return decimals and percent sign with which a number format prints a value; None for nothing.

    >>> code_prints('[<4]"";0"%"', Decimal(3)), code_prints('[<4]"";0"%"', Decimal(40))
    (None, (0, True))
    """
    sections = re.findall(r'(?:"[^"]*"|[^;"])+', code) or ["General"]
    chosen = sections[0]
    for section in sections:
        condition = re.match(r"\[([<>]=?)(-?[\d.]+)\]", section)
        if condition is None:
            continue
        less, limit = condition[1].startswith("<"), Decimal(condition[2])
        met = value < limit if less else value > limit
        chosen = section if met or (condition[1].endswith("=") and value == limit) else sections[-1]
        break
    else:
        if len(sections) > 1 and value < 0:
            chosen = sections[1]
        elif len(sections) > 2 and value == 0:
            chosen = sections[2]
    plain = re.sub(r"\[[^]]*\]", "", chosen)
    digits = re.sub(r'"[^"]*"', "", plain)
    if not re.search(r"[0#]|General", digits):
        return None
    decimals = re.search(r"\.([0#]+)", digits)
    if "General" in digits:
        return max(0, -int(value.normalize().as_tuple().exponent)), "%" in plain
    return len(decimals[1]) if decimals else 0, "%" in plain


def compare_workbook(result: Verification, drawn: Drawn) -> None:
    """Report where a chart has stored something else than its workbook holds, and cells that nothing shows."""
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
        place = " in a hidden row, column or sheet" if hidden else ""
        where = f"workbook:{drawn.element}/{sheet_name}!{cell}"
        result.fault(drawn.slide, where, "orphan", f"'{value}'{place} belongs to no figure of the chart")


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
    for place, text in chart.workbook.texts if chart.workbook else ():
        if has_number(text):
            yield place, "", text, True


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


def account_titles(result: Verification, truth: Truth, drawn: Drawn) -> None:
    """Hold the titles of a chart and its axes against what is declared, and against the axes themselves."""
    known = axis_phrases(truth, drawn.chart)
    for text in drawn.chart.texts:
        element = f"{drawn.element}/title"
        account_text(result, truth, text, [], slide=drawn.slide, element=element, known=known)


def axis_phrases(truth: Truth, chart: ChartRead) -> list[str]:
    """Return how a report says from where to where the axes of a chart run."""
    words = wording(truth.language)["axis_cut"]
    mark = DECIMAL_MARKS.get(truth.language, ".")
    return [
        words.format(minimum=f"{low}{unit}", maximum=f"{high}{unit}").replace(".", mark)
        for axis in chart.axes
        if axis.minimum is not None and axis.maximum is not None
        for places in (0, 1, 2)
        for low, high in [[f"{end:.{places}f}" for end in (axis.minimum, axis.maximum)]]
        for unit in ("", "%")
    ]


def account_axes(result: Verification, truth: Truth, drawn: Drawn) -> None:
    """Account for the numbers that a viewer draws along an axis: derived from its ends and step."""
    for axis in drawn.chart.axes:
        for tick in ticks(axis):
            result.account(drawn.slide, f"{drawn.element}/axis", "axis", str(tick), address="", name="axis")


def ticks(axis: AxisRead) -> Sequence[Decimal]:
    """Return the numbers along an axis; none where it is not drawn or its ends are not set."""
    if not axis.drawn or axis.minimum is None or axis.maximum is None or not axis.step:
        return ()
    count = int((axis.maximum - axis.minimum) / axis.step)
    return tuple(axis.minimum + place * axis.step for place in range(min(count, _MOST_TICKS) + 1))
