"""The terms that a figure is the sum of: which respondents, with which values and weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from wavedeck.audit.trace.columns import (
    column_of,
    members,
    range_ends,
    responses_for,
    sides_of,
    values_of,
    weights_for,
)
from wavedeck.audit.trace.place import Place, WaveData
from wavedeck.figures.columns import (
    PERCENT,
    Column,
    category_names,
    offered_categories,
    tick_matrix,
)
from wavedeck.figures.records import Figure
from wavedeck.study.codebook import Question
from wavedeck.study.indicators import (
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
