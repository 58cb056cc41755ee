"""The program ``wavedeck``: its commands, options and exit codes."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from wavedeck.cli.plan import OTHER_NAMES, STAGES, choose, need_study, read_plans
from wavedeck.cli.project import UsageError, find_project
from wavedeck.study.errors import WavedeckError

FINE, STOPPED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130
CRASH_LOG = Path("logs") / "wavedeck.log"

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 fine, 1 something in data or settings stops, 2 wrong use.",
)

ONLY_HELP = f"Only up to a stage: {', '.join(STAGES)} (or {', '.join(OTHER_NAMES)}). May be repeated."
Directory = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Folder with config/ and data/, when it is not the current one."),
]


@app.callback(invoke_without_command=True)
def show_version(
    *, version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False
) -> None:
    """Rebuild a survey report each wave: raw responses in, a slide deck out."""
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"wavedeck {installed('wavedeck')}")
        raise typer.Exit(FINE)


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
    """Build reports: figures, charts, deck and PDF. What is up to date is left alone.

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


@app.command("backtest")
def backtest_command(
    study: Annotated[str, typer.Argument(help="Study whose report is held against what was published.")],
    *,
    wave: Annotated[
        str, typer.Option(metavar="WAVE", help="Wave of the report; the newest when left out.")
    ] = "",
    directory: Directory = None,
) -> None:
    """Hold a built report against published.csv: each value on its slide. Builds nothing.

    \b
    Examples:
      wavedeck backtest travel
      wavedeck backtest travel --wave 2016
    """
    from wavedeck.cli.backtest import run_backtest, show_backtest
    from wavedeck.cli.screen import console
    from wavedeck.study.load import load_study

    project = find_project(directory)
    need_study(project, study)
    if wave:
        choose(read_plans(project, study=study), study=study, wave=wave)
    loaded = load_study(project.study_folder(study))
    found = run_backtest(loaded, project.folder, wave or loaded.wave_names[-1])
    show_backtest(console(), found)
    if not found.passes:
        raise typer.Exit(STOPPED)


@app.command("verify")
def verify_command(
    file: Annotated[Path, typer.Argument(help="Finished deck, PDF or table book.", metavar="FILE")],
    *,
    study: Annotated[str, typer.Option(metavar="STUDY", help="Study, where the file does not say it.")] = "",
    wave: Annotated[str, typer.Option(metavar="WAVE", help="Wave of the report.")] = "",
    lang: Annotated[str, typer.Option(metavar="LANGUAGE", help="Language of the report.")] = "",
    deck: Annotated[
        Path | None, typer.Option(metavar="DECK", help="Deck that a PDF was made of; else the one beside it.")
    ] = None,
    directory: Directory = None,
) -> None:
    """Account for every number of a finished file, and list what is wrong or was changed by hand.

    \b
    Examples:
      wavedeck verify reports/travel/2017/deck.pptx
      wavedeck verify reports/travel/2017/deck.pdf
      wavedeck verify reports/travel/2017/tables.xlsx
      wavedeck verify ~/sent/deck-final.pptx --study travel --wave 2017
    """
    from wavedeck.cli.screen import console
    from wavedeck.cli.verify import Report, run_verify, show_verification

    project = find_project(directory)
    if study:
        need_study(project, study)
    found = run_verify(project, file, Report(study, wave, lang), deck=deck)
    show_verification(console(), file, found)
    if not found.passes:
        raise typer.Exit(STOPPED)


@app.command("trace")
def trace_command(
    target: Annotated[
        str,
        typer.Argument(
            metavar="ADDRESS|DECK#SLIDE[:ELEMENT]|NUMBER", help="What to trace; a number needs --deck."
        ),
    ] = "",
    *,
    row: Annotated[str, typer.Option(metavar="FILE:ROW", help="The way back: a row of a raw file.")] = "",
    column: Annotated[
        str, typer.Option(metavar="COLUMN", help="With --row: only figures that rest on this raw column.")
    ] = "",
    deck: Annotated[str, typer.Option(metavar="FILE", help="Deck that prints the number.")] = "",
    slide: Annotated[str, typer.Option(metavar="N", help="Slide that prints it.")] = "",
    study: Annotated[str, typer.Option(metavar="STUDY", help="Study, where it is not clear.")] = "",
    wave: Annotated[
        str, typer.Option(metavar="WAVE", help="Wave of the report; the newest that is built when left out.")
    ] = "",
    form: Annotated[str, typer.Option("--format", metavar="FORM", help="text, json or csv.")] = "text",
    rows: Annotated[str, typer.Option(metavar="N", help="How many rows to show, or all.")] = "10",
    show_ids: Annotated[
        bool, typer.Option("--show-ids", help="Show ids of respondents, not pseudonyms.")
    ] = False,
    directory: Directory = None,
) -> None:
    """Follow a number back to the raw rows, or a raw row forward to the numbers. Builds nothing.

    \b
    Examples:
      wavedeck trace pax/overall/all/2017
      wavedeck trace reports/travel/2017/deck.pptx#8
      wavedeck trace reports/travel/2017/deck.pptx#8:body/p1
      wavedeck trace 4,2 --deck reports/travel/2017/deck.pptx --slide 8
      wavedeck trace pax/overall/all/2017 --rows all --format csv
      wavedeck trace --row data/raw/travel/2017/answers.csv:12
    """
    from wavedeck.cli.trace import Asked, parse_rows, show_trace

    asked = Asked(target, row, column, deck, slide, study, wave, form, parse_rows(rows), show_ids)
    show_trace(find_project(directory), asked, typer.echo)


@app.command("explain")
def explain_command(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="A [B] [ADDRESS]",
            help="Builds (project folders, or a git revision of this one; B is the current folder when left "
            "out) and a figure of them; or one figure in two waves; or with --restated a study.",
        ),
    ] = None,
    *,
    earlier: Annotated[str, typer.Option("--from", metavar="WAVE", help="Earlier wave of a figure.")] = "",
    later: Annotated[str, typer.Option("--to", metavar="WAVE", help="Later wave of a figure.")] = "",
    by: Annotated[
        str,
        typer.Option(metavar="GROUPS", help="Breakdown, or cells, that a change between waves is split by."),
    ] = "",
    restated: Annotated[
        bool,
        typer.Option("--restated", help="List earlier waves' figures that differ from what was delivered."),
    ] = False,
    study: Annotated[str, typer.Option(metavar="STUDY", help="Study, where it is not clear.")] = "",
    wave: Annotated[
        str, typer.Option(metavar="WAVE", help="Wave of the report; the newest that is built when left out.")
    ] = "",
    form: Annotated[str, typer.Option("--format", metavar="FORM", help="text, json or csv.")] = "text",
    rows: Annotated[
        str, typer.Option(metavar="N", help="Respondents that differ: how many to list, or all.")
    ] = "0",
    directory: Directory = None,
) -> None:
    """Say why figures differ between two builds, or between two waves. Builds nothing.

    \b
    Examples:
      wavedeck explain ../before                                this folder against another one
      wavedeck explain ../before pax/overall/all/2017           one figure of them, in detail
      wavedeck explain ../before . pax/overall/all/2017 --rows 20
      wavedeck explain HEAD~1                                   against settings of an earlier revision
      wavedeck explain pax/overall/all --from 2016 --to 2017    one figure in two waves
      wavedeck explain pax/overall/all/2017 --by airline        the same, split by a breakdown
      wavedeck explain --restated travel                        what was delivered, and what it is now
    """
    from wavedeck.cli.explain_command import Question, show_explanation
    from wavedeck.cli.trace import parse_rows

    asked = Question(
        tuple(words or ()), earlier, later, by, study, wave, form, parse_rows(rows), restated=restated
    )
    show_explanation(find_project(directory), asked, typer.echo)


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


@app.command("recompute")
def recompute_command(
    study: Annotated[str, typer.Argument(help="Study whose built figures are recomputed.")],
    address: Annotated[str, typer.Argument(help="One figure, to be handed out; all when left out.")] = "",
    *,
    wave: Annotated[
        str, typer.Option(metavar="WAVE", help="Wave of the report; the newest when left out.")
    ] = "",
    sql: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the figure's SQL.")] = None,
    r: Annotated[Path | None, typer.Option("--r", metavar="FILE", help="Write an R script.")] = None,
    spss: Annotated[Path | None, typer.Option(metavar="FILE", help="Write SPSS syntax.")] = None,
    xlsx: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a workbook with live formulas.")
    ] = None,
    with_r: Annotated[
        bool, typer.Option("--with-r", help="Check standard errors by R's package survey as well.")
    ] = False,
    directory: Directory = None,
) -> None:
    """Compute built figures once more from the raw files, by SQL. Changes no report.

    \b
    Examples:
      wavedeck recompute travel
      wavedeck recompute travel --with-r
      wavedeck recompute travel guests/overall/all/2017 --sql overall.sql
      wavedeck recompute travel guests/overall/all/2017 --xlsx overall.xlsx --r overall.R
    """
    from wavedeck.cli.recompute import export_figure, recompute_study
    from wavedeck.cli.screen import console
    from wavedeck.study.load import load_study

    project = find_project(directory)
    need_study(project, study)
    if wave:
        choose(read_plans(project, study=study), study=study, wave=wave)
    loaded = load_study(project.study_folder(study))
    forms = {"sql": sql, "r": r, "spss": spss, "xlsx": xlsx}
    if address:
        export_figure(console(), loaded, project.folder, address, into=forms)
    elif any(forms.values()):
        raise UsageError("--sql, --r, --spss and --xlsx take the address of one figure before them")
    else:
        newest = wave or loaded.wave_names[-1]
        recompute_study(console(), loaded, project.folder, newest, with_r=with_r)


@app.command("seal")
def seal_command(
    target: Annotated[
        str, typer.Argument(metavar="STUDY|FOLDER", help="Study to seal; with --check, what to check.")
    ] = "",
    *,
    wave: Annotated[
        str, typer.Option(metavar="WAVE", help="Wave of the report; the newest that is built when left out.")
    ] = "",
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why there is another version; needed from the second on.")
    ] = "",
    sign: Annotated[
        Path | None, typer.Option(metavar="KEY", help="Sign with your own key, e.g. ~/.ssh/id_ed25519.")
    ] = None,
    as_is: Annotated[
        bool, typer.Option("--as-is", help="Seal a report though files that it rests on changed since.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Tell whether folders are untouched; seals nothing.")
    ] = False,
    signers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="With --check: whose keys are known; default config/signers."),
    ] = None,
    directory: Directory = None,
) -> None:
    """Keep a report as it was delivered, or check that it is untouched. Changes no report.

    Sealed reports stand in data/published, one folder per version.

    \b
    Examples:
      wavedeck seal travel                                   the newest report of a study
      wavedeck seal travel --wave 2016 --sign ~/.ssh/id_ed25519
      wavedeck seal travel --reason "weights of 2016 corrected"   a corrected version
      wavedeck seal --check                                  everything that was sealed here
      wavedeck seal --check /media/stick/travel              a copy, anywhere
      wavedeck seal --check reports/travel/2017              a report that is not sealed yet
    """
    from wavedeck.cli import seal as sealing

    project = find_project(directory)
    if check:
        if wave or reason or sign or as_is:
            raise UsageError("--check only looks; --wave, --reason, --sign and --as-is belong to sealing")
        if not sealing.check(project, target, signers, typer.echo):
            raise typer.Exit(STOPPED)
    elif signers:
        raise UsageError("--signers belongs to --check; to sign, give your key:  --sign KEY")
    else:
        sealing.seal(project, sealing.Asked(target, wave, reason, sign, as_is), typer.echo)


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


def main() -> None:
    """Run the program and end with its exit code; a person sees messages, never a traceback."""
    sys.exit(run(app))


def run(program: Callable[[], object]) -> int:
    """Run a program and return its exit code, printing the message of what stopped it."""
    try:
        program()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else STOPPED
    except UsageError as error:
        return _end(str(error), WRONG_USE)
    except WavedeckError as error:
        return _end(str(error), STOPPED)
    except KeyboardInterrupt:
        return _end("Stopped. The same command goes on where it was.", INTERRUPTED)
    except Exception:  # noqa: BLE001 - the last door: whatever it is, the log keeps it
        return _end(
            f"Something unforeseen went wrong. Everything about it is in {_keep_traceback()}", STOPPED
        )
    return FINE


def _end(message: str, code: int) -> int:
    print(message, file=sys.stderr)  # noqa: T201 - the message for the person
    return code


def _keep_traceback() -> Path:
    CRASH_LOG.parent.mkdir(parents=True, exist_ok=True)
    CRASH_LOG.write_text(traceback.format_exc())
    return CRASH_LOG.resolve()
