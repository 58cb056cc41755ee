from __future__ import annotations

import pyarrow as pa

from wavedeck.audit.trace.rows import answers_as_text

TABLE = pa.table(
    {
        "mark": pa.array([8.0, 7.5, None, 8.0]),
        "mark!": pa.array([None, None, "refused", None]),
        "sex": pa.array(["female", None, "male", "female"]).dictionary_encode(),
        "activity.read": pa.array([True, False, None, True]),
        "activity.study": pa.array([True, False, None, False]),
        "activity!": pa.array([None, None, "not_asked", None]).dictionary_encode(),
    }
)


def test_answers_are_written_as_figures_see_them() -> None:
    assert answers_as_text(TABLE, "mark") == ["8", "7.5", "!refused", "8"]
    assert answers_as_text(TABLE, "sex") == ["female", "", "male", "female"]


def test_ticks_are_named_in_the_order_of_their_columns() -> None:
    assert answers_as_text(TABLE, "activity") == ["read; study", "", "!not_asked", "read"]


def test_nobody_has_no_answers() -> None:
    assert answers_as_text(TABLE.slice(0, 0), "activity") == []
