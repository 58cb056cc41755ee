from __future__ import annotations

import tiny_study
from wavedeck.render.compose.asked import base_line, question_line
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.footers import footnotes
from wavedeck.render.compose.grid import Grid, make_grid
from wavedeck.render.text import Paragraph
from wavedeck.study.deck import Selection


def grid(context: Context | None = None, **selection: object) -> Grid:
    return make_grid(context or tiny_study.context(), Selection.model_validate(selection), None)


def sources(paragraph: Paragraph | None) -> list[tuple[str, str | None, str | None]]:
    assert paragraph is not None
    return [(run.text, run.address, run.field) for run in paragraph.runs if any(map(str.isdigit, run.text))]


def note(
    states: set[str], marks: set[str] = frozenset(), against: str = "none", **selection: object
) -> Paragraph:  # type: ignore[assignment]
    context = tiny_study.context()
    made = grid(context, **(selection or {"indicators": ["overall"]}))
    return footnotes(context, made, states, marks, against)[0]


def test_base_line_tells_who_and_how_many_a_wave() -> None:
    line = base_line(tiny_study.context(), grid(indicators=["overall"], waves="all"))
    assert line is not None
    assert line.text == "Base: visitors; n\u00a0=\u00a040 (2023), n\u00a0=\u00a046 (2024)"


def test_every_number_of_the_base_line_has_its_source() -> None:
    line = base_line(tiny_study.context(), grid(indicators=["service"]))
    assert sources(line) == [
        ("26", "visitors/service@shed/all/2024", "base"),
        ("54", "visitors/service@opening/all/2024", "base"),
        ("2024", "2024", "wave"),
    ]
    assert line is not None
    assert "n\u00a0=\u00a026 to 54 (2024)" in line.text


def test_base_line_names_who_was_asked() -> None:
    line = base_line(tiny_study.context(), grid(indicators=["desk"]))
    assert line is not None
    assert line.text == (
        "Base: visitors who used the desk; "
        "Lending desk n\u00a0=\u00a029, Information desk n\u00a0=\u00a011 (2024)"
    )


def test_base_line_leaves_hidden_figures_out() -> None:
    line = base_line(tiny_study.context(), grid(indicators=["overall"], groups=["branch*sex"]))
    assert line is not None
    assert line.text == "Base: visitors; n\u00a0=\u00a09 to 11 (2024)"


def test_counts_and_rates_have_no_base_line() -> None:
    assert base_line(tiny_study.context(), grid(indicators=["gross", "respondents", "response"])) is None


def test_question_line_has_every_question_once() -> None:
    line = question_line(tiny_study.context(), grid(indicators=["overall_gap"]))
    assert line is not None
    assert line.text == "Question: " + " / ".join(
        ["How do you rate the library as a whole?", "How do you rate these services?"]
    )
    assert question_line(tiny_study.context(), grid(indicators=["respondents"])) is None


def test_footnote_of_hidden_figures_names_the_rule_and_its_number() -> None:
    made = note({"suppressed", "low_base", "shown"})
    assert made.text == (
        "* Not shown: fewer than 5 answers, or to protect such a group. "
        "° Fewer than 12 answers: read with care."
    )
    assert sources(made) == [
        ("5", "study/suppression.reliability.minimum", "constant"),
        ("12", "study/suppression.reliability.low_base", "constant"),
    ]


def test_footnotes_tell_not_asked_from_empty() -> None:
    assert note({"not_asked", "empty"}).text == "– Not asked. · Nobody answered."


def test_footnote_of_marks_names_wave_level_and_correction() -> None:
    made = note(set(), {"▲"}, "previous")
    assert made.text == (
        "▲▼ Significantly higher or lower than in 2023 "
        "(95% confidence, Holm's correction for the number of tests)."
    )
    assert sources(made) == [("2023", "2023", "wave"), ("95%", "study/tests.level", "constant")]


def test_footnote_of_a_benchmark_names_its_source() -> None:
    made = note(set(), indicators=["overall", "other_libraries"])
    assert made.text == "Source: Made up for tests"


def test_nothing_to_explain_gives_no_footnote() -> None:
    context = tiny_study.context()
    assert footnotes(context, grid(context, indicators=["overall"]), {"shown"}, set(), "previous") == ()
