from __future__ import annotations

from pathlib import Path

import pytest

from tiny_study import study
from wavedeck.audit.ledger import AuditError, read_ledger
from wavedeck.audit.trace.find import (
    Pointer,
    newest_place,
    parse_pointer,
    prints_at,
    prints_of,
    ranges,
    study_of_deck,
    table_prints,
)


def deck(built: Path) -> Path:
    return built / "reports" / "tiny" / "2024" / "deck.pptx"


def test_place_in_a_deck_has_slide_and_element() -> None:
    assert parse_pointer("a/deck.pptx#8:table:groups/r2c1") == Pointer(
        Path("a/deck.pptx"), "8", "table:groups/r2c1"
    )
    assert parse_pointer("visitors/overall/all/2024") is None
    assert Pointer(Path("a/deck.en.pptx")).ledger == Path("a/ledger.en.csv")


def test_study_follows_from_where_a_deck_stands(built: Path, tmp_path: Path) -> None:
    assert study_of_deck(deck(built)) == ("tiny", "2024")
    assert study_of_deck(built / "data/processed/tiny/2024/draft/deck.pptx") == ("tiny", "2024")
    assert study_of_deck(tmp_path / "deck.pptx") == ("", "")


def test_element_may_be_named_without_its_last_part(built: Path) -> None:
    found = prints_at(Pointer(deck(built), "2", "table:groups"))
    assert [one.element for one in found] == ["table:groups/r2c1", "table:groups/r2c2"]


@pytest.mark.parametrize(
    ("slide", "element", "said"),
    [
        ("3", "", "no number of the ledger stands on slide '3'; there are numbers on slides 1-2, 4"),
        ("2", "body/p2", "slide 2 has no number in 'body/p2'; did you mean 'body/p1'"),
        ("4", "footnote/p1", "it has them in body/p2"),
    ],
)
def test_wrong_place_is_told_with_what_there_is(built: Path, slide: str, element: str, said: str) -> None:
    with pytest.raises(AuditError) as told:
        prints_at(Pointer(deck(built), slide, element))
    assert said in str(told.value)


def test_printed_number_is_found_with_and_without_its_sign(built: Path) -> None:
    ledger = read_ledger(deck(built).with_name("ledger.csv"))
    assert len(prints_of("7.4", ledger, where="deck")) == 2
    assert [one.printed for one in prints_of("54", ledger, where="deck")] == ["54%"]
    with pytest.raises(AuditError, match=r"deck: the build printed no '7\.44' there; did you mean '7\.4'"):
        prints_of("7.44", ledger, where="deck")


def test_report_that_is_not_built_is_told(tmp_path: Path, built: Path) -> None:
    with pytest.raises(AuditError, match="run: wavedeck build tiny"):
        newest_place(study(), tmp_path)
    with pytest.raises(AuditError, match="has no wave '2025'"):
        newest_place(study(), built, "2025")


def test_slides_in_a_row_are_written_short() -> None:
    assert ranges(["1", "2", "3", "7", "a"]) == "slides 1-3, 7, a"


def test_places_in_the_table_book_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "tiny" / "2024"
    folder.mkdir(parents=True)
    (folder / "ledger_tables.csv").write_text(
        "slide,element,address,field,printed\n"
        "0,tables:5 Overall!C7,visitors/overall/all/2024,estimate,7.4\n"
        "0,tables:5 Overall!C8,visitors/overall/all/2024,base,46\n"
        "0,tables:5 Overall!B7,visitors/overall/all/2023,estimate,7.2\n",
        encoding="utf-8",
    )
    found = table_prints("tiny", tmp_path, "2024", "visitors/overall/all/2024")
    assert [(one.element, one.printed) for one in found] == [("tables:5 Overall!C7", "7.4")]
    assert table_prints("tiny", tmp_path, "2023", "visitors/overall/all/2023") == ()
