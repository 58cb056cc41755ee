"""The terms that a figure is the sum of: which respondents, with which values and weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.trace.place import Place, WaveData
from wavedeck.audit.trace.rests import group_variables, with_sources
from wavedeck.figures.columns import (
    PERCENT,
    Column,
    category_names,
    column_values,
    offered_categories,
    plan_columns,
    tick_matrix,
)
from wavedeck.figures.records import Figure
from wavedeck.intake.groups import group_masks
from wavedeck.study.codebook import Question
from wavedeck.study.indicators import (
    CompositionIndicator,
    CountIndicator,
    DifferenceIndicator,
    MultipleIndicator,
    RangeIndicator,
    ResponseRateIndicator,
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Terms:
    """What a figure is computed from.

    Attributes
    ----------
    places
        Positions of the n respondents in the responses, shape (n,), int64.
    values
        What each of them adds, by name, each of shape (n,), float64; NaN without an answer.
    weight
        Shape (n,), float64; 1 where nothing is weighted.
    share
        Part of the estimate that comes from each, shape (n,); None where a model stands between.
    formula, filled
        How the estimate is computed, in symbols and with the numbers.
    questions
        Questions whose answers count.
    counted
        Categories that count, empty where answers are numbers.
    rests_on
        Addresses of other figures that it is made of.
    """

    places: np.ndarray
    values: Mapping[str, np.ndarray] = field(default_factory=dict)
    weight: np.ndarray
    share: np.ndarray | None
    formula: str
    filled: str = ""
    questions: tuple[Question, ...] = ()
    counted: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()


NOBODY = np.zeros(0, np.int64)


def terms_of(figure: Figure, place: Place) -> Terms:
    """Return the terms of a figure.

    Raises
    ------
    AuditError
        When the study no longer declares the indicator.
    """
    data = place.wave(figure.part, figure.wave)
    spec = place.study.indicators.indicators.get(figure.indicator)
    if spec is None:
        from wavedeck.audit.trace.models import model_terms

        return model_terms(figure, data)
    if isinstance(spec, RangeIndicator):
        return _range(figure, spec, place)
    if isinstance(spec, CountIndicator | ResponseRateIndicator):
        return _counted(figure, spec, data)
    if isinstance(spec, DifferenceIndicator):
        return _difference(figure, spec, data)
    if isinstance(spec, MultipleIndicator) and spec.per == "answers":
        return _mentions(figure, spec, data)
    if spec.statistic in ("gross", "benchmark"):
        return _declared(figure, spec.statistic)
    return average_terms(column_of(figure, data), figure.group, data)


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


def average_terms(column: Column, group: str, data: WaveData) -> Terms:
    """Return the terms of a weighted mean or share."""
    table = responses_for([column], [group], data)
    values, weight = values_of(column, table, data), weights_for(column, data)
    inside = members(table, group, data) & data.included & ~np.isnan(values)
    places = np.flatnonzero(inside)
    scale = PERCENT if column.is_share else 1.0
    x, w = values[places] * scale, weight[places]
    total = float(w.sum())
    by = "100 x " if column.is_share else ""
    over = "members" if column.question is None else "answers"
    return Terms(
        places=places,
        values={"value": x},
        weight=w,
        share=w * x / total if total else w * 0,
        formula=f"{by}sum(weight x value) / sum(weight), over {over}",
        filled=f"{by}{_number(float((w * values[places]).sum()))} / {_number(total)}",
        questions=(column.question,) if column.question else (),
        counted=column.categories,
    )


def _number(value: float) -> str:
    return f"{value:.10g}"


def _counted(figure: Figure, spec: CountIndicator | ResponseRateIndicator, data: WaveData) -> Terms:
    table = responses_for([], [figure.group], data)
    places = np.flatnonzero(members(table, figure.group, data))
    gross = data.recipe.gross if isinstance(spec, ResponseRateIndicator) else None
    ones = np.ones(len(places))
    return Terms(
        places=places,
        values={"value": ones},
        weight=ones,
        share=ones * PERCENT / gross if gross else ones,
        formula="100 x respondents / gross sample, unweighted"
        if gross
        else "number of respondents, unweighted",
        filled=f"100 x {len(places)} / {gross}" if gross else f"{len(places)}",
    )


def _declared(figure: Figure, statistic: str) -> Terms:
    where = "study.yaml (gross)" if statistic == "gross" else "indicators.yaml (values)"
    return Terms(
        places=NOBODY,
        weight=np.zeros(0),
        share=None,
        formula=f"declared in {where}; no respondents are behind it",
        filled="" if figure.estimate is None else _number(figure.estimate),
    )


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


def _difference(figure: Figure, spec: DifferenceIndicator, data: WaveData) -> Terms:
    columns = sides_of(figure, spec, data)
    of, minus = (average_terms(column, figure.group, data) for column in columns)
    own = [str(data.recipe.address(column, figure.group)) for column in columns]
    return _combined(
        {"of": of, "minus": minus},
        data,
        formula=f"({of.formula}) - ({minus.formula})",
        filled=f"{of.filled} - {minus.filled}",
        rests_on=tuple(own),
    )


def _combined(
    sides: Mapping[str, Terms], data: WaveData, *, formula: str, filled: str, rests_on: tuple[str, ...]
) -> Terms:
    """Return the terms of the first less the second."""
    places = np.unique(np.concatenate([one.places for one in sides.values()]))
    values, share = {}, np.zeros(len(places))
    for (name, one), sign in zip(sides.items(), (1.0, -1.0), strict=True):
        at = np.searchsorted(places, one.places)
        values[name] = np.full(len(places), np.nan)
        values[name][at] = one.values["value"]
        if one.share is not None:
            share[at] += sign * one.share
    return Terms(
        places=places,
        values=values,
        weight=data.weight[places],
        share=share,
        formula=formula,
        filled=filled,
        questions=_questions(sides),
        counted=next(iter(sides.values())).counted,
        rests_on=rests_on,
    )


def _questions(sides: Mapping[str, Terms]) -> tuple[Question, ...]:
    return tuple({one.name: one for side in sides.values() for one in side.questions}.values())


def _range(figure: Figure, spec: RangeIndicator, place: Place) -> Terms:
    low, high = range_ends(figure, spec, place)
    sides = {"high": high, "low": low}
    wanted = {name: one for name, one in sides.items() if figure.category in (name, "width")}
    found = {name: terms_of(one, place) for name, one in wanted.items()}
    if len(found) == 1:
        name, only = next(iter(found.items()))
        return Terms(
            **{
                **vars(only),
                "formula": f"the {name}est of the set: {only.formula}",
                "rests_on": (wanted[name].address,),
            }
        )
    return _combined(
        found,
        place.wave(figure.part, figure.wave),
        formula="highest less lowest of the set",
        filled=f"{_number(high.estimate or 0)} - {_number(low.estimate or 0)}",
        rests_on=(high.address, low.address),
    )


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


def _mentions(figure: Figure, spec: MultipleIndicator, data: WaveData) -> Terms:
    """Return the terms of a share of all answers given."""
    question = next(
        one
        for one in data.questions
        if one.variable == spec.variable and (one.loop_entry or one.item) == figure.item
    )
    offered = [one for one in category_names(question) if one in offered_categories(question)]
    net = spec.nets.get(figure.category)
    wanted = tuple(net.categories) if net else (figure.category,)
    column = Column(indicator=figure.indicator, item="", category="", question=question, spec=spec)
    table = responses_for([column], [figure.group], data)
    ticks = tick_matrix(table, question, tuple(offered))
    inside = members(table, figure.group, data) & data.included & ~np.isnan(ticks[:, 0])
    places = np.flatnonzero(inside)
    counted = ticks[places][:, [one in wanted for one in offered]].sum(axis=1)
    given, w = ticks[places].sum(axis=1), data.weight[places]
    total = float((w * given).sum())
    return Terms(
        places=places,
        values={"value": counted, "answers": given},
        weight=w,
        share=PERCENT * w * counted / total if total else w * 0,
        formula="100 x sum(weight x mentions of the category) / sum(weight x mentions of all categories)",
        filled=f"100 x {_number(float((w * counted).sum()))} / {_number(total)}",
        questions=(question,),
        counted=wanted,
    )
