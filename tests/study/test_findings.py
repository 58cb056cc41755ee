from __future__ import annotations

from wavedeck.study.findings import Finding, stopping


def test_finding_as_one_line():
    finding = Finding(
        severity="stop", rule="unknown_code", file="a.csv", row=7, message="code '9' is unknown"
    )
    assert str(finding) == "a.csv:7: code '9' is unknown"


def test_finding_counts_rows():
    finding = Finding(severity="warning", rule="routing", file="a.csv", message="not asked", count=3)
    assert str(finding) == "a.csv: not asked (3 rows)"


def test_stopping_keeps_what_stops():
    stop, note = (
        Finding(severity=severity, rule="r", file="f", message="m") for severity in ("stop", "note")
    )
    assert stopping([note, stop]) == [stop]
