from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from wavedeck.intake.problems import RawDataError
from wavedeck.intake.run import Intake

TakeIn = Callable[..., Intake]
PURPOSE = {
    "type": "multi",
    "columns": ["P1", "P2"],
    "codes": {"1": "work", "2": "fun"},
    "missing": {"0": "refused"},
}
CHANNEL = {"type": "multi", "columns": {"phone": "C1", "mail": "C2"}}


def column(intake: Intake, name: str) -> list[Any]:
    return intake.responses[name].to_pylist()


def test_types_of_columns_follow_the_question(take_in: TakeIn) -> None:
    variables = {
        "sex": {"type": "single", "columns": "S", "codes": {"1": "m", "2": "f"}},
        "mark": {"type": "rating", "columns": "M"},
        "channel": CHANNEL,
    }
    schema = take_in("id,S,M,C1,C2\n1,1,3,1,0\n", variables).responses.schema
    assert schema.field("_row").type == pa.int64()
    assert schema.field("sex").type == pa.string()
    assert schema.field("mark").type == pa.float64()
    assert schema.field("channel.phone").type == pa.bool_()
    assert schema.field("channel!").type == pa.dictionary(pa.int32(), pa.string())


def test_mentions_tick_their_categories(take_in: TakeIn) -> None:
    intake = take_in("id,P1,P2\n1,1,\n2,2,1\n3,,2\n4,0,\n5,,\n", {"purpose": PURPOSE})
    assert column(intake, "purpose.work") == [True, True, False, None, None]
    assert column(intake, "purpose.fun") == [False, True, True, None, None]
    assert column(intake, "purpose!") == [None, None, None, "refused", "blank"]


def test_unknown_mention_counts_only_without_a_known_one(take_in: TakeIn) -> None:
    declared = {"unknown_codes": {"purpose": "leave_uncoded"}}
    intake = take_in("id,P1,P2\n1,1,7\n2,7,\n3,,7\n", {"purpose": PURPOSE}, cleaning=declared)
    assert column(intake, "purpose!") == [None, "uncoded", "uncoded"]
    assert column(intake, "purpose.work") == [True, None, None]


def test_dichotomies_tell_unticked_from_unanswered(take_in: TakeIn) -> None:
    intake = take_in("id,C1,C2\n1,1,0\n2,0,0\n3,,1.0\n4,,\n", {"channel": CHANNEL})
    assert column(intake, "channel.phone") == [True, False, False, None]
    assert column(intake, "channel.mail") == [False, False, True, None]
    assert column(intake, "channel!") == [None, None, None, "blank"]


def test_unknown_code_stops_and_says_what_to_do(take_in: TakeIn) -> None:
    rated = {"label": "Art", "type": "rating", "columns": "Q7ART", "codes": {"1": "1"}}
    with pytest.raises(RawDataError) as caught:
        take_in("id,Q7ART\n1,1\n2,9\n3,9\n", {"art": rated})
    assert str(caught.value) == (
        "data/raw/tiny/2017/responses.csv:3: column Q7ART has code '9', which is not in the codebook for "
        "'art'; add it to codes or missing, or declare unknown_codes in cleaning.yaml (2 rows)"
    )


@pytest.mark.parametrize(("action", "kind"), [("leave_uncoded", "uncoded"), ("set_missing", "invalid")])
def test_declared_unknown_code_is_done_logged_and_counted(take_in: TakeIn, action: str, kind: str) -> None:
    variables = {"sex": {"type": "single", "columns": "S", "codes": {"1": "m"}}}
    declared = {"unknown_codes": {"default": action}}
    intake = take_in("id,S\na,1\nb,9\nc,9\n", variables, cleaning=declared)
    assert column(intake, "sex!") == [None, kind, kind]
    (finding,) = intake.findings
    assert (finding.severity, finding.row, finding.count, finding.value) == ("warning", 3, 2, "9")
    logged = intake.log.iloc[0].to_dict()
    assert (logged["row"], logged["id"], logged["raw"], logged["value"]) == (3, "b", "9", f"!{kind}")
    assert (logged["variable"], logged["column"], logged["rule"]) == ("sex", "S", f"unknown_code:{action}")
    assert len(intake.log) == 2


def test_kept_unknown_code_is_its_own_category(take_in: TakeIn) -> None:
    variables = {"sex": {"type": "single", "columns": "S", "codes": {"1": "m"}}}
    intake = take_in("id,S\n1,1\n2,9\n", variables, cleaning={"unknown_codes": {"sex": "keep"}})
    assert column(intake, "sex") == ["m", "9"]


@pytest.mark.parametrize(("action", "value", "kind"), [("keep", 7.0, None), ("set_missing", None, "invalid")])
def test_number_out_of_range_is_treated_as_declared(
    take_in: TakeIn, action: str, value: float | None, kind: str | None
) -> None:
    variables = {"mark": {"type": "rating", "columns": "M", "minimum": 1, "maximum": 5}}
    intake = take_in("id,M\n1,5\n2,7\n", variables, cleaning={"out_of_range": {"mark": action}})
    assert (column(intake, "mark")[1], column(intake, "mark!")[1]) == (value, kind)


def test_number_out_of_range_stops_unless_declared(take_in: TakeIn) -> None:
    variables = {"mark": {"type": "rating", "columns": "M", "minimum": 1, "maximum": 5}}
    with pytest.raises(RawDataError, match=r":3: column M has 7, outside the range from 1 to 5 of 'mark'"):
        take_in("id,M\n1,5\n2,7\n", variables)
