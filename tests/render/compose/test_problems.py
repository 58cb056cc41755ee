from __future__ import annotations

import pytest

from wavedeck.render.compose.problems import Problems
from wavedeck.study.errors import NarrativeError, RenderError


def test_no_problem_raises_nothing() -> None:
    problems = Problems()
    with problems.noted():
        pass
    problems.raise_all()
    assert problems.found == []


def test_problems_are_told_once_each_with_their_file() -> None:
    problems = Problems()
    for message in ("one", "one", "two"):
        with problems.noted("a.j2"):
            raise RenderError(message)
    with pytest.raises(RenderError) as caught:
        problems.raise_all()
    assert str(caught.value) == (
        "the report has 2 problems:\n- one (the text is in a.j2)\n- two (the text is in a.j2)"
    )


def test_single_problem_keeps_its_kind() -> None:
    problems = Problems()
    problems.note(NarrativeError("one"))
    with pytest.raises(NarrativeError, match=r"^one$"):
        problems.raise_all()


def test_problems_can_be_raised_where_they_are_met() -> None:
    with (
        pytest.raises(RenderError, match=r"^one \(the text is in a\.j2\)$"),
        Problems(at_once=True).noted("a.j2"),
    ):
        raise RenderError("one")


def test_other_errors_are_not_held_back() -> None:
    with pytest.raises(ZeroDivisionError), Problems().noted():
        raise ZeroDivisionError
