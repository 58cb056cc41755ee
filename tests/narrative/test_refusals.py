from __future__ import annotations

from pathlib import Path

import pytest

import tiny_study
from wavedeck.narrative.write import check_template, write_passage
from wavedeck.study.errors import NarrativeError


def refused(folder: Path, text: str, **more: str) -> str:
    for name, content in {"slide.en": text, **more}.items():
        (folder / f"{name}.j2").write_text(content, encoding="utf-8")
    with pytest.raises(NarrativeError) as caught:
        check_template(folder, "slide", tiny_study.narrator())
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("# T\nIn 12 months", "12"),
        ("# T\n{{ 'in 12 months' if wave else '' }}", "12"),
        ("# T\n{{ wave_label() ~ ' or 3,5' }}", "3,5"),
        ("# T\n{% set said = 'over 30 percent' %}{{ said }}", "30"),
        ("# T\n{{ 7 }}", "7"),
        ("# T\nthirty percent of them", "thirty percent"),
        ("# T\n½ of them", "½"),
    ],
)
def test_typed_number_is_refused_with_its_line(tmp_path: Path, text: str, number: str) -> None:
    assert f"slide.en.j2, line 2: the number '{number}' is typed; write fig()" in refused(tmp_path, text)


def test_every_typed_number_is_told_at_once(tmp_path: Path) -> None:
    told = refused(tmp_path, "# T 4\n\nIn 12\n{% include 'words.en.j2' %}", **{"words.en": "and 5"})
    assert [line.partition(":")[0].rpartition("/")[2] for line in told.splitlines()] == [
        "slide.en.j2, line 1",
        "slide.en.j2, line 3",
        "words.en.j2, line 1",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# T\n{% set best = highest('visitors/service', n=3) %}{{ best[0].fig }}",
        "# T\n{% if marked('visitors/service', '+') | length > 3 %}many{% endif %}",
        "# T\n{# 12 #}{{ fig('visitors/overall/all', wave=-1) }}",
        "# T\n{{ constant('scale') }}",
        "# T\n{% set where = 'visitors/overall/all_2' %}",
    ],
)
def test_number_that_steers_is_no_typed_number(tmp_path: Path, text: str) -> None:
    (tmp_path / "slide.en.j2").write_text(text, encoding="utf-8")
    check_template(tmp_path, "slide", tiny_study.narrator())


@pytest.mark.parametrize(
    "condition",
    [
        "fig('a/b/all') > fig('a/c/all')",
        "highest('a/b')[0].fig == '7'",
        "best.fig in ('7', '8')",
    ],
)
def test_printed_figures_are_not_compared(tmp_path: Path, condition: str) -> None:
    told = refused(tmp_path, f"# T\n{{% if {condition} %}}more{{% endif %}}")
    assert "slide.en.j2, line 2: printed figures cannot be compared; write more_than(a, b)" in told


@pytest.mark.parametrize(
    "tag",
    [
        "{% include 'words.nl.j2' %}",
        "{% import 'words.nl.j2' as words %}",
        "{% from 'words.nl.j2' import x %}",
    ],
)
def test_template_in_another_language_is_refused(tmp_path: Path, tag: str) -> None:
    told = refused(tmp_path, f"# T\n{tag}", **{"words.nl": "{% macro x() %}x{% endmacro %}"})
    assert "line 2: 'words.nl.j2' is in another language than this text (en)" in told


def test_number_that_no_figure_gives_is_refused_in_the_finished_text(tmp_path: Path) -> None:
    (tmp_path / "slide.en.j2").write_text("# T\n{{ highest('visitors/service', n=2) | length }} rise")
    with pytest.raises(
        NarrativeError, match=r"slide.en.j2: '2' is no figure, constant or label, in '# T 2 rise'"
    ):
        write_passage(tmp_path, "slide", tiny_study.narrator())


def test_number_in_a_label_or_figure_may_stand(tmp_path: Path) -> None:
    text = (
        "# {{ lower(label('overall_high')) }}: {{ fig('visitors/overall_high/all') }} in {{ wave_label() }}"
    )
    (tmp_path / "slide.en.j2").write_text(text)
    assert (
        write_passage(tmp_path, "slide", tiny_study.narrator()).title.text == "gives 8 or more: 50% in 2024"
    )
