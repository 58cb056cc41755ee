"""The terms of figures that an analysis of impact makes: who is in the model, and what it says of itself."""

from __future__ import annotations

from typing import Any, get_args

import numpy as np

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.trace.place import WaveData, read_json
from wavedeck.audit.trace.terms import (
    Terms,
    columns_of,
    members,
    responses_for,
    values_of,
    weights_for,
)
from wavedeck.figures.columns import PERCENT, Column
from wavedeck.figures.records import Figure
from wavedeck.study.impact import Analysis, Kind

CARD = "impact.json"


def analysis_of(indicator: str, data: WaveData) -> tuple[str, Analysis, str]:
    """Return name and declaration of the analysis that makes an indicator, and the kind of result.

    Raises
    ------
    AuditError
        When the study declares no such analysis.
    """
    for name, analysis in data.study.impact.analyses.items():
        kind = indicator.removeprefix(f"{name}_")
        if kind != indicator and kind in get_args(Kind):
            return name, analysis, kind
    raise AuditError(f"the store has '{indicator}', but the study no longer declares it; build the report again")


def card_of(figure: Figure, data: WaveData) -> dict[str, Any]:
    """Return the method card of the model behind a figure, limited to its own driver."""
    name, _, _ = analysis_of(figure.indicator, data)
    card = dict(read_json(data.path / CARD).get(name, {}).get(figure.group, {}))
    drivers = card.pop("drivers", {})
    if not isinstance(drivers, dict):
        return card
    own = {figure.item: drivers[figure.item]} if figure.item in drivers else {}
    return {**card, "drivers_in_model": list(drivers), "driver": own.get(figure.item)}


def columns_behind(figure: Figure, data: WaveData) -> tuple[Column, dict[str, Column]]:
    """Return the column of the outcome and those of the drivers by item."""
    _, analysis, _ = analysis_of(figure.indicator, data)
    item, entry = analysis.outcome.partition("@")[2], analysis.drivers_entry
    outcome = next(one for one in columns_of(analysis.outcome_name, data) if one.item == item)
    drivers = columns_of(analysis.drivers_name, data)
    own = {one.category if entry else one.item: one for one in drivers if not entry or one.item == entry}
    return outcome, {name: one for name, one in own.items() if one.question is not None}


def model_terms(figure: Figure, data: WaveData) -> Terms:
    """Return the respondents behind a figure of impact.

    Ratings, correlations, shares to whom a driver does not apply and counts are sums over them; other
    figures come out of a model of all of them, which the method card describes.
    """
    _, analysis, kind = analysis_of(figure.indicator, data)
    outcome, drivers = columns_behind(figure, data)
    table = responses_for([outcome, *drivers.values()], [figure.group], data)
    y = values_of(outcome, table, data)
    x = {name: values_of(one, table, data) for name, one in drivers.items()}
    domain = members(table, figure.group, data) & data.included
    inside = domain & ~np.isnan(y)
    weight = weights_for(outcome, data)
    measure = analysis.used_measure(len(data.study.every_indicator[figure.indicator].items or drivers))
    own = x.get(figure.item)
    if kind == "not_applicable" and own is not None:
        reasons = np.array(table[f"{drivers[figure.item].question.name}!"].to_pylist(), object)  # type: ignore[union-attr]
        own, kept = (reasons == "not_applicable").astype(np.float64), inside
    elif own is not None and kind == "rating":
        kept = domain & ~np.isnan(own)
    elif own is not None and measure == "correlation":
        kept = inside & ~np.isnan(own)
    else:
        kept = inside & ~np.all([np.isnan(one) for one in x.values()], axis=0)
    places = np.flatnonzero(kept)
    values = {"outcome": y[places]} | ({} if own is None else {"value": own[places]})
    share, formula = _sum(kind, measure, weight[places], values)
    questions = (outcome.question, *(one.question for name, one in drivers.items() if figure.item in ("", name)))
    return Terms(
        places=places,
        values=values,
        weight=weight[places],
        share=share,
        formula=formula,
        questions=tuple(one for one in questions if one is not None),
    )


def _sum(
    kind: str, measure: str, w: np.ndarray, values: dict[str, np.ndarray]
) -> tuple[np.ndarray | None, str]:
    """Return what each respondent adds to the estimate, where it is a sum, and how it is computed."""
    y, x = values["outcome"], values.get("value")
    if kind == "base":
        return np.ones(len(w)), "respondents with the outcome and at least one driver, unweighted"
    if x is None or not len(w):
        return None, "out of the model of these respondents; see the method card"
    if kind == "rating":
        return w * x / w.sum(), "sum(weight x value) / sum(weight), over answers"
    if kind == "not_applicable":
        return PERCENT * w * x / w.sum(), "100 x sum(weight x does not apply) / sum(weight)"
    if kind == "importance" and measure == "correlation":
        return _correlation(w, x, y), "weighted correlation of value and outcome"
    return None, "out of the model of these respondents; see the method card"


def _correlation(w: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return terms that add up to the weighted correlation."""
    dx, dy = (one - (w * one).sum() / w.sum() for one in (x, y))
    spread = np.sqrt((w * dx * dx).sum() * (w * dy * dy).sum())
    return np.asarray(w * dx * dy / spread if spread else w * 0.0)
