"""The command ``wavedeck build``."""

from __future__ import annotations

import time
from pathlib import Path

from rich.console import Console

from wavedeck.cli.engine import BUILD_LOG, run_workflow
from wavedeck.cli.explain import explain
from wavedeck.cli.plan import Choice
from wavedeck.cli.project import Project
from wavedeck.cli.screen import build_screen, made_in, show_made
from wavedeck.narrative.claims import ClaimLine, failing, read_claims
from wavedeck.study.errors import WavedeckError


class BuildError(WavedeckError):
    """The workflow stopped; the message says why."""


def build(project: Project, choice: Choice, *, cores: str, out: Console) -> None:
    """Build what was chosen, show it happening, and list what there is.

    Raises
    ------
    BuildError
        With the messages of the stages that stopped.
    """
    began, clock = time.time(), time.monotonic()
    with build_screen(out) as screen:
        code, reader = run_workflow(project, choice, cores=cores, on_event=screen.show)
    if code:
        log = project.folder / BUILD_LOG
        raise BuildError("\n".join(explain(reader, folder=project.folder, build_log=log)))
    _show_result(project, choice, began=began, out=out)
    lost = show_claims(project, choice, out=out)
    if lost and choice.strict:
        told = "1 claim does not hold" if len(lost) == 1 else f"{len(lost)} claims do not hold"
        here = "it is" if len(lost) == 1 else "they are"
        raise BuildError(f"{told}, and the build is strict; {here} listed above")
    took = time.monotonic() - clock
    summary = (
        f"{screen.finished} stages in {took:.1f} s" if screen.finished else f"Nothing to do ({took:.1f} s)"
    )
    out.print(f"{summary}; everything is up to date.", markup=False, soft_wrap=True)


def _show_result(project: Project, choice: Choice, *, began: float, out: Console) -> None:
    for study, waves in choice.waves.items():
        for wave in waves:
            entries = made_in(project.folder, _folder(project, choice, study, wave), since=began)
            if entries:
                what = "Draft" if choice.stages else "Report"
                out.print(f"\n{what} of {study}, wave {wave}", markup=False)
                show_made(out, entries)
    out.print(f"\nFiles are named from {project.folder}", markup=False, soft_wrap=True)


def show_claims(project: Project, choice: Choice, *, out: Console) -> list[ClaimLine]:
    """Print the claims that do not hold in the reports of a build, and return them."""
    if choice.stages and not {"deck", "pdf"} & set(choice.stages):
        return []
    found: list[ClaimLine] = []
    for study, waves in choice.waves.items():
        for wave in waves:
            for path in sorted(draft_folder(project, study, wave).glob("claims*.csv")):
                lost = failing(read_claims(path))
                found += lost
                if lost:
                    name = path.relative_to(project.folder).as_posix()
                    out.print(f"\nClaims that do not hold ({name}):", markup=False, soft_wrap=True)
                    out.print("\n".join(f"  {line}" for line in lost), markup=False, soft_wrap=True)
    return found


def draft_folder(project: Project, study: str, wave: str) -> Path:
    """Return where the drafts of a report stand."""
    return project.folder / "data" / "processed" / study / wave / "draft"


def _folder(project: Project, choice: Choice, study: str, wave: str) -> Path:
    """Return where the files of a build stand: a whole build delivers, a part of one leaves a draft."""
    if choice.stages:
        return draft_folder(project, study, wave)
    return project.folder / "reports" / study / wave
