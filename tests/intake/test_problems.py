from __future__ import annotations

from wavedeck.intake.problems import LINES_SHOWN, RawDataError
from wavedeck.study.errors import DataError
from wavedeck.study.findings import Finding


def findings(count: int) -> list[Finding]:
    return [
        Finding(severity="stop", rule="r", file="f.csv", message=f"m{i}", row=i) for i in range(1, count + 1)
    ]


def test_error_lists_its_findings_one_a_line() -> None:
    assert str(RawDataError(findings(2))) == "f.csv:1: m1\nf.csv:2: m2"


def test_error_shows_no_more_than_twenty_lines() -> None:
    error = RawDataError(findings(25))
    lines = str(error).splitlines()
    assert len(lines) == LINES_SHOWN
    assert lines[-1] == "... and 6 more of such findings"
    assert len(error.findings) == 25


def test_error_is_one_for_users() -> None:
    assert issubclass(RawDataError, DataError)
