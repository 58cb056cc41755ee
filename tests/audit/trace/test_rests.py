from __future__ import annotations

import pytest

from wavedeck.audit.trace.place import Place
from wavedeck.audit.trace.rests import Sources, group_in_words, in_words
from wavedeck.study.conditions import parse_condition


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ({"sex": ["female", "male"]}, "sex is female or male"),
        ({"age": {"max": 39}}, "age is 39 or less"),
        ({"age": {"min": 20, "max": 39}}, "age is from 20 to 39"),
        ({"answered": ["a", "b"]}, "a was answered and b was answered"),
        ({"not": {"sex": "male"}}, "not (sex is male)"),
        ({"any": [{"sex": "male"}, {"a": "1", "b": "2"}]}, "sex is male or (a is 1 and b is 2)"),
    ],
)
def test_condition_is_written_out(condition: dict[str, object], said: str) -> None:
    assert in_words(parse_condition(condition)) == said


def test_group_is_written_out(place: Place) -> None:
    book = place.study.group_book
    assert group_in_words("all", book) == "everybody"
    assert group_in_words("branch_north*sex_male", book) == "(branch is north) and (sex is male)"
    assert group_in_words("town", book) == "(branch is north) or (branch is south)"


def test_raw_columns_reach_through_routing_derived_variables_and_weights(place: Place) -> None:
    sources = Sources(place.wave("visitors", "2024"))
    assert sources.of(["service@shed"]) == {"q_shed", "sex"}
    assert sources.of(["age2"]) == {"age"}
    assert sources.of(["activity"]) == {"act_borrow", "act_read", "act_study", "act_event"}
    assert sources.of(["remark_theme"]) == {"remark"}
    assert sources.of_weights() == {"branch"}
