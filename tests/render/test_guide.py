"""The guide to slides: what it shows is drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import yaml

import tiny_study
from wavedeck.narrative.passage import read_passage
from wavedeck.render.compose.report import write_deck
from wavedeck.study.deck import DeckSpec

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "make-slides.md"


def blocks(language: str) -> list[str]:
    text = GUIDE.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def test_slides_of_the_guide_are_drawn(tmp_path: Path) -> None:
    (example,) = blocks("yaml")
    deck = DeckSpec.model_validate(yaml.safe_load(example))
    text = "# T\nAll\n::: area left\n- Staff are rated well.\n:::\n"
    (tmp_path / f"{deck.slides[0].id}.en.j2").write_text(text, encoding="utf-8")
    context = tiny_study.context(templates=tmp_path, study=replace(tiny_study.study(), deck=deck))
    printed = write_deck(context, tiny_study.HOUSE / "deck.pptx", tmp_path / "deck.pptx")
    assert {line.element.partition("/")[0] for line in printed} >= {"chart:desk_1", "table:desk_2"}


def test_text_of_the_guide_is_read() -> None:
    (example,) = blocks("jinja")
    lines = read_passage(example, []).lines
    assert [line.area for line in lines] == ["left"] * 2 + ["right"] * 5 + ["body"] * 2
    assert [line.level for line in lines if line.text == "On working days first."] == [1]
    assert [line.tight for line in lines[-2:]] == [True, False]
