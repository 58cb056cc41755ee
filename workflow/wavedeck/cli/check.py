"""The command ``wavedeck check``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from wavedeck.study.findings import Finding, Severity

ORDER: tuple[Severity, ...] = ("stop", "warning", "note")
STYLES = {"stop": "bold red", "warning": "yellow", "note": ""}


def show_findings(out: Console, study: str, findings: Sequence[Finding]) -> None:
    """Print findings, those that stop a build first, and count them."""
    if findings:
        out.print(_table(sorted(findings, key=_rank)))
    out.print(summary(study, findings), markup=False, soft_wrap=True)


def _table(findings: Sequence[Finding]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("severity", no_wrap=True)
    table.add_column("where", overflow="fold")
    table.add_column("what", overflow="fold", ratio=1)
    table.add_column("rows", justify="right", no_wrap=True)
    for finding in findings:
        severity = Text(finding.severity, style=STYLES[finding.severity])
        table.add_row(severity, Text(place(finding)), Text(finding.message), str(finding.count))
    return table


def place(finding: Finding) -> str:
    """Return file and row of a finding."""
    return finding.file if finding.row is None else f"{finding.file}:{finding.row}"


def _rank(finding: Finding) -> tuple[int, str, int]:
    return ORDER.index(finding.severity), finding.file, finding.row or 0


def summary(study: str, findings: Sequence[Finding]) -> str:
    """Return one line that counts the findings by severity."""
    if not findings:
        return f"No findings in study '{study}'."
    counts = Counter(finding.severity for finding in findings)
    verdict = "The build would stop." if counts["stop"] else "Nothing stops the build."
    counted = ", ".join(f"{counts[severity]} {severity}" for severity in ORDER)
    return f"Study '{study}': {counted}. {verdict}"
