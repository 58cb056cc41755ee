"""The raw columns behind a figure: those of its answers, of its group and of who was asked."""

from __future__ import annotations

from collections.abc import Iterable

from wavedeck.audit.trace.columns import columns_of, range_ends, sides_of
from wavedeck.audit.trace.place import Place, WaveData
from wavedeck.audit.trace.rests import Sources
from wavedeck.figures.columns import Column
from wavedeck.figures.records import Figure
from wavedeck.study.indicators import (
    CompositionIndicator,
    DifferenceIndicator,
    MultipleIndicator,
    RangeIndicator,
)


def raw_columns_behind(figure: Figure, place: Place, data: WaveData, sources: Sources) -> frozenset[str]:
    """Return the raw columns that a figure rests on, those behind weights aside.

    Parameters
    ----------
    figure
        Any figure of the wave.
    place, data
        The report, and the figure's wave and part.
    sources
        What each variable of the wave rests on.
    """
    spec = data.study.indicators.indicators.get(figure.indicator)
    own = sources.of_group(figure.group)
    if spec is None:
        from wavedeck.audit.trace.models import behind

        return own | _of_columns(behind(figure, data).columns(figure.item), sources)
    if isinstance(spec, RangeIndicator):
        ends = zip(range_ends(figure, spec, place), ("low", "high"), strict=True)
        used = [one for one, name in ends if figure.category in (name, "width")]
        return own.union(*(raw_columns_behind(one, place, data, sources) for one in used))
    if isinstance(spec, DifferenceIndicator):
        return own | _of_columns(sides_of(figure, spec, data), sources)
    if isinstance(spec, CompositionIndicator):
        return own | sources.of_group(figure.category)
    if isinstance(spec, MultipleIndicator) and spec.per == "answers":
        return own | sources.of([spec.variable])
    key = (figure.indicator, figure.item, figure.category)
    return own | _of_columns([one for one in columns_of(figure.indicator, data) if one.key == key], sources)


def _of_columns(columns: Iterable[Column], sources: Sources) -> frozenset[str]:
    return sources.of(one.question.name for one in columns if one.question)
