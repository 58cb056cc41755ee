"""The command ``wavedeck list``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from wavedeck.cli.plan import StudyPlan
from wavedeck.cli.project import Project


def show_studies(out: Console, project: Project, plans: Iterable[StudyPlan]) -> None:
    """Print a line per study and wave: languages, whether a plain run builds it, what is built."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("study", "wave", "languages", "plain build", "built", "title"):
        table.add_column(heading, overflow="fold", no_wrap=heading != "title")
    for plan in plans:
        for wave in plan.waves:
            table.add_row(*(Text(cell) for cell in _row(project, plan, wave)))
    if table.row_count:
        out.print(table)
    else:
        out.print(
            f"There is no study under {project.folder}/config/studies yet.", markup=False, soft_wrap=True
        )


def _row(project: Project, plan: StudyPlan, wave: str) -> tuple[str, ...]:
    plain = ", ".join(plan.built_languages) if wave in plan.built_waves else "no"
    return plan.study, wave, ", ".join(plan.languages), plain, built(project, plan, wave), plan.title


def built(project: Project, plan: StudyPlan, wave: str) -> str:
    """Return in which languages there is a deck of a wave, and when the newest was made."""
    folder = project.folder / "reports" / plan.study / wave
    names = {name: f"deck.{name}.pptx" if place else "deck.pptx" for place, name in enumerate(plan.languages)}
    decks = {name: folder / file for name, file in names.items() if (folder / file).exists()}
    if not decks:
        return "no"
    newest = max(deck.stat().st_mtime for deck in decks.values())
    return f"{datetime.fromtimestamp(newest).astimezone():%Y-%m-%d %H:%M} ({', '.join(decks)})"
