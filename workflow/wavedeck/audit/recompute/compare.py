"""Hold recomputed values against stored ones, and name what was not recomputed and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wavedeck.audit.recompute.impact import Aside
from wavedeck.audit.recompute.reasons import REASONS
from wavedeck.audit.recompute.sql import Session, number, text

RELATIVE, ABSOLUTE = 1e-9, 1e-12
SAME, DIFFERS, LEFT_OUT, UNEXPLAINED = "same", "differs", "not recomputed", "unexplained"
FIELDS = (
    *("estimate", "se", "ci_low", "ci_high", "base", "weighted_base", "effective_base", "deff", "degf"),
    *("units", "sd", "smallest_base"),
)
TESTS = ("difference", "se", "t", "df", "p", "p_adjusted", "decision_df", "decision_p", "rest_base")


def load_stored(session: Session, figures: Path, comparisons: Path) -> None:
    """Make ``stored``, the figures, and ``stored_value``, one row for every number that the store holds."""
    session.run(
        "CREATE OR REPLACE TABLE stored AS\nSELECT row_number() OVER () AS place, * FROM "
        f"read_parquet({text(str(figures))})"
    )
    session.run(f"CREATE OR REPLACE TABLE compared AS\nSELECT * FROM read_parquet({text(str(comparisons))})")
    listed = ", ".join(FIELDS)
    tests = ", ".join(TESTS)
    session.run(
        "CREATE OR REPLACE TABLE stored_value AS\n"
        f"SELECT address, field, value FROM stored UNPIVOT (value FOR field IN ({listed}))\n"
        f"UNION ALL SELECT address, kind || '.' || field, value FROM compared "
        f"UNPIVOT (value FOR field IN ({tests}))"
    )


def add_changes(session: Session, pairs: Sequence[tuple[str, str, str]]) -> None:
    """Add the differences between waves to ``recomputed``.

    Parameters
    ----------
    pairs
        Kind of comparison, wave, and the wave that it is compared with.
    """
    for kind, wave, other in pairs:
        session.run(
            f"INSERT INTO recomputed\nSELECT new.address, {text(f'{kind}.difference')}, new.value - "
            "old.value, new.route "
            "FROM recomputed AS new JOIN recomputed AS old ON old.address = "
            f"regexp_replace(new.address, '[^/]*$', {text(other)})\n"
            "WHERE new.field = 'estimate' AND old.field = 'estimate' AND suffix(new.address, "
            f"{text(f'/{wave}')})"
        )


def compare(session: Session, asides: Sequence[Aside] = ()) -> None:
    """Make the table ``outcome``: every stored number beside the recomputed one, with a verdict.

    Parameters
    ----------
    asides
        Analyses of impact that take no second route.
    """
    _load_asides(session, asides)
    reasons = ", ".join(
        f"({place}, {text(one.statistics)}, {text(one.fields)}, {text(one.why)})"
        for place, one in enumerate(REASONS)
    )
    session.run(
        f"CREATE OR REPLACE TABLE reason(place, statistics, fields, why) AS\nSELECT * FROM (VALUES {reasons})"
    )
    close = (
        f"abs(s.value - r.value) <= greatest({number(ABSOLUTE)}, "
        f"{number(RELATIVE)} * greatest(abs(s.value), abs(r.value)))"
    )
    session.run(
        f"""CREATE OR REPLACE TABLE outcome AS
WITH left_out AS (SELECT stored.address, min(aside.why) AS why
  FROM stored JOIN aside ON starts_with(address, start) AND stored."group" = aside."group"
    AND stored.wave = aside.wave
  GROUP BY ALL),
excuse AS (SELECT statistic, field, min_by(why, reason.place) AS why
  FROM (SELECT DISTINCT statistic, field FROM stored_value JOIN stored USING (address)) AS kind
  JOIN reason ON regexp_full_match(statistic, statistics) AND regexp_full_match(field, fields) GROUP BY ALL)
SELECT coalesce(s.address, r.address) AS address, coalesce(s.field, r.field) AS field,
  s.value AS stored, r.value AS recomputed, coalesce(r.route, '') AS route, s.value - r.value AS difference,
  CASE WHEN s.value IS NULL THEN {text(DIFFERS)}
    WHEN r.value IS NULL AND coalesce(left_out.why, excuse.why) IS NOT NULL THEN {text(LEFT_OUT)}
    WHEN r.value IS NULL THEN {text(UNEXPLAINED)}
    WHEN {close} THEN {text(SAME)} ELSE {text(DIFFERS)} END AS verdict,
  CASE WHEN r.value IS NULL THEN coalesce(left_out.why, excuse.why, 'no route leads to it')
    WHEN s.value IS NULL THEN 'the store has no value' ELSE '' END AS reason
FROM stored_value AS s FULL JOIN (SELECT * FROM recomputed WHERE value IS NOT NULL
  AND address NOT IN (SELECT address FROM stored WHERE state = 'failed')) AS r
  ON s.address = r.address AND s.field = r.field
LEFT JOIN stored AS f ON f.address = s.address
LEFT JOIN left_out ON left_out.address = s.address
LEFT JOIN excuse ON excuse.statistic = f.statistic AND excuse.field = s.field"""
    )


def _load_asides(session: Session, asides: Sequence[Aside]) -> None:
    session.run('CREATE OR REPLACE TABLE aside(start VARCHAR, "group" VARCHAR, wave VARCHAR, why VARCHAR)')
    for one in asides:
        listed = ", ".join(map(text, (one.start, one.group, one.wave, one.why)))
        session.run(f"INSERT INTO aside VALUES ({listed})")


@dataclass(frozen=True)
class Kind:
    """How many numbers of one kind had one verdict."""

    statistic: str
    field: str
    verdict: str
    count: int
    reason: str


def kinds(session: Session) -> Iterator[Kind]:
    """Yield the counts of verdicts per statistic and field."""
    query = (
        "SELECT coalesce(statistic, ''), field, verdict, count(*), any_value(reason) FROM outcome "
        "LEFT JOIN stored USING (address) GROUP BY ALL ORDER BY ALL"
    )
    for row in session.rows(query):
        yield Kind(*row)
