"""Run the workflow as a process of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from wavedeck.cli.engine_output import BuildReader, Event
from wavedeck.cli.plan import Choice
from wavedeck.cli.project import Project
from wavedeck.study.errors import WavedeckError

BUILD_LOG = Path("logs") / "build.log"


def build_command(project: Project, choice: Choice, *, cores: str = "all") -> list[str]:
    """Return the command that builds what was chosen."""
    places = ["--snakefile", str(project.snakefile), "--directory", str(project.folder)]
    settings = ["--config", *choice.config] if choice.config else []
    return [
        *(str(project.engine), *choice.targets, *places, "--cores", cores),
        *("--rerun-incomplete", "--nocolor", *settings),
    ]


def unlock(project: Project) -> None:
    """Take away the lock that a build left which was cut off."""
    places = ["--snakefile", str(project.snakefile), "--directory", str(project.folder)]
    command = [str(project.engine), "all", *places, "--cores", "1", "--unlock"]
    done = subprocess.run(command, env=_environment(project), capture_output=True, text=True, check=False)
    if done.returncode:
        raise WavedeckError(f"The lock could not be taken away: {done.stderr.strip().splitlines()[-1]}")


def run_workflow(
    project: Project, choice: Choice, *, cores: str, on_event: Callable[[Event], None]
) -> tuple[int, BuildReader]:
    """Build what was chosen and report each event as it happens.

    Returns
    -------
    int
        Exit code of the engine.
    BuildReader
        What it wrote.
    """
    if not project.snakefile.is_file():
        raise WavedeckError(
            f"{project.snakefile} is missing; install wavedeck from its own folder: make setup"
        )
    log = project.folder / BUILD_LOG
    log.parent.mkdir(parents=True, exist_ok=True)
    reader = BuildReader()
    command = build_command(project, choice, cores=cores)
    with log.open("w", encoding="utf-8") as copy, _start(command, project) as process:
        lines = process.stdout or ()
        try:
            for line in lines:
                copy.write(line)
                if event := reader.feed(line):
                    on_event(event)
        except KeyboardInterrupt:
            copy.writelines(lines)  # the engine was interrupted too; it cleans up first
            raise
    return process.returncode, reader


def _start(command: list[str], project: Project) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        env=_environment(project),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )


def _environment(project: Project) -> dict[str, str]:
    path = os.pathsep.join([str(project.engine.parent), os.environ.get("PATH", "")])
    return os.environ | {"PATH": path, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
