"""One respondent, and the figures that the answers are part of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from wavedeck.audit.trace.behind import raw_columns_behind
from wavedeck.audit.trace.columns import columns_of, range_ends, sides_of
from wavedeck.audit.trace.find import every_ledger
from wavedeck.audit.trace.place import Place, WaveData
from wavedeck.audit.trace.rests import Sources
from wavedeck.figures.columns import (
    PERCENT,
    Column,
    category_names,
    column_values,
    offered_categories,
    tick_matrix,
)
from wavedeck.figures.records import Figure
from wavedeck.intake.groups import group_masks
from wavedeck.study.indicators import (
    CompositionIndicator,
    CountIndicator,
    DifferenceIndicator,
    MultipleIndicator,
    RangeIndicator,
    ResponseRateIndicator,
)

Added = tuple[float | None, float | None, bool]


@dataclass(frozen=True)
class Part:
    """One figure that a respondent is part of.

    Attributes
    ----------
    address, state, estimate
        The figure; its state says whether it is published.
    value
        What the respondent adds before weighting; None where a model stands between.
    weight, share
        Weight, and the part of the estimate that comes from this respondent; None where there is none.
    columns
        Raw columns that the figure rests on, sorted.
    slides
        Report -> slides that print it.
    """

    address: str
    state: str
    estimate: float | None
    value: float | None
    weight: float
    share: float | None
    columns: tuple[str, ...]
    slides: Mapping[str, tuple[str, ...]]


class Respondent:
    """One kept respondent, and the figures of the wave.

    Parameters
    ----------
    place
        The report.
    data
        Wave and part of the respondent.
    row
        Row in the raw file.
    """

    def __init__(self, place: Place, data: WaveData, row: int) -> None:
        self.place, self.data = place, data
        rows = data.weights["_row"].to_numpy()
        self.at = int(np.flatnonzero(rows == row)[0])
        self.weight = float(data.weight[self.at])
        self.cell = str(data.weights["cell"][self.at].as_py() or "")
        self.counts = bool(data.included[self.at])
        self.table: pa.Table = data.responses(_variables(data)).slice(self.at, 1)

    @cached_property
    def slides(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Return address -> report -> slides."""
        found: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
        for report, prints in every_ledger(self.place.study.name, self.place.folder).items():
            for one in prints:
                found[one.address][report][one.slide] = None
        return {at: {name: tuple(own) for name, own in by.items()} for at, by in found.items()}

    @cached_property
    def groups(self) -> dict[str, bool]:
        """Return group -> whether the respondent belongs to it."""
        names = {one.group for one in self.figures} | set(self.data.recipe.group_names())
        book, part = self.data.study.group_book, self.data.part
        masks = group_masks(self.table, book, sorted(names), part, root=self.data.folder)
        return {name: bool(mask[0]) for name, mask in masks.items()}

    @cached_property
    def figures(self) -> list[Figure]:
        """Return the figures of this wave and part."""
        return self.place.in_wave(self.data.part, self.data.name)

    @cached_property
    def columns(self) -> dict[tuple[str, str, str], Column]:
        """Return the columns of all indicators by indicator, item and category."""
        names = [name for name, _ in self.data.recipe.active_indicators()]
        return {one.key: one for name in names for one in columns_of(name, self.data)}

    def parts(self, sources: Sources, column: str) -> Iterator[Part]:
        """Yield the figures that the respondent is part of, limited to those on one raw column."""
        for figure in self.figures:
            if figure.base is None and figure.estimate is None:
                continue
            found = self._share(figure)
            if found is None:
                continue
            value, share, weighted = found
            columns = raw_columns_behind(figure, self.place, self.data, sources)
            if not column or column in columns or (weighted and column in sources.of_weights()):
                yield Part(
                    figure.address,
                    figure.state,
                    figure.estimate,
                    value,
                    self.weight if weighted else 1.0,
                    share,
                    tuple(sorted(columns)),
                    self.slides.get(figure.address, {}),
                )

    def _share(self, figure: Figure) -> Added | None:
        """Return value, share of the estimate, and whether weights count; None when not part of it."""
        spec = self.data.study.indicators.indicators.get(figure.indicator)
        if spec is None:
            return self._modelled(figure)
        if isinstance(spec, RangeIndicator):
            return self._ranged(figure, spec)
        if not self.groups[figure.group]:
            return None
        if isinstance(spec, CountIndicator | ResponseRateIndicator):
            gross = self.data.recipe.gross
            return 1.0, PERCENT / gross if isinstance(spec, ResponseRateIndicator) and gross else 1.0, False
        if not self.counts or spec.statistic in ("gross", "benchmark"):
            return None
        if isinstance(spec, DifferenceIndicator):
            return self._difference(figure, spec)
        if isinstance(spec, MultipleIndicator) and spec.per == "answers":
            return self._mentions(figure, spec)
        return self._average(figure, self.columns.get((figure.indicator, figure.item, figure.category)))

    def _value(self, column: Column) -> float:
        if isinstance(column.spec, CompositionIndicator):
            return float(self.groups[column.category]) * PERCENT
        return float(column_values(column, self.table)[0]) * (PERCENT if column.is_share else 1.0)

    def _average(self, figure: Figure, column: Column | None) -> Added | None:
        value = np.nan if column is None else self._value(column)
        if column is None or np.isnan(value):
            return None
        weighted = not isinstance(column.spec, CompositionIndicator) or column.spec.weighted
        weight = self.weight if weighted else 1.0
        total = figure.weighted_base
        return value, weight * value / total if total else None, weighted

    def _difference(self, figure: Figure, spec: DifferenceIndicator) -> Added | None:
        sides = sides_of(figure, spec, self.data)
        values = [self._value(one) for one in sides]
        if np.isnan(values).all():
            return None
        bases = [
            self.place.figure(self.data.recipe.address(one, figure.group)).weighted_base
            if self._is_stored(one, figure.group)
            else None
            for one in sides
        ]
        shares = [
            0.0 if np.isnan(value) else self.weight * value / base if base else np.nan
            for value, base in zip(values, bases, strict=True)
        ]
        share = shares[0] - shares[1]
        difference = values[0] - values[1]
        return (
            None if np.isnan(difference) else difference,
            None if np.isnan(share) else share,
            True,
        )

    def _is_stored(self, column: Column, group: str) -> bool:
        return self.data.recipe.address(column, group) in self._addresses

    @cached_property
    def _addresses(self) -> frozenset[str]:
        return frozenset(one.address for one in self.figures)

    def _mentions(self, figure: Figure, spec: MultipleIndicator) -> Added | None:
        for question in self.data.questions:
            if question.variable == spec.variable and (question.loop_entry or question.item) == figure.item:
                offered = [one for one in category_names(question) if one in offered_categories(question)]
                ticks = tick_matrix(self.table, question, tuple(offered))[0]
                net = spec.nets.get(figure.category)
                wanted = net.categories if net else [figure.category]
                counted = sum(tick for one, tick in zip(offered, ticks, strict=True) if one in wanted)
                return None if np.isnan(ticks[0]) else (float(counted), None, True)
        return None

    def _ranged(self, figure: Figure, spec: RangeIndicator) -> Added | None:
        if figure.estimate is None:
            return None
        low, high = range_ends(figure, spec, self.place)
        ends = {"low": [low], "high": [high], "width": [high, low]}[figure.category]
        found = [self._share(one) for one in ends]
        if not any(found):
            return None
        shares = [one[1] or 0.0 if one else 0.0 for one in found]
        return None, shares[0] - sum(shares[1:]), any(one[2] for one in found if one)

    def _modelled(self, figure: Figure) -> Added | None:
        from wavedeck.audit.trace.models import counted_in

        inside = self.counts and self.groups[figure.group]
        weighted = figure.statistic != "count"
        return (None, None, weighted) if inside and counted_in(figure, self.table, self.data)[0] else None


def _variables(data: WaveData) -> list[str]:
    """Return every variable of a wave that figures or groups may rest on."""
    return [one.name for one in data.questions]
