"""Figures of one analysis of impact out of the model of each group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wavedeck.figures.columns import PERCENT
from wavedeck.figures.impact_battery import Battery
from wavedeck.figures.impact_model import Fitted
from wavedeck.figures.impact_recipe import ImpactRecipe
from wavedeck.figures.records import Figure, finite
from wavedeck.impact.selection import LeftOut
from wavedeck.stats.arrays import Floats
from wavedeck.study.impact import LOGIT, QUADRANTS, SHARES, Analysis

PER_DRIVER = ("importance", "rating", "quadrant", "importance_distance", "rating_distance", "whatif")
JOINT = ("direction", "vif")
LEFT_OUT_STATES = {
    LeftOut.LOW_BASE: "suppressed",
    LeftOut.NOT_APPLICABLE: "not_comparable",
    LeftOut.NO_VARIANCE: "failed",
}


@dataclass(frozen=True)
class ImpactFigures:
    """Make the figures of one analysis of one wave of one part."""

    wanted: ImpactRecipe
    name: str
    analysis: Analysis
    battery: Battery

    @property
    def measure(self) -> str:
        """How importance is measured."""
        return self.analysis.used_measure(len(self.battery.items))

    @property
    def scale(self) -> float:
        """By which importance becomes what is printed."""
        return PERCENT if self.measure in SHARES else 1.0

    def absent(self, group: str, state: str) -> Iterator[Figure]:
        """Yield the figures of a group without a model."""
        for item in self.battery.items:
            yield from self._left_out(item, group, state, None)
            yield self._figure("not_applicable", item, "", group, state=state)
        for kind in ("importance_border", "rating_border", "base", *self._explained):
            yield self._figure(kind, "", "", group, state=state)

    def of_group(self, group: str, fitted: Fitted) -> Iterator[Figure]:
        """Yield the figures of a group's model."""
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
            yield self._not_applicable(item, group, fitted)
        yield from self._duplicates(group, fitted)
        yield from self._of_model(group, fitted)

    def _duplicates(self, group: str, fitted: Fitted) -> Iterator[Figure]:
        """Yield the correlation of drivers that nearly coincide: the second stands as the category."""
        for pair in fitted.collinearity.duplicates if fitted.collinearity is not None else ():
            names = fitted.items[pair.first], fitted.items[pair.second]
            base = float(fitted.importance.base[[pair.first, pair.second]].min())
            yield self._figure("duplicate", *names, group, base=base, estimate=pair.correlation)

    @property
    def _explained(self) -> tuple[str, ...]:
        return () if self.measure == "correlation" else ("r2", "condition")

    @property
    def _kinds(self) -> tuple[str, ...]:
        logit = self.analysis.used_family(self.measure) in LOGIT
        kinds = tuple(kind for kind in PER_DRIVER if not (logit and kind == "whatif"))
        return kinds if self.measure == "correlation" else (*kinds, *JOINT)

    def _not_applicable(self, item: str, group: str, fitted: Fitted) -> Figure:
        if item not in self.battery.asked:
            return self._figure("not_applicable", item, "", group, state="not_asked")
        share = PERCENT * float(fitted.selection.not_applicable[self.battery.asked.index(item)])
        return self._figure("not_applicable", item, "", group, base=float(fitted.judges), estimate=share)

    def _figure(self, kind: str, item: str, category: str, group: str, **values: Any) -> Figure:
        name = f"{self.name}_{kind}"
        return self.wanted.recipe.named(name, item, category, group, self.wanted.made[name], **values)

    def _left_out(self, item: str, group: str, state: str, base: float | None) -> Iterator[Figure]:
        for kind in self._kinds:
            for category in QUADRANTS if kind == "quadrant" else ("",):
                yield self._figure(kind, item, category, group, state=state, base=base)

    def _of_driver(self, item: str, group: str, fitted: Fitted, place: int) -> Iterator[Figure]:
        shared = {
            "base": float(fitted.importance.base[place]),
            "units": float(fitted.units[place]),
            "degf": float(fitted.degf[place]),
        }
        importance = _values(fitted.importance, place, self.scale)
        yield self._figure("importance", item, "", group, **shared, **importance)
        rating = fitted.ratings
        own = {**shared, "base": float(rating.base[place])}
        ends = _around(rating.estimate[place], rating.se[place], fitted.critical)
        yield self._figure("rating", item, "", group, **own, **ends)
        for number, quadrant in enumerate(QUADRANTS):
            chance = PERCENT * float(fitted.placement.probability[place, number])
            yield self._figure("quadrant", item, quadrant, group, base=shared["base"], estimate=chance)
        for axis, kind in enumerate(("importance_distance", "rating_distance")):
            by = self.scale if axis == 0 else 1.0
            distance = fitted.placement.distance[place, axis] * by
            se = fitted.placement.distance_se[place, axis] * by
            yield self._figure(kind, item, "", group, **shared, **_around(distance, se, fitted.critical))
        if fitted.what_if is not None:
            by = self.battery.outcome_scale
            effect = {
                "estimate": finite(float(fitted.what_if.effect[place]) * by),
                **_values(fitted.what_if, place, by, estimate=False),
            }
            yield self._figure("whatif", item, "", group, **shared, **effect)
        if fitted.collinearity is not None:
            found = (fitted.importance.direction[place], fitted.collinearity.vif[place])
            for kind, value in zip(JOINT, found, strict=True):
                yield self._figure(kind, item, "", group, base=shared["base"], estimate=float(value))

    def _of_model(self, group: str, fitted: Fitted) -> Iterator[Figure]:
        base, placement = float(fitted.importance.base.min()), fitted.placement
        across = placement.importance_border * self.scale
        yield self._figure("importance_border", "", "", group, base=base, estimate=across)
        yield self._figure("rating_border", "", "", group, base=base, estimate=placement.rating_border)
        if fitted.collinearity is not None:
            explained = fitted.importance.r_squared * PERCENT, fitted.importance.r_squared_se * PERCENT
            values = _around(*explained, fitted.critical)
            shared = {"units": float(fitted.units.min()), "degf": float(fitted.degf.min())}
            yield self._figure("r2", "", "", group, base=base, **shared, **values)
            number = fitted.collinearity.condition_number
            yield self._figure("condition", "", "", group, base=base, estimate=number)
        respondents = float(fitted.respondents)
        yield self._figure("base", "", "", group, estimate=respondents, base=respondents)


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
