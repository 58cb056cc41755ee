"""Account for axes: their titles, and the numbers that a viewer draws along them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from wavedeck.audit.verify.charts import AxisRead, ChartRead
from wavedeck.audit.verify.drawn import Drawn
from wavedeck.audit.verify.expected import Truth
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.texts import account_text
from wavedeck.audit.verify.tokens import DECIMAL_MARKS
from wavedeck.narrative.wording import wording

_MOST_TICKS = 50


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


def account_axes(result: Verification, drawn: Drawn) -> None:
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
