"""Verification in the real workflow and on the command line."""

from __future__ import annotations

import csv
import re

from audit.verify import plant_texts
from audit.verify.plant import Parts
from workplace import Workplace

DRAFT = "data/processed/tiny/2024/draft"


def changed(place: Workplace, name: str) -> None:
    """Change a digit in the title of a deck."""
    path = place.folder / name
    parts = Parts.read(path)
    assert plant_texts.title_digit(parts) == (3, "title")
    path.write_bytes(parts.blob())


def test_delivered_deck_and_pdf_are_accounted_for(built: Workplace) -> None:
    for name in ("deck.pptx", "deck.pdf"):
        run = built.wavedeck("verify", str(built.reports / name))
        assert run.code == 0, run.text
        assert re.search(r"[1-9]\d* numbers accounted for .*; 0 orphans, 0 mismatches, 0 leaks", run.text)


def test_deck_changed_by_hand_is_listed(built: Workplace) -> None:
    changed(built, "reports/tiny/2024/deck.pptx")
    run = built.wavedeck("verify", str(built.reports / "deck.pptx"))
    assert run.code == 1
    assert (
        "mismatch: slide 3, title/p1: '7.7' stands where visitors/overall/all/2024 (estimate) is" in run.text
    )


def test_file_elsewhere_says_of_which_report_it_is(built: Workplace) -> None:
    elsewhere = built.folder / "sent.pptx"
    (built.reports / "deck.pptx").rename(elsewhere)
    run = built.wavedeck("verify", str(elsewhere))
    assert run.code == 0, run.text


def test_fault_stops_delivery_and_leaves_the_report_as_it_was(built: Workplace) -> None:
    before = {path: path.read_bytes() for path in built.reports.glob("*.*")}
    changed(built, f"{DRAFT}/deck.pptx")
    run = built.wavedeck("build", "tiny")
    assert run.code == 1
    assert "slide 3, title/p1" in run.text
    assert {path: path.read_bytes() for path in built.reports.glob("*.*")} == before


def test_ledger_of_a_report_holds_every_kind_of_number(built: Workplace) -> None:
    with (built.reports / "ledger.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    elements = " ".join(row["element"] for row in rows)
    for place in ("title/", "notes/", "table:", "chart:", "alt:", "workbook:", "footnote/", "base/"):
        assert place in elements, place
    fields = {row["field"] for row in rows}
    assert {"estimate", "base", "rest.mark", "constant", "wave", "label", "quote", "page", "axis"} <= fields
