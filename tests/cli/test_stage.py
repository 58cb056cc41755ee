from __future__ import annotations

import os
from pathlib import Path

import pytest

from wavedeck.cli.engine_output import BuildReader, Notice
from wavedeck.cli.stage import logged


def test_notes_of_a_stage_reach_screen_and_log(tmp_path: Path) -> None:
    log, out, screen = tmp_path / "stage.log", os.dup(1), os.dup(2)
    seen = tmp_path / "screen.txt"
    with seen.open("wb") as file:
        os.dup2(file.fileno(), 2)
        try:
            with logged(str(log)) as tell:
                tell("two drivers coincide", "one is left out")
        finally:
            os.dup2(out, 1)
            os.dup2(screen, 2)
    assert seen.read_text() == "Note: two drivers coincide\nNote: one is left out\n"
    assert "two drivers coincide" in log.read_text()


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (
            "Note: impact.yaml, analysis 'a': two drivers coincide",
            "impact.yaml, analysis 'a': two drivers coincide",
        ),
        ("study 'x' is left out: it has no wave 2", "study 'x' is left out: it has no wave 2"),
    ],
)
def test_notes_are_shown_while_a_build_goes_on(line: str, text: str) -> None:
    assert BuildReader().feed(line) == Notice(text)
