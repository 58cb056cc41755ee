"""Footnotes of a matrix: how importance is measured, which drivers are not placed, flagged or left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wavedeck.figures.formats import format_number
from wavedeck.figures.records import Figure
from wavedeck.render.chart.matrix import Matrix
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.footers import constant_run, filled, footnotes
from wavedeck.render.compose.grid import Grid
from wavedeck.render.text import Paragraph, Run
from wavedeck.study.address import Address
from wavedeck.study.deck import MatrixSlide
from wavedeck.study.impact import LOGIT, Analysis

LEFT_OUT = ("suppressed", "not_comparable", "failed", "empty", "not_asked")
STRONG_INFLATION = 10.0
FOOTNOTED = frozenset({"low_base"})
PERCENT = 100.0
Runs = list[Run]


def matrix_notes(
    context: Context, slide: MatrixSlide, matrix: Matrix, grid: Grid, *, listed: bool = True
) -> tuple[Paragraph, ...]:
    """Return how importance is measured, which drivers are not placed, and which are left out and why.

    Parameters
    ----------
    listed
        Whether to name the drivers that are not placed; the chart's alternative text names them always.
    """
    analysis = context.study.impact.analyses[slide.analysis]
    notes = _Notes(context, slide.analysis, analysis, grid)
    runs = [*notes.method()]
    if any(point.importance_range or point.rating_range for point in matrix.points):
        runs += notes.intervals(slide.uncertainty)
    names = [point.name for point in matrix.points if not point.placed]
    if names:
        runs += notes.unplaced(names if listed else ())
    runs += [*notes.left_out(), *notes.flagged()]
    for note in footnotes(context, grid, matrix.states() & FOOTNOTED, (), "none"):
        runs += [Run(" "), *note.runs]
    return (Paragraph(tuple(runs)),)


@dataclass(frozen=True)
class _Notes:
    """The notes of one analysis, each number with its source."""

    context: Context
    name: str
    analysis: Analysis
    grid: Grid

    def _filled(self, words: str, **values: Sequence[Run]) -> Iterator[Run]:
        yield Run(" ")
        yield from filled(self.context.words[words], values)

    def _declared(self, value: float, key: str, unit: str = "") -> Runs:
        text = format_number(value, 0, self.context.language) + unit
        return [constant_run(text, f"impact.analyses.{self.name}.{key}")]

    def method(self) -> Iterator[Run]:
        """Yield how importance is measured, and what was done with answers that are not there."""
        measure = self.analysis.used_measure(len(self.grid.values["item"]))
        yield Run(self.context.words[f"measure_{measure}"])
        if self.analysis.used_family(measure) in LOGIT:
            yield from self._filled("logit")
        yield from self._filled(f"missing_{self.analysis.used_missing(measure)}")
        if self.analysis.impute is not None:
            number = self._declared(self.analysis.impute.imputations, "impute.imputations")
            yield from self._filled("imputed", number=number)

    def intervals(self, drawn: str) -> Iterator[Run]:
        """Yield what the lines through bubbles are, with the declared level."""
        share = PERCENT * (1 - self.context.study.settings.tests.level)
        level = format_number(share, 0, self.context.language) + "%"
        yield from self._filled(f"intervals_{drawn}", level=[constant_run(level, "tests.level")])

    def unplaced(self, names: Sequence[str]) -> Iterator[Run]:
        """Yield what an open circle means, with the declared confidence, and which drivers these are."""
        level = self._declared(PERCENT * self.analysis.confidence, "confidence", "%")
        what = [Run(self.context.narrator.join(list(names)))] if names else []
        yield from self._filled("hollow_listed" if names else "hollow", level=level, what=what)

    def left_out(self) -> Iterator[Run]:
        """Yield the drivers that the model could not take, with share or least number of answers."""
        states: dict[str, list[str]] = {}
        for item in self.grid.values["item"]:
            figure = self.grid.figure({"item": item})
            if figure is not None and figure.state in LEFT_OUT:
                states.setdefault(figure.state, []).append(item)
        minimum = self._minimum()
        for state, items in states.items():
            named = [self._left_out(item, state) for item in items]
            yield from self._filled(f"left_out_{state}", what=self._joined(named), minimum=minimum)

    def _minimum(self) -> Runs:
        """Return the least number of answers: of the model, or of what may be printed where that is more."""
        rules = self.context.study.settings.suppression
        least = {f"impact.analyses.{self.name}.minimum_base": self.analysis.minimum_base}
        least["suppression.reliability.minimum"] = rules.reliability.minimum
        if rules.disclosure:
            least["suppression.disclosure.minimum"] = rules.disclosure.minimum
        key = max(least, key=lambda one: least[one])
        return [constant_run(self.context.number(least[key]), key)]

    def _left_out(self, item: str, state: str) -> Runs:
        """Return the name of a driver, with the share to whom it does not apply where that is why."""
        share = self._other(item, "not_applicable") if state == "not_comparable" else None
        name = Run(self.grid.label("item", item))
        if share is None:
            return [name]
        return [name, Run(" ("), Run(self.context.printed(share), address=share.address), Run(")")]

    def flagged(self) -> Iterator[Run]:
        """Yield pairs that nearly coincide, drivers that overlap with others, and those that pull back."""
        shown = [item for item in self.grid.values["item"] if self._is_shown(item)]
        pairs = [self._pair(figure) for figure in self._pairs(shown)]
        twins = {item for figure in self._pairs(shown) for item in (figure.item, figure.category)}
        overlapping = [i for i in shown if i not in twins and self._value(i, "vif") > STRONG_INFLATION]
        opposite = [[Run(self.grid.label("item", i))] for i in shown if self._value(i, "direction") < 0]
        alone = [[Run(self.grid.label("item", i))] for i in overlapping]
        for kind, found in (("duplicate", pairs), ("vif", alone), ("direction", opposite)):
            if found:
                yield from self._filled(f"flagged_{kind}", what=self._joined(found))

    def _pairs(self, shown: Sequence[str]) -> list[Figure]:
        """Return the correlations of drivers that nearly coincide, where both are shown."""
        found = [self._other(one, "duplicate", other) for one in shown for other in shown]
        return [figure for figure in found if figure is not None]

    def _pair(self, figure: Figure) -> Runs:
        values = {
            "first": [Run(self.grid.label("item", figure.item))],
            "second": [Run(self.grid.label("item", figure.category))],
            "correlation": [Run(self.context.printed(figure), address=figure.address)],
        }
        return [*filled(self.context.words["pair"], values)]

    def _joined(self, named: Sequence[Runs]) -> Runs:
        """Return runs joined as a list, the last with the language's word for and."""
        places = [f"{{n{number}}}" for number in range(len(named))]
        values = {f"n{number}": runs for number, runs in enumerate(named)}
        return [*filled(self.context.narrator.join(places), values)]

    def _is_shown(self, item: str) -> bool:
        figure = self.grid.figure({"item": item})
        return figure is not None and figure.is_shown

    def _value(self, item: str, kind: str) -> float:
        figure = self._other(item, kind)
        return (figure.estimate if figure else None) or 0.0

    def _other(self, item: str, kind: str, category: str = "") -> Figure | None:
        """Return another figure of a driver, where there is one that may be shown."""
        importance = self.grid.figure({"item": item})
        if importance is None:
            return None
        own = Address.parse(importance.address)
        indicator = own.indicator.removesuffix("importance") + kind
        address = str(replace(own, indicator=indicator, category=category))
        figure = self.context.store.figures.get(address)
        return figure if figure is not None and figure.is_shown else None
