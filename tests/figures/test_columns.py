from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

import tiny_study
from wavedeck.figures.columns import (
    Column,
    category_names,
    column_values,
    offered_categories,
    plan_columns,
)
from wavedeck.study.codebook import Codebook
from wavedeck.study.indicators import NotApplicableIndicator, ShareIndicator

BOOK = tiny_study.study().codebook
SPECS = tiny_study.study().indicators.indicators


def columns(name: str, wave: str = "2024") -> dict:
    made = plan_columns(name, SPECS[name], BOOK, part=tiny_study.PART, wave=wave)
    return {one.key: one for one in made}


def test_battery_gives_one_column_an_item() -> None:
    assert [key[1] for key in columns("service")] == ["opening", "staff", "wifi", "shed"]


def test_loop_of_a_battery_gives_entry_and_item() -> None:
    assert [key[1:] for key in columns("desk")] == [
        ("lending", "speed"),
        ("lending", "kindness"),
        ("information", "speed"),
        ("information", "kindness"),
    ]


def test_item_of_a_later_wave_keeps_its_column_without_a_question() -> None:
    assert columns("service", "2023")["service", "wifi", ""].question is None


@pytest.mark.parametrize(("wave", "offered"), [("2023", False), ("2024", True)])
def test_category_of_a_later_wave_was_not_offered_before(wave: str, offered: bool) -> None:
    made = columns("activity", wave)
    assert (made["activity", "", "event"].question is not None) is offered
    assert made["activity", "", "quiet"].question is not None


def test_category_that_the_codes_of_a_wave_leave_out_was_not_offered() -> None:
    book = Codebook.model_validate(
        {
            "variables": {
                "way": {
                    "label": "Way",
                    "type": "single",
                    "categories": {"bus": "Bus", "ferry": "Ferry"},
                    "codes": {"1": "bus"},
                }
            }
        }
    )
    assert offered_categories(book.questions("p", "w")[0]) == {"bus"}


def test_distribution_counts_each_category_once_and_nets_of_several() -> None:
    responses = tiny_study.responses("2024")
    made = columns("service_distribution")
    staff = {key[2]: column_values(one, responses) for key, one in made.items() if key[1] == "staff"}
    np.testing.assert_array_equal(staff["high"], staff["4"] + staff["5"])
    np.testing.assert_array_equal(sum(staff[str(mark)] for mark in range(1, 6)), np.ones(responses.num_rows))


def test_net_of_a_multiple_response_counts_a_respondent_once() -> None:
    responses, made = tiny_study.responses("2024"), columns("activity")
    read, study, quiet = (
        column_values(made["activity", "", one], responses) for one in ("read", "study", "quiet")
    )
    np.testing.assert_array_equal(quiet, np.maximum(read, study))
    assert (read + study).max() == 2


def test_no_answer_is_no_value() -> None:
    answers = column_values(columns("overall")["overall", "", ""], tiny_study.responses("2024"))
    assert np.isnan(answers).sum() == sum(
        1 for one in tiny_study.responses("2024")["overall"].to_pylist() if one is None
    )
    assert np.isnan(answers).any()


def test_categories_of_a_rating_run_between_its_ends() -> None:
    question = next(one for one in BOOK.questions(tiny_study.PART, "2024") if one.name == "overall")
    assert category_names(question) == tuple(str(mark) for mark in range(1, 11))


def test_share_to_whom_a_question_does_not_apply_leaves_out_who_said_nothing() -> None:
    question = next(one for one in BOOK.questions(tiny_study.PART, "2024") if one.name == "overall")
    spec = NotApplicableIndicator(statistic="not_applicable", label={"*": "Share"}, variable="overall")
    column = Column(indicator="share", item="", category="", question=question, spec=spec)
    responses = pa.table({"overall": [8.0, None, None], "overall!": ["", "not_applicable", "blank"]})
    np.testing.assert_array_equal(column_values(column, responses), [0.0, 1.0, np.nan])


def test_share_of_a_quiz_counts_the_right_answer_of_each_item() -> None:
    book = Codebook.model_validate(
        {
            "variables": {
                "who": {
                    "label": "Who does it",
                    "type": "single",
                    "categories": {"town": "Town", "state": "State"},
                    "items": {"roads": {"label": "Roads"}, "courts": {"label": "Courts"}},
                }
            }
        }
    )
    right = {"roads": ["town"], "courts": ["state"]}
    spec = ShareIndicator(statistic="share", label={"*": "Right"}, variable="who", categories=right)
    made = plan_columns("right", spec, book, part="any", wave="2024")
    responses = pa.table({"who@roads": ["town", "state", None], "who@courts": ["town", "state", "state"]})
    values = {one.item: list(column_values(one, responses)) for one in made}
    np.testing.assert_array_equal(values["roads"], [1.0, 0.0, np.nan])
    np.testing.assert_array_equal(values["courts"], [0.0, 1.0, 1.0])
