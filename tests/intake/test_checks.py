from __future__ import annotations

from collections.abc import Callable

import pytest

from wavedeck.intake.problems import RawDataError
from wavedeck.intake.run import Intake
from wavedeck.study.earlier import EarlierQuestion

TakeIn = Callable[..., Intake]
ART = {"type": "rating", "columns": "Q7ART"}


@pytest.mark.parametrize("renamed", ["Q7_ART", "q7art", "Q7ART "])
def test_renamed_column_stops_and_names_the_likely_one(take_in: TakeIn, renamed: str) -> None:
    with pytest.raises(RawDataError) as caught:
        take_in(f"id,{renamed}\n1,3\n", {"art": ART})
    assert str(caught.value) == (
        "data/raw/tiny/2017/responses.csv:1: column 'Q7ART' of 'art' is not in the file; did you mean "
        f"'{renamed}'? Then name it under by_wave, columns in codebook.yaml"
    )


def test_column_that_is_nowhere_stops(take_in: TakeIn) -> None:
    with pytest.raises(
        RawDataError, match="column 'Q7ART' of 'art' is not in the file; name the right column"
    ):
        take_in("id,age\n1,3\n", {"art": ART})


def test_renamed_column_is_sought_among_those_that_nobody_uses(take_in: TakeIn) -> None:
    variables = {"total": {"type": "rating", "columns": "v12"}, "old": {"type": "open", "columns": "v17"}}
    earlier = {"v16": EarlierQuestion(name="older", waves=["2015"])}
    with pytest.raises(RawDataError, match=r"did you mean 'v12_totaal'\?"):
        take_in("id,v16,v17,v123,v12_totaal\n1,,,,3\n", variables, earlier=earlier)


def test_column_of_another_question_is_never_suggested(take_in: TakeIn) -> None:
    earlier = {"v17": EarlierQuestion(name="older", waves=["2015"])}
    with pytest.raises(
        RawDataError, match="column 'v12' of 'total' is not in the file; name the right column"
    ):
        take_in("id,v17\n1,\n", {"total": {"type": "rating", "columns": "v12"}}, earlier=earlier)


def test_column_of_a_question_limited_to_earlier_waves_names_it(take_in: TakeIn) -> None:
    earlier = {"v06_1": EarlierQuestion(name="preferred_channel", waves=["2011", "2013"])}
    (finding,) = take_in("id,v06_1\n1,\n", {}, earlier=earlier).findings
    assert finding.rule == "unexpected_column"
    assert finding.message == (
        "column 'v06_1' belongs to 'preferred_channel', which is limited to 2011, 2013; "
        'add "2017" to its waves: in codebook.yaml, or the column to ignore_columns in study.yaml'
    )


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
