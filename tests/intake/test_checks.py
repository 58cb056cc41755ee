from __future__ import annotations

from collections.abc import Callable

import pytest

from wavedeck.intake.problems import RawDataError
from wavedeck.intake.run import Intake

TakeIn = Callable[..., Intake]
ART = {"type": "rating", "columns": "Q7ART"}


@pytest.mark.parametrize("renamed", ["Q7_ART", "q7art", "Q7ART "])
def test_renamed_column_stops_and_names_the_likely_one(take_in: TakeIn, renamed: str) -> None:
    with pytest.raises(RawDataError) as caught:
        take_in(f"id,{renamed}\n1,3\n", {"art": ART})
    assert str(caught.value) == (
        "data/raw/tiny/2017/responses.csv:1: column 'Q7ART' of 'art' is not in the file; did you mean "
        f"'{renamed}'?; name it under by_wave, columns in codebook.yaml"
    )


def test_column_that_is_nowhere_stops(take_in: TakeIn) -> None:
    with pytest.raises(
        RawDataError, match="column 'Q7ART' of 'art' is not in the file; name the right column"
    ):
        take_in("id,age\n1,3\n", {"art": ART})


def test_unexpected_column_is_a_warning(take_in: TakeIn) -> None:
    (finding,) = take_in("id,Q7ART,Hi\n1,3,\n", {"art": ART}).findings
    assert (finding.severity, finding.rule, finding.column) == ("warning", "unexpected_column", "Hi")


def test_ignored_columns_give_no_finding(take_in: TakeIn) -> None:
    content = "id,Q7ART,Hi,Location 1\n1,3,,\n"
    assert take_in(content, {"art": ART}, ignore_columns=["H?", "Location*"]).findings == ()


def test_brackets_in_ignored_columns_are_no_wildcards(take_in: TakeIn) -> None:
    (finding,) = take_in("id,Q7ART,Q1[a],Qa\n1,3,,\n", {"art": ART}, ignore_columns=["Q1[a]"]).findings
    assert finding.column == "Qa"


def test_unexpected_column_stops_where_declared(take_in: TakeIn) -> None:
    with pytest.raises(RawDataError, match="column 'Hi' is not in the codebook"):
        take_in("id,Q7ART,Hi\n1,3,\n", {"art": ART}, cleaning={"unexpected_columns": "stop"})


def test_code_that_leads_to_no_category_stops(take_in: TakeIn) -> None:
    slip = {"type": "single", "columns": "S", "categories": {"yes": "Yes"}, "codes": {"1": "yess"}}
    with pytest.raises(RawDataError, match="maps code '1' of 'x' to 'yess'; write one of yes"):
        take_in("id,S\n1,1\n", {"x": slip})


def test_several_columns_need_several_answers(take_in: TakeIn) -> None:
    with pytest.raises(RawDataError, match="'x' has several columns but is of type single; make it multi"):
        take_in("id,A,B\n1,1,2\n", {"x": {"type": "single", "columns": ["A", "B"]}})


def test_all_stopping_findings_come_together(take_in: TakeIn) -> None:
    variables = {"art": ART, "sex": {"type": "single", "columns": "S", "codes": {"1": "m"}}}
    with pytest.raises(RawDataError) as caught:
        take_in("id,S\n1,9\n1,1\n", variables)
    assert [finding.rule for finding in caught.value.findings] == [
        "missing_column",
        "unknown_code",
        "duplicate_id",
    ]
