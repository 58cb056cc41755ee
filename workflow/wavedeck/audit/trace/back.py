"""From a raw row to every figure and slide that the respondent is part of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.trace.find import every_ledger
from wavedeck.audit.trace.logs import Change, Disposition, changes_of, disposition_of
from wavedeck.audit.trace.place import Place, WaveData
from wavedeck.audit.trace.rests import Sources
from wavedeck.audit.trace.terms import columns_of, range_ends, sides_of
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
from wavedeck.study.errors import did_you_mean
from wavedeck.study.indicators import (
    CompositionIndicator,
    CountIndicator,
    DifferenceIndicator,
    MultipleIndicator,
    RangeIndicator,
    ResponseRateIndicator,
)


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


@dataclass(frozen=True, kw_only=True)
class RowTrace:
    """What became of a raw row.

    Attributes
    ----------
    file, row
        The raw row.
    part, wave
        Of which population and round.
    disposition
        Kept, or dropped and by which rule.
    changes
        What cleaning changed in it.
    weight, cell
        Its weight, None when dropped.
    weighting_columns
        Raw columns that weights rest on: another answer there moves every weighted figure.
    figures
        Every figure that it is part of.
    """

    file: str
    row: int
    part: str
    wave: str
    disposition: Disposition
    changes: tuple[Change, ...]
    weight: float | None
    cell: str
    weighting_columns: tuple[str, ...]
    figures: tuple[Part, ...]


def wave_of_file(name: str, place: Place) -> WaveData:
    """Return the wave and part whose raw file has a name.

    Raises
    ------
    AuditError
        When no part and wave has it.
    """
    known = {
        place.study.raw_file(part, wave): (part, wave)
        for wave in place.study.wave_names
        for part in place.study.parts_in(wave)
    }
    wanted = name.replace("\\", "/").removeprefix("./")
    found = [one for file, one in known.items() if file == wanted or wanted.endswith(f"/{file}")]
    found = found or [one for file, one in known.items() if file.endswith(f"/{wanted}")]
    if len(found) != 1:
        many = f"'{name}' may be several files" if found else f"'{name}' is no raw file of this study"
        raise AuditError(f"{many}{did_you_mean(name, known, then='its raw files: ' + ', '.join(known))}")
    return place.wave(*found[0])


def trace_row(place: Place, file: str, row: int, *, column: str = "") -> RowTrace:
    """Follow a raw row to every figure that it is part of.

    Parameters
    ----------
    place
        The report whose store is looked at.
    file, row
        Raw file, and line (CSV, Excel) or case (SPSS).
    column
        Limits figures to those that rest on this raw column.

    Raises
    ------
    AuditError
        When there is no such file, row or column.
    """
    data = wave_of_file(file, place)
    what = disposition_of(data, row)
    if what is None:
        raise AuditError(f"{data.raw_name}: there is no respondent in row {row}")
    every = _Respondent(place, data, row) if what.disposition == "kept" else None
    sources = Sources(data)
    if column:
        _require_column(column, sources)
    weighing = sources.of_weights()
    return RowTrace(
        file=data.raw_name,
        row=row,
        part=data.part,
        wave=data.name,
        disposition=what,
        changes=tuple(changes_of(data, [row])),
        weight=every.weight if every else None,
        cell=every.cell if every else "",
        weighting_columns=tuple(sorted(weighing)),
        figures=tuple(every.parts(sources, column)) if every else (),
    )


def _require_column(column: str, sources: Sources) -> None:
    known = {one for question in sources.questions.values() for one in question.raw_columns}
    if column not in known:
        raise AuditError(f"no question rests on a raw column '{column}'{did_you_mean(column, known)}")


class _Respondent:
    """One kept respondent, and the figures of the wave."""

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
            columns = self._columns(figure, sources)
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

    def _share(self, figure: Figure) -> tuple[float | None, float | None, bool] | None:
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

    def _average(
        self, figure: Figure, column: Column | None
    ) -> tuple[float | None, float | None, bool] | None:
        value = np.nan if column is None else self._value(column)
        if column is None or np.isnan(value):
            return None
        weighted = not isinstance(column.spec, CompositionIndicator) or column.spec.weighted
        weight = self.weight if weighted else 1.0
        total = figure.weighted_base
        return value, weight * value / total if total else None, weighted

    def _difference(
        self, figure: Figure, spec: DifferenceIndicator
    ) -> tuple[float | None, float | None, bool] | None:
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

    def _mentions(
        self, figure: Figure, spec: MultipleIndicator
    ) -> tuple[float | None, float | None, bool] | None:
        for question in self.data.study.codebook.questions(self.data.part, self.data.name):
            if question.variable == spec.variable and (question.loop_entry or question.item) == figure.item:
                offered = [one for one in category_names(question) if one in offered_categories(question)]
                ticks = tick_matrix(self.table, question, tuple(offered))[0]
                net = spec.nets.get(figure.category)
                wanted = net.categories if net else [figure.category]
                counted = sum(tick for one, tick in zip(offered, ticks, strict=True) if one in wanted)
                return None if np.isnan(ticks[0]) else (float(counted), None, True)
        return None

    def _ranged(self, figure: Figure, spec: RangeIndicator) -> tuple[float | None, float | None, bool] | None:
        if figure.estimate is None:
            return None
        low, high = range_ends(figure, spec, self.place)
        ends = {"low": [low], "high": [high], "width": [high, low]}[figure.category]
        found = [self._share(one) for one in ends]
        if not any(found):
            return None
        shares = [one[1] or 0.0 if one else 0.0 for one in found]
        return None, shares[0] - sum(shares[1:]), any(one[2] for one in found if one)

    def _modelled(self, figure: Figure) -> tuple[float | None, float | None, bool] | None:
        from wavedeck.audit.trace.models import behind

        if not (self.counts and self.groups[figure.group]):
            return None
        found = behind(figure, self.data)
        judged = not np.isnan(self._value(found.outcome))
        own = found.drivers.get(figure.item)
        answers = [not np.isnan(self._value(one)) for one in found.drivers.values()]
        answered = own is not None and not np.isnan(self._value(own))
        if found.kind == "not_applicable":
            inside = judged
        elif found.listwise:
            inside = judged and all(answers)
        elif found.kind == "rating":
            inside = answered
        elif own is not None and found.measure == "correlation" and found.kind in ("importance", "whatif"):
            inside = judged and answered
        else:
            inside = (judged and any(answers)) or any(answers)
        return (None, None, True) if inside else None

    def _columns(self, figure: Figure, sources: Sources) -> frozenset[str]:
        """Return the raw columns that a figure rests on, weights aside."""
        spec = self.data.study.indicators.indicators.get(figure.indicator)
        own = sources.of_group(figure.group)
        if spec is None:
            return own | self._model_columns(figure, sources)
        if isinstance(spec, RangeIndicator):
            ends = range_ends(figure, spec, self.place)
            used = [
                one
                for one, name in zip(ends, ("low", "high"), strict=True)
                if figure.category in (name, "width")
            ]
            return own.union(*(self._columns(one, sources) for one in used))
        if isinstance(spec, DifferenceIndicator):
            return own | _of_columns(sides_of(figure, spec, self.data), sources)
        if isinstance(spec, CompositionIndicator):
            return own | sources.of_group(figure.category)
        if isinstance(spec, MultipleIndicator) and spec.per == "answers":
            return own | sources.of([spec.variable])
        column = self.columns.get((figure.indicator, figure.item, figure.category))
        return own | _of_columns([column] if column else [], sources)

    def _model_columns(self, figure: Figure, sources: Sources) -> frozenset[str]:
        from wavedeck.audit.trace.models import behind

        found = behind(figure, self.data)
        own = found.drivers.get(figure.item)
        if found.kind == "rating" and own is not None and not found.listwise:
            return _of_columns([own], sources)
        alone = found.measure == "correlation" and found.kind in ("importance", "whatif")
        if own is not None and (found.kind == "not_applicable" or (alone and not found.listwise)):
            return _of_columns([found.outcome, own], sources)
        return _of_columns([found.outcome, *found.drivers.values()], sources)


def _of_columns(columns: Iterable[Column], sources: Sources) -> frozenset[str]:
    return sources.of(one.question.name for one in columns if one.question)


def _variables(data: WaveData) -> list[str]:
    """Return every variable of a wave that figures or groups may rest on."""
    return [one.name for one in data.study.codebook.questions(data.part, data.name)]
