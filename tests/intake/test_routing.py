from __future__ import annotations

from collections.abc import Callable

import pytest

from wavedeck.intake.problems import RawDataError
from wavedeck.intake.run import Intake

TakeIn = Callable[..., Intake]
VARIABLES = {
    "used": {"type": "single", "columns": "U", "codes": {"1": "yes", "2": "no"}, "missing": {"0": "refused"}},
    "mark": {"type": "rating", "columns": "M", "asked_if": {"used": "yes"}, "missing": {"9": "dont_know"}},
    "why": {"type": "open", "columns": "W", "asked_if": {"mark": {"max": 2}}},
}


def test_missing_answer_of_someone_not_asked_is_not_asked(take_in: TakeIn) -> None:
    intake = take_in("id,U,M,W\n1,1,5,\n2,1,,\n3,1,9,\n4,2,,\n5,2,9,\n6,0,,\n", VARIABLES)
    kinds = intake.responses["mark!"].to_pylist()
    assert kinds == [None, "blank", "dont_know", "not_asked", "not_asked", "not_asked"]


def test_answer_of_someone_not_asked_stops(take_in: TakeIn) -> None:
    with pytest.raises(RawDataError) as caught:
        take_in("id,U,M,W\n1,1,5,\n2,2,4,\n3,,3,\n", VARIABLES)
    assert str(caught.value) == (
        "data/raw/tiny/2017/responses.csv:3: answers to 'mark' of people not asked it, going by 'used'; "
        "correct asked_if in codebook.yaml, or declare routing in cleaning.yaml (2 rows)"
    )


def test_declared_violation_is_set_missing_logged_and_counted(take_in: TakeIn) -> None:
    declared = {"routing": {"mark": "set_missing"}}
    intake = take_in("id,U,M,W\n1,1,5,\n2,2,4,\n", VARIABLES, cleaning=declared)
    assert intake.responses["mark!"].to_pylist() == [None, "not_asked"]
    assert intake.log[["row", "raw", "value", "rule"]].values.tolist() == [
        [3, "4", "!not_asked", "routing:set_missing"]
    ]
    assert (intake.findings[0].severity, intake.findings[0].count) == ("warning", 1)


def test_kept_violation_stays_an_answer(take_in: TakeIn) -> None:
    intake = take_in("id,U,M,W\n1,2,4,\n", VARIABLES, cleaning={"routing": {"default": "keep"}})
    assert intake.responses["mark"].to_pylist() == [4.0]
    assert len(intake.log) == 0


def test_routing_follows_routing(take_in: TakeIn) -> None:
    declared = {"routing": {"default": "set_missing"}}
    intake = take_in("id,U,M,W\n1,2,1,bad\n2,1,1,bad\n", VARIABLES, cleaning=declared)
    assert intake.responses["why"].to_pylist() == [None, "bad"]


def test_filter_that_was_not_asked_in_the_wave_stops(take_in: TakeIn) -> None:
    with pytest.raises(
        RawDataError, match="asked_if of 'mark' reads 'used', which has no answers in this wave"
    ):
        take_in("id,M\n1,1\n", {"mark": VARIABLES["mark"]})
