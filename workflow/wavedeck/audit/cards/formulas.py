"""The formula of every figure, with the numbers of a store filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa

from wavedeck.audit.cards.evidence import Evidence, column_id
from wavedeck.audit.cards.models import model_sum
from wavedeck.audit.cards.shelf import Shelf
from wavedeck.audit.cards.sums import Shown, Sum, Term
from wavedeck.audit.trace.columns import column_of, range_ends, sides_of
from wavedeck.audit.trace.place import WaveData
from wavedeck.figures.columns import PERCENT, Column, category_names, offered_categories, tick_matrix
from wavedeck.figures.records import Figure
from wavedeck.study.codebook import Question
from wavedeck.study.indicators import (
    CompositionIndicator,
    CountIndicator,
    DifferenceIndicator,
    MultipleIndicator,
    RangeIndicator,
    ResponseRateIndicator,
)


class Formulas:
    """The formulas of a report.

    Parameters
    ----------
    shelf
        Figures whose numbers may be filled in.
    words
        Fixed words of a language.
    evidence
        By part and wave; empty where rows may not be shown, and then nothing is read of them.
    """

    def __init__(
        self, shelf: Shelf, words: Mapping[str, str], evidence: Mapping[tuple[str, str], Evidence]
    ) -> None:
        self.shelf, self.words, self.evidence = shelf, words, evidence

    def of(self, figure: Figure) -> Sum:
        """Return the formula of a figure."""
        data = self.shelf.wave(figure.part, figure.wave)
        spec = self.shelf.study.indicators.indicators.get(figure.indicator)
        if spec is None:
            return model_sum(figure, data, self.words, self._rows(figure))
        if isinstance(spec, RangeIndicator):
            return self._range(figure, spec)
        if isinstance(spec, CountIndicator | ResponseRateIndicator):
            return self._counted(figure, spec, data)
        if isinstance(spec, DifferenceIndicator):
            return self._difference(figure, spec, data)
        if isinstance(spec, MultipleIndicator) and spec.per == "answers":
            return self._mentions(figure, spec, data)
        if spec.statistic in ("gross", "benchmark"):
            filled = "" if figure.estimate is None else _number(figure.estimate)
            return Sum(kind=spec.statistic, text=self.words[spec.statistic], filled=filled)
        return self._average(figure, column_of(figure, data), figure)

    def _rows(self, figure: Figure) -> Evidence | None:
        """Return the evidence of a figure, None where it has none or nobody was asked."""
        if figure.state == "not_asked":
            return None
        return self.evidence.get((figure.part, figure.wave))

    def _average(self, figure: Figure, column: Column, stored: Figure | None) -> Sum:
        """Return the formula of a weighted mean or share.

        Parameters
        ----------
        figure
            Tells group, wave and part.
        stored
            The figure whose numbers are filled in, where the store has it.
        """
        is_composition = isinstance(column.spec, CompositionIndicator)
        by = f"{PERCENT:g} x " if column.is_share else ""
        kind = "over_members" if is_composition else "over_answers"
        return Sum(
            kind=kind,
            text=by + self.words[kind],
            filled=_filled(stored, by, PERCENT if column.is_share else 1.0),
            terms=self._averaged(figure, column),
            questions=(column.question,) if column.question else (),
            counted=column.categories,
        )

    def _averaged(self, figure: Figure, column: Column) -> tuple[Term, ...]:
        rows = self._rows(figure)
        if rows is None:
            return ()
        scale = PERCENT if column.is_share else 1.0
        name = rows.averaged(column)
        weighted = not isinstance(column.spec, CompositionIndicator) or column.spec.weighted
        return (
            Term(
                kind="ratio",
                scale=scale,
                of=name,
                group=rows.grouped(figure.group),
                weighted=weighted,
                show={"value": Shown(name, scale)},
            ),
        )

    def _counted(self, figure: Figure, spec: CountIndicator | ResponseRateIndicator, data: WaveData) -> Sum:
        gross = data.recipe.gross if isinstance(spec, ResponseRateIndicator) else None
        kind, rows = "rate" if gross else "count", self._rows(figure)
        filled = ""
        if figure.estimate is not None:
            filled = (
                f"{PERCENT:g} x {figure.estimate * gross / PERCENT:.0f} / {gross}"
                if gross
                else f"{figure.estimate:.0f}"
            )
        term = Term(
            kind="count",
            scale=PERCENT / gross if gross else 1.0,
            group=rows.grouped(figure.group) if rows else figure.group,
            included=False,
            weighted=False,
            show={"value": Shown(None)},
        )
        return Sum(kind=kind, text=self.words[kind], filled=filled, terms=(term,) if rows else ())

    def _difference(self, figure: Figure, spec: DifferenceIndicator, data: WaveData) -> Sum:
        columns = sides_of(figure, spec, data)
        own = [data.recipe.address(column, figure.group) for column in columns]
        stored = [self.shelf.by_address.get(address) for address in own]
        of, minus = (self._average(figure, column, one) for column, one in zip(columns, stored, strict=True))
        both = figure.estimate is not None and of.filled and minus.filled
        return Sum(
            kind="difference",
            text=f"({of.text}) - ({minus.text})",
            filled=f"{of.filled} - {minus.filled}" if both else "",
            terms=_sides({"of": of, "minus": minus}),
            questions=_questions(of, minus),
            counted=of.counted,
            rests_on=tuple(own),
        )

    def _range(self, figure: Figure, spec: RangeIndicator) -> Sum:
        kind = {"low": "lowest", "high": "highest"}.get(figure.category, "width")
        if figure.estimate is None:
            return Sum(kind=kind, text=self.words[kind])
        low, high = range_ends(figure, spec, self.shelf)
        if kind != "width":
            end = low if kind == "lowest" else high
            own = self.of(end)
            return replace(own, text=f"{self.words[kind]}: {own.text}", rests_on=(end.address,))
        ends = [self.of(one) for one in (high, low)]
        return Sum(
            kind=kind,
            text=self.words[kind],
            filled=f"{_number(high.estimate or 0)} - {_number(low.estimate or 0)}",
            terms=_sides({"high": ends[0], "low": ends[1]}),
            questions=_questions(*ends),
            counted=ends[0].counted,
            rests_on=(high.address, low.address),
        )

    def _mentions(self, figure: Figure, spec: MultipleIndicator, data: WaveData) -> Sum:
        kind, net = "mentions", spec.nets.get(figure.category)
        wanted = tuple(net.categories) if net else (figure.category,)
        question = next((one for one in data.questions if _is_of(one, spec.variable, figure.item)), None)
        if question is None:
            return Sum(kind=kind, text=self.words[kind], counted=wanted)
        rows = self._rows(figure)
        term = _mentioned(figure, question, wanted, rows) if rows else None
        return Sum(
            kind=kind,
            text=self.words[kind],
            filled=_mentions_filled(term, rows) if term and rows else "",
            terms=(term,) if term else (),
            questions=(question,),
            counted=wanted,
        )


def _is_of(question: Question, variable: str, item: str) -> bool:
    return question.variable == variable and (question.loop_entry or question.item) == item


def _mentioned(figure: Figure, question: Question, wanted: tuple[str, ...], rows: Evidence) -> Term:
    every = tuple(one for one in category_names(question) if one in offered_categories(question))
    counted = tuple(one for one in every if one in wanted)
    own = Column(
        indicator=figure.indicator,
        item=figure.item,
        category=figure.category,
        question=question,
        spec=rows.data.study.indicators.indicators[figure.indicator],
    )
    name = rows.asked(column_id(own), lambda table: _ticks(table, question, every, counted))
    given = column_id(replace(own, category="#answers"))
    answers = rows.asked(given, lambda table: _ticks(table, question, every, every))
    return Term(
        kind="ratio",
        scale=PERCENT,
        of=name,
        per=answers,
        group=rows.grouped(figure.group),
        show={"value": Shown(name), "answers": Shown(answers)},
    )


def _mentions_filled(term: Term, rows: Evidence) -> str:
    """Return the numbers of a share of mentions, which only the rows hold."""
    above, below = rows.sums(term.group, term.of or "", term.per or "")
    return f"{PERCENT:g} x {_number(above)} / {_number(below)}"


def _ticks(
    table: pa.Table, question: Question, every: tuple[str, ...], counted: tuple[str, ...]
) -> np.ndarray:
    """Return how many of some answers each respondent gave, NaN without an answer."""
    ticks = tick_matrix(table, question, every)
    chosen = ticks[:, [one in counted for one in every]].sum(axis=1)
    return np.where(np.isnan(ticks[:, 0]), np.nan, chosen)


def _filled(stored: Figure | None, by: str, scale: float) -> str:
    if stored is None or stored.estimate is None or stored.weighted_base is None:
        return ""
    total = stored.weighted_base
    return f"{by}{_number(stored.estimate * total / scale)} / {_number(total)}"


def _sides(sides: Mapping[str, Sum]) -> tuple[Term, ...]:
    signed = zip(sides.items(), (1, -1), strict=True)
    return tuple(term.as_side(name, sign) for (name, one), sign in signed for term in one.terms)


def _questions(*sides: Sum) -> tuple[Question, ...]:
    return tuple({one.name: one for side in sides for one in side.questions}.values())


def _number(value: float) -> str:
    return f"{value:.10g}"
