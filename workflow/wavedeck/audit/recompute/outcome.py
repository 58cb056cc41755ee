"""What came out of a recomputation: rows for a file, a line for the screen, an error when routes differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.recompute.compare import DIFFERS, LEFT_OUT, SAME, UNEXPLAINED
from wavedeck.audit.recompute.sql import Session, text

NAMED_AT_MOST = 20
EVERY = f"""SELECT address, field, stored, recomputed, route,
  CASE WHEN verdict = {text(DIFFERS)} THEN difference END AS difference, verdict, reason FROM outcome
UNION ALL SELECT address, field, stored, recomputed, 'sql', CASE WHEN NOT agrees THEN stored - recomputed END,
  CASE WHEN agrees THEN {text(SAME)} ELSE {text(DIFFERS)} END, reason FROM table_check"""


class RoutesDisagreeError(AuditError):
    """The second route leads to another number than the store holds."""


@dataclass(frozen=True)
class Recomputation:
    """What came out.

    Attributes
    ----------
    figures
        Figures with at least one number compared.
    same, differs, left_out
        Numbers of the store that agree, do not agree or have no route, and that were left out with a reason.
    tables
        Columns of responses and weights, and proofs of raked weights, that were compared.
    wrong
        What does not agree, in words, the first of them.
    """

    figures: int
    same: int
    differs: int
    left_out: int
    tables: int
    wrong: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Tell whether everything that was compared agrees."""
        return not self.differs

    @property
    def line(self) -> str:
        """Say it in one line."""
        return (
            f"{self.same:,} numbers of {self.figures:,} figures recomputed from the raw files agree, "
            f"{self.differs:,} do not; {self.tables:,} columns of respondents and weights compared; "
            f"{self.left_out:,} numbers named as not recomputed"
        )


def summarise(session: Session) -> Recomputation:
    """Count the outcome."""
    counts = dict(session.rows(f"SELECT verdict, count(*) FROM ({EVERY}) GROUP BY verdict"))
    tables = session.rows("SELECT count(*) FROM table_check")[0][0]
    figures = session.rows(f"SELECT count(DISTINCT address) FROM outcome WHERE verdict = {text(SAME)}")[0][0]
    return Recomputation(
        figures=figures,
        same=counts.get(SAME, 0) - session.rows("SELECT count(*) FROM table_check WHERE agrees")[0][0],
        differs=counts.get(DIFFERS, 0) + counts.get(UNEXPLAINED, 0),
        left_out=counts.get(LEFT_OUT, 0),
        tables=tables,
        wrong=tuple(_wrong(session)),
    )


def _wrong(session: Session) -> Iterator[str]:
    """Yield what does not agree: respondents and weights first, since figures follow from them."""
    rows = session.rows(
        f"SELECT address, field, stored, recomputed, verdict, reason FROM ({EVERY}) "
        f"WHERE verdict IN ({text(DIFFERS)}, {text(UNEXPLAINED)}) "
        f"ORDER BY address NOT LIKE '%/responses/%' AND address NOT LIKE '%/weights/%', address, field"
    )
    for address, field, stored, recomputed, _, reason in rows[:NAMED_AT_MOST]:
        why = f" ({reason})" if reason else ""
        yield f"{address} {field}: stored {_shown(stored)}, recomputed {_shown(recomputed)}{why}"
    if len(rows) > NAMED_AT_MOST:
        yield f"... and {len(rows) - NAMED_AT_MOST} more"


def _shown(value: float | None) -> str:
    return "nothing" if value is None else f"{value:.12g}"


def write_outcome(session: Session, path: Path) -> None:
    """Write every comparison as CSV; the same inputs give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    numbers = ", ".join(
        f"CASE WHEN {one} IS NOT NULL THEN printf('%.12g', {one}) END AS {one}"
        for one in ("stored", "recomputed", "difference")
    )
    query = (
        "SELECT address, field, * EXCLUDE (address, field, verdict, reason, route) REPLACE "
        f"({numbers}), route, "
        f"verdict, reason FROM ({EVERY}) ORDER BY address, field"
    )
    columns = "address, field, stored, recomputed, route, difference, verdict, reason"
    session.connection.execute(
        f"COPY (SELECT {columns} FROM ({query})) TO {text(str(part))} (HEADER, DELIMITER ',')"
    )
    part.replace(path)


def require_agreement(found: Recomputation, path: Path) -> None:
    """Raise when a figure, weight or respondent does not agree.

    Raises
    ------
    RoutesDisagreeError
        Naming them.
    """
    if not found.agrees:
        count = "1 number does" if found.differs == 1 else f"{found.differs:,} numbers do"
        listed = "\n".join(f"  {one}" for one in found.wrong)
        raise RoutesDisagreeError(
            f"{count} not agree with a recomputation from the raw files (all in {path}):\n{listed}"
        )
