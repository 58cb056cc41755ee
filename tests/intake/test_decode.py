from __future__ import annotations

from typing import Any

import pytest

from wavedeck.intake.decode import Decoded, decode, tick, wrong_targets
from wavedeck.intake.values import RawValue
from wavedeck.study.codebook import Question


def question(**given: Any) -> Question:
    return Question.model_validate({"name": "q", "variable": "q", "label": "Q", "columns": "Q", **given})


RATING = question(type="rating", minimum=1, maximum=5, missing={"0": "blank", "6": "not_applicable"})
SINGLE = question(type="single", codes={"1": "yes", "2": "no"}, missing={"9": "refused"})


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("1", Decoded(answer="yes")),
        ("2.0", Decoded(answer="no")),
        (" 1 ", Decoded(answer="yes")),
        ("9", Decoded(missing="refused")),
        ("9.0", Decoded(missing="refused")),
        ("", Decoded(missing="blank")),
        ("  ", Decoded(missing="blank")),
        ("3", Decoded(problem="unknown_code")),
    ],
)
def test_single_code_becomes_category_or_kind_of_missing(text: str, meaning: Decoded) -> None:
    assert decode(SINGLE, RawValue(text)) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("4", Decoded(answer=4.0)),
        ("0", Decoded(missing="blank")),
        ("6", Decoded(missing="not_applicable")),
        ("7", Decoded(answer=7.0, problem="out_of_range")),
        ("x", Decoded(problem="unknown_code")),
    ],
)
def test_rating_keeps_its_missing_codes_apart(text: str, meaning: Decoded) -> None:
    assert decode(RATING, RawValue(text)) == meaning


def test_exact_text_goes_before_the_number_it_spells() -> None:
    both = question(type="single", codes={"3": "three", "3.0": "other"})
    assert decode(both, RawValue("3.0")).answer == "other"
    assert decode(both, RawValue("3.00")).answer == "three"


def test_declared_empty_cell_goes_before_blank() -> None:
    parked = question(type="single", codes={"1": "yes"}, missing={"": "not_asked"})
    assert decode(parked, RawValue("")).missing == "not_asked"


def test_codes_of_a_rating_are_all_there_are() -> None:
    coded = question(type="rating", codes={"1": "1", "2": "2"})
    assert decode(coded, RawValue("9")).problem == "unknown_code"


def test_codes_of_a_number_stand_beside_plain_numbers() -> None:
    age = question(type="numeric", codes={"99+": "99"})
    assert decode(age, RawValue("99+")).answer == 99.0
    assert decode(age, RawValue("42")).answer == 42.0


def test_rating_without_range_takes_its_categories_only() -> None:
    rated = question(type="rating", categories={"1": {"*": "bad"}, "2": {"*": "good"}})
    assert decode(rated, RawValue("2.0")).answer == 2.0
    assert decode(rated, RawValue("3")).problem == "unknown_code"


@pytest.mark.parametrize(("text", "problem"), [("0", ""), ("10", ""), ("11", "out_of_range")])
def test_nps_runs_from_0_to_10(text: str, problem: str) -> None:
    assert decode(question(type="nps"), RawValue(text)).problem == problem


def test_categories_without_codes_are_their_own_codes() -> None:
    area = question(type="single", categories={"a": {"*": "A"}})
    assert decode(area, RawValue("a")).answer == "a"
    assert decode(area, RawValue("b")).problem == "unknown_code"


def test_text_stays_as_written() -> None:
    assert decode(question(type="open"), RawValue(" Too busy. ")).answer == " Too busy. "


def test_label_in_the_file_is_a_spelling() -> None:
    named = question(type="single", codes={"Female": "female"})
    assert decode(named, RawValue("2", label="Female")).answer == "female"


def test_code_marked_missing_in_the_file_is_unknown_until_declared() -> None:
    income = question(type="numeric")
    assert decode(income, RawValue("999", marked_missing=True)).problem == "unknown_code"
    declared = question(type="numeric", missing={"999": "refused"})
    assert decode(declared, RawValue("999", marked_missing=True)).missing == "refused"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("1", Decoded(answer=1.0)),
        ("0.0", Decoded(answer=0.0)),
        ("", Decoded(missing="blank")),
        ("8", Decoded(missing="dont_know")),
        ("5", Decoded(problem="unknown_code")),
    ],
)
def test_tick_tells_ticked_unticked_and_nothing_said(text: str, meaning: Decoded) -> None:
    ticked = question(type="multi", checked=["1"], unchecked=["0", ""], missing={"8": "dont_know"})
    assert tick(ticked, RawValue(text)) == meaning


def test_wrong_targets_are_codes_without_a_category() -> None:
    slip = question(type="single", categories={"yes": {"*": "Yes"}}, codes={"1": "yes", "2": "noo"})
    assert wrong_targets(slip) == {"2": "noo"}
    assert wrong_targets(question(type="rating", codes={"1": "one"})) == {"1": "one"}
