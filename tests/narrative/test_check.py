from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import tiny_study
from wavedeck.narrative.check import template_problems

LANGUAGES = ("en",)


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_study.TEMPLATES, tmp_path / "tiny"))


def problems(folder: Path, languages: tuple[str, ...] = LANGUAGES) -> list[tuple[str, str]]:
    found = template_problems(tiny_study.study(), folder, wave="2024", languages=languages)
    return [(slide.id, problem) for slide, problem in found]


def test_sound_templates_have_no_problems(templates: Path) -> None:
    assert problems(templates) == []


def test_every_template_that_lacks_or_cannot_be_read_is_named(templates: Path) -> None:
    (templates / "cover.en.j2").unlink()
    (templates / "overall.en.j2").write_text("# T\n{% if %}\n")
    (templates / "services.en.j2").write_text("# T\n{{ fig('visitors/overall/all') | float }}\n")
    found = dict(problems(templates))
    assert set(found) == {"cover", "overall", "services"}
    assert "cover.en.j2 is missing" in found["cover"]
    assert "overall.en.j2, line 2: " in found["overall"]
    assert "services.en.j2, line 2: No filter named 'float'" in found["services"]


def test_mistake_in_an_included_template_is_found(templates: Path) -> None:
    (templates / "cover.en.j2").write_text("{% include 'part.en.j2' %}\n")
    (templates / "part.en.j2").write_text("# T\n{{ 'x' | nope }}\n")
    ((slide, problem),) = problems(templates)
    assert (slide, "part.en.j2, line 2" in problem) == ("cover", True)


def test_templates_of_every_language_are_looked_for(templates: Path) -> None:
    slides = tiny_study.study().deck.slides_in("2024")
    assert len(problems(templates, ("nl",))) == len(slides)
