"""The columns that a figure is made of: whose answers count, in which group, with which weight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.trace.place import Place, WaveData
from wavedeck.audit.trace.rests import group_variables, with_sources
from wavedeck.figures.columns import (
    Column,
    column_values,
    plan_columns,
)
from wavedeck.figures.records import Figure
from wavedeck.intake.groups import group_masks
from wavedeck.study.indicators import (
    CompositionIndicator,
    DifferenceIndicator,
    RangeIndicator,
)


def columns_of(name: str, data: WaveData) -> list[Column]:
    """Return the columns of an indicator in a wave."""
    key = ("columns", name)
    if key not in data.memory:
        data.memory[key] = _planned(name, data)
    return list(data.memory[key])


def _planned(name: str, data: WaveData) -> list[Column]:
    spec = data.study.indicators.indicators[name]
    if isinstance(spec, CompositionIndicator):
        counted = data.recipe.expand(spec.of)
        return [Column(indicator=name, item="", category=one, question=None, spec=spec) for one in counted]
    return plan_columns(name, spec, data.study.codebook, part=data.part, wave=data.name)


def column_of(figure: Figure, data: WaveData) -> Column:
    """Return the column whose mean a figure is."""
    for column in columns_of(figure.indicator, data):
        if (column.item, column.category) == (figure.item, figure.category):
            return column
    raise AuditError(
        f"'{figure.address}' is in the store, but indicators.yaml no longer makes it; build the report again"
    )


def responses_for(columns: Sequence[Column], groups: Sequence[str], data: WaveData) -> pa.Table:
    """Read what some columns and groups rest on."""
    names = [column.question.name for column in columns if column.question]
    counted = [one.category for one in columns if isinstance(one.spec, CompositionIndicator)]
    book = data.study.group_book
    for group in (*groups, *counted):
        names += group_variables(group, book)
    return data.responses(with_sources(names, book))


def members(table: pa.Table, group: str, data: WaveData) -> np.ndarray:
    """Tell who belongs to a group, shape (n,)."""
    return group_masks(table, data.study.group_book, [group], data.part, root=data.folder)[group]


def values_of(column: Column, table: pa.Table, data: WaveData) -> np.ndarray:
    """Return the number of each respondent, NaN without an answer, shares on a scale of 0 to 1."""
    if isinstance(column.spec, CompositionIndicator):
        return members(table, column.category, data).astype(np.float64)
    return column_values(column, table)


def weights_for(column: Column, data: WaveData) -> np.ndarray:
    """Return the weights that count for a column, shape (n,)."""
    weighted = not isinstance(column.spec, CompositionIndicator) or column.spec.weighted
    return data.weight if weighted else np.ones(len(data.weight))


def sides_of(figure: Figure, spec: DifferenceIndicator, data: WaveData) -> tuple[Column, Column]:
    """Return both sides of a difference: items and categories of one name, or the only other one."""
    first, second = (_matching(side, data) for side in (spec.of, spec.minus))
    for key, column in first.items():
        other = second.get(key) or (next(iter(second.values())) if len(second) == 1 else None)
        if other and (column.item, column.category) == (figure.item, figure.category):
            return column, other
    raise AuditError(
        f"indicators.yaml no longer has both sides of '{figure.address}'; build the report again"
    )


def _matching(reference: str, data: WaveData) -> dict[tuple[str, str], Column]:
    stem, _, category = reference.partition(".")
    indicator, _, item = stem.partition("@")
    return {
        ("" if item else one.item, "" if category else one.category): one
        for one in columns_of(indicator, data)
        if item in ("", one.item) and category in ("", one.category)
    }


def range_ends(figure: Figure, spec: RangeIndicator, place: Place) -> tuple[Figure, Figure]:
    """Return the lowest and highest shown figure of a range's set, as the store holds them."""
    stem, _, category = spec.of.partition(".")
    indicator, _, item = stem.partition("@")
    chosen = [one for one in place.all_of(indicator, figure.part, figure.wave) if one.is_shown]
    if isinstance(spec.over, list):
        groups = place.wave(figure.part, figure.wave).recipe.expand(spec.over)
        chosen = [
            one for one in chosen if one.group in groups and (one.item, one.category) == (item, category)
        ]
    else:
        nets = {} if category else getattr(place.study.indicators.indicators[indicator], "nets", {})
        chosen = [
            one
            for one in chosen
            if one.group == figure.group
            and one.category not in nets
            and item in ("", one.item)
            and category in ("", one.category)
        ]
    ordered = sorted(chosen, key=lambda one: one.estimate or 0.0)
    if not ordered:
        raise AuditError(f"'{figure.address}' is a range over figures of which none is shown")
    return ordered[0], ordered[-1]
