"""Verify the files of a report, and give the whole ledger."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

from wavedeck.audit.ledger import COLUMNS, AuditError
from wavedeck.audit.verify.bindings import Ledger, read_bindings
from wavedeck.audit.verify.book.claims import is_table_book
from wavedeck.audit.verify.book.verify import lost_ledger, verify_package
from wavedeck.audit.verify.deck import verify_deck
from wavedeck.audit.verify.expected import Truth
from wavedeck.audit.verify.ooxml import open_package
from wavedeck.audit.verify.pdf import verify_pdf
from wavedeck.audit.verify.result import Verification, lines_of
from wavedeck.audit.verify.spreadsheet import verify_workbook
from wavedeck.figures.quote_book import QuoteBook, read_quotes
from wavedeck.figures.store import FigureStore, read_store
from wavedeck.intake.write import write_text
from wavedeck.study.errors import did_you_mean
from wavedeck.study.load import Study
from wavedeck.study.paths import shown

KNOWN = (".pptx", ".pdf", ".xlsx")
MOST_LINES = 40


class VerificationError(AuditError):
    """A finished file holds a number that nobody answers for."""


def read_truth(study: Study, processed: Path, *, wave: str, language: str) -> Truth:
    """Read the stores of a wave's report.

    Parameters
    ----------
    study
        The study.
    processed
        Folder ``data/processed/<study>/<wave>``.
    wave, language
        The report.

    Raises
    ------
    AuditError
        When the stores are not there.
    """
    own, full = ((f"{before}figures.parquet", f"{before}comparisons.parquet") for before in ("", "full_"))
    if not all((processed / name).is_file() for name in (*own, *full)):
        raise AuditError(f"{shown(processed)}: the stores are not there; build the report first")
    quotes = processed / "quotes.csv"
    return Truth(
        study,
        wave,
        language,
        _store(processed, own),
        _store(processed, full).figures,
        read_quotes(quotes) if quotes.is_file() else QuoteBook(),
    )


def _store(folder: Path, names: tuple[str, str]) -> FigureStore:
    return read_store(folder / names[0], folder / names[1])


def require_file(path: Path) -> None:
    """Refuse what is no file, or no file of a kind that can be verified.

    Raises
    ------
    AuditError
        Saying which it is.
    """
    kind = path.suffix.lower()
    if path.is_dir():
        raise AuditError(f"{shown(path)}: this is a folder; give one file in it: {', '.join(KNOWN)}")
    if not path.is_file():
        raise AuditError(f"{shown(path)}: there is no such file")
    if kind not in KNOWN:
        raise AuditError(
            f"{shown(path)}: give a file that ends in {', '.join(KNOWN)}{did_you_mean(kind, KNOWN)}"
        )


def verify_file(path: Path, truth: Truth, *, deck: Path | None = None) -> Verification:
    """Account for every number of a deck, a PDF or a workbook.

    Parameters
    ----------
    path
        The finished file.
    truth
        The stores and what the study declares.
    deck
        The deck that a PDF was made of; the one beside it where left out.

    Raises
    ------
    AuditError
        When the file is missing, or of no kind that can be verified.
    """
    require_file(path)
    kind = path.suffix.lower()
    if kind == ".pptx":
        return verify_deck(path, truth)
    if kind == ".xlsx":
        return _verify_xlsx(path, truth)
    source = deck or path.with_suffix(".pptx")
    if not source.is_file():
        raise AuditError(f"{shown(path)}: the deck it was made of is not beside it; name it with --deck")
    return verify_pdf(path, source, truth)


def _verify_xlsx(path: Path, truth: Truth) -> Verification:
    package = open_package(path)
    if is_table_book(package):
        return verify_package(package, truth)
    return lost_ledger(package, truth) or verify_workbook(path, truth)


def said_by(path: Path) -> Ledger:
    """Return which report an Office file says it is; nothing for other files."""
    return Ledger() if path.suffix.lower() == ".pdf" else read_bindings(open_package(path))


def require(found: dict[str, Verification]) -> None:
    """Refuse files with faults.

    Raises
    ------
    VerificationError
        Naming slide and element of each.
    """
    lines = [line for name, one in found.items() if not one.passes for line in lines_of(name, one)]
    if lines:
        more = [f"… and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
        raise VerificationError("\n".join([*lines[:MOST_LINES], *more]))


def write_whole_ledger(found: Verification, path: Path) -> None:
    """Write every number of a deck as the ledger does: slide, element, address, field, printed."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in sorted(found.accounts, key=lambda one: one.slide):
        writer.writerow((one.slide, one.element, one.address, one.field, one.printed))
    write_text(text.getvalue(), path)
