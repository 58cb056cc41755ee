"""Guides print what the commands in them really print."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guides import examples_in, fits, run
from workplace import ROOT

STUDY = "ind-kto"
GUIDES = [
    guide
    for guide in sorted((ROOT / "docs" / "guides").glob("*.md"))
    if STUDY in guide.read_text(encoding="utf-8") and any(examples_in(guide))
]


def test_guides_have_examples() -> None:
    assert {guide.name for guide in GUIDES} >= {"audit.md", "explain.md"}


@pytest.mark.slow
@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_commands_print_what_their_guide_says(guide: Path, build_study: Callable[[str], Path]) -> None:
    folder = build_study(STUDY)
    printed = [(one, run(one.command, folder)) for one in examples_in(guide)]
    assert not [f"{one}: {text}" for one, text in printed if not fits(one.output, text)]
