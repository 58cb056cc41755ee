from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from wavedeck.intake.answers import Answers
from wavedeck.intake.raw import RawColumn, RawTable
from wavedeck.intake.state import State
from wavedeck.study.codebook import Question

MARK = Question.model_validate(
    {"name": "mark", "variable": "mark", "label": "M", "type": "rating", "columns": "M"}
)


@pytest.fixture
def state() -> State:
    raw = RawTable("f.csv", np.array([2, 3, 4]), {"M": RawColumn.of(pa.array(["1", "2", "2"]))})
    marks = Answers(MARK, np.full(3, -1, np.int8), numbers=np.array([1.0, 2.0, 2.0]))
    return State(raw, {"mark": marks}, np.full(3, "", object))


def test_change_is_recorded_with_raw_text_and_result(state: State) -> None:
    state.recode("mark", np.array([True, True, False]), "2", rule="r", reason="why")
    (change,) = state.changes
    assert (change.positions.tolist(), change.raws, change.results) == ([0], ["1"], ["2"])
    assert (change.variable, change.column, change.rule, change.reason) == ("mark", "M", "r", "why")


def test_dropped_rows_are_not_changed_any_more(state: State) -> None:
    state.drop(np.array([True, False, False]), rule="out", reason="test")
    state.set_missing("mark", np.array([True, True, False]), "invalid", rule="r", reason="why")
    assert [change.positions.tolist() for change in state.changes] == [[0], [1]]
    assert state.kept.tolist() == [False, True, True]


def test_first_rule_that_drops_a_row_stands(state: State) -> None:
    every = np.ones(3, np.bool_)
    state.drop(np.array([True, False, False]), rule="first", reason="test")
    state.drop(every, rule="second", reason="test")
    assert state.dropped.tolist() == ["first", "second", "second"]


def test_nothing_changed_is_nothing_recorded(state: State) -> None:
    state.recode("mark", np.zeros(3, np.bool_), "5", rule="r", reason="why")
    assert state.changes == []
