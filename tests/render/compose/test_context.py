from __future__ import annotations

from dataclasses import replace

import pytest

import tiny_study
from wavedeck.study.errors import RenderError

FIGURE = tiny_study.store()["visitors/overall/branch_south/2024"]


def test_part_need_not_be_named_when_there_is_one() -> None:
    assert tiny_study.context().part(None, None) == "visitors"


def test_part_must_be_named_when_there_are_several() -> None:
    study = tiny_study.study()
    both = {**study.settings.parts, "staff": study.settings.parts["visitors"]}
    several = replace(study, settings=study.settings.model_copy(update={"parts": both}))
    context = tiny_study.context(study=several)
    with pytest.raises(RenderError, match="name the part; the study has visitors, staff"):
        context.part(None)
    assert context.part(None, "staff") == "staff"


def test_mark_is_an_arrow_where_a_figure_differs() -> None:
    context = tiny_study.context()
    assert [context.mark(FIGURE, against) for against in ("rest", "previous", "none")] == ["▼", "", ""]


def test_hidden_figure_prints_nothing() -> None:
    hidden = tiny_study.store()["visitors/overall/branch_east*sex_male/2024"]
    assert tiny_study.context().printed(hidden) == ""
