"""What a model measures, once or pooled over imputed data sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from wavedeck.impact.collinearity import Collinearity, diagnose
from wavedeck.impact.importance import Importance, Measure, measure_importance
from wavedeck.impact.imputation import impute
from wavedeck.impact.inference import t_interval, two_sided
from wavedeck.impact.model import Model
from wavedeck.impact.replicates import Replicates, given_replicates
from wavedeck.impact.rubin import pool, pool_importance
from wavedeck.impact.whatif import WhatIf, what_if
from wavedeck.stats.arrays import Booleans
from wavedeck.study.impact import Analysis

Ends = tuple[float | None, float | None]


@dataclass(frozen=True)
class Judged:
    """Hold how a model is judged: the analysis, its measure, the level of intervals."""

    analysis: Analysis
    measure: str
    level: float


@dataclass(frozen=True, eq=False)
class Measured:
    """Hold what a model measures.

    Attributes
    ----------
    what_if
        None for a logit model, whose outcome has no mean that moves.
    collinearity
        None for correlations, which stand by themselves; of the worst of imputed data sets.
    """

    importance: Importance
    what_if: WhatIf | None
    collinearity: Collinearity | None


def measure_model(
    model: Model, imputable: Booleans, replicates: Replicates, judged: Judged, *, ends: Ends
) -> Measured:
    """Measure importance and what-if of a model, imputing where the analysis says so.

    Parameters
    ----------
    imputable
        Shape (n, p), answers that were refused or left blank.
    ends
        Lowest and highest mark of the drivers.

    Notes
    -----
    Imputed data sets share the replicates: each has its own, all together are as many as declared. Who did
    not give the outcome is not imputed, since that would add nothing but noise.

    References
    ----------
    Rubin (1987); Barnard, Rubin (1999), Biometrika 86; von Hippel (2007), Sociological Methodology 37.
    """
    if judged.analysis.impute is None:
        return _measured(model, replicates, judged, ends)
    filled = _imputed(model, imputable, judged.analysis, ends)
    shares = _shared(replicates, len(filled))
    return _pooled(
        [_measured(one, own, judged, ends) for one, own in zip(filled, shares, strict=True)], judged.level
    )


def _measured(model: Model, replicates: Replicates, judged: Judged, ends: Ends) -> Measured:
    alone = judged.measure == "correlation"
    importance = measure_importance(
        model, cast(Measure, judged.measure), replicates=replicates, level=judged.level
    )
    effect = None
    if model.family == "linear":
        effect = what_if(
            model,
            step=judged.analysis.step,
            ceiling=ends[1],
            alone=alone,
            replicates=replicates,
            level=judged.level,
        )
    return Measured(importance, effect, None if alone else diagnose(model))


def _imputed(model: Model, imputable: Booleans, analysis: Analysis, ends: Ends) -> list[Model]:
    assert analysis.impute is not None
    design = model.design.domain(~np.isnan(model.outcome))
    cells = np.column_stack([imputable, np.zeros(len(imputable), dtype=bool)])
    low, high = ends
    found = impute(
        model.values,
        cells,
        design,
        imputations=analysis.impute.imputations,
        seed=analysis.impute.seed,
        limits=(-np.inf if low is None else low, np.inf if high is None else high),
    )
    return [replace(model, drivers=one[:, :-1]) for one in found]


def _shared(replicates: Replicates, count: int) -> Iterator[Replicates]:
    """Yield so many parts of the replicates, in order."""
    for part in np.array_split(np.arange(replicates.count), count):
        yield given_replicates(replicates.design, replicates.multipliers(int(part[0]), int(part[-1]) + 1))


def _pooled(parts: Sequence[Measured], level: float) -> Measured:
    effects = [one.what_if for one in parts if one.what_if is not None]
    found = [one.collinearity for one in parts if one.collinearity is not None]
    return Measured(
        pool_importance([one.importance for one in parts]),
        _pooled_effects(effects, level) if effects else None,
        max(found, key=lambda one: one.condition_number) if found else None,
    )


def _pooled_effects(parts: Sequence[WhatIf], level: float) -> WhatIf:
    found = pool([one.effect for one in parts], [one.se**2 for one in parts])
    low, high = t_interval(found.estimate, found.se, found.df, level=level)
    return replace(
        parts[0],
        effect=found.estimate,
        se=found.se,
        ci_low=low,
        ci_high=high,
        p=two_sided(found.estimate, found.se, found.df),
        slope=np.mean([one.slope for one in parts], axis=0),
        rise=np.mean([one.rise for one in parts], axis=0),
    )
