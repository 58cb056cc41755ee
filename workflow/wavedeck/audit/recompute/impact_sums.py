"""The sums that analyses of impact rest on, by SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wavedeck.audit.recompute.cell import why
from wavedeck.audit.recompute.drivers import Driver
from wavedeck.audit.recompute.plan import Average, Plan
from wavedeck.audit.recompute.sql import Session, name, number, text
from wavedeck.study.impact import Analysis
from wavedeck.study.load import Study

Side = tuple[str, bool]
PAIR_SUMS = (
    "fsum(w), fsum(w * a.x), fsum(w * b.x), fsum(w * a.x * a.x), fsum(w * b.x * b.x), fsum(w * a.x * b.x)"
)


@dataclass(frozen=True)
class Sums:
    """What one analysis of one wave of one part rests on, summed by SQL."""

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

    def make_marks(self) -> None:
        """Make ``mark`` (respondent, item, mark; no item is the outcome) and ``unfit`` (does not apply)."""
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
                    f"SELECT _row, {text(item)}, CAST(answer AS DOUBLE) FROM value WHERE answers = "
                    f"{text(one.answers)}"
                )
                unfit.append(
                    f"SELECT _row, {text(item)} AS item FROM people WHERE {why(one.answers)} = "
                    "'not_applicable'"
                )
        self.session.run("CREATE OR REPLACE TABLE mark AS\n" + "\nUNION ALL ".join(parts))
        self.session.run("CREATE OR REPLACE TABLE unfit AS\n" + "\nUNION ALL ".join(unfit))
        self.session.run(f"INSERT INTO marked SELECT _row, {text(self.word + ':')} || item, x FROM mark")

    def make_sides(self, groups: Sequence[str]) -> None:
        """Make ``who``: respondent, group, whether inside, weight and sampling unit."""
        design = self.study.settings.parts[self.plan.part].design
        unit = name(design.clusters) if design.clusters else "_row"
        stratum = name(design.strata) if design.strata else "1"
        self.session.run(
            'CREATE OR REPLACE TABLE who AS\nSELECT member._row, "group", inside, weight AS w, _unit\n'
            "FROM member JOIN weight USING (_row) JOIN "
            f"(SELECT _row, ({stratum}, {unit}) AS _unit FROM people) USING (_row)\n"
            f'WHERE included AND "group" IN ({", ".join(map(text, groups))})'
        )

    def strata(self) -> float:
        """Return the number of strata of the design."""
        design = self.study.settings.parts[self.plan.part].design
        if design.strata is None:
            return 1.0
        found = self.session.rows(f"SELECT count(DISTINCT {name(design.strata)}) FROM people")
        return float(found[0][0])

    def outcome_sums(self) -> dict[Side, tuple[float, float, float, float]]:
        """Return base, sum of weights, mean and spread of the outcome, inside and outside of each group."""
        rows = self.session.rows(
            'SELECT "group", inside, count(*), fsum(w), fsum(w * x) / fsum(w), '
            "sqrt(fsum(w * x * x) / fsum(w) - (fsum(w * x) / fsum(w)) ** 2) "
            "FROM mark JOIN who USING (_row) WHERE item = '' GROUP BY ALL"
        )
        return {(row[0], row[1]): row[2:] for row in rows}

    def driver_sums(self) -> dict[Side, dict[str, Driver]]:
        """Return the sums of every driver that was asked, inside and outside of each group."""
        ceiling = max((end for end in self._ends() if end is not None), default=float("inf"))
        room = f"least({number(self.analysis.step)}, {number(ceiling)} - a.x)" if np.isfinite(ceiling) else ""
        rise = room or number(self.analysis.step)
        rows = self.session.rows(
            'SELECT "group", inside, a.item, count(*), fsum(w * a.x) / fsum(w), '
            "sqrt(greatest(fsum(w * a.x * a.x) / fsum(w) - (fsum(w * a.x) / fsum(w)) ** 2, 0)), count(b.x), "
            "min(a.x) FILTER (WHERE b.x IS NOT NULL), max(a.x) FILTER (WHERE b.x IS NOT NULL), "
            f"count(DISTINCT _unit) FILTER (WHERE b.x IS NOT NULL), fsum(w * {rise}) FILTER (WHERE "
            "b.x IS NOT NULL) "
            "FROM mark AS a JOIN who USING (_row) LEFT JOIN mark AS b ON b._row = a._row AND b.item = '' "
            "WHERE a.item <> '' GROUP BY ALL"
        )
        unfit = {
            row[:3]: row[3]
            for row in self.session.rows(
                'SELECT "group", inside, unfit.item, fsum(w) FROM unfit JOIN who USING (_row) JOIN '
                "mark USING (_row) "
                "WHERE mark.item = '' GROUP BY ALL"
            )
        }
        sums, judged = self.pair_sums(), self.outcome_sums()
        found: dict[Side, dict[str, Driver]] = {}
        for group, inside, item, *values in rows:
            if (group, inside) in judged:
                total = judged[group, inside][1]
                r, slope = _of_pair(sums.get((group, inside), {}).get((item, "")))
                not_applicable = unfit.get((group, inside, item), 0.0) / total
                own, rating, spread, base, low, high, units, risen = values
                ends = (low if low is not None else np.inf, high if high is not None else -np.inf)
                possible = (risen or 0.0) / total
                found.setdefault((group, inside), {})[item] = Driver(
                    own, rating, spread, base, *ends, units, r, slope, possible, not_applicable
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

    def pair_sums(
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

    def complete_rows(self, kept: Mapping[str, Driver], side: Side) -> str:
        """Return SQL that keeps who gave every driver of a model and the outcome."""
        items = ", ".join(map(text, [*kept, ""]))
        return (
            f"JOIN (SELECT _row FROM mark WHERE item IN ({items}) GROUP BY _row HAVING count(*) = "
            f"{len(kept) + 1}) "
            f'AS complete ON complete._row = a._row WHERE "group" = {text(side[0])} AND inside = {side[1]}'
        )

    def respondents(self, group: str, kept: Sequence[str]) -> int:
        """Return how many gave the outcome and at least one driver of the model."""
        rows = self.session.rows(
            "SELECT count(DISTINCT a._row) FROM mark AS a JOIN mark AS b ON a._row = b._row AND "
            "b.item = '' JOIN who "
            f'ON who._row = a._row AND "group" = {text(group)} AND inside WHERE a.item IN '
            f"({', '.join(map(text, kept))})"
        )
        return int(rows[0][0])


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
