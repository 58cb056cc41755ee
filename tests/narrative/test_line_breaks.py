from __future__ import annotations

from pathlib import Path

import pytest

import tiny_study
from wavedeck.narrative.write import write_passage


def lines_of(folder: Path, text: str) -> list[str]:
    (folder / "slide.en.j2").write_text(text, encoding="utf-8")
    return [line.text for line in write_passage(folder, "slide", tiny_study.narrator()).lines]


@pytest.mark.parametrize("end", ["{% endif %}", "{% endif +%}", "{% endif %}  "])
def test_bullet_that_ends_in_a_tag_stays_a_line_of_its_own(tmp_path: Path, end: str) -> None:
    assert lines_of(tmp_path, f"# T\n- One{{% if true %}}, two{end}\n- Three\n") == ["One, two", "Three"]


def test_bullet_that_ends_in_a_claim_stays_a_line_of_its_own(tmp_path: Path) -> None:
    claim = "{% claim 'two' if passes('visitors/overall/all', 'low_mark') %} Two.{% endclaim %}"
    text = f"# T\n- One.{claim}\n- Three\n"
    assert lines_of(tmp_path, text) == ["One. Two.", "Three"]


def test_tag_that_asks_for_no_line_break_gets_none(tmp_path: Path) -> None:
    assert lines_of(tmp_path, "# T\n- One{% if true -%}\n , two{% endif %}\n") == ["One, two"]


def test_tag_on_a_line_of_its_own_leaves_no_empty_line(tmp_path: Path) -> None:
    assert lines_of(tmp_path, "# T\n{% if true %}\n- One\n{% endif %}\n- Two\n") == ["One", "Two"]
