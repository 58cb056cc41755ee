"""Write what intake made; nothing half-written stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    import pandas as pd

    from wavedeck.intake.run import Intake

RESPONSES, LOG = "responses.parquet", "cleaning_log.csv"
DISPOSITIONS, FINDINGS = "dispositions.csv", "findings.csv"


def write_intake(intake: Intake, folder: Path) -> None:
    """Write responses.parquet, cleaning_log.csv, dispositions.csv and findings.csv into a folder.

    The same intake gives the same bytes.
    """
    from wavedeck.intake.records import finding_table

    folder.mkdir(parents=True, exist_ok=True)
    write_parquet(intake.responses, folder / RESPONSES)
    write_csv(intake.log, folder / LOG)
    write_csv(intake.dispositions, folder / DISPOSITIONS)
    write_csv(finding_table(intake.findings), folder / FINDINGS)


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a table as Parquet, the same bytes for the same table."""
    _whole(path, lambda part: pq.write_table(table, part, compression="zstd", version="2.6"))


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table as UTF-8 CSV with line feeds."""
    _whole(path, lambda part: table.to_csv(part, index=False, lineterminator="\n", encoding="utf-8"))


def write_text(text: str, path: Path) -> None:
    """Write text as UTF-8 with line feeds."""
    _whole(path, lambda part: part.write_bytes(text.encode("utf-8")))


def _whole(path: Path, write: Callable[[Path], object]) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        write(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
