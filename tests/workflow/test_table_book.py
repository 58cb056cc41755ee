"""The table book in the real workflow and on the command line."""

from __future__ import annotations

import csv
import re

from audit.verify.book import plant_cells, plant_hidden
from audit.verify.plant import Parts
from workplace import Workplace

DRAFT = "data/processed/tiny/2024/draft"


def test_delivered_book_is_accounted_for(built: Workplace) -> None:
    run = built.wavedeck("verify", str(built.reports / "tables.xlsx"))
    assert run.code == 0, run.text
    assert re.search(r"[1-9]\d* numbers accounted for .*; 0 orphans, 0 mismatches, 0 leaks", run.text)


def test_book_changed_by_hand_is_listed(built: Workplace) -> None:
    path = built.reports / "tables.xlsx"
    parts = Parts.read(path)
    places = [plant_cells.digit_changed(parts), plant_hidden.hidden_row(parts)]
    path.write_bytes(parts.blob())
    run = built.wavedeck("verify", str(path))
    assert run.code == 1
    assert all(place and f"tables:{place}" in run.text for place in places), run.text


def test_fault_in_the_book_stops_delivery(built: Workplace) -> None:
    before = {path: path.read_bytes() for path in built.reports.glob("*.*")}
    draft = built.folder / DRAFT / "tables.xlsx"
    parts = Parts.read(draft)
    place = plant_cells.digit_changed(parts)
    draft.write_bytes(parts.blob())
    run = built.wavedeck("build", "tiny")
    assert run.code == 1
    assert f"tables:{place}" in run.text
    assert {path: path.read_bytes() for path in built.reports.glob("*.*")} == before


def test_ledger_of_the_book_names_sheet_and_cell(built: Workplace) -> None:
    with (built.reports / "ledger_tables.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["slide"] for row in rows} == {"0"}
    places = [row["element"] for row in rows if row["field"] == "estimate"]
    assert all(re.fullmatch(r"tables:\d+ .+![A-Z]+\d+", place) for place in places)
    assert {"estimate", "base", "weighted_base", "rest.mark", "wave", "constant"} <= {
        row["field"] for row in rows
    }
