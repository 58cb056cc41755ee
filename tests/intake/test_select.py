from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavedeck.intake.select import holds, is_answered
from wavedeck.study.errors import ConfigError

TABLE = pa.table(
    {
        "area": pa.array(["a", "b", None, "c"]),
        "area!": pa.array([None, None, "blank", None], pa.string()),
        "mark": pa.array([1.0, None, 3.0, 5.0]),
        "mark!": pa.array([None, "refused", None, None], pa.string()).dictionary_encode(),
        "why.work": pa.array([True, False, None, False]),
        "why.fun": pa.array([True, False, None, True]),
        "why!": pa.array([None, None, "blank", None], pa.string()),
    }
)


@pytest.mark.parametrize("responses", [TABLE, TABLE.to_pandas()], ids=["arrow", "pandas"])
@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"area": "a"}, [1, 0, 0, 0]),
        ({"area": ["a", "c"]}, [1, 0, 0, 1]),
        ({"mark": ["1", 5]}, [1, 0, 0, 1]),
        ({"mark": {"min": 3}}, [0, 0, 1, 1]),
        ({"mark": {"min": 1, "max": 3}}, [1, 0, 1, 0]),
        ({"why": "work"}, [1, 0, 0, 0]),
        ({"why": ["work", "fun"]}, [1, 0, 0, 1]),
        ({"answered": "mark"}, [1, 0, 1, 1]),
        ({"answered": ["mark", "why"]}, [1, 0, 0, 1]),
        ({"area": "a", "mark": {"max": 2}}, [1, 0, 0, 0]),
        ({"any": [{"area": "b"}, {"mark": {"min": 5}}]}, [0, 1, 0, 1]),
        ({"all": [{"area": ["a", "b"]}, {"answered": "mark"}]}, [1, 0, 0, 0]),
        ({"not": {"area": "a"}}, [0, 1, 1, 1]),
        ({"elsewhere": "x"}, [0, 0, 0, 0]),
        ({"elsewhere": {"min": 1}}, [0, 0, 0, 0]),
        ({"answered": "elsewhere"}, [0, 0, 0, 0]),
    ],
)
def test_condition_holds_for(responses: Any, where: dict[str, Any], expected: list[int]) -> None:
    assert holds(where, responses).astype(int).tolist() == expected


def test_column_of_a_battery_item_is_matched_by_its_full_name() -> None:
    table = pa.table({"service@art": [4.0, 2.0], "service@art!": pa.array([None, None], pa.string())})
    assert holds({"service@art": {"min": 4}}, table).tolist() == [True, False]


def test_dictionary_columns_are_categories_too() -> None:
    table = pa.table({"area": pa.array(["a", None, "b"]).dictionary_encode()})
    assert holds({"area": "b"}, table).tolist() == [False, False, True]
    assert is_answered("area", table).tolist() == [True, False, True]


def test_range_of_something_that_is_no_number_is_refused() -> None:
    with pytest.raises(ConfigError, match="'area' is not a number; name its categories"):
        holds({"area": {"min": 1}}, TABLE)


@given(st.lists(st.sampled_from(["a", "b", None]), min_size=1))
def test_condition_and_its_negation_split_the_respondents(values: list[str | None]) -> None:
    frame = pd.DataFrame({"area": pd.array(values, dtype="string")})
    assert np.array_equal(holds({"area": "a"}, frame), ~holds({"not": {"area": "a"}}, frame))
