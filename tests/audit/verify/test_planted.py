"""Planted faults: each is found, and named by slide and element."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from audit.verify import (
    finished,
    plant_books,
    plant_charts,
    plant_drawings,
    plant_files,
    plant_layers,
    plant_ledgers,
    plant_parts,
    plant_tables,
    plant_texts,
    plant_visuals,
    plant_workbooks,
)
from audit.verify.plant import FAULTS, Parts
from audit.verify.plant_pdf_layers import BEHIND
from audit.verify.plant_pdfs import PDF_FAULTS, planted
from wavedeck.audit.verify.deck import verify_deck
from wavedeck.audit.verify.pdf import verify_pdf

PLANTS = (
    plant_books,
    plant_charts,
    plant_drawings,
    plant_files,
    plant_layers,
    plant_ledgers,
    plant_parts,
    plant_tables,
    plant_texts,
    plant_visuals,
    plant_workbooks,
)
#: The tiny deck has no marks in charts and no matrix; decks of whole studies have.
NOT_IN_THE_TINY_DECK = {
    "chart_mark_removed",
    "chart_mark_turned",
    "matrix_coordinate",
    "matrix_names_swapped",
    "matrix_workbook_value",
}


def test_deck_without_faults_has_none() -> None:
    found = verify_deck(finished.deck(), finished.truth())
    assert [str(one) for one in found.faults] == []
    assert found.counts["figure"] > 200
    assert {"mark", "constant", "wave", "label", "quote", "page", "axis"} <= set(found.counts)


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_fault_in_a_deck_is_named(name: str, tmp_path: Path) -> None:
    parts = Parts.read(finished.deck())
    place = FAULTS[name](parts)
    assert (place is None) == (name in NOT_IN_THE_TINY_DECK), "the fault cannot be planted"
    if place is None:
        return
    path = tmp_path / "deck.pptx"
    path.write_bytes(parts.blob())
    found = verify_deck(path, finished.truth()).faults
    slide, element = place
    assert [one for one in found if one.slide == slide and element in one.element], [
        str(one) for one in found
    ]


def test_pdf_without_faults_has_none() -> None:
    assert [str(one) for one in verify_pdf(finished.pdf(), finished.deck(), finished.truth()).faults] == []


@pytest.mark.parametrize("name", sorted(PDF_FAULTS))
def test_fault_in_a_pdf_is_named(name: str, tmp_path: Path) -> None:
    page = planted(finished.pdf(), tmp_path / "deck.pdf", PDF_FAULTS[name])
    assert page is not None, "the fault cannot be planted"
    found = verify_pdf(tmp_path / "deck.pdf", finished.deck(), finished.truth()).faults
    assert [one for one in found if one.slide == page and "pdf:" in one.element], [str(one) for one in found]


@pytest.mark.parametrize("name", sorted(BEHIND))
def test_fault_behind_a_pdf_is_named(name: str, tmp_path: Path) -> None:
    path = tmp_path / "deck.pdf"
    path.write_bytes(finished.pdf().read_bytes())
    BEHIND[name](path)
    found = verify_pdf(path, finished.deck(), finished.truth()).faults
    assert [one for one in found if one.element == "pdf:file"], [str(one) for one in found]


def test_more_than_sixty_faults_are_planted_in_all_places() -> None:
    assert len(FAULTS) - len(NOT_IN_THE_TINY_DECK) + len(PDF_FAULTS) + len(BEHIND) >= 200


def test_plants_import_nothing_of_the_library() -> None:
    for path in sorted(Path(__file__).parent.glob("plant*.py")):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        names = {one.module or "" for one in nodes if isinstance(one, ast.ImportFrom)}
        assert not [name for name in names if name.startswith("wavedeck")], path.name
