"""One wave of one part: what drives the overall judgement, for every group, as figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from wavedeck.figures.columns import PERCENT, column_values, plan_columns
from wavedeck.figures.estimate import make_design
from wavedeck.figures.impact_card import card_of, failed_card
from wavedeck.figures.impact_model import Battery, Fitted, Judged, fit_group
from wavedeck.figures.impact_recipe import ImpactRecipe
from wavedeck.figures.records import Comparison, Figure, finite
from wavedeck.impact.errors import CollinearDriversError, ImpactError, TooFewRespondentsError
from wavedeck.impact.inference import spread, two_sided
from wavedeck.impact.replicates import Replicates, bootstrap, given_replicates
from wavedeck.impact.selection import LeftOut
from wavedeck.intake.groups import group_masks
from wavedeck.stats.arrays import Floats, divide
from wavedeck.stats.design import Design
from wavedeck.study.address import Address
from wavedeck.study.groups import ALL
from wavedeck.study.impact import QUADRANTS, SHARES, Analysis

PER_DRIVER = ("importance", "rating", "quadrant", "importance_distance", "rating_distance", "whatif")
LEFT_OUT_STATES = {
    LeftOut.LOW_BASE: "suppressed",
    LeftOut.NOT_APPLICABLE: "not_comparable",
    LeftOut.NO_VARIANCE: "failed",
}
KEPT_IN_MEMORY = 30_000_000


@dataclass(frozen=True, kw_only=True)
class ImpactResults:
    """Figures and comparisons with the rest, and what a reader should know of each model."""

    figures: list[Figure]
    comparisons: list[Comparison]
    cards: dict[str, Any]


def impact_wave(responses: pa.Table, weights: pa.Table, wanted: ImpactRecipe, root: Path) -> ImpactResults:
    """Analyse what drives the overall judgement in one wave of one part.

    Parameters
    ----------
    responses
        One row per respondent, as intake writes them.
    weights
        Columns of weights.parquet, row by row the same respondents.
    wanted
        Analyses, and what they rest on.
    root
        Folder that paths of id lists start from.

    Raises
    ------
    ImpactError
        When a pairwise matrix is not positive definite and no remedy is declared.
    """
    recipe = wanted.recipe
    masks = group_masks(responses, recipe.group_book, wanted.group_names(), recipe.part, root=root)
    design = make_design(responses, weights, recipe)
    results = ImpactResults(figures=[], comparisons=[], cards={})
    for name, analysis in wanted.analyses.items():
        stage = _Stage(wanted, name, analysis, _battery(responses, wanted, analysis), design, masks)
        stage.add_to(results)
    return results


def _battery(responses: pa.Table, wanted: ImpactRecipe, analysis: Analysis) -> Battery:
    recipe = wanted.recipe
    outcome, drivers = (
        plan_columns(name, recipe.indicators[name], recipe.codebook, part=recipe.part, wave=recipe.wave)
        for name in (analysis.outcome, analysis.drivers)
    )
    asked = [column for column in drivers if column.question is not None]
    never = [_is_not_applicable(responses, column.question.name) for column in asked if column.question]
    maxima = [column.question.maximum for column in asked if column.question]
    nothing = np.zeros((responses.num_rows, 0))
    return Battery(
        items=tuple(column.item for column in drivers),
        asked=tuple(column.item for column in asked),
        outcome=column_values(outcome[0], responses) if outcome else nothing,
        drivers=np.column_stack([column_values(one, responses) for one in asked]) if asked else nothing,
        not_applicable=np.column_stack(never) if never else nothing.astype(bool),
        ceiling=max((one for one in maxima if one is not None), default=None),
        is_asked=bool(asked) and bool(outcome) and outcome[0].question is not None,
    )


def _is_not_applicable(responses: pa.Table, name: str) -> np.ndarray:
    reasons = responses[f"{name}!"].cast(pa.string()).to_numpy(zero_copy_only=False)
    return np.asarray(reasons == "not_applicable", dtype=bool)


@dataclass(frozen=True)
class _Stage:
    """One analysis of one wave of one part."""

    wanted: ImpactRecipe
    name: str
    analysis: Analysis
    battery: Battery
    design: Design
    masks: Mapping[str, np.ndarray]

    @property
    def measure(self) -> str:
        return self.analysis.used_measure(len(self.battery.items))

    @property
    def is_wanted(self) -> bool:
        waves = self.analysis.waves
        return self.battery.is_asked and (waves is None or self.wanted.recipe.wave in waves)

    def add_to(self, results: ImpactResults) -> None:
        """Analyse every group."""
        groups = self.wanted.recipe.expand(self.analysis.groups)
        if not self.is_wanted:
            results.figures.extend(one for group in groups for one in self._absent(group, "not_asked"))
            return
        replicates = self._replicates()
        cards = results.cards.setdefault(self.name, {})
        for group in groups:
            inside = self.design.domain(self.masks[group])
            try:
                fitted = self._fit(inside, replicates)
            except (TooFewRespondentsError, CollinearDriversError) as error:
                cards[group] = failed_card(self.measure, str(error))
                state = "suppressed" if isinstance(error, TooFewRespondentsError) else "failed"
                results.figures.extend(self._absent(group, state))
                continue
            except ImpactError as error:
                place = (
                    f"impact.yaml, analysis '{self.name}', group '{group}', wave {self.wanted.recipe.wave}"
                )
                raise ImpactError(f"{place}: {error}") from error
            cards[group] = card_of(fitted, self.battery, self.analysis)
            results.figures.extend(self._figures(group, fitted))
            if group != ALL:
                results.comparisons.extend(self._against_rest(group, fitted, replicates))

    def _fit(self, design: Design, replicates: Replicates, items: tuple[str, ...] = ()) -> Fitted:
        judged = Judged(self.analysis, self.measure, 1 - self.wanted.recipe.tests.level)
        return fit_group(self.battery, design, replicates, judged, items)

    def _replicates(self) -> Replicates:
        made = bootstrap(self.design, replicates=self.analysis.replicates, seed=self.analysis.seed)
        if made.count * self.design.n > KEPT_IN_MEMORY:
            return made
        return given_replicates(self.design, made.multipliers(0, made.count))

    def _figure(self, kind: str, item: str, category: str, group: str, **values: Any) -> Figure:
        name = f"{self.name}_{kind}"
        return self.wanted.recipe.named(name, item, category, group, self.wanted.made[name], **values)

    def _absent(self, group: str, state: str) -> Iterator[Figure]:
        for item in self.battery.items:
            yield from self._left_out(item, group, state, None)
        for kind in ("importance_border", "rating_border", "base", *self._explained()):
            yield self._figure(kind, "", "", group, state=state)

    def _explained(self) -> tuple[str, ...]:
        return () if self.measure == "correlation" else ("r2",)

    def _left_out(self, item: str, group: str, state: str, base: float | None) -> Iterator[Figure]:
        for kind in PER_DRIVER:
            for category in QUADRANTS if kind == "quadrant" else ("",):
                yield self._figure(kind, item, category, group, state=state, base=base)

    def _figures(self, group: str, fitted: Fitted) -> Iterator[Figure]:
        places = {item: place for place, item in enumerate(fitted.items)}
        for item in self.battery.items:
            if item in places:
                yield from self._of_driver(item, group, fitted, places[item])
            elif item in self.battery.asked:
                reason, base = fitted.left_out[item]
                state = LEFT_OUT_STATES[reason] if base else "empty"
                yield from self._left_out(item, group, state, base)
            else:
                yield from self._left_out(item, group, "not_asked", None)
        yield from self._of_model(group, fitted)

    def _of_driver(self, item: str, group: str, fitted: Fitted, place: int) -> Iterator[Figure]:
        scale = self._scale
        shared = {
            "base": float(fitted.importance.base[place]),
            "units": float(fitted.units[place]),
            "degf": float(fitted.units[place] - fitted.strata),
        }
        yield self._figure(
            "importance", item, "", group, **shared, **_values(fitted.importance, place, scale)
        )
        rating = fitted.ratings
        own = {**shared, "base": float(rating.base[place])}
        ends = _around(rating.estimate[place], rating.se[place], fitted.critical)
        yield self._figure("rating", item, "", group, **own, **ends)
        for number, quadrant in enumerate(QUADRANTS):
            chance = PERCENT * float(fitted.placement.probability[place, number])
            yield self._figure("quadrant", item, quadrant, group, base=shared["base"], estimate=chance)
        for axis, kind in enumerate(("importance_distance", "rating_distance")):
            by = scale if axis == 0 else 1.0
            distance = fitted.placement.distance[place, axis] * by
            se = fitted.placement.distance_se[place, axis] * by
            yield self._figure(kind, item, "", group, **shared, **_around(distance, se, fitted.critical))
        effect = fitted.what_if
        yield self._figure(
            "whatif",
            item,
            "",
            group,
            **shared,
            estimate=finite(effect.effect[place]),
            **_values(effect, place, 1.0, estimate=False),
        )

    @property
    def _scale(self) -> float:
        return PERCENT if self.measure in SHARES else 1.0

    def _of_model(self, group: str, fitted: Fitted) -> Iterator[Figure]:
        base, placement = float(fitted.importance.base.min()), fitted.placement
        yield self._figure(
            "importance_border", "", "", group, base=base, estimate=placement.importance_border * self._scale
        )
        yield self._figure("rating_border", "", "", group, base=base, estimate=placement.rating_border)
        for kind in self._explained():
            explained = fitted.importance.r_squared * PERCENT, fitted.importance.r_squared_se * PERCENT
            values = _around(*explained, fitted.critical)
            shared = {"units": float(fitted.units.min()), "degf": float(fitted.units.min() - fitted.strata)}
            yield self._figure(kind, "", "", group, base=base, **shared, **values)
        respondents = float(fitted.respondents)
        yield self._figure("base", "", "", group, estimate=respondents, base=respondents)

    def _against_rest(self, group: str, fitted: Fitted, replicates: Replicates) -> Iterator[Comparison]:
        rest, reason = self._rest(group, fitted, replicates)
        for place, item in enumerate(fitted.items):
            blank = Comparison(address=self._address(item, group), kind="rest")
            if rest is None or item not in rest.items:
                yield replace(blank, reason=reason)
                continue
            there = rest.items.index(item)
            difference = fitted.importance.estimate[place] - rest.importance.estimate[there]
            se = spread((_draws(fitted)[:, place] - _draws(rest)[:, there])[:, None])
            p = finite(two_sided(np.array([difference]), se)[0])
            yield replace(
                blank,
                difference=float(difference) * self._scale,
                se=float(se[0]) * self._scale,
                t=finite(divide(np.array([difference]), se)[0]),
                p=p,
                decision_p=p,
                rest_base=float(rest.importance.base[there]),
            )

    def _rest(self, group: str, fitted: Fitted, replicates: Replicates) -> tuple[Fitted | None, str]:
        """Return the model of everybody else on the same drivers, and why a driver has no comparison."""
        try:
            rest = self._fit(self.design.domain(~self.masks[group]), replicates, fitted.items)
        except TooFewRespondentsError:
            return None, "the rest is too small for a model"
        except CollinearDriversError:
            return None, "drivers of the rest say the same"
        if self.measure != "correlation" and set(rest.items) != set(fitted.items):
            return None, "the rest has other drivers"
        return rest, "too few of the rest answered"

    def _address(self, item: str, group: str) -> str:
        recipe = self.wanted.recipe
        return str(Address(recipe.part, f"{self.name}_importance", item, "", group, recipe.wave))


def _draws(fitted: Fitted) -> Floats:
    assert fitted.importance.draws is not None
    return fitted.importance.draws


def _values(found: Any, place: int, scale: float, *, estimate: bool = True) -> dict[str, float | None]:
    names = ("estimate", "se", "ci_low", "ci_high")[0 if estimate else 1 :]
    return {name: finite(_at(getattr(found, name), place) * scale) for name in names}


def _at(values: Floats, place: int) -> float:
    return float(values[place])


def _around(estimate: float, se: float, critical: float) -> dict[str, float | None]:
    return {
        "estimate": finite(estimate),
        "se": finite(se),
        "ci_low": finite(estimate - critical * se),
        "ci_high": finite(estimate + critical * se),
    }
