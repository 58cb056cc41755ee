"""The command ``wavedeck backtest``."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from wavedeck.audit.backtest import Backtest, backtest, lines_of, write_backtest
from wavedeck.audit.ledger import AuditError, read_ledger
from wavedeck.audit.published import published_file, read_published
from wavedeck.figures.store import FigureStore, read_store
from wavedeck.study.load import Study

RESULT = "backtest.csv"


def run_backtest(study: Study, folder: Path, wave: str) -> Backtest:
    """Hold what was published against the built report of a wave, and write all outcomes.

    Parameters
    ----------
    study
        The study.
    folder
        Folder that holds config/, data/ and reports/.
    wave
        Wave whose report is meant.
    """
    rows = read_published(published_file(study))
    ledger = read_ledger(folder / "reports" / study.name / wave / "ledger.csv")
    processed = folder / "data" / "processed" / study.name / wave
    language = study.settings.languages[0]
    found = backtest(rows, ledger, _store(processed), language=language)
    write_backtest(found, processed / RESULT)
    return found


def _store(processed: Path) -> FigureStore:
    files = [processed / f"{name}.parquet" for name in ("figures", "comparisons")]
    if not all(file.is_file() for file in files):
        raise AuditError(f"{files[0].parent}: the store is not there; build the report first")
    return read_store(*files)


def show_backtest(out: Console, found: Backtest) -> None:
    """Print the rows that do not agree, and the counts."""
    for line in lines_of(found):
        out.print(line, markup=False, highlight=False, soft_wrap=True)
