from __future__ import annotations

import io

from rich.console import Console

from wavedeck.cli.check import show_findings, summary
from wavedeck.study.findings import Finding


def _finding(severity: str, row: int | None, message: str = "odd [value]") -> Finding:
    return Finding(severity=severity, rule="test", file="data/raw/a.csv", message=message, row=row, count=3)


def _shown(*findings: Finding) -> list[str]:
    out = Console(file=io.StringIO(), width=100)
    show_findings(out, "tiny", findings)
    return out.file.getvalue().splitlines()


def test_check_shows_what_stops_first_and_rows_in_order() -> None:
    lines = _shown(_finding("note", None), _finding("stop", 30), _finding("warning", 2), _finding("stop", 4))
    words = [line.split()[:2] for line in lines[1:-1]]
    assert words == [
        ["stop", "data/raw/a.csv:4"],
        ["stop", "data/raw/a.csv:30"],
        ["warning", "data/raw/a.csv:2"],
        ["note", "data/raw/a.csv"],
    ]
    assert lines[1].split()[-3:] == ["odd", "[value]", "3"]


def test_check_counts_and_gives_a_verdict() -> None:
    assert summary("tiny", [_finding("stop", 1)]) == (
        "Study 'tiny': 1 stop, 0 warning, 0 note. The build would stop."
    )
    assert summary("tiny", [_finding("note", 1)]).endswith("Nothing stops the build.")


def test_check_without_findings_says_so() -> None:
    assert _shown() == ["No findings in study 'tiny'."]
