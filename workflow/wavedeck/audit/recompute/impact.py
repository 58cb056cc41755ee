"""Analyses of impact of one wave of one part, recomputed group by group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wavedeck.audit.recompute.drivers import (
    LEAST_EIGENVALUE,
    MOST_DRIVERS,
    PERCENT,
    Driver,
    Judged,
    correlations,
    is_sound,
)
from wavedeck.audit.recompute.impact_sums import Side, Sums
from wavedeck.audit.recompute.plan import Plan, expanded
from wavedeck.audit.recompute.sql import Session, text
from wavedeck.study.address import Address
from wavedeck.study.groups import ALL
from wavedeck.study.impact import QUADRANTS
from wavedeck.study.load import Study

Rows = list[tuple[str, str, float]]
LEAST_DRIVERS = 2


@dataclass(frozen=True)
class Aside:
    """An analysis, or one group of it, that is left out, and why."""

    start: str
    group: str
    wave: str
    why: str


def recompute_impact(session: Session, study: Study, plan: Plan) -> tuple[Rows, list[Aside]]:
    """Return address, field and value of each figure of impact, and what is left out."""
    rows: Rows = []
    asides: list[Aside] = []
    session.run("CREATE OR REPLACE TABLE marked(_row BIGINT, what VARCHAR, x DOUBLE)")
    session.run(
        'CREATE OR REPLACE TABLE correlated(address VARCHAR, "group" VARCHAR, driver VARCHAR, '
        "outcome VARCHAR)"
    )
    for word, analysis in study.impact.analyses.items():
        in_part = analysis.parts is None or plan.part in analysis.parts
        if in_part and (analysis.waves is None or plan.wave in analysis.waves):
            one = _Analysis(session, study, plan, word, analysis)
            if one.is_asked:
                rows += one.rows(asides)
    return rows, asides


@dataclass(frozen=True)
class _Analysis(Sums):
    """The figures of one analysis of one wave of one part."""

    def rows(self, asides: list[Aside]) -> Rows:
        """Return the figures of all groups."""
        groups = expanded(self.analysis.groups, self.study, self.plan.part)
        if refused := self._refused():
            asides += [Aside(self._start, group, self.plan.wave, refused) for group in groups]
            return []
        self.make_marks()
        self.make_sides(groups)
        drivers, outcome = self.driver_sums(), self.outcome_sums()
        found: Rows = []
        for group in groups:
            inside = drivers.get((group, True), {}), outcome.get((group, True))
            outside = drivers.get((group, False), {}), outcome.get((group, False))
            if inside[1] is not None:
                found += self._group(group, inside, outside, asides)
        return found

    @property
    def _start(self) -> str:
        return f"{self.plan.part}/{self.word}_"

    def _refused(self) -> str:
        """Return why an analysis takes no second route."""
        if self.analysis.impute is not None:
            return "rests on imputed answers, which another generator would draw otherwise"
        if self.analysis.used_family(self.measure) != "linear":
            return "logit models are fitted by iteration; R fits them (r_script)"
        if self.measure == "shapley" and len(self.drivers) > MOST_DRIVERS:
            return f"Shapley shares by all subsets are recomputed up to {MOST_DRIVERS} drivers"
        return ""

    def _group(
        self,
        group: str,
        inside: tuple[Mapping[str, Driver], tuple[float, ...] | None],
        outside: tuple[Mapping[str, Driver], tuple[float, ...] | None],
        asides: list[Aside],
    ) -> Rows:
        drivers, outcome = inside
        assert outcome is not None
        kept = {item: one for item, one in self._ordered(drivers).items() if not one.left_out(self.analysis)}
        if len(kept) < LEAST_DRIVERS:
            return []
        model, problem = self._model(kept, outcome, (group, True))
        if problem:
            asides.append(Aside(self._start, group, self.plan.wave, problem))
            return []
        if model is None:
            return []
        found = [row for one in self._left_out(drivers) for row in self._rows(*one, group)]
        for item, one in drivers.items():
            found.append(self._row("not_applicable", item, "estimate", PERCENT * one.not_applicable, group))
            found.append(self._row("not_applicable", item, "base", outcome[0], group))
        found += [row for one in model.figures(self.strata()) for row in self._rows(*one, group)]
        if self.measure == "correlation":
            self._note_pairs(group, list(kept))
        respondents = float(self.respondents(group, list(kept)))
        found += [self._row("base", "", field, respondents, group) for field in ("estimate", "base")]
        return found if group == ALL else [*found, *self._rest(group, model, outside)]

    def _ordered(self, drivers: Mapping[str, Driver]) -> dict[str, Driver]:
        return {item: drivers[item] for item in self.drivers if item in drivers}

    def _left_out(self, drivers: Mapping[str, Driver]) -> Iterator[tuple[str, str, str, float]]:
        kinds = ["importance", "rating", "quadrant", "importance_distance", "rating_distance", "whatif"]
        kinds += [] if self.measure == "correlation" else ["direction", "vif"]
        for item, one in drivers.items():
            if one.left_out(self.analysis):
                for kind in kinds:
                    yield kind, item, "base", one.base

    def _note_pairs(self, group: str, kept: Sequence[str]) -> None:
        """Note the correlations of a group in ``correlated``, for R."""
        rows = ", ".join(
            f"({text(self._row('importance', item, '', 0.0, group)[0])}, {text(group)}, "
            f"{text(f'{self.word}:{item}')}, {text(f'{self.word}:')})"
            for item in kept
        )
        self.session.run(f"INSERT INTO correlated VALUES {rows}")

    def _rows(self, kind: str, item: str, field: str, value: float, group: str) -> Rows:
        """Return the figures of one kind: a placement has one for each quadrant."""
        if kind != "quadrant":
            return [self._row(kind, item, field, value, group)]
        part, wave = self.plan.part, self.plan.wave
        addresses = [Address(part, f"{self.word}_{kind}", item, one, group, wave) for one in QUADRANTS]
        return [(str(address), field, float(value)) for address in addresses]

    def _row(self, kind: str, item: str, field: str, value: float, group: str) -> tuple[str, str, float]:
        part, wave = self.plan.part, self.plan.wave
        return str(Address(part, f"{self.word}_{kind}", item, "", group, wave)), field, float(value)

    def _model(
        self, kept: Mapping[str, Driver], outcome: tuple[float, ...], side: Side
    ) -> tuple[Judged | None, str]:
        """Return the model of a group, None where too few carry it; or why it takes no second route."""
        scale = self.outcome.scale if self.outcome and self.outcome.statistic == "share" else 1.0
        judged = Judged(self.analysis, self.measure, kept, None, outcome[3], outcome[2], scale)
        if self.measure == "correlation":
            return judged, ""
        listwise = self.analysis.used_missing(self.measure) == "listwise"
        rows = self.complete_rows(kept, side) if listwise else ""
        sums = self.pair_sums(rows, every=True).get(side, {})
        needed = {(a, b): sums.get((a, b)) for a in kept for b in [*kept, ""] if a > b}
        fewest = min((one[-1] if one else 0.0) for one in needed.values())
        if fewest < self.analysis.minimum_base:
            return None, ""
        matrix = correlations({pair: one[:-1] for pair, one in sums.items()}, list(kept))
        if not is_sound(matrix):
            return (
                None,
                f"the matrix of pairs is not positive definite (to {LEAST_EIGENVALUE:g}) and was remedied",
            )
        changes: dict[str, object] = {"matrix": matrix}
        if listwise:
            changes |= {"complete_base": fewest, "slopes": _plain_slopes(sums, matrix, list(kept))}
        return Judged(**{**vars(judged), **changes}), ""

    def _rest(
        self,
        group: str,
        model: Judged,
        outside: tuple[Mapping[str, Driver], tuple[float, ...] | None],
    ) -> Iterator[tuple[str, str, float]]:
        drivers, outcome = outside
        kept = {
            item: drivers[item]
            for item in model.drivers
            if item in drivers and not drivers[item].left_out(self.analysis)
        }
        if outcome is None or len(kept) < LEAST_DRIVERS:
            return
        rest, problem = self._model(kept, outcome, (group, False))
        if rest is None or problem or (self.measure != "correlation" and set(kept) != set(model.drivers)):
            return
        here = dict(zip(model.drivers, model.importance, strict=True))
        there = dict(zip(rest.drivers, rest.importance, strict=True))
        for item, one in rest.drivers.items():
            base = one.base if rest.complete_base is None else rest.complete_base
            difference = (here[item] - there[item]) * model.scale
            yield self._row("importance", item, "rest.difference", difference, group)
            yield self._row("importance", item, "rest.rest_base", base, group)


def _plain_slopes(
    sums: Mapping[tuple[str, str], Sequence[float]], matrix: np.ndarray, items: Sequence[str]
) -> np.ndarray:
    """Return slopes in marks of a listwise model, from standardised ones."""
    spreads = {}
    for (first, second), (total, x, y, xx, yy, *_) in sums.items():
        spreads[first] = np.sqrt(xx / total - (x / total) ** 2)
        spreads[second] = np.sqrt(yy / total - (y / total) ** 2)
    own = np.array([spreads[item] for item in items])
    return np.asarray(np.linalg.solve(matrix[:-1, :-1], matrix[:-1, -1]) * spreads[""] / own)
