"""Findings: things in the input that a person should know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["stop", "warning", "note"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing in the input that a person should know.

    Attributes
    ----------
    severity
        ``stop`` (could change a figure, and nothing is declared), ``warning`` (dealt with as
        declared) or ``note``.
    rule
        Name of the check or declared cleaning rule, e.g. ``unknown_code``.
    file
        Path of the file as the study names it.
    row
        1-based line in the file (the header is line 1); None when it concerns the whole file.
    column, value
        Raw column and raw value concerned, empty when none.
    message
        What is wrong and what would be right.
    count
        Rows concerned; `row` is the first of them.
    """

    severity: Severity
    rule: str
    file: str
    message: str
    row: int | None = None
    column: str = ""
    value: str = ""
    count: int = 1

    def __str__(self) -> str:
        """Return the finding as one line: file, row, message."""
        place = self.file if self.row is None else f"{self.file}:{self.row}"
        more = f" ({self.count} rows)" if self.count > 1 else ""
        return f"{place}: {self.message}{more}"


def stopping(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that stop a build."""
    return [finding for finding in findings if finding.severity == "stop"]
