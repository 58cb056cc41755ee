from __future__ import annotations

from dataclasses import replace

import pytest

import tiny_study
from wavedeck.audit.cards.conditions import Conditions
from wavedeck.audit.trace.rests import in_words
from wavedeck.study.conditions import parse_condition
from wavedeck.study.groups import ALL

CONDITIONS = (
    {"age": {"min": 40}},
    {"age": {"max": 39}},
    {"age": {"min": 40, "max": 64}},
    {"answered": ["overall"]},
)


def conditions(language: str) -> Conditions:
    return Conditions(tiny_study.study().group_book, language)


@pytest.mark.parametrize("where", CONDITIONS)
def test_condition_reads_as_in_a_trace_where_no_label_is_in_it(where: dict[str, object]) -> None:
    condition = parse_condition(where)
    assert conditions("en").of(condition) == in_words(condition)
    assert conditions("xx").of(condition) == in_words(condition)


def test_category_goes_by_its_label() -> None:
    assert conditions("en").of(parse_condition({"sex": "female"})) == "sex is Women"
    either = conditions("nl").of(parse_condition({"sex": ["female", "other"]}))
    assert either == "sex is ‘Women’ of ‘other’"
    assert conditions("en").category("sex", "nothing") == "nothing"


@pytest.mark.parametrize(
    ("where", "written"),
    [
        ({"age": {"min": 40, "max": 64}}, "age is van 40 tot en met 64"),
        (
            {"not": {"any": [{"answered": ["overall"]}, {"age": {"min": 40}}]}},
            "niet (overall is beantwoord of age is 40 of meer)",
        ),
    ],
)
def test_dutch_has_words_of_its_own(where: dict[str, object], written: str) -> None:
    assert conditions("nl").of(parse_condition(where)) == written


def test_everybody_is_named_and_asked_of_is_empty() -> None:
    assert conditions("nl").group(ALL) == "iedereen"
    assert conditions("nl").asked(()) == ""


def test_question_asked_of_some_says_of_whom() -> None:
    several = conditions("nl").asked(
        [{"age": {"min": 40}}, {"any": [{"age": {"max": 1}}, {"answered": ["x"]}]}]
    )
    assert several == "age is 40 of meer en (age is 1 of minder of x is beantwoord)"


@pytest.mark.parametrize(
    "where",
    [
        {"respondent": "984780255"},
        {"remark": ["984780255"]},
        {"not": {"respondent": ["1", "984780255"]}},
        {"all": [{"sex": "female"}, {"respondent": "984780255"}]},
    ],
)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_value_that_names_a_person_is_not_written_out(where: dict[str, object], language: str) -> None:
    written = conditions(language).of(parse_condition(where))
    assert "984780255" not in written
    assert ("not shown" if language == "en" else "niet getoond") in written


def test_number_that_names_a_person_is_not_written_out() -> None:
    study = tiny_study.study()
    age = study.codebook.variables["age"].model_copy(update={"personal": True})
    codebook = study.codebook.model_copy(update={"variables": {**study.codebook.variables, "age": age}})
    book = replace(study.group_book, codebook=codebook)
    written = Conditions(book, "en").of(parse_condition({"age": {"min": 97}}))
    assert written == "age is something that is not shown"
