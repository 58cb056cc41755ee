from __future__ import annotations

from dataclasses import replace

import tiny_study
from wavedeck.render.chart.description import Axis
from wavedeck.render.compose.asked import base_lines, chart_notes, question_lines
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.grid import Grid, make_grid
from wavedeck.study.base import ANY_LANGUAGE
from wavedeck.study.deck import ChartSpec, Selection


def asking(question: str, variable: str = "desk_rating") -> Context:
    """Return the context of a study in which one question is worded otherwise."""
    study = tiny_study.study()
    own = study.codebook.variables[variable].model_copy(update={"question": {ANY_LANGUAGE: question}})
    book = study.codebook.model_copy(update={"variables": {**study.codebook.variables, variable: own}})
    return tiny_study.context(study=replace(study, codebook=book))


def grid(context: Context, **declared: object) -> Grid:
    return make_grid(context, Selection.model_validate(declared), None)


def test_question_of_a_loop_names_the_entry_shown() -> None:
    context = asking("How do you rate the {loop}?")
    one = grid(context, indicators=["desk_high"], items=["lending"])
    assert question_lines(context, one)[0].text == "Question: How do you rate the Lending desk?"


def test_question_of_a_loop_names_all_entries_shown_as_the_chart_calls_them() -> None:
    context = asking("How do you rate the {loop}?")
    both = grid(context, indicators=["desk_high"], labels={"lending": "Lending"})
    assert (
        question_lines(context, both)[0].text == "Question: How do you rate the Lending / Information desk?"
    )


def test_questions_get_shorter_from_one_offer_to_the_next() -> None:
    context = tiny_study.context()
    offered = [one.text for one in question_lines(context, grid(context, indicators=["overall", "service"]))]
    assert offered[0].endswith("as a whole? / How do you rate these services?")
    assert offered[1] == "Question: How do you rate the library as a whole? / …"
    assert offered[2] == "Question: How do you rate the library as …"


def test_base_of_a_loop_stands_per_entry_then_as_a_range_then_without_who() -> None:
    context = tiny_study.context()
    offered = base_lines(context, grid(context, indicators=["desk_high"]))
    assert [one.text for one in offered] == [
        (
            "Base: visitors who used the desk; "
            "Lending desk n\u00a0=\u00a029, Information desk n\u00a0=\u00a011 (2024)"
        ),
        "Base: visitors who used the desk; n\u00a0=\u00a011 to 29 (2024)",
        "Base: n\u00a0=\u00a011 to 29 (2024)",
    ]
    assert {run.address for run in offered[0].runs if run.field == "base"} == {
        "visitors/desk_high@lending.speed/all/2024",
        "visitors/desk_high@information.speed/all/2024",
    }


def test_base_of_a_loop_over_several_waves_is_a_range_per_wave() -> None:
    context = tiny_study.context()
    line = base_lines(context, grid(context, indicators=["desk_high"], waves="all"))[0].text
    assert "(2023), n\u00a0=\u00a0" in line


def test_ends_of_the_scale_and_of_the_axis_are_noted() -> None:
    context = tiny_study.context()
    spec = ChartSpec(kind="columns", indicators=["service"], rows="item", scale=True)
    notes = chart_notes(
        context, grid(context, indicators=["service"]), spec, Axis(1, 5, title="Axis from 1 to 5")
    )
    assert notes == ["Axis from 1 to 5.", "Scale: 1 = Poor to 5 = Excellent."]


def test_base_of_few_groups_stands_per_group() -> None:
    context = tiny_study.context()
    line = base_lines(context, grid(context, indicators=["overall"], groups=["sex"]))[0].text
    assert line == "Base: visitors; Women n\u00a0=\u00a022, Men n\u00a0=\u00a022 (2024)"
