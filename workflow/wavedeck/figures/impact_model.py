"""One model of the overall judgement: importance, ratings, places and what-if of one group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np

from wavedeck.figures.columns import PERCENT
from wavedeck.impact.collinearity import Collinearity, diagnose
from wavedeck.impact.errors import TooFewRespondentsError
from wavedeck.impact.importance import Importance, Measure, measure_importance
from wavedeck.impact.inference import t_interval
from wavedeck.impact.model import Model
from wavedeck.impact.quadrants import Borders, Placement, Ratings, place_drivers, rate_drivers
from wavedeck.impact.replicates import Replicates
from wavedeck.impact.selection import LeftOut, Selection, select_drivers
from wavedeck.impact.whatif import WhatIf, what_if
from wavedeck.stats.arrays import Booleans, Floats
from wavedeck.stats.design import Design
from wavedeck.study.impact import SHARES, Analysis, BorderRules

LEAST_DRIVERS = 2


@dataclass(frozen=True, kw_only=True, eq=False)
class Battery:
    """Hold the answers that an analysis rests on.

    Attributes
    ----------
    items
        Every driver that some wave asked.
    asked
        Those of this wave: the p columns of `drivers` and `not_applicable`, shape (n, p).
    outcome
        Shape (n,), NaN without an answer.
    ceiling
        Highest mark of the drivers' scale.
    is_asked
        Whether the wave asked outcome and drivers.
    """

    items: tuple[str, ...]
    asked: tuple[str, ...]
    outcome: Floats
    drivers: Floats
    not_applicable: Booleans
    ceiling: float | None
    is_asked: bool


@dataclass(frozen=True)
class Judged:
    """Hold how a model is judged: the analysis, its measure, the level of intervals."""

    analysis: Analysis
    measure: str
    level: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Fitted:
    """Hold what a model of one group says.

    Attributes
    ----------
    items
        The p drivers in the model.
    left_out
        The others that were asked -> why, and how many answered.
    units
        Shape (p,), sampling units behind each driver.
    strata
        Number of strata.
    respondents
        Who gave the outcome and at least one driver.
    collinearity
        None for correlations, which stand by themselves.
    critical
        Standard errors on either side of an interval.
    """

    items: tuple[str, ...]
    left_out: Mapping[str, tuple[LeftOut, float]]
    importance: Importance
    ratings: Ratings
    placement: Placement
    what_if: WhatIf
    selection: Selection
    collinearity: Collinearity | None
    units: Floats
    strata: int
    respondents: int
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
    analysis = judged.analysis
    selection = _select(battery, design, analysis)
    kept = _kept(battery, selection, items)
    names = tuple(item for item, one in zip(battery.asked, kept, strict=True) if one)
    model = Model(
        battery.outcome,
        battery.drivers[:, kept],
        design,
        missing=analysis.missing,
        remedy=analysis.remedy,
        minimum_base=analysis.minimum_base,
        names=names,
    )
    importance = measure_importance(
        model, cast(Measure, judged.measure), replicates=replicates, level=judged.level
    )
    ratings = rate_drivers(model, replicates)
    borders = _borders(analysis.borders, judged.measure)
    alone = judged.measure == "correlation"
    counted = ~np.isnan(model.drivers) & ~np.isnan(model.outcome)[:, None] & design.rows[:, None]
    return Fitted(
        items=names,
        left_out=_left_out(battery, selection),
        importance=importance,
        ratings=ratings,
        placement=place_drivers(importance, ratings, borders=borders, confidence=analysis.confidence),
        what_if=what_if(
            model,
            step=analysis.step,
            ceiling=battery.ceiling,
            alone=alone,
            replicates=replicates,
            level=judged.level,
        ),
        selection=selection,
        collinearity=None if alone else diagnose(model),
        units=np.array([len(np.unique(design.unit[one])) for one in counted.T], dtype=np.float64),
        strata=len(np.unique(design.stratum[design.rows])),
        respondents=int(counted.any(axis=1).sum()),
        critical=float(t_interval(np.zeros(1), np.ones(1), level=judged.level)[1][0]),
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


def _borders(rules: BorderRules, measure: str) -> Borders:
    importance = rules.importance
    if not isinstance(importance, str) and measure in SHARES:
        importance = importance / PERCENT
    return Borders(importance, "overall" if rules.rating == "outcome" else rules.rating)
