"""A deck that left its folder still says what it prints."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from audit.verify import finished
from audit.verify.plant import Parts
from audit.verify.plant_files import slides_swapped
from audit.verify.plant_ledgers import ledger_removed
from wavedeck.audit.trace.decks import own_ledger
from wavedeck.audit.trace.find import Pointer, prints_at


def test_deck_says_which_report_it_is_and_what_it_prints() -> None:
    found = own_ledger(finished.deck())
    assert found is not None
    assert (found.study, found.wave, found.is_in_order) == ("tiny", "2024", True)
    assert found.language.startswith("en")
    assert any(one.address == "visitors/overall/all/2024" for one in found.prints)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7"])
def test_other_files_say_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "deck.pdf").write_bytes(content)
    assert own_ledger(tmp_path / "deck.pdf") is None


def test_deck_without_ledger_says_nothing(tmp_path: Path) -> None:
    parts = Parts.read(finished.deck())
    ledger_removed(parts)
    (tmp_path / "deck.pptx").write_bytes(parts.blob())
    assert own_ledger(tmp_path / "deck.pptx") is None


def test_numbers_of_a_deck_sent_elsewhere_are_found(tmp_path: Path) -> None:
    sent = tmp_path / "for the board (final).pptx"
    shutil.copy(finished.deck(), sent)
    whole = own_ledger(sent)
    assert whole is not None
    slide = next(one.slide for one in whole.prints if one.field == "estimate")
    assert prints_at(Pointer(sent, slide)) == tuple(one for one in whole.prints if one.slide == slide)


def test_numbers_follow_slides_that_were_put_elsewhere(tmp_path: Path) -> None:
    parts = Parts.read(finished.deck())
    slides_swapped(parts)
    moved = tmp_path / "deck.pptx"
    moved.write_bytes(parts.blob())
    shutil.copy(_ledger_of_another_order(tmp_path), tmp_path / "ledger.csv")
    before, after = own_ledger(finished.deck()), own_ledger(moved)
    assert before is not None
    assert after is not None
    assert not after.is_in_order
    places = {"8": "9", "9": "8"}
    expected = {(places.get(one.slide, one.slide), one.element, one.address) for one in before.prints}
    assert {(one.slide, one.element, one.address) for one in after.prints} == expected
    assert prints_at(Pointer(moved)) == after.prints


def _ledger_of_another_order(folder: Path) -> Path:
    path = folder / "other.csv"
    path.write_text("slide,element,address,field,printed\n8,body/p1,a/b/c/2024,estimate,7.4\n", "utf-8")
    return path
