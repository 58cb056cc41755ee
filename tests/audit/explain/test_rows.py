from __future__ import annotations

import pyarrow as pa

from wavedeck.audit.explain.rows import ChangedAnswer, compare_rows


def table(*rows: tuple[int, str, str | None, float | None]) -> pa.Table:
    row, respondent, sex, age = zip(*rows, strict=True)
    return pa.table(
        {
            "_file": ["answers.csv"] * len(rows),
            "_row": pa.array(row, pa.int64()),
            "_id": pa.array(respondent, pa.string()),
            "sex": pa.array(sex, pa.string()),
            "sex!": pa.array([None if one else "blank" for one in sex], pa.string()),
            "age": pa.array(age, pa.float64()),
        }
    )


OLD = table((2, "a", "male", 30.0), (3, "b", "female", 40.0), (4, "c", None, 50.0))


def test_equal_rows_have_no_changes_wherever_they_stand() -> None:
    moved = table((7, "c", None, 50.0), (8, "a", "male", 30.0), (9, "b", "female", 40.0))
    assert compare_rows(OLD, moved).rows() == []


def test_added_and_removed_respondents_are_named_by_their_own_row() -> None:
    found = compare_rows(OLD, table((2, "a", "male", 30.0), (3, "c", None, 50.0), (9, "d", "male", 20.0)))
    assert [(one.what, one.row, one.respondent) for one in found.rows()] == [
        ("removed", 3, "b"),
        ("added", 9, "d"),
    ]
    assert found.line == "3 respondents became 3: 1 added, 1 removed, 0 changed"


def test_changed_answers_are_told_with_why_there_is_none() -> None:
    found = compare_rows(
        OLD, table((2, "a", None, 30.0), (3, "b", "female", 41.0), (4, "c", None, 50.0)), ["age"]
    )
    assert [one.answers for one in found.rows()] == [
        (ChangedAnswer("sex", "male", "(blank)"),),
        (ChangedAnswer("age", "40", "41"),),
    ]
    assert found.touched == 1


def test_id_that_stands_twice_is_compared_in_order() -> None:
    twice = table((2, "a", "male", 30.0), (3, "a", "female", 40.0))
    assert compare_rows(twice, table((2, "a", "male", 30.0), (3, "a", "male", 40.0))).counts["changed"] == 1


def test_rows_are_cut_off_where_asked() -> None:
    found = compare_rows(OLD, table((2, "a", "female", 30.0), (3, "c", None, 51.0), (9, "d", "male", 20.0)))
    assert [one.what for one in found.rows(3)] == ["removed", "added", "changed"]
    assert len(found.rows()) == 4
    assert found.rows(0) == []


def test_other_reason_for_no_answer_is_told() -> None:
    reasons = pa.array([None, None, "refused"], pa.string())
    refused = OLD.set_column(OLD.column_names.index("sex!"), "sex!", reasons)
    assert [one.answers for one in compare_rows(OLD, refused).rows()] == [
        (ChangedAnswer("sex", "(blank)", "(refused)"),)
    ]
