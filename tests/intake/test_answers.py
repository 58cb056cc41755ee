from __future__ import annotations

import numpy as np
import pyarrow as pa

from wavedeck.intake.answers import ANSWERED, Answers, table_of
from wavedeck.intake.decode import MISSING_KINDS
from wavedeck.study.codebook import Question

BLANK = MISSING_KINDS.index("blank")
EVERY = np.arange(3)


def question(kind: str) -> Question:
    return Question.model_validate({"name": "q", "variable": "q", "label": "Q", "type": kind})


def missing(*codes: int) -> np.ndarray:
    return np.array(codes, np.int8)


TEXT = Answers(
    question("single"), missing(-1, BLANK, -1), codes=np.array([1, -1, 0], np.int32), levels=("a", "b")
)
MARKS = Answers(question("rating"), missing(-1, BLANK, -1), numbers=np.array([4.0, np.nan, 2.5]))
TICKS = Answers(
    question("multi"),
    missing(-1, BLANK, -1),
    ticks={"x": np.array([True, False, False]), "y": np.array([True, False, False])},
)


def test_texts_of_every_type() -> None:
    assert TEXT.texts(EVERY) == ["b", "!blank", "a"]
    assert MARKS.texts(EVERY) == ["4", "!blank", "2.5"]
    assert TICKS.texts(EVERY) == ["x+y", "!blank", ""]


def test_columns_are_empty_exactly_where_the_kind_stands() -> None:
    assert TEXT.columns()["q"].to_pylist() == ["b", None, "a"]
    assert MARKS.columns()["q"].to_pylist() == [4.0, None, 2.5]
    assert TICKS.columns()["q.x"].to_pylist() == [True, None, False]
    for answers in (TEXT, MARKS, TICKS):
        assert answers.columns()["q!"].to_pylist() == [None, "blank", None]


def test_value_left_under_a_missing_answer_does_not_come_out() -> None:
    hidden = MARKS.without(np.array([True, False, False]), "refused")
    assert hidden.columns()["q"].to_pylist() == [None, None, 2.5]
    assert hidden.texts(EVERY) == ["!refused", "!blank", "2.5"]


def test_recoding_answers_what_was_missing() -> None:
    rows = np.array([False, True, False])
    assert TEXT.recoded(rows, "new").texts(EVERY) == ["b", "new", "a"]
    assert MARKS.recoded(rows, "3").texts(EVERY) == ["4", "3", "2.5"]
    assert TICKS.recoded(rows, "y").texts(EVERY) == ["x+y", "y", ""]


def test_taken_rows_keep_their_order() -> None:
    rows = np.array([True, False, True])
    assert TEXT.taken(rows).missing.tolist() == [ANSWERED, ANSWERED]
    assert MARKS.taken(rows).texts(np.arange(2)) == ["4", "2.5"]
    assert TICKS.taken(rows).texts(np.arange(2)) == ["x+y", ""]


def test_table_starts_with_the_first_columns() -> None:
    assert table_of({"_row": pa.array([2, 3, 4])}, [MARKS]).column_names == ["_row", "q", "q!"]
