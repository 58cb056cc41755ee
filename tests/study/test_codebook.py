from __future__ import annotations

import pytest
from pydantic import ValidationError

from wavedeck.study.codebook import Codebook


@pytest.fixture
def book(folder):
    return folder.load().codebook


def named(book, part, wave):
    return {question.name: question for question in book.questions(part, wave)}


def test_questions_spell_out_batteries_and_loops(book):
    names = list(named(book, "vis", "2017"))
    assert names[names.index("service@art") :][:2] == ["service@art", "service@food"]
    contact = [name for name in names if name.startswith("contact")]
    entries = ("alpha.speed", "alpha.tone", "beta.speed", "beta.tone")
    assert contact == [f"contact@{entry}" for entry in entries]


def test_questions_are_those_of_the_wave_and_the_part(book):
    assert "service@food" not in named(book, "vis", "2015")
    assert "weight" not in named(book, "org", "2017")
    assert "service@food" in {question.name for question in book.questions_ever("org")}


def test_questions_take_over_what_the_scale_says(book):
    overall = named(book, "vis", "2015")["overall"]
    assert (overall.type, overall.minimum, overall.maximum) == ("rating", 1, 5)
    assert overall.missing == {"9": "dont_know"}


def test_questions_columns_differ_by_wave(book):
    assert named(book, "vis", "2015")["overall"].raw_columns == ("overall",)
    assert named(book, "vis", "2017")["overall"].raw_columns == ("Q1",)
    assert named(book, "vis", "2017")["channel"].raw_columns == ("C1", "C2")


def test_questions_columns_fill_in_loop_and_item():
    book = Codebook.model_validate(
        {
            "loops": {"org": {"x": {"label": "X"}}},
            "variables": {
                "tone": {
                    "label": "Tone",
                    "type": "numeric",
                    "loop": "org",
                    "columns": "Q_{loop}_{item}",
                    "items": {"a": {"label": "A"}, "b": {"label": "B", "columns": "B_{loop}"}},
                }
            },
        }
    )
    columns = {question.name: question.columns for question in book.questions("any", "2017")}
    assert columns == {"tone@x.a": "Q_x_a", "tone@x.b": "B_x"}


def test_item_of_one_part_is_not_asked_of_another():
    items = {"a": {"label": "A"}, "b": {"label": "B", "parts": ["q"]}}
    book = Codebook.model_validate({"variables": {"tone": {"label": "T", "type": "numeric", "items": items}}})
    assert [question.name for question in book.questions("p", "2017")] == ["tone@a"]
    assert [question.name for question in book.questions("q", "2017")] == ["tone@a", "tone@b"]


def test_questions_gather_routing_of_loop_and_variable(book):
    asked = named(book, "vis", "2017")
    assert asked["contact@alpha.tone"].asked_if == ({"sex": "f"},)
    assert asked["contact@beta.tone"].asked_if == ()


def test_questions_override_missing_with_nothing():
    variable = {
        "label": "A",
        "type": "numeric",
        "missing": {"9": "refused"},
        "by_wave": {"w2": {"missing": {}}},
    }
    book = Codebook.model_validate({"variables": {"a": variable}})
    assert named(book, "p", "w1")["a"].missing == {"9": "refused"}
    assert named(book, "p", "w2")["a"].missing == {}


def test_codebook_needs_a_type_or_a_scale():
    with pytest.raises(ValidationError, match="needs 'type', or a scale that has one"):
        Codebook.model_validate({"variables": {"a": {"label": "A"}}})


def test_codebook_survives_plain_data(book):
    assert Codebook.model_validate(book.model_dump()) == book
