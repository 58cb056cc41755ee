"""The ledger of a finished report: which figure was printed where."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wavedeck.study.errors import WavedeckError
from wavedeck.study.paths import shown

NOTES = "notes"
OFF_SLIDE = ("alt:", "workbook:")


class AuditError(WavedeckError):
    """A finished file is not there, or not what it should be."""


@dataclass(frozen=True)
class Print:
    """One line of the ledger: a figure printed once."""

    slide: str
    element: str
    address: str
    field: str
    printed: str

    @property
    def on_slide(self) -> bool:
        """Tell whether it stands on the slide itself, not in notes, alternative texts or workbooks."""
        return self.element.split("/")[0] != NOTES and not self.element.startswith(OFF_SLIDE)


COLUMNS: Sequence[str] = ("slide", "element", "address", "field", "printed")


def read_ledger(path: Path) -> tuple[Print, ...]:
    """Read the ledger of a report.

    Raises
    ------
    AuditError
        When it is not there, or has other columns.
    """
    if not path.is_file():
        raise AuditError(f"{shown(path)}: there is no ledger; build the report first")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise AuditError(f"{shown(path)}: this is no ledger; its columns should be {', '.join(COLUMNS)}")
        return tuple(Print(**row) for row in reader)
