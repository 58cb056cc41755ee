from __future__ import annotations

import pytest

from wavedeck.study.conditions import (
    AllOf,
    AnyOf,
    IsAnswered,
    IsBetween,
    IsOneOf,
    NotThat,
    leaves_of,
    parse_condition,
    variables_of,
)


def test_parse_condition_every_form():
    assert parse_condition({"a": "x"}) == IsOneOf("a", ("x",))
    assert parse_condition({"a": [1, "y"]}) == IsOneOf("a", ("1", "y"))
    assert parse_condition({"a": {"min": 1}}) == IsBetween("a", 1, None)
    assert parse_condition({"answered": ["a", "b"]}) == AllOf((IsAnswered("a"), IsAnswered("b")))
    assert parse_condition({"not": {"a": "x"}}) == NotThat(IsOneOf("a", ("x",)))
    assert parse_condition({"any": [{"a": "x"}, {"b": "y"}]}) == AnyOf(
        (IsOneOf("a", ("x",)), IsOneOf("b", ("y",)))
    )


def test_parse_condition_entries_hold_together():
    assert parse_condition({"a": "x", "b": "y"}) == AllOf((IsOneOf("a", ("x",)), IsOneOf("b", ("y",))))


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"any": []},
        {"any": {"a": 1}},
        {"a": {"minimum": 1}},
        {"a": []},
        {"a": 1.5},
        {"a": True},
        {"not": 1},
        {"any": [1]},
        {"answered": 1},
        {"a": {"min": "x"}},
    ],
)
def test_parse_condition_refuses_what_has_no_form(raw):
    with pytest.raises(ValueError, match=r"takes|needs|is no"):
        parse_condition(raw)


def test_variables_and_leaves_of_nested_conditions():
    condition = parse_condition({"all": [{"a": "x"}, {"not": {"b": {"max": 3}}}], "answered": "c"})
    assert list(variables_of(condition)) == ["a", "b", "c"]
    assert list(leaves_of(condition)) == [IsOneOf("a", ("x",)), IsBetween("b", None, 3), IsAnswered("c")]
