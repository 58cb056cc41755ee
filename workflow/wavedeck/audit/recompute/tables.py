"""Hold stored respondents and weights against recomputed ones, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.recompute.sql import Session, name, text
from wavedeck.audit.recompute.weights import WeightCheck

COLUMNS = "address VARCHAR, field VARCHAR, stored DOUBLE, recomputed DOUBLE, agrees BOOLEAN, reason VARCHAR"
CLOSE = "abs(s.weight - r.weight) <= 1e-12 + 1e-9 * abs(s.weight)"
INTERNAL = ("_file", "_row", "_id")


def start_tables(session: Session) -> None:
    """Make the table ``table_check``: one row per column of responses, weights and proofs."""
    session.run(f"CREATE OR REPLACE TABLE table_check({COLUMNS})")


def compare_tables(session: Session, folder: Path, *, part: str, wave: str) -> None:
    """Compare responses.parquet and weights.parquet with ``people`` and ``weight``.

    A column is told by the number of respondents stored, and of those for whom both routes say the same.
    """
    stored = {one: folder / f"{one}.parquet" for one in ("responses", "weights")}
    for path in stored.values():
        if not path.is_file():
            raise AuditError(f"{path}: is not there; build the figures first")
    _compare_respondents(session, stored["responses"], part, wave)
    _compare_weights(session, stored["weights"], part, wave)


def _compare_respondents(session: Session, path: Path, part: str, wave: str) -> None:
    source = f"read_parquet({text(str(path))})"
    known = {row[0] for row in session.rows("DESCRIBE people")}
    columns = [row[0] for row in session.rows(f"DESCRIBE SELECT * FROM {source}")]
    shared = [one for one in columns if one in known and one not in ("_file", "_row")]
    same = ",\n  ".join(
        f"count(*) FILTER (WHERE s.{name(one)} IS NOT DISTINCT FROM r.{name(one)}) AS {name(one)}"
        for one in shared
    )
    first = ", ".join(
        f"min(s._row) FILTER (WHERE s.{name(one)} IS DISTINCT FROM r.{name(one)}) AS {name(one)}"
        for one in shared
    )
    joined = f"FROM {source} AS s FULL JOIN people AS r USING (_row)"
    total = session.rows(f"SELECT count(*) {joined}")[0][0]
    counts = session.rows(f"SELECT {same} {joined}")[0]
    rows = session.rows(f"SELECT {first} {joined}")[0]
    address = f"{part}/responses/{wave}"
    missing = [one for one in columns if one not in known and one != "_file"]
    found = [
        (one, total, count, "" if count == total else f"first differs in row {row}")
        for one, count, row in zip(shared, counts, rows, strict=True)
    ]
    found += [(one, total, 0, "the second route has no such column") for one in missing]
    _keep(session, address, found)


def _compare_weights(session: Session, path: Path, part: str, wave: str) -> None:
    joined = f"FROM read_parquet({text(str(path))}) AS s FULL JOIN weight AS r USING (_row)"
    agrees = f"coalesce({CLOSE} AND s.in_weighting = r.included, FALSE)"
    total, count, row = session.rows(
        f"SELECT count(*), count(*) FILTER (WHERE {agrees}), min(_row) FILTER (WHERE NOT {agrees}) {joined}"
    )[0]
    reason = "" if count == total else f"first differs in row {row}"
    _keep(session, f"{part}/weights/{wave}", [("weight", total, count, reason)])


def _keep(session: Session, address: str, found: Sequence[tuple[str, int, int, str]]) -> None:
    rows = ", ".join(
        f"({text(address)}, {text(field)}, {total}, {count}, {total == count}, {text(reason)})"
        for field, total, count, reason in found
    )
    session.connection.execute(f"INSERT INTO main.table_check VALUES {rows}")


def keep_checks(session: Session, checks: Sequence[WeightCheck], *, part: str, wave: str) -> None:
    """Keep the proof of raked weights beside the comparisons."""
    for one in checks:
        reason = "" if one.holds else "the stored weights are not the raked ones"
        session.connection.execute(
            "INSERT INTO main.table_check VALUES (?, ?, ?, ?, ?, ?)",
            [f"{part}/weights/{wave}", f"proof of {one.what}", one.wanted, one.found, one.holds, reason],
        )
