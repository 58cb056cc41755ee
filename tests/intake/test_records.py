from __future__ import annotations

from wavedeck.intake.records import finding_table
from wavedeck.study.findings import Finding


def test_findings_that_stop_come_first_and_rows_stay_whole() -> None:
    table = finding_table(
        [
            Finding(severity="note", rule="a", file="f", message="m"),
            Finding(severity="stop", rule="b", file="f", message="m", row=7),
        ]
    )
    assert table["rule"].tolist() == ["b", "a"]
    assert table["row"].dtype == "Int64"
    assert table["row"].isna().tolist() == [False, True]
