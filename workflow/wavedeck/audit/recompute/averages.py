"""Average, count and compare with the rest, in SQL: one query for all figures of a wave of a part."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from wavedeck.audit.recompute.conditions import Columns
from wavedeck.audit.recompute.groups import PEOPLE, group_sql
from wavedeck.audit.recompute.plan import Plan
from wavedeck.audit.recompute.sql import Session, name, text
from wavedeck.study.load import Study

BASES = ("base", "weighted_base", "effective_base", "units", "degf")
RECOMPUTED = pa.schema([("address", pa.string()), ("field", pa.string()), ("value", pa.float64())])


def make_members(session: Session, study: Study, columns: Columns, plan: Plan, root: Path) -> None:
    """Make ``side``, per respondent inside and outside of each group, and ``member``, the same as rows."""
    counted = [key.removeprefix("in ") for key, sql in plan.answers.items() if not sql]
    groups = dict.fromkeys([*plan.groups(), *counted, *plan.counted])
    each = ",\n  ".join(f"{group_sql(one, study, columns, root)} AS {name(f'in {one}')}" for one in groups)
    others = ", ".join(f"NOT {name(f'in {one}')} AS {name(f'out {one}')}" for one in groups)
    session.run(
        f"CREATE OR REPLACE TABLE side AS\nSELECT *, {others} FROM (SELECT _row,\n  {each}\n  FROM {PEOPLE})"
    )
    inside = ", ".join(f"{name(f'in {one}')} AS {text(one)}" for one in groups)
    session.run(
        f'CREATE OR REPLACE TABLE member AS\nSELECT _row, "group", inside\n'
        f'FROM side UNPIVOT (inside FOR "group" IN ({inside}))'
    )


def make_values(session: Session, plan: Plan) -> None:
    """Make the table ``value``: respondent, which answers, answer; without who gave none."""
    asked = {key: sql for key, sql in plan.answers.items() if sql}
    parts = []
    if asked:
        each = ",\n  ".join(f"{sql} AS {name(key)}" for key, sql in asked.items())
        parts.append(
            f"SELECT _row, answers, answer FROM (SELECT _row,\n  {each}\n  FROM {PEOPLE}) "
            f"UNPIVOT (answer FOR answers IN ({', '.join(map(name, asked))}))"
        )
    if len(asked) < len(plan.answers):
        keys = ", ".join(text(key) for key, sql in plan.answers.items() if not sql)
        parts.append(
            "SELECT _row, 'in ' || \"group\" AS answers, CASE WHEN inside THEN '1' ELSE '0' END AS answer "
            f"FROM member WHERE 'in ' || \"group\" IN ({keys})"
        )
    empty = "SELECT 0 AS _row, '' AS answers, '' AS answer WHERE FALSE"
    session.run(f"CREATE OR REPLACE TABLE value AS\n{' UNION ALL '.join(parts) or empty}")


def make_averages(session: Session, study: Study, plan: Plan) -> None:
    """Make the table ``average``: estimate, bases and spread of each figure, inside its group and outside."""
    _load_plan(session, plan)
    design = study.settings.parts[plan.part].design
    _tally(session, plan.groups(), clusters=design.clusters, strata=design.strata)
    session.run(
        "CREATE OR REPLACE TABLE scored AS\n"
        'SELECT figure.place, "group", inside, n, CASE WHEN weighted THEN w ELSE n END AS w,\n'
        "  CASE WHEN weighted THEN ww ELSE n END AS ww,\n"
        "  CASE WHEN numeric THEN CAST(tally.answer AS DOUBLE) ELSE coalesce(score, 0) END AS x\n"
        'FROM figure JOIN tally USING (answers, "group") LEFT JOIN score ON score.place = figure.place '
        "AND score.answer = tally.answer"
    )
    session.run(
        "CREATE OR REPLACE TABLE average AS\n"
        'WITH sums AS (SELECT place, "group", inside, sum(n) AS base, fsum(w) AS weighted_base, fsum(ww) AS '
        "squares, fsum(w * x) / fsum(w) AS mean FROM scored GROUP BY ALL),\n"
        'spread AS (SELECT place, "group", inside, sqrt(fsum(scored.w * (x - mean) ** 2) / any_value('
        'weighted_base)) AS sd FROM scored JOIN sums USING (place, "group", inside) GROUP BY ALL)\n'
        "SELECT figure.*, inside, mean, mean * scale AS estimate, sd * scale AS sd, sums.base, "
        "weighted_base,\n"
        "  weighted_base ** 2 / squares AS effective_base, units, units - strata AS degf\n"
        'FROM figure JOIN sums USING (place, "group") JOIN spread USING (place, "group", inside)\n'
        'JOIN unit USING (answers, "group", inside)'
    )


def _load_plan(session: Session, plan: Plan) -> None:
    """Make the tables ``figure`` (what is averaged for whom) and ``score`` of the plan."""
    rows = [
        (
            place,
            one.address(plan.part, group, plan.wave),
            *(one.statistic, one.answers, group, one.scores is None, one.weighted, one.scale),
        )
        for place, one in enumerate(plan.averages)
        for group in one.groups
    ]
    names = ("place", "address", "statistic", "answers", "group", "numeric", "weighted", "scale")
    kinds = (pa.int64(), *[pa.string()] * 4, pa.bool_(), pa.bool_(), pa.float64())
    _values(session, "figure", rows, names, kinds)
    scores = [
        (place, answer, score)
        for place, one in enumerate(plan.averages)
        for answer, score in (one.scores or {}).items()
    ]
    _values(session, "score", scores, ("place", "answer", "score"), (pa.int64(), pa.string(), pa.float64()))


def _values(
    session: Session, table: str, rows: list[tuple], names: tuple[str, ...], kinds: tuple[pa.DataType, ...]
) -> None:
    columns: list[tuple] = list(zip(*rows, strict=True)) if rows else [() for _ in names]
    content = {word: pa.array(column, kind) for word, column, kind in zip(names, columns, kinds, strict=True)}
    session.load(table, pa.table(content))


def _tally(session: Session, groups: Sequence[str], *, clusters: str | None, strata: str | None) -> None:
    """Make ``tally``, respondents per answer and group, and ``unit``, sampling units per group."""
    session.run(
        'CREATE OR REPLACE TABLE tally AS\nSELECT answers, "group", inside, answer, count(*) AS n, '
        "fsum(weight) AS w, fsum(weight * weight) AS ww\n"
        'FROM value JOIN (SELECT DISTINCT answers, "group" FROM figure) USING (answers)\n'
        'JOIN member USING (_row, "group") JOIN weight USING (_row)\nWHERE included GROUP BY ALL'
    )
    if clusters is None and strata is None:
        session.run(
            'CREATE OR REPLACE TABLE unit AS\nSELECT answers, "group", inside, sum(n) AS units, 1 AS strata '
            "FROM tally GROUP BY ALL"
        )
        return
    stratum = name(strata) if strata else "1"
    unit = f"({stratum}, {name(clusters)})" if clusters else "_row"
    sides = [f"{side} {group}" for group in groups for side in ("in", "out")]
    for table, what in (("units", "_unit"), ("strata", "_stratum")):
        session.run(_distinct(table, what, f"{unit} AS _unit, {stratum} AS _stratum", sides))
    session.run(
        'CREATE OR REPLACE TABLE unit AS\nSELECT * FROM units JOIN strata USING (answers, "group", inside)'
    )


def _distinct(table: str, what: str, labels: str, sides: Sequence[str]) -> str:
    """Return SQL that counts distinct labels of who answered, inside and outside of every group."""
    present = ",\n  ".join(f"bool_or({name(side)}) AS {name(side)}" for side in sides)
    counted = ",\n  ".join(f"count(*) FILTER (WHERE {name(side)}) AS {name(side)}" for side in sides)
    return (
        f"CREATE OR REPLACE TABLE {table} AS\nSELECT answers, split_part(side, ' ', 2) AS \"group\", "
        f"starts_with(side, 'in ') AS inside, {table}\nFROM (SELECT answers,\n  {counted}\n"
        f"  FROM (SELECT answers, {what},\n  {present}\n"
        f"    FROM value JOIN side USING (_row) JOIN weight USING (_row) JOIN (SELECT _row, {labels} "
        f"FROM {PEOPLE}) "
        "USING (_row)\n    WHERE included GROUP BY ALL) GROUP BY answers)\n"
        f"UNPIVOT ({table} FOR side IN ({', '.join(map(name, sides))}))"
    )


def average_results() -> str:
    """Return the query that gives address, field and value of all averages."""
    inside = " UNION ALL ".join(
        f"SELECT address, {text(field)} AS field, {field}::DOUBLE AS value FROM average WHERE inside"
        for field in ("estimate", "sd", *BASES)
    )
    return f"""{inside}
UNION ALL SELECT figure.address, 'smallest_base', coalesce(sum(n) FILTER (WHERE x > 0), 0)
  FROM figure JOIN scored USING (place, "group") WHERE statistic = 'composition' AND inside GROUP BY ALL
UNION ALL SELECT address, 'base', 0 FROM figure WHERE answers <> ''
  AND address NOT IN (SELECT address FROM average WHERE inside)
UNION ALL SELECT i.address, 'rest.difference', i.estimate - o.estimate
  FROM average AS i JOIN average AS o USING (place, "group")
  WHERE i.inside AND NOT o.inside AND i.statistic <> 'composition'
UNION ALL SELECT figure.address, 'rest.rest_base', coalesce(base, 0)
  FROM figure LEFT JOIN average AS o ON o.place = figure.place AND o."group" = figure."group" AND NOT o.inside
  WHERE figure."group" <> 'all' AND figure.statistic <> 'composition' AND figure.answers <> ''"""
