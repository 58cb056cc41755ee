from __future__ import annotations

import os
from pathlib import Path

import pytest

from wavedeck.cli.screen import Made, console, made_in, readable_size


def test_made_in_lists_files_and_sums_up_folders(tmp_path: Path) -> None:
    report = tmp_path / "reports/tiny/01"
    (report / "charts").mkdir(parents=True)
    for name, text in {
        "deck.pdf": "12345",
        "charts/a.png": "123",
        "charts/b.svg": "1",
        "charts/.snakemake_timestamp": "",
        ".hidden": "1",
    }.items():
        (report / name).write_text(text)
    os.utime(report / "deck.pdf", (100, 100))
    assert made_in(tmp_path, report, since=200) == [
        Made("reports/tiny/01/deck.pdf", 5, 1, False),
        Made("reports/tiny/01/charts/", 4, 2, True),
    ]


def test_made_in_without_report_is_empty(tmp_path: Path) -> None:
    assert made_in(tmp_path, tmp_path / "reports", since=0) == []


@pytest.mark.parametrize(
    ("size", "shown"), [(0, "0 B"), (999, "999 B"), (1_500, "2 kB"), (12_345_678, "12.3 MB")]
)
def test_size_is_readable(size: int, shown: str) -> None:
    assert readable_size(size) == shown


def test_element_of_a_chart_is_printed_as_it_is_called(capsys: pytest.CaptureFixture[str]) -> None:
    console().print("workbook:chart:overall/B2", markup=False)
    assert capsys.readouterr().out == "workbook:chart:overall/B2\n"
