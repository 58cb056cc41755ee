"""The command ``wavedeck recompute``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from wavedeck.audit.recompute.figure import FigureRows, figure_rows, figure_sql
from wavedeck.audit.recompute.outcome import (
    Recomputation,
    require_agreement,
    summarise,
    write_outcome,
)
from wavedeck.audit.recompute.r_study import r_is_there
from wavedeck.audit.recompute.scripts import r_script, spss_syntax, write_rows
from wavedeck.audit.recompute.sql import Session
from wavedeck.audit.recompute.stage import Files, recompute_wave
from wavedeck.audit.recompute.workbook import write_workbook
from wavedeck.study.load import Study

RESULT = "recompute.csv"


def recompute_study(
    out: Console, study: Study, folder: Path, wave: str, *, with_r: bool = False
) -> Recomputation:
    """Recompute the built figures of a wave's report, write every comparison and say what came out.

    Parameters
    ----------
    with_r
        Whether standard errors are checked by R; the scripts are written out in any case then.

    Raises
    ------
    RoutesDisagreeError
        Naming what does not agree.
    """
    files, session = Files(folder, study.name), Session()
    scripts = recompute_wave(session, study, files, wave, with_r=with_r)
    found, path = summarise(session), files.wave(wave) / RESULT
    write_outcome(session, path)
    if with_r:
        ran = "were run and compared" if r_is_there() else "wait for a machine with R and its package survey"
        listed = ", ".join(str(script.relative_to(folder)) for script in scripts) or "none"
        out.print(f"R scripts {ran}: {listed}", markup=False, highlight=False, soft_wrap=True)
    require_agreement(found, path.relative_to(folder))
    out.print(f"{study.name} {wave}: {found.line}", markup=False, highlight=False, soft_wrap=True)
    return found


def export_figure(
    out: Console, study: Study, folder: Path, address: str, *, into: Mapping[str, Path | None]
) -> None:
    """Write one figure as SQL, R script, SPSS syntax or workbook; scripts get their rows beside them.

    Parameters
    ----------
    into
        Form (``sql``, ``r``, ``spss``, ``xlsx``) -> file; without any, the SQL is printed.
    """
    files = Files(folder, study.name)
    wanted = {form: path for form, path in into.items() if path is not None}
    if not wanted or "sql" in wanted:
        sql = figure_sql(study, files, address)
        if "sql" not in wanted:
            out.print(sql, markup=False, highlight=False, soft_wrap=True)
            return
        wanted["sql"].write_text(sql, encoding="utf-8")
    if set(wanted) - {"sql"}:
        _export_rows(study, figure_rows(study, files, address), wanted)
    rows = (wanted[form].with_suffix(".csv") for form in ("r", "spss") if form in wanted)
    for path in dict.fromkeys((*wanted.values(), *rows)):
        out.print(f"written: {path}", markup=False, soft_wrap=True)


def _export_rows(study: Study, figure: FigureRows, wanted: Mapping[str, Path]) -> None:
    if "xlsx" in wanted:
        write_workbook(figure, wanted["xlsx"])
    part = figure.address.partition("/")[0]
    method = study.weighting.parts[part].method if part in study.weighting.parts else "none"
    for form in ("r", "spss"):
        if form in wanted:
            rows = wanted[form].with_suffix(".csv")
            write_rows(figure, rows)
            own = r_script(figure, rows, method=method) if form == "r" else spss_syntax(figure, rows)
            wanted[form].write_text(own, encoding="utf-8")
