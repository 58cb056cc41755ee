"""The terms of figures that an analysis of impact makes: who is in the model, and what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.trace.columns import columns_of, members, responses_for, values_of, weights_for
from wavedeck.audit.trace.place import WaveData, read_json
from wavedeck.audit.trace.terms import Terms
from wavedeck.figures.columns import PERCENT, Column
from wavedeck.figures.records import Figure
from wavedeck.study.impact import Analysis, Kind

CARD = "impact.json"
ALONE = ("importance", "whatif")
WITH_RATINGS = ("quadrant", "importance_distance", "rating_distance", "rating_border")


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
    raise AuditError(
        f"the store has '{indicator}', but the study no longer declares it; build the report again"
    )


def card_of(figure: Figure, data: WaveData) -> dict[str, Any]:
    """Return the method card of the model behind a figure, limited to its own driver."""
    name, _, _ = analysis_of(figure.indicator, data)
    card = dict(_cards(data).get(name, {}).get(figure.group, {}))
    drivers = card.pop("drivers", {})
    if not isinstance(drivers, dict):
        return card
    own = {figure.item: drivers[figure.item]} if figure.item in drivers else {}
    return {**card, "drivers_in_model": list(drivers), "driver": own.get(figure.item)}


def _cards(data: WaveData) -> dict[str, Any]:
    key = ("cards", CARD)
    if key not in data.memory:
        data.memory[key] = read_json(data.path / CARD)
    return dict(data.memory[key])


@dataclass(frozen=True)
class Behind:
    """What an analysis rests on.

    Attributes
    ----------
    kind
        Kind of result.
    measure, listwise
        How importance is measured, and whether only who answered every driver counts.
    outcome, drivers
        Column of the outcome, and of each driver that was asked.
    """

    kind: str
    measure: str
    listwise: bool
    outcome: Column
    drivers: Mapping[str, Column]

    @property
    def alone(self) -> bool:
        """Tell whether each driver stands by itself."""
        return self.measure == "correlation" and not self.listwise and self.kind in ALONE

    def columns(self, item: str) -> list[Column]:
        """Return the columns that the result of a driver, or of the whole model, rests on."""
        own = self.drivers.get(item)
        if own is not None and self.kind == "rating" and not self.listwise:
            return [own]
        if own is not None and (self.alone or self.kind == "not_applicable"):
            return [self.outcome, own]
        return [self.outcome, *self.drivers.values()]


def behind(figure: Figure, data: WaveData) -> Behind:
    """Return what the analysis of a figure of impact rests on."""
    key = ("analysis", figure.indicator)
    if key not in data.memory:
        data.memory[key] = _behind(figure, data)
    found: Behind = data.memory[key]
    return found


def _behind(figure: Figure, data: WaveData) -> Behind:
    _, analysis, kind = analysis_of(figure.indicator, data)
    item, entry = analysis.outcome.partition("@")[2], analysis.drivers_entry
    outcome = next(one for one in columns_of(analysis.outcome_name, data) if one.item == item)
    drivers = columns_of(analysis.drivers_name, data)
    own = {one.category if entry else one.item: one for one in drivers if not entry or one.item == entry}
    measure = analysis.used_measure(len(own))
    listwise = analysis.used_missing(measure) == "listwise"
    asked = {name: one for name, one in own.items() if one.question is not None}
    return Behind(kind, measure, listwise, outcome, asked)


def model_terms(figure: Figure, data: WaveData) -> Terms:
    """Return the respondents behind a figure of impact.

    Ratings, correlations, shares to whom a driver does not apply and counts are sums over them; other
    figures come out of a model of all of them, which the method card describes.
    """
    found = behind(figure, data)
    table = responses_for([found.outcome, *found.drivers.values()], [figure.group], data)
    counted = counted_in(figure, table, data)
    places = np.flatnonzero(members(table, figure.group, data) & data.included & counted)
    weight = weights_for(found.outcome, data)[places] if found.kind != "base" else np.ones(len(places))
    values = {"outcome": values_of(found.outcome, table, data)[places]}
    if figure.item in found.drivers:
        values["value"] = _own(found, figure.item, table, data)[places]
    share, formula = _sum(found, weight, values)
    drivers = [one.question for name, one in found.drivers.items() if figure.item in ("", name)]
    questions = tuple(one for one in (found.outcome.question, *drivers) if one is not None)
    return Terms(
        places=places, values=values, weight=weight, share=share, formula=formula, questions=questions
    )


def _own(found: Behind, item: str, table: pa.Table, data: WaveData) -> np.ndarray:
    column = found.drivers[item]
    if found.kind != "not_applicable":
        return values_of(column, table, data)
    name = column.question.name if column.question else ""
    reasons = pc.equal(table[f"{name}!"].cast(pa.string()), "not_applicable")
    return np.asarray(pc.fill_null(reasons, False).to_numpy(), np.float64)


def counted_in(figure: Figure, table: pa.Table, data: WaveData) -> np.ndarray:
    """Tell which respondents of a table count for a figure of impact, group and weighting aside.

    Returns
    -------
    numpy.ndarray
        Shape (n,), boolean.
    """
    found = behind(figure, data)
    judged = ~np.isnan(values_of(found.outcome, table, data))
    answered = {name: ~np.isnan(values_of(one, table, data)) for name, one in found.drivers.items()}
    return counted_among(figure, judged, answered, data)


def counted_among(
    figure: Figure, judged: np.ndarray, answered: Mapping[str, np.ndarray], data: WaveData
) -> np.ndarray:
    """Tell who counts for a figure of impact, given who has the outcome and who rated which driver."""
    found = behind(figure, data)
    own, some = answered.get(figure.item), np.any(list(answered.values()), axis=0)
    if found.kind == "not_applicable":
        return judged
    if found.listwise:
        used = card_of(figure, data).get("drivers_in_model") or list(answered)
        return np.asarray(judged & np.all([answered[one] for one in used if one in answered], axis=0))
    if own is not None and found.kind == "rating":
        return own
    if own is not None and found.alone:
        return judged | own if found.kind == "whatif" else judged & own
    return np.asarray(some if found.kind in WITH_RATINGS else judged & some)


def _sum(found: Behind, w: np.ndarray, values: Mapping[str, np.ndarray]) -> tuple[np.ndarray | None, str]:
    """Return what each respondent adds to the estimate, where it is a sum, and how it is computed."""
    kind, y, x = found.kind, values["outcome"], values.get("value")
    if kind == "base":
        return np.ones(len(w)), "respondents with the outcome and at least one driver, unweighted"
    if x is None or not len(w):
        return None, "out of the model of these respondents; see the method card"
    if kind == "rating":
        return w * x / w.sum(), "sum(weight x value) / sum(weight), over answers"
    if kind == "not_applicable":
        return PERCENT * w * x / w.sum(), "100 x sum(weight x does not apply) / sum(weight)"
    if kind == "importance" and found.measure == "correlation":
        return _correlation(w, x, y), "weighted correlation of value and outcome"
    return None, "out of the model of these respondents; see the method card"


def _correlation(w: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return terms that add up to the weighted correlation."""
    dx, dy = (one - (w * one).sum() / w.sum() for one in (x, y))
    spread = np.sqrt((w * dx * dx).sum() * (w * dy * dy).sum())
    return np.asarray(w * dx * dy / spread if spread else w * 0.0)
