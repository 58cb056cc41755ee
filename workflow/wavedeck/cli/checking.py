"""Commands that follow, check and keep what was built: backtest, verify, trace, recompute, explain, seal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wavedeck.cli.app import STOPPED, Directory, app
from wavedeck.cli.plan import choose, need_study, read_plans
from wavedeck.cli.project import UsageError, find_project


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
