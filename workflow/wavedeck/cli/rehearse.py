"""The command ``wavedeck rehearse``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from wavedeck.dummy.rehearse import Rehearsed, rehearse
from wavedeck.study.load import Study
from wavedeck.study.paths import shown


@dataclass(frozen=True)
class Request:
    """What was asked for.

    Attributes
    ----------
    waves
        Waves to make; all when empty.
    seed
        Replaces the plan's.
    targets
        Whether published figures are targets.
    into
        Folder to write below, in place of the project's.
    """

    waves: tuple[str, ...]
    seed: int | None
    targets: bool
    into: Path | None


def show_rehearsal(out: Console, study: Study, root: Path, asked: Request) -> None:
    """Make a study's respondents up and print what their figures come to, against what was published."""
    made = rehearse(
        study, root, waves=asked.waves, seed=asked.seed, with_targets=asked.targets, into=asked.into
    )
    out.print(_counts(made))
    if any(one.missed for one in made):
        out.print(_missed(made))
    for one in made:
        for driver in one.misplaced:
            told = f"{one.part} {one.wave}: {driver.question} is not clearly {driver.wanted} in importance"
            out.print(f"{told} in '{driver.analysis}'", markup=False, soft_wrap=True)
    out.print(summary(study.name, made), markup=False, soft_wrap=True)


def _counts(made: Sequence[Rehearsed]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("wave", "part", "raw file"):
        table.add_column(name, overflow="fold")
    for name in ("respondents", "targets", "reached", "not reached", "seconds"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in made:
        reached = len(one.outcomes) - len(one.missed)
        numbers = (one.respondents, len(one.outcomes), reached, len(one.missed), f"{one.seconds:.1f}")
        table.add_row(one.wave, one.part, shown(one.files[0]), *map(str, numbers))
    return table


def _missed(made: Sequence[Rehearsed]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", title="Not reached", title_justify="left")
    table.add_column("figure", overflow="fold", ratio=3)
    table.add_column("published", justify="right", no_wrap=True)
    table.add_column("prints", justify="right", no_wrap=True)
    table.add_column("why", overflow="fold", ratio=4)
    for outcome in (outcome for one in made for outcome in one.missed):
        target = outcome.target
        field = "" if target.field == "estimate" else f" ({target.field})"
        cells = (f"{target.address}{field}", target.value, outcome.value or "-", outcome.reason)
        table.add_row(*(Text(cell) for cell in cells))
    return table


def summary(study: str, made: Sequence[Rehearsed]) -> str:
    """Return one line that counts respondents and targets.

    >>> summary("travel", [])
    "Study 'travel': 0 made-up respondents, no targets."
    """
    people = sum(one.respondents for one in made)
    targets = sum(len(one.outcomes) for one in made)
    missed = sum(len(one.missed) for one in made)
    told = f"{targets - missed} of {targets} targets reached" if targets else "no targets"
    return f"Study '{study}': {people} made-up respondents, {told}."
