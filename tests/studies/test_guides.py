"""Guides print what the commands in them really print."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guides import Example, examples_in, fits, run
from workplace import ROOT

STUDY = "ind-kto"
EXAMPLES = [
    example
    for guide in sorted((ROOT / "docs" / "guides").glob("*.md"))
    for example in examples_in(guide)
    if STUDY in guide.read_text(encoding="utf-8")
]


def test_guides_have_examples() -> None:
    assert {example.guide for example in EXAMPLES} >= {"audit.md"}


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_command_prints_what_its_guide_says(example: Example, build_study: Callable[[str], Path]) -> None:
    printed = run(example.command, build_study(STUDY))
    assert fits(example.output, printed), printed
