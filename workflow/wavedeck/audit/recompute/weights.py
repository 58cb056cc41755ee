"""Weights once more, in SQL: given and cell weights made anew, raked ones proved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.recompute.conditions import Columns
from wavedeck.audit.recompute.groups import PEOPLE, group_sql
from wavedeck.audit.recompute.sql import Session, all_of, name, number, text
from wavedeck.study.load import Study
from wavedeck.study.settings import Cell, PartWeighting

JOIN = "/"
CLOSE = 1e-9
NUMERIC_TEXT = "printf('%g', {})"


@dataclass(frozen=True)
class WeightCheck:
    """One thing that was proved of raked weights.

    Attributes
    ----------
    what
        Margin and category, or ``form``.
    wanted, found
        Target and share, in percent; for the form 0 and the largest deviation on a log scale.
    """

    what: str
    wanted: float
    found: float

    @property
    def holds(self) -> bool:
        """Tell whether the proof holds."""
        return abs(self.found - self.wanted) <= CLOSE * max(1.0, abs(self.wanted))


def make_weights(
    session: Session, study: Study, columns: Columns, *, part: str, root: Path, stored: Path
) -> list[WeightCheck]:
    """Make the table ``weight``: respondent, weight, whether included, cell.

    Parameters
    ----------
    stored
        weights.parquet, needed for raked weights only: raking has no formula, so the stored weights are
        taken and proved to be the raked ones.

    Returns
    -------
    list of WeightCheck
        The proof; empty for weights that are made anew.
    """
    declared = study.weighting.parts.get(part) or PartWeighting(method="none")
    if declared.method == "rake":
        return _proved(session, declared, columns, stored)
    if declared.method == "cell":
        made = _cells(declared, study, columns, root)
    elif declared.method == "given":
        made = _given(declared)
    else:
        made = f"SELECT _row, 1.0::DOUBLE AS weight, '' AS cell FROM {PEOPLE}"
    session.run(f"CREATE OR REPLACE TABLE weight AS\nSELECT *, weight > 0 AS included FROM ({made})")
    return []


def _given(declared: PartWeighting) -> str:
    own = name(str(declared.variable))
    left = (
        f"(SELECT avg({own}) FROM {PEOPLE} WHERE {own} > 0)" if declared.unplaced == "weight_one" else "0.0"
    )
    return f"SELECT _row, CASE WHEN {own} > 0 THEN {own} ELSE {left} END AS weight, '' AS cell FROM {PEOPLE}"


def _cells(declared: PartWeighting, study: Study, columns: Columns, root: Path) -> str:
    leaves = list(_leaves(declared.cells, study, columns, root))
    total = sum(share for _, _, share in leaves)
    labels = " ".join(f"WHEN {where} THEN {text(label)}" for label, where, _ in leaves)
    shares = ", ".join(f"({text(label)}, {number(share / total)})" for label, _, share in leaves)
    left = "1.0" if declared.unplaced == "weight_one" else "0.0"
    return (
        f"WITH placed AS (SELECT _row, CASE {labels} ELSE '' END AS cell FROM {PEOPLE}),\n"
        f"target(cell, share) AS (VALUES {shares}),\n"
        "size AS (SELECT cell, count(*) AS n FROM placed WHERE cell <> '' GROUP BY cell)\n"
        f"SELECT _row, coalesce(share * (SELECT sum(n) FROM size) / n, {left})::DOUBLE AS weight, cell\n"
        "FROM placed LEFT JOIN target USING (cell) LEFT JOIN size USING (cell)"
    )


def _leaves(
    cells: Mapping[str, Cell],
    study: Study,
    columns: Columns,
    root: Path,
    *,
    path: str = "",
    inside: tuple[str, ...] = (),
    share: float = 1.0,
) -> Iterator[tuple[str, str, float]]:
    """Yield path, SQL and share of the whole of each innermost cell."""
    for word, cell in cells.items():
        where = (*inside, group_sql(cell.group, study, columns, root))
        here, own = f"{path}{JOIN if path else ''}{word}", share * cell.target / 100
        if cell.cells:
            yield from _leaves(cell.cells, study, columns, root, path=here, inside=where, share=own)
        else:
            yield here, all_of(where), own


def _proved(session: Session, declared: PartWeighting, columns: Columns, stored: Path) -> list[WeightCheck]:
    if not stored.is_file():
        raise AuditError(f"{stored}: is not there; raked weights are proved on the stored ones")
    labels = {margin: _label(one.variable, columns) for margin, one in declared.margins.items()}
    session.run(
        "CREATE OR REPLACE TABLE weight AS\nSELECT people._row, stored.weight, stored.weight > 0 AS "
        "included, '' AS "
        f"cell, {', '.join(f'{sql} AS {name(margin)}' for margin, sql in labels.items())}\n"
        f"FROM {PEOPLE} JOIN read_parquet({text(str(stored))}) AS stored USING (_row)"
    )
    placed = " AND ".join(f"{name(margin)} IS NOT NULL" for margin in labels)
    checks = [check for margin in labels for check in _margin(session, margin, declared, placed)]
    return [*checks, _form(session, list(labels), declared, placed)]


def _label(variable: str, columns: Columns) -> str:
    own = f"people.{name(variable)}"
    return NUMERIC_TEXT.format(own) if variable in columns.numbers else own


def _margin(session: Session, margin: str, declared: PartWeighting, placed: str) -> Iterator[WeightCheck]:
    rows = session.rows(
        f"SELECT {name(margin)}, 100 * fsum(weight) / (SELECT fsum(weight) FROM weight WHERE "
        f"{placed}) FROM weight "
        f"WHERE {placed} GROUP BY ALL"
    )
    found = dict(rows)
    for category, target in declared.margins[margin].targets.items():
        yield WeightCheck(f"{margin}.{category}", target, float(found.get(category, 0.0)))


def _form(session: Session, margins: list[str], declared: PartWeighting, placed: str) -> WeightCheck:
    """Tell how far weights are from a product of one factor per category; those at a cap are left aside."""
    listed = ", ".join(name(margin) for margin in margins)
    rows = session.rows(
        f"SELECT {listed}, ln(min(weight)), ln(max(weight)), min(weight) / (SELECT avg(weight) FROM "
        "weight WHERE "
        f"{placed} AND weight > 0) FROM weight WHERE {placed} AND weight > 0 GROUP BY ALL ORDER BY ALL"
    )
    low, high = declared.minimum or 0.0, declared.maximum or np.inf
    free = [row for row in rows if low * (1 + CLOSE) < row[-1] < high * (1 - CLOSE)]
    within = max((row[-2] - row[-3] for row in rows), default=0.0)
    if not free:
        return WeightCheck("form", 0.0, within)
    columns = [
        [float(row[place] == category) for row in free]
        for place in range(len(margins))
        for category in sorted({row[place] for row in free})
    ]
    logs = np.array([row[-3] for row in free])
    design = np.array(columns).T
    fitted = design @ np.linalg.lstsq(design, logs, rcond=None)[0]
    return WeightCheck("form", 0.0, float(max(within, np.abs(logs - fitted).max())))
