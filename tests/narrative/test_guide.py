"""The examples of the guide on texts print what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tiny_study
from wavedeck.narrative.write import write_passage

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "write-texts.md"
PAIRS = re.findall(r"```jinja\n(.*?)```\s+```text\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


def test_guide_has_examples() -> None:
    assert len(PAIRS) == 3


@pytest.mark.parametrize(("template", "text"), PAIRS)
def test_example_prints_what_the_guide_says(tmp_path: Path, template: str, text: str) -> None:
    (tmp_path / "slide.en.j2").write_text(template, encoding="utf-8")
    passage = write_passage(tmp_path, "slide", tiny_study.narrator())
    assert [passage.title.text, *(line.text for line in passage.lines)] == text.splitlines()


def test_guide_names_every_function_for_truths_and_words() -> None:
    narrator = tiny_study.narrator()
    known = {name for name in narrator.functions() if f"`{name}(" in GUIDE.read_text(encoding="utf-8")}
    told = set(re.findall(r"`(\w+)\(", GUIDE.read_text(encoding="utf-8")))
    assert told - {"shown"} <= set(narrator.functions())
    assert len(known) > 25
