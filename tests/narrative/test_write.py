from __future__ import annotations

from pathlib import Path

import pytest

import tiny_study
from wavedeck.narrative.passage import Passage
from wavedeck.narrative.write import write_passage
from wavedeck.study.errors import NarrativeError


def written(folder: Path, text: str, **others: str) -> Passage:
    (folder / "slide.en.j2").write_text(text, encoding="utf-8")
    for name, content in others.items():
        (folder / f"{name}.en.j2").write_text(content, encoding="utf-8")
    return write_passage(folder, "slide", tiny_study.narrator())


def test_template_prints_figures_with_their_source(tmp_path: Path) -> None:
    title = written(tmp_path, "# The library gets {{ fig('visitors/overall/all') }}").title
    assert title.text == "The library gets 7.4"
    assert [(one.text, one.address, one.field) for one in title.pieces if one.address] == [
        ("7.4", "visitors/overall/all/2024", "estimate")
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "# T\n{{ fig('visitors/overal/all') }}",
            r"line 2: no figure .*; did you mean 'visitors/overall/all'\?",
        ),
        ("# T\n\n{{ fgi('x') }}", r"line 3: 'fgi' is undefined; did you mean 'fig'\?"),
        ("# T\n{{ colour }}", r"line 2: 'colour' is undefined"),
        ("# T\n{{ fig('overall') }}", r"line 2: 'overall/2024' is not an address"),
        ("# T\n{{ fig('visitors/overall/all', wave=-2) }}", r"line 2: wave=-2 does not exist; .* 0 to -1"),
        (
            "# T\n{% if %}",
            "line 2: a bracket, brace or quote is not closed, or something is missing, in '{% if %}'",
        ),
        ("# T\n{{ fig(", r"line 2: a bracket, brace or quote is not closed, .* in '{{ fig\('"),
        ("# T\n{{ fig('visitors/overall/all) }}", "line 2: a bracket, brace or quote is not closed"),
        ("# T\n{% if 1 %}x", "line 2: '{% if %}' is not closed; write '{% endif %}' after it$"),
        ("# T\n{% if 1 %}x{% endfor %}", "line 2: '{% if %}' is not closed; .* before '{% endfor %}'"),
        ("# T\n{% iff 1 %}x", "line 2: there is no tag '{% iff %}'"),
        (
            "# T\n{{ fig(1, 2, 3, 4) }}",
            r"line 2: wrong arguments for fig\(\); write fig\(address, wave=0, signed=False\)",
        ),
        (
            "# T\n{{ fig('x', wav=-1) }}",
            r"line 2: fig\(\) has no argument 'wav'; did you mean 'wave'\?; write fig",
        ),
        ("# T\n{{ fig(7) }}", "line 2: 7 is not an address; write 'part/indicator/group', in quotes"),
        ("# T\n{{ highest(7) }}", "line 2: 7 is not an address"),
        (
            "# T\n{{ fig('visitors/overall/branch_east*sex_male') }}",
            "line 2: .* is suppressed and cannot be printed",
        ),
        ("# T\n{{ fig.__self__.store }}", r"line 2: access to attribute '__self__' .* is unsafe"),
        ("# T\n{{ ''.__class__ }}", r"line 2: access to attribute '__class__' .* is unsafe"),
        (
            "# T\n{{ fig('visitors/overall/all') | float }}",
            "line 2: No filter named 'float'; texts print figures as",
        ),
        ("# T\n{{ 1 / 0 }}", "line 2: division by zero"),
        (
            "# T\n{{ fig() }}",
            r"line 2: wrong arguments for fig\(\); .*; an address is 'part/indicator/group'",
        ),
        ("# T\n{{ highest('visitors/service')[9].label }}", "line 2: .*has no element 9"),
    ],
)
def test_mistake_names_template_and_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(NarrativeError, match=r"slide\.en\.j2, " + message):
        written(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        "# T\nMore than in 2023.",
        "# T\n{{ fig('visitors/overall/all', wave='2023') }}",
        "# T\n{{ fig('visitors/overall/all/2023') }}",
    ],
)
def test_wave_written_out_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(NarrativeError, match=r"slide\.en\.j2, line 2: '2023' is a wave; write wave_label"):
        written(tmp_path, text)


def test_wave_in_a_comment_is_no_wave(tmp_path: Path) -> None:
    assert written(tmp_path, "# T\n{# since 2023 #}Fine").lines[0].text == "Fine"


def test_namespace_keeps_what_a_loop_found(tmp_path: Path) -> None:
    loop = "{% for x in (1, 2) %}{% set seen.n = seen.n + x %}{% endfor %}"
    text = "# T\n{% set seen = namespace(n=0) %}" + loop + "{{ 'three' if seen.n == 3 }}"
    assert written(tmp_path, text).lines[0].text == "three"


def test_mistake_in_an_included_template_names_that_one(tmp_path: Path) -> None:
    with pytest.raises(NarrativeError, match=r"words\.en\.j2, line 2: 'nowhere' is undefined"):
        written(tmp_path, "# T\n{% include 'words.en.j2' %}", words="fine\n{{ nowhere }}")


def test_wave_in_an_included_template_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NarrativeError, match=r"words\.en\.j2, line 1: '2024' is a wave"):
        written(tmp_path, "# T\n{% include 'words.en.j2' %}", words="in 2024")


def test_missing_template_names_the_closest(tmp_path: Path) -> None:
    (tmp_path / "slides.en.j2").write_text("# T", encoding="utf-8")
    with pytest.raises(
        NarrativeError,
        match=r"slide\.en\.j2 is missing; write it or set text: in deck.yaml; did you mean 'slides\.en\.j2'",
    ):
        write_passage(tmp_path, "slide", tiny_study.narrator())


def test_missing_template_that_another_includes_names_both(tmp_path: Path) -> None:
    with pytest.raises(NarrativeError, match=r"words\.en\.j2 is missing; 'slide\.en\.j2' includes it$"):
        written(tmp_path, "# T\n{% include 'words.en.j2' %}")


def test_template_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "slide.en.j2").write_bytes("# Café".encode("latin-1"))
    with pytest.raises(NarrativeError, match=r"slide\.en\.j2"):
        write_passage(tmp_path, "slide", tiny_study.narrator())


def test_template_cannot_read_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    inner = tmp_path / "templates"
    inner.mkdir()
    with pytest.raises(NarrativeError):
        written(inner, "# T\n{% include '../secret' %}")


def test_every_template_of_the_tiny_study_can_be_written() -> None:
    for slide in tiny_study.study().deck.slides:
        assert write_passage(tiny_study.TEMPLATES, slide.text or slide.id, tiny_study.narrator()).title.text
