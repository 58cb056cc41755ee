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
from wavedeck.audit.recompute.plan import Average, Plan, expanded
from wavedeck.audit.recompute.questions import why
from wavedeck.audit.recompute.sql import Session, name, number, text
from wavedeck.study.address import Address
from wavedeck.study.groups import ALL
from wavedeck.study.impact import QUADRANTS, Analysis
from wavedeck.study.load import Study

Side = tuple[str, bool]
Rows = list[tuple[str, str, float]]
PAIR_SUMS = (
    "fsum(w), fsum(w * a.x), fsum(w * b.x), fsum(w * a.x * a.x), fsum(w * b.x * b.x), fsum(w * a.x * b.x)"
)
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
        'CREATE OR REPLACE TABLE correlated(address VARCHAR, "group" VARCHAR, driver VARCHAR, outcome VARCHAR)'
    )
    for word, analysis in study.impact.analyses.items():
        in_part = analysis.parts is None or plan.part in analysis.parts
        if in_part and (analysis.waves is None or plan.wave in analysis.waves):
            one = _Analysis(session, study, plan, word, analysis)
            if one.is_asked:
                rows += one.rows(asides)
    return rows, asides


@dataclass(frozen=True)
class _Analysis:
    """One analysis of one wave of one part."""

    session: Session
    study: Study
    plan: Plan
    word: str
    analysis: Analysis

    @property
    def outcome(self) -> Average | None:
        """Return the average of the outcome."""
        item = self.analysis.outcome.partition("@")[2]
        named = self.analysis.outcome_name
        found = [one for one in self.plan.averages if (one.indicator, one.item) == (named, item)]
        return found[0] if found else None

    @property
    def drivers(self) -> dict[str, Average]:
        """Return the averages of all drivers, by item."""
        entry, named = self.analysis.drivers_entry, self.analysis.drivers_name
        found = [one for one in self.plan.averages if one.indicator == named]
        if entry:
            return {one.category: one for one in found if one.item == entry}
        return {one.item: one for one in found}

    @property
    def is_asked(self) -> bool:
        """Tell whether the wave asked the outcome and a driver."""
        asked = any(one.answers for one in self.drivers.values())
        return asked and self.outcome is not None and bool(self.outcome.answers)

    @property
    def measure(self) -> str:
        """Return how importance is measured."""
        return self.analysis.used_measure(len(self.drivers))

    def rows(self, asides: list[Aside]) -> Rows:
        """Return the figures of all groups."""
        groups = expanded(self.analysis.groups, self.study, self.plan.part)
        if refused := self._refused():
            asides += [Aside(self._start, group, self.plan.wave, refused) for group in groups]
            return []
        self._make_marks()
        self._make_sides(groups)
        drivers, outcome = self._drivers(), self._outcome()
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

    def _make_marks(self) -> None:
        """Make ``mark``: respondent, item (none for the outcome), mark; and ``unfit``: to whom it does not apply."""
        outcome = self.outcome
        assert outcome is not None
        score = "CAST(answer AS DOUBLE)"
        if outcome.scores is not None:
            cases = " ".join(f"WHEN {text(key)} THEN {number(one)}" for key, one in outcome.scores.items())
            score = f"CASE answer {cases} ELSE 0.0 END"
        parts = [f"SELECT _row, '' AS item, {score} AS x FROM value WHERE answers = {text(outcome.answers)}"]
        unfit = []
        for item, one in self.drivers.items():
            if one.answers:
                parts.append(
                    f"SELECT _row, {text(item)}, CAST(answer AS DOUBLE) FROM value WHERE answers = {text(one.answers)}"
                )
                unfit.append(
                    f"SELECT _row, {text(item)} AS item FROM people WHERE {why(one.answers)} = 'not_applicable'"
                )
        self.session.run("CREATE OR REPLACE TABLE mark AS\n" + "\nUNION ALL ".join(parts))
        self.session.run("CREATE OR REPLACE TABLE unfit AS\n" + "\nUNION ALL ".join(unfit))
        self.session.run(f"INSERT INTO marked SELECT _row, {text(self.word + ':')} || item, x FROM mark")

    def _make_sides(self, groups: Sequence[str]) -> None:
        design = self.study.settings.parts[self.plan.part].design
        unit = name(design.clusters) if design.clusters else "_row"
        stratum = name(design.strata) if design.strata else "1"
        self.session.run(
            'CREATE OR REPLACE TABLE who AS\nSELECT member._row, "group", inside, weight AS w, _unit\n'
            "FROM member JOIN weight USING (_row) JOIN "
            f"(SELECT _row, ({stratum}, {unit}) AS _unit FROM people) USING (_row)\n"
            f'WHERE included AND "group" IN ({", ".join(map(text, groups))})'
        )

    def _strata(self) -> float:
        design = self.study.settings.parts[self.plan.part].design
        if design.strata is None:
            return 1.0
        found = self.session.rows(f"SELECT count(DISTINCT {name(design.strata)}) FROM people")
        return float(found[0][0])

    def _outcome(self) -> dict[Side, tuple[float, float, float, float]]:
        """Return base, sum of weights, mean and spread of the outcome, inside and outside of each group."""
        rows = self.session.rows(
            'SELECT "group", inside, count(*), fsum(w), fsum(w * x) / fsum(w), '
            "sqrt(fsum(w * x * x) / fsum(w) - (fsum(w * x) / fsum(w)) ** 2) "
            "FROM mark JOIN who USING (_row) WHERE item = '' GROUP BY ALL"
        )
        return {(row[0], row[1]): row[2:] for row in rows}

    def _drivers(self) -> dict[Side, dict[str, Driver]]:
        ceiling = max((end for end in self._ends() if end is not None), default=float("inf"))
        room = f"least({number(self.analysis.step)}, {number(ceiling)} - a.x)" if np.isfinite(ceiling) else ""
        rise = room or number(self.analysis.step)
        rows = self.session.rows(
            'SELECT "group", inside, a.item, count(*), fsum(w * a.x) / fsum(w), '
            "sqrt(greatest(fsum(w * a.x * a.x) / fsum(w) - (fsum(w * a.x) / fsum(w)) ** 2, 0)), count(b.x), "
            "min(a.x) FILTER (WHERE b.x IS NOT NULL), max(a.x) FILTER (WHERE b.x IS NOT NULL), "
            f"count(DISTINCT _unit) FILTER (WHERE b.x IS NOT NULL), fsum(w * {rise}) FILTER (WHERE b.x IS NOT NULL) "
            "FROM mark AS a JOIN who USING (_row) LEFT JOIN mark AS b ON b._row = a._row AND b.item = '' "
            "WHERE a.item <> '' GROUP BY ALL"
        )
        unfit = {
            row[:3]: row[3]
            for row in self.session.rows(
                'SELECT "group", inside, unfit.item, fsum(w) FROM unfit JOIN who USING (_row) JOIN mark USING (_row) '
                "WHERE mark.item = '' GROUP BY ALL"
            )
        }
        sums, judged = self._pair_sums(), self._outcome()
        found: dict[Side, dict[str, Driver]] = {}
        for group, inside, item, *values in rows:
            if (group, inside) in judged:
                total = judged[group, inside][1]
                r, slope = _of_pair(sums.get((group, inside), {}).get((item, "")))
                not_applicable = unfit.get((group, inside, item), 0.0) / total
                own, rating, spread, base, low, high, units, risen = values
                ends = (low if low is not None else np.inf, high if high is not None else -np.inf)
                rise = (risen or 0.0) / total
                found.setdefault((group, inside), {})[item] = Driver(
                    own, rating, spread, base, *ends, units, r, slope, rise, not_applicable
                )
        for side, (_, total, *_) in judged.items():
            for item, one in self.drivers.items():
                if one.answers and item not in found.setdefault(side, {}):
                    share = unfit.get((*side, item), 0.0) / total
                    found[side][item] = Driver(
                        0, np.nan, np.nan, 0, np.inf, -np.inf, 0, np.nan, np.nan, 0, share
                    )
        return found

    def _ends(self) -> Iterator[float | None]:
        asked = {one.name: one for one in self.study.codebook.questions(self.plan.part, self.plan.wave)}
        for one in self.drivers.values():
            if one.answers:
                yield asked[one.answers].maximum

    def _pair_sums(
        self, rows: str = "", *, every: bool = False
    ) -> dict[Side, dict[tuple[str, str], tuple[float, ...]]]:
        """Return sums over pairs with the outcome, or over every pair of items."""
        pairs = "(a.item > b.item)" if every else "(a.item <> '' AND b.item = '')"
        found: dict[Side, dict[tuple[str, str], tuple[float, ...]]] = {}
        query = (
            f'SELECT "group", inside, a.item, b.item, {PAIR_SUMS}, count(*) FROM mark AS a JOIN mark AS b '
            f"ON a._row = b._row AND {pairs} JOIN who ON who._row = a._row {rows} GROUP BY ALL"
        )
        for group, inside, first, second, *sums in self.session.rows(query):
            found.setdefault((group, inside), {})[first, second] = tuple(sums)
        return found

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
        found += [row for one in model.figures(self._strata()) for row in self._rows(*one, group)]
        if self.measure == "correlation":
            self._note_pairs(group, list(kept))
        respondents = float(self._respondents(group, list(kept)))
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
        rows = self._complete(kept, side) if listwise else ""
        sums = self._pair_sums(rows, every=True).get(side, {})
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

    def _complete(self, kept: Mapping[str, Driver], side: Side) -> str:
        items = ", ".join(map(text, [*kept, ""]))
        return (
            f"JOIN (SELECT _row FROM mark WHERE item IN ({items}) GROUP BY _row HAVING count(*) = {len(kept) + 1}) "
            f'AS complete ON complete._row = a._row WHERE "group" = {text(side[0])} AND inside = {side[1]}'
        )

    def _respondents(self, group: str, kept: Sequence[str]) -> int:
        rows = self.session.rows(
            "SELECT count(DISTINCT a._row) FROM mark AS a JOIN mark AS b ON a._row = b._row AND b.item = '' JOIN who "
            f'ON who._row = a._row AND "group" = {text(group)} AND inside WHERE a.item IN '
            f"({', '.join(map(text, kept))})"
        )
        return int(rows[0][0])

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


def _of_pair(sums: Sequence[float] | None) -> tuple[float, float]:
    """Return the correlation, and the slope of the second on the first, of sums over a pair."""
    if sums is None:
        return np.nan, np.nan
    total, x, y, xx, yy, xy, _ = sums
    across, up = xx / total - (x / total) ** 2, yy / total - (y / total) ** 2
    both = xy / total - x * y / total**2
    if across <= 0 or up <= 0:
        return np.nan, np.nan
    return float(both / np.sqrt(across * up)), float(both / across)


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
