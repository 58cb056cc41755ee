from __future__ import annotations

import io
import os
from datetime import datetime

from rich.console import Console

from wavedeck.cli.overview import built, show_studies
from wavedeck.cli.plan import read_plans
from wavedeck.cli.project import Project


def _deck(project: Project) -> None:
    deck = project.folder / "reports/tiny/02/deck.pptx"
    deck.parent.mkdir(parents=True)
    deck.touch()
    moment = datetime(2026, 3, 4, 5, 6).astimezone().timestamp()
    os.utime(deck, (moment, moment))


def test_built_names_languages_and_moment(project: Project) -> None:
    _deck(project)
    (plan,) = read_plans(project).values()
    assert built(project, plan, "02") == "2026-03-04 05:06 (en)"
    (project.folder / "reports/tiny/02/deck.nl.pptx").touch()
    assert built(project, plan, "02").endswith(" (en, nl)")
    assert built(project, plan, "01") == "no"


def test_overview_has_a_line_per_wave(project: Project) -> None:
    _deck(project)
    out = Console(file=io.StringIO(), width=120)
    show_studies(out, project, read_plans(project).values())
    lines = [line.split("  ") for line in out.file.getvalue().splitlines()]
    cells = [[cell.strip() for cell in line if cell.strip()] for line in lines[1:]]
    assert cells == [
        ["tiny", "01", "en, nl", "no", "no", "A tiny tracker"],
        ["tiny", "02", "en, nl", "en", "2026-03-04 05:06 (en)", "A tiny tracker"],
    ]


def test_overview_without_studies_says_so(project: Project) -> None:
    out = Console(file=io.StringIO(), width=120)
    show_studies(out, project, [])
    assert out.file.getvalue().startswith("There is no study under")
