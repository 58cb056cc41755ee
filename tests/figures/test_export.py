from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import tiny_study
from wavedeck.figures.export import COLUMNS, write_csv
from wavedeck.figures.records import SHOWN_STATES

NUMBERS = COLUMNS[COLUMNS.index("estimate") : COLUMNS.index("unit")]
COMPARED = COLUMNS[COLUMNS.index("printed") :]


def rows(path: Path, language: str = "en") -> dict[str, dict[str, str]]:
    write_csv(tiny_study.store(), path / "figures.csv", language)
    text = (path / "figures.csv").read_text(encoding="utf-8")
    return {row["address"]: row for row in csv.DictReader(StringIO(text))}


def test_csv_has_the_columns_of_the_design(tmp_path: Path) -> None:
    assert list(next(iter(rows(tmp_path).values()))) == [
        *("address", "part", "indicator", "item", "category", "group", "wave", "statistic"),
        *("estimate", "se", "ci_low", "ci_high", "base", "weighted_base", "effective_base"),
        *("unit", "state", "printed", "change", "change_p", "change_mark"),
        *("rest_difference", "rest_p", "rest_mark"),
    ]


def test_csv_has_one_row_a_figure(tmp_path: Path) -> None:
    assert list(rows(tmp_path)) == list(tiny_study.store().figures)


def test_csv_of_a_suppressed_figure_holds_no_value(tmp_path: Path) -> None:
    hidden = [row for row in rows(tmp_path).values() if row["state"] == "suppressed"]
    assert hidden
    assert {row[name] for row in hidden for name in (*NUMBERS, *COMPARED)} == {""}


def test_csv_numbers_read_back_exactly(tmp_path: Path) -> None:
    for address, row in rows(tmp_path).items():
        figure = tiny_study.store()[address]
        assert [float(row[name]) if row[name] else None for name in NUMBERS] == [
            getattr(figure, name) for name in NUMBERS
        ]


def test_csv_tells_not_asked_from_empty_and_from_zero(tmp_path: Path) -> None:
    found = rows(tmp_path)
    told = [
        tuple(found[address][name] for name in ("state", "estimate", "base", "printed"))
        for address in (
            "visitors/recommend/all/2023",
            "visitors/service@shed/sex_female/2024",
            "visitors/recommend_parts.0/all/2024",
        )
    ]
    assert told == [("not_asked", "", "", ""), ("empty", "", "0", ""), ("shown", "0", "48", "0%")]


def test_csv_prints_in_the_language_asked_for(tmp_path: Path) -> None:
    address = "visitors/overall/all/2024"
    assert [rows(tmp_path, language)[address]["printed"] for language in ("en", "nl")] == ["7.4", "7,4"]


def test_csv_prints_only_what_is_shown(tmp_path: Path) -> None:
    for row in rows(tmp_path).values():
        assert bool(row["printed"]) == (row["state"] in SHOWN_STATES)
