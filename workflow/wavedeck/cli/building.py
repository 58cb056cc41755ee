"""Commands that make reports: build, check, list, codebook, rehearse."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from wavedeck.cli.app import STOPPED, Directory, app
from wavedeck.cli.plan import OTHER_NAMES, STAGES, choose, need_study, read_plans
from wavedeck.cli.project import UsageError, find_project

ONLY_HELP = f"Only up to a stage: {', '.join(STAGES)} (or {', '.join(OTHER_NAMES)}). May be repeated."


@app.command("build")
def build_command(
    study: Annotated[
        str, typer.Argument(help="Study to build; all in config/config.yaml when left out.")
    ] = "",
    *,
    wave: Annotated[str, typer.Option(metavar="WAVE", help="One wave of the study, e.g. 2017.")] = "",
    lang: Annotated[str, typer.Option(metavar="LANGUAGE", help="One language, e.g. en.")] = "",
    only: Annotated[list[str] | None, typer.Option(metavar="STAGE", help=ONLY_HELP)] = None,
    directory: Directory = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Deliver no report with a claim that does not hold.")
    ] = False,
    cores: Annotated[str, typer.Option(metavar="N", help="Number of processors to use, or all.")] = "all",
    unlock: Annotated[
        bool, typer.Option("--unlock", help="Take away the lock of a build that was cut off.")
    ] = False,
) -> None:
    """Build reports: deck, PDF, table book, audit pages, all verified. Leaves alone what is up to date.

    \b
    Examples:
      wavedeck build                         all studies in config/config.yaml
      wavedeck build travel                  one study
      wavedeck build travel --wave 2016      one wave of it
      wavedeck build travel --lang nl        in one language
      wavedeck build travel --only figures   the figures, no deck
      wavedeck build --directory ../client   studies kept in another folder
    """
    from wavedeck.cli.build import build
    from wavedeck.cli.engine import unlock as take_lock_away
    from wavedeck.cli.screen import console

    if cores != "all" and not (cores.isdecimal() and int(cores)):
        raise UsageError(f"--cores {cores}: give a number from 1 up, or all")
    project = find_project(directory)
    if unlock:
        take_lock_away(project)
        return
    choice = choose(read_plans(project, study=study), study=study, wave=wave, language=lang, only=only or ())
    build(project, replace(choice, strict=strict), cores=cores, out=console())


@app.command("check")
def check_command(
    study: Annotated[str, typer.Argument(help="Study to check.")],
    *,
    wave: Annotated[
        str, typer.Option(metavar="WAVE", help="Only this wave's raw data and report; else all raw data.")
    ] = "",
    directory: Directory = None,
) -> None:
    """Read settings, raw data and texts of a study and print findings. Builds nothing.

    \b
    Examples:
      wavedeck check travel
      wavedeck check travel --wave 2017
      wavedeck check travel --directory ../client
    """
    from wavedeck.cli.check import show_findings
    from wavedeck.cli.look import look_over
    from wavedeck.cli.screen import console
    from wavedeck.study.findings import stopping
    from wavedeck.study.load import load_study

    project = find_project(directory)
    need_study(project, study)
    if wave:
        choose(read_plans(project, study=study), study=study, wave=wave)
    loaded = load_study(project.study_folder(study))
    languages = read_plans(project, study=study)[study].built_languages
    findings = look_over(loaded, project.folder, wave=wave, languages=languages)
    show_findings(console(), study, findings)
    if stopping(findings):
        raise typer.Exit(STOPPED)


@app.command("list")
def list_command(directory: Directory = None) -> None:
    """List studies, their waves, and what is built.

    \b
    Examples:
      wavedeck list
      wavedeck list --directory ../client
    """
    from wavedeck.cli.overview import show_studies
    from wavedeck.cli.screen import console

    project = find_project(directory)
    show_studies(console(), project, read_plans(project, everything=True).values())


@app.command("codebook")
def codebook_command(
    study: Annotated[str, typer.Argument(help="Study whose codebook is converted.")],
    to: Annotated[
        str,
        typer.Option(
            "--to", metavar="FORM", help="Form to keep it in from now on: xlsx (a spreadsheet) or yaml."
        ),
    ],
    directory: Directory = None,
) -> None:
    """Keep a codebook as a spreadsheet, or as YAML again. Comments in the YAML file are not kept.

    \b
    Examples:
      wavedeck codebook travel --to xlsx
      wavedeck codebook travel --to yaml
    """
    from wavedeck.cli.convert import convert_codebook
    from wavedeck.cli.screen import console

    project = find_project(directory)
    need_study(project, study)
    made = convert_codebook(project.study_folder(study), to)
    console().print(f"The codebook is now kept in {made}", markup=False, soft_wrap=True)


@app.command("rehearse")
def rehearse_command(
    study: Annotated[str, typer.Argument(help="Study whose respondents are made up.")],
    *,
    wave: Annotated[
        list[str] | None, typer.Option(metavar="WAVE", help="Only this wave; may be repeated.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(metavar="N", help="Other respondents; the plan's own seed when left out.")
    ] = None,
    without_targets: Annotated[
        bool, typer.Option("--without-targets", help="Leave published.csv aside.")
    ] = False,
    into: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Write below this folder, not over the study's raw files."),
    ] = None,
    directory: Directory = None,
) -> None:
    """Make up respondents and their raw files, so that a report can be tried before fieldwork.

    Their figures print as those in published.csv, where a study has one.

    \b
    Examples:
      wavedeck rehearse travel                      all waves, over the study's made-up raw files
      wavedeck rehearse travel --wave 2017          one wave
      wavedeck rehearse travel --into /tmp/trial    somewhere else, e.g. for a study with real data
    """
    from wavedeck.cli.rehearse import Request, show_rehearsal
    from wavedeck.cli.screen import console
    from wavedeck.study.load import load_study

    project = find_project(directory)
    need_study(project, study)
    for name in wave or ():
        choose(read_plans(project, study=study), study=study, wave=name)
    asked = Request(tuple(wave or ()), seed, targets=not without_targets, into=into)
    show_rehearsal(console(), load_study(project.study_folder(study)), project.folder, asked)
