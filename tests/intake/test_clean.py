from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from wavedeck.intake.problems import RawDataError
from wavedeck.intake.run import Intake

TakeIn = Callable[..., Intake]
MARK = {"type": "rating", "columns": "M", "minimum": 1, "maximum": 5}
SEX = {
    "type": "single",
    "columns": "S",
    "categories": {"m": "Man", "f": "Woman"},
    "codes": {"1": "m", "2": "f"},
}
TWICE = "id,M\na,1\nb,2\na,3\nc,4\na,5\n"


def rule(**given: Any) -> dict[str, Any]:
    return {"rules": [{"id": "mend", "reason": "known error", **given}]}


def test_duplicate_ids_stop_and_name_all_rows(take_in: TakeIn) -> None:
    with pytest.raises(RawDataError) as caught:
        take_in(TWICE, {"mark": MARK})
    assert str(caught.value) == (
        "data/raw/tiny/2017/responses.csv:2: id 'a' in column id stands again on row 4, 6; remove one, or "
        "declare duplicates: keep_first, keep_last or keep_all in cleaning.yaml (3 rows)"
    )


@pytest.mark.parametrize(
    ("action", "kept"), [("keep_first", [2, 3, 5]), ("keep_last", [3, 5, 6]), ("keep_all", [2, 3, 4, 5, 6])]
)
def test_declared_duplicates_are_kept_as_told(take_in: TakeIn, action: str, kept: list[int]) -> None:
    intake = take_in(TWICE, {"mark": MARK}, cleaning={"duplicates": action})
    assert intake.responses["_row"].to_pylist() == kept
    assert [finding.severity for finding in intake.findings] == ["warning"]


def test_dropped_duplicates_are_logged_and_have_a_disposition(take_in: TakeIn) -> None:
    intake = take_in(TWICE, {"mark": MARK}, cleaning={"duplicates": "keep_first"})
    assert intake.log[["row", "id", "rule"]].values.tolist() == [
        [4, "a", "duplicates:keep_first"],
        [6, "a", "duplicates:keep_first"],
    ]
    assert intake.dispositions["disposition"].tolist() == ["kept", "kept", "dropped", "kept", "dropped"]
    assert intake.dispositions["rule"].tolist() == [
        "",
        "",
        "duplicates:keep_first",
        "",
        "duplicates:keep_first",
    ]


def test_missing_id_is_a_warning_and_the_row_stands_in(take_in: TakeIn) -> None:
    intake = take_in("id,M\na,1\n,2\n,3\n", {"mark": MARK})
    assert intake.responses["_id"].to_pylist() == ["a", "row-3", "row-4"]
    (finding,) = intake.findings
    assert (finding.rule, finding.row, finding.count) == ("missing_id", 3, 2)


def test_drop_rule_drops_logs_and_counts(take_in: TakeIn) -> None:
    intake = take_in("id,S\na,1\nb,2\n", {"sex": SEX}, cleaning=rule(where={"sex": "f"}, action="drop"))
    assert intake.responses["_id"].to_pylist() == ["a"]
    assert intake.dispositions.iloc[1].to_dict()["rule"] == "mend"
    (finding,) = intake.findings
    assert (finding.severity, finding.message) == ("warning", "rule 'mend' dropped 1 of 2 rows: known error")


def test_rule_that_meets_no_row_is_not_worth_a_note(take_in: TakeIn) -> None:
    intake = take_in("id,S\na,1\n", {"sex": SEX}, cleaning=rule(where={"sex": "f"}, action="drop"))
    assert intake.findings == ()


def test_dropped_rows_raise_no_findings_of_their_own(take_in: TakeIn) -> None:
    content = "id,S,M\na,1,3\nb,2,99\na,2,1\n"
    intake = take_in(content, {"sex": SEX, "mark": MARK}, cleaning=rule(where={"sex": "f"}, action="drop"))
    assert [finding.rule for finding in intake.findings] == ["mend"]


def test_recode_rule_changes_only_what_differs(take_in: TakeIn) -> None:
    declared = rule(where={"id": ["a", "b"]}, variable="sex", action="recode", to="m")
    intake = take_in("id,S\na,1\nb,2\nc,2\n", {"sex": SEX}, cleaning=declared)
    assert intake.responses["sex"].to_pylist() == ["m", "m", "f"]
    assert intake.log[["row", "variable", "column", "raw", "value", "rule", "reason"]].values.tolist() == [
        [3, "sex", "S", "2", "m", "mend", "known error"]
    ]


def test_recode_of_a_number(take_in: TakeIn) -> None:
    declared = rule(where={"mark": {"max": 1}}, variable="mark", action="recode", to="2")
    assert take_in("id,M\na,1\n", {"mark": MARK}, cleaning=declared).responses["mark"].to_pylist() == [2.0]


def test_recode_of_several_answers_leaves_one(take_in: TakeIn) -> None:
    several = {"type": "multi", "columns": {"x": "X", "y": "Y"}}
    declared = rule(variable="q", action="recode", to="y")
    intake = take_in("id,X,Y\na,1,0\n", {"q": several}, cleaning=declared)
    assert intake.responses["q.x"].to_pylist() == [False]
    assert intake.log["raw"].tolist() == ["1+0"]
    assert intake.log["value"].tolist() == ["y"]


def test_set_missing_rule_gives_the_kind(take_in: TakeIn) -> None:
    declared = rule(where={"mark": {"min": 5}}, variable="mark", action="set_missing", to="refused")
    intake = take_in("id,M\na,5\nb,4\n", {"mark": MARK}, cleaning=declared)
    assert intake.responses["mark!"].to_pylist() == ["refused", None]
    assert intake.log["value"].tolist() == ["!refused"]


def test_rule_for_a_battery_changes_every_item(take_in: TakeIn) -> None:
    battery = {
        "type": "rating",
        "items": {"a": {"label": "A", "columns": "A"}, "b": {"label": "B", "columns": "B"}},
    }
    declared = rule(variable="service", action="set_missing")
    intake = take_in("id,A,B\n1,3,4\n", {"service": battery}, cleaning=declared)
    assert intake.log["variable"].tolist() == ["service@a", "service@b"]


@pytest.mark.parametrize("scope", [{"waves": ["2016"]}, {"parts": ["other"]}])
def test_rule_of_another_wave_or_part_does_nothing(take_in: TakeIn, scope: dict[str, list[str]]) -> None:
    intake = take_in("id,M\na,5\n", {"mark": MARK}, cleaning=rule(action="drop", **scope))
    assert (intake.responses.num_rows, intake.findings) == (1, ())


def test_rule_that_reads_what_was_not_asked_does_nothing_and_says_so(take_in: TakeIn) -> None:
    declared = rule(where={"not": {"consent": "yes"}}, action="drop")
    intake = take_in("id,M\na,5\n", {"mark": MARK}, cleaning=declared)
    assert intake.responses.num_rows == 1
    assert (
        "reads 'consent', which has no answers in this wave; nothing was done" in intake.findings[0].message
    )


def test_rule_on_answered_counts_what_was_not_asked_as_unanswered(take_in: TakeIn) -> None:
    declared = rule(where={"not": {"any": [{"answered": "mark"}, {"answered": "later"}]}}, action="drop")
    intake = take_in("id,M\na,5\nb,\n", {"mark": MARK}, cleaning=declared)
    assert intake.responses["_id"].to_pylist() == ["a"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"variable": "sex", "action": "recode", "to": "mm"}, "'mm', which is not one of its categories"),
        ({"variable": "sex", "action": "recode"}, "write the category or number under 'to'"),
        ({"variable": "mark", "action": "recode", "to": "x"}, "'x', which is not a number"),
        ({"variable": "mark", "action": "set_missing", "to": "refussed"}, "did you mean 'refused'"),
    ],
)
def test_rule_with_an_impossible_target_stops(take_in: TakeIn, given: dict[str, str], message: str) -> None:
    with pytest.raises(RawDataError, match=message):
        take_in("id,S,M\na,1,5\n", {"sex": SEX, "mark": MARK}, cleaning=rule(**given))
