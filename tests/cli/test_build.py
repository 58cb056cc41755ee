"""Real builds, with the real engine, of a workflow of two stages."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rich.console import Console

from wavedeck.cli.app import INTERRUPTED
from wavedeck.cli.build import BuildError, build
from wavedeck.cli.engine import unlock
from wavedeck.cli.plan import choose, read_plans
from wavedeck.cli.project import Project


def _build(project: Project, *, terminal: bool = False, **asked: str | list[str]) -> str:
    out = Console(file=io.StringIO(), width=100, force_terminal=terminal, highlight=False)
    build(project, choose(read_plans(project), **asked), cores="2", out=out)
    return out.file.getvalue()


def _stopped(project: Project) -> str:
    with pytest.raises(BuildError) as caught:
        _build(project)
    return str(caught.value)


def test_build_shows_stages_and_new_files_and_then_has_nothing_to_do(project: Project) -> None:
    first, second = _build(project), _build(project)
    stages = re.findall(r"done +\d+\.\d s  (.+)", first)
    assert stages == ["Read the raw data of tiny, wave 02", "deck 02"]
    assert re.search(r"Report of tiny, wave 02\n  new +reports/tiny/02/deck.pptx +3 B\n", first)
    assert re.search(r"2 stages in \d+\.\d s; everything is up to date", first)
    assert "as before  reports/tiny/02/deck.pptx" in second
    assert "Nothing to do" in second
    assert "Finished jobid" not in first + second


def test_build_of_one_wave_and_stage_makes_no_more(project: Project) -> None:
    shown = _build(project, study="tiny", wave="01", only=["responses"])
    made = sorted(
        path.relative_to(project.folder).as_posix() for path in project.folder.rglob("*/tiny/*/*.*")
    )
    assert "Read the raw data of tiny, wave 01" in shown
    assert [name for name in made if name.startswith(("data/processed", "reports"))] == [
        "data/processed/tiny/01/responses.txt"
    ]


def test_build_works_on_another_folder_than_its_own_and_shows_a_bar(project: Project, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "Snakefile").rename(home / "Snakefile")
    shown = _build(Project(home, project.folder), terminal=True)
    assert "━" in shown
    assert (project.folder / "reports/tiny/02/deck.pptx").read_text() == "two"
    assert "Finished jobid" in (project.folder / "logs/build.log").read_text()


def test_build_that_stops_says_only_what_the_stage_said(project: Project) -> None:
    message = "templates/tiny/a.j2, line 3: unknown figure 'x'\nand a second line"
    spoil = f"starting\n--- message\n{message}\n--- end\nTraceback (most recent call last):\n  boom\n"
    (project.folder / "spoil").write_text(spoil)
    assert _stopped(project) == message
    assert not (project.folder / "reports/tiny/02/deck.pptx").exists()


def test_build_that_stops_without_a_message_names_the_log(project: Project) -> None:
    (project.folder / "spoil").write_text("Traceback (most recent call last):\n  boom\n")
    said = _stopped(project)
    assert "Traceback" not in said
    assert said.startswith("Stage 'deck 02' stopped")
    assert said.endswith(str(project.folder / "logs/tiny/02/deck.log"))


def test_build_gives_the_message_of_wrong_settings(project: Project) -> None:
    (project.folder / "broken").touch()
    assert _stopped(project) == ("deck.yaml, line 4: unknown key 'titel'; did you mean 'title'?\nAnd more.")


def test_build_names_a_missing_raw_file(project: Project) -> None:
    (project.folder / "data/raw/tiny/02/raw.txt").unlink()
    assert _stopped(project) == (
        "data/raw/tiny/02/raw.txt: this file is missing; put it there as it was received"
    )


def test_build_names_a_lock_and_unlock_takes_it_away(project: Project) -> None:
    locks = project.folder / ".snakemake/locks"
    locks.mkdir(parents=True)
    (locks / "0.output.lock").write_text("reports/tiny/02/deck.pptx\n")
    assert "wavedeck build --unlock" in _stopped(project)
    unlock(project)
    assert "2 stages" in _build(project)


def test_build_with_a_broken_workflow_names_its_log(project: Project) -> None:
    project.snakefile.write_text("rule all:\n    input 'a'\n")
    said = _stopped(project)
    assert said.endswith(str(project.folder / "logs/build.log"))
    assert "\n" not in said


def test_build_interrupted_cleans_up_and_goes_on_later(project: Project) -> None:
    quick = project.snakefile.read_text()
    slow = quick.replace("cp {input} {output} 2>", "echo half > {output}; sleep 30 2>")
    project.snakefile.write_text(slow)
    program = (
        "import sys; from pathlib import Path; from wavedeck.cli.main import run; "
        "from wavedeck.cli.build import build; from wavedeck.cli.plan import Choice; "
        "from wavedeck.cli.project import Project; from wavedeck.cli.screen import console; "
        "here = Project(Path.cwd(), Path.cwd()); "
        "sys.exit(run(lambda: build(here, Choice(), cores='1', out=console())))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=project.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    half = project.folder / "data/processed/tiny/02/responses.txt"
    while not half.exists() and process.poll() is None:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (INTERRUPTED, "Stopped. The same command goes on where it was.\n"), (
        out
    )
    project.snakefile.write_text(quick)
    assert "2 stages" in _build(project)
    assert (project.folder / "reports/tiny/02/deck.pptx").read_text() == "two"
