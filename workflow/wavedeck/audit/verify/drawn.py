"""A chart of a slide, with what the file claims of it."""

from __future__ import annotations

from dataclasses import dataclass

from wavedeck.audit.verify.bindings import Binding
from wavedeck.audit.verify.charts import ChartRead, SeriesRead, Stored
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.workbook import Value, cells_of


@dataclass(frozen=True)
class Point:
    """One point: its series, its name in the ledger, its place from 0."""

    series: SeriesRead
    name: str
    place: int


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


def report_extras(result: Verification, drawn: Drawn) -> None:
    """Report what a chart draws, and what its workbook holds, beside figures."""
    for message in drawn.chart.extras:
        result.fault(drawn.slide, drawn.element, "edited", message)
    for message in drawn.chart.workbook.oddities if drawn.chart.workbook else ():
        result.fault(drawn.slide, f"workbook:{drawn.element}", "orphan", message)
