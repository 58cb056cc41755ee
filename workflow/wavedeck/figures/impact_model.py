"""One model of the overall judgement: importance, ratings, places and what-if of one group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from wavedeck.figures.columns import PERCENT
from wavedeck.figures.impact_battery import Battery
from wavedeck.figures.impact_measured import Judged, Measured, measure_model
from wavedeck.impact.collinearity import Collinearity
from wavedeck.impact.errors import TooFewRespondentsError
from wavedeck.impact.importance import Importance
from wavedeck.impact.inference import t_interval
from wavedeck.impact.model import Model
from wavedeck.impact.quadrants import Borders, Placement, Ratings, place_drivers, rate_drivers
from wavedeck.impact.replicates import Replicates
from wavedeck.impact.selection import LeftOut, Selection, select_drivers
from wavedeck.impact.whatif import WhatIf
from wavedeck.stats.arrays import Booleans, Floats
from wavedeck.stats.design import Design
from wavedeck.study.impact import SHARES, Analysis, BorderRules

LEAST_DRIVERS = 2


@dataclass(frozen=True, kw_only=True, eq=False)
class Fitted:
    """Hold what a model of one group says.

    Attributes
    ----------
    items
        The p drivers in the model.
    left_out
        The others that were asked -> why, and how many answered.
    what_if
        None for a logit model.
    collinearity
        None for correlations, which stand by themselves.
    units
        Shape (p,), sampling units behind each driver.
    degf
        Shape (p,), degrees of freedom of each driver's figures.
    imputed
        Shape (p,), answers imputed; None where nothing is.
    respondents
        Who gave the outcome and at least one driver.
    judges
        Who gave the outcome.
    critical
        Standard errors on either side of an interval.
    """

    items: tuple[str, ...]
    left_out: Mapping[str, tuple[LeftOut, float]]
    importance: Importance
    ratings: Ratings
    placement: Placement
    what_if: WhatIf | None
    selection: Selection
    collinearity: Collinearity | None
    units: Floats
    degf: Floats
    imputed: Floats | None
    respondents: int
    judges: int
    critical: float


def fit_group(
    battery: Battery, design: Design, replicates: Replicates, judged: Judged, items: tuple[str, ...] = ()
) -> Fitted:
    """Fit the model of one group.

    Parameters
    ----------
    design
        Limited to the group.
    items
        Drivers to choose among; all that were asked if left out.

    Raises
    ------
    ImpactError
        When the answers do not carry the model.
    """
    selection = _select(battery, design, judged.analysis)
    kept = _kept(battery, selection, items)
    model = _model(battery, kept, design, judged)
    imputable = battery.imputable[:, kept]
    measured = measure_model(model, imputable, replicates, judged, ends=battery.ends)
    importance, imputed = measured.importance, None
    if judged.analysis.impute is not None:
        importance = replace(importance, base=selection.base[kept], complete_base=model.complete_base)
        imputed = _imputed_cells(imputable, model)
    ratings = rate_drivers(model, replicates)
    borders = _borders(judged.analysis.borders, judged.measure)
    placement = place_drivers(importance, ratings, borders=borders, confidence=judged.analysis.confidence)
    counted = ~np.isnan(model.drivers) & ~np.isnan(model.outcome)[:, None] & design.rows[:, None]
    units = np.array([len(np.unique(design.unit[one])) for one in counted.T], dtype=np.float64)
    return Fitted(
        items=tuple(model.names),
        left_out=_left_out(battery, selection),
        importance=importance,
        ratings=ratings,
        placement=placement,
        what_if=measured.what_if,
        selection=selection,
        collinearity=measured.collinearity,
        units=units,
        degf=_degrees_of_freedom(units - len(np.unique(design.stratum[design.rows])), measured, imputed),
        imputed=imputed,
        respondents=int(counted.any(axis=1).sum()),
        judges=int((~np.isnan(model.outcome) & design.rows).sum()),
        critical=float(t_interval(np.zeros(1), np.ones(1), level=judged.level)[1][0]),
    )


def _model(battery: Battery, kept: Booleans, design: Design, judged: Judged) -> Model:
    analysis = judged.analysis
    return Model(
        battery.outcome,
        battery.drivers[:, kept],
        design,
        missing=analysis.used_missing(judged.measure),
        remedy=analysis.remedy,
        family=analysis.used_family(judged.measure),
        minimum_base=analysis.minimum_base,
        names=tuple(item for item, one in zip(battery.asked, kept, strict=True) if one),
    )


def _select(battery: Battery, design: Design, analysis: Analysis) -> Selection:
    return select_drivers(
        battery.drivers,
        design,
        outcome=battery.outcome,
        not_applicable=battery.not_applicable,
        minimum_base=analysis.minimum_base,
        maximum_not_applicable=analysis.maximum_not_applicable,
    )


def _kept(battery: Battery, selection: Selection, items: tuple[str, ...]) -> Booleans:
    wanted = np.array([not items or item in items for item in battery.asked])
    kept: Booleans = selection.kept & wanted
    if kept.sum() < LEAST_DRIVERS:
        raise TooFewRespondentsError(f"fewer than {LEAST_DRIVERS} drivers have answers enough")
    return kept


def _left_out(battery: Battery, selection: Selection) -> dict[str, tuple[LeftOut, float]]:
    return {
        item: (LeftOut(int(reason)), float(base))
        for item, reason, base in zip(battery.asked, selection.reason, selection.base, strict=True)
        if reason != LeftOut.KEPT
    }


def _imputed_cells(imputable: Booleans, model: Model) -> Floats:
    inside = model.design.rows & ~np.isnan(model.outcome)
    return (imputable & inside[:, None]).sum(axis=0).astype(np.float64)


def _degrees_of_freedom(degf: Floats, measured: Measured, imputed: Floats | None) -> Floats:
    """Return those of the design; with imputation Barnard and Rubin's, where they are fewer."""
    if imputed is None:
        return degf
    return np.asarray(np.fmin(degf, measured.importance.df))


def _borders(rules: BorderRules, measure: str) -> Borders:
    importance = rules.importance
    if not isinstance(importance, str) and measure in SHARES:
        importance = importance / PERCENT
    return Borders(importance, "overall" if rules.rating == "outcome" else rules.rating)
