"""One figure, from what is printed to the raw rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow.compute as pc

from wavedeck.audit.ledger import Print
from wavedeck.audit.trace.define import Definition, define
from wavedeck.audit.trace.place import Place, WaveData
from wavedeck.audit.trace.raw import RawFile, raw_file
from wavedeck.audit.trace.rows import Row, asked_of, rows_of
from wavedeck.audit.trace.terms import Terms, terms_of
from wavedeck.audit.trace.weighting import WeightingTrace, trace_weights
from wavedeck.figures.formats import format_figure, round_half_up
from wavedeck.figures.methods import DECISION, FAMILY, TEST
from wavedeck.figures.records import Comparison, Figure

FIRST_ROWS = 10
CLOSE = 1e-9


@dataclass(frozen=True)
class Test:
    """The card of one comparison."""

    result: Comparison
    other: float | None
    tests: int
    level: float
    correction: str
    minimum_difference: float
    test: str = TEST
    decision: str = DECISION
    family: str = FAMILY


@dataclass(frozen=True, kw_only=True)
class Trace:
    """Everything about one figure.

    Attributes
    ----------
    figure
        As the full store has it, also where it may not be published.
    prints
        Where reports print it.
    field
        Which of its numbers was asked about.
    value, rounded, printed
        That number, rounded, and as it is written out.
    terms
        What the estimate is the sum of.
    total
        Sum of the parts of all rows; None where a model stands between.
    card
        Method card of the model, for figures of impact.
    file
        The raw file.
    rows, all_rows
        Those shown, and how many there are.
    """

    figure: Figure
    prints: tuple[Print, ...]
    field: str
    value: float | None
    rounded: str
    printed: str
    definition: Definition
    terms: Terms
    total: float | None
    weighting: WeightingTrace | None
    tests: tuple[Test, ...]
    card: Mapping[str, Any]
    file: RawFile
    rows: tuple[Row, ...]
    all_rows: int

    @property
    def is_internal(self) -> bool:
        """Tell whether the figure may not be published."""
        return not self.figure.is_shown

    @property
    def adds_up(self) -> bool | None:
        """Tell whether the rows add up to the estimate; None where they do not have to."""
        estimate = self.figure.estimate
        if self.total is None or estimate is None:
            return None
        return abs(self.total - estimate) <= CLOSE * max(1.0, abs(estimate))


def trace_figure(
    place: Place,
    address: str,
    *,
    field: str = "estimate",
    rows: int | None = FIRST_ROWS,
    show_ids: bool = False,
    prints: Sequence[Print] = (),
) -> Trace:
    """Follow a figure back to the raw rows.

    Parameters
    ----------
    place
        The report.
    address
        Address with its wave.
    field
        Which number of the figure.
    rows
        How many rows are shown; None shows all.
    show_ids
        Show ids of respondents instead of pseudonyms.
    prints
        Where reports print it.

    Raises
    ------
    AuditError
        When there is no such figure, or a file is not there.
    """
    figure = place.figure(address)
    data = place.wave(figure.part, figure.wave)
    tests = tests_of(figure, place)
    value = value_of(figure, [one.result for one in tests], field)
    terms, file = terms_of(figure, place), raw_file(data)
    shown = len(terms.places) if rows is None else min(rows, len(terms.places))
    rounded, printed = _written(figure, field, value, place.language)
    modelled = figure.indicator not in place.study.indicators.indicators
    weighted = len(terms.places) and figure.statistic not in ("count", "response_rate")
    return Trace(
        figure=figure,
        prints=tuple(prints),
        field=field,
        value=value,
        rounded=rounded,
        printed=printed,
        definition=define(figure, terms, data, place.language),
        terms=terms,
        total=None if terms.share is None else float(terms.share.sum()),
        weighting=trace_weights(data, terms.places) if weighted else None,
        tests=tests,
        card=_card(figure, data) if modelled else {},
        file=file,
        rows=rows_of(terms, asked_of(figure, terms, data), data, file, shown, show_ids=show_ids),
        all_rows=len(terms.places),
    )


def _card(figure: Figure, data: WaveData) -> dict[str, Any]:
    from wavedeck.audit.trace.models import card_of

    return card_of(figure, data)


def value_of(figure: Figure, tests: Sequence[Comparison], field: str) -> float | None:
    """Return one number of a figure: a field of its own, or of a comparison as ``previous.difference``."""
    kind, _, name = field.rpartition(".")
    source: Any = next((one for one in tests if one.kind == kind), None) if kind else figure
    value = getattr(source, "estimate" if name in ("fraction", "counted") else name, None)
    return float(value) if isinstance(value, int | float) else None


def _written(figure: Figure, field: str, value: float | None, language: str) -> tuple[str, str]:
    if value is None:
        return "", ""
    if field.endswith("base"):
        return str(round_half_up(value, 0)), format_figure(value, "count", 0, language)
    signed = field.endswith("difference")
    rounded = str(round_half_up(value, figure.decimals))
    unit = figure.unit if figure.unit in ("mark", "percent", "nps", "count", "points") else "points"
    return rounded, format_figure(value, unit, figure.decimals, language, signed=signed)


def tests_of(figure: Figure, place: Place) -> tuple[Test, ...]:
    """Return the card of each comparison of a figure."""
    declared = place.study.settings.tests
    known = place.figures
    cards = []
    for one in place.tests(figure.address):
        other = known.filter(pc.equal(known["address"], one.against))["estimate"].to_pylist()
        cards.append(
            Test(
                one,
                other[0] if other else None,
                place.family(figure, one.kind),
                declared.level,
                declared.correction,
                declared.minimum_difference.get(figure.unit, 0.0),
            )
        )
    return tuple(cards)
