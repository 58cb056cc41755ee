"""The quotes that a report may print: a file without anything that leads to a respondent."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, fields
from io import StringIO
from pathlib import Path

from wavedeck.intake.write import write_text


@dataclass(frozen=True)
class PrintedQuote:
    """One quote as printed.

    Attributes
    ----------
    selection
        Rule of verbatims.yaml that chose it.
    deck
        Language of the deck that prints it.
    language
        Language of the text.
    group
        Group whose label stands under it.
    address
        ``<part>/<variable>/<group>/<wave>``, for the ledger.
    text
        The cleared and redacted text.
    """

    selection: str
    deck: str
    language: str
    group: str
    address: str
    text: str


COLUMNS = tuple(field.name for field in fields(PrintedQuote))


@dataclass(frozen=True)
class QuoteBook:
    """All quotes of a report, in the order printed."""

    quotes: tuple[PrintedQuote, ...] = ()

    def of(self, selection: str, language: str) -> tuple[PrintedQuote, ...]:
        """Return the quotes of a selection for a deck in some language."""
        return tuple(one for one in self.quotes if (one.selection, one.deck) == (selection, language))


def write_quotes(quotes: Iterable[PrintedQuote], path: Path) -> None:
    """Write quotes as CSV."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([getattr(one, name) for name in COLUMNS] for one in quotes)
    write_text(text.getvalue(), path)


def read_quotes(path: Path) -> QuoteBook:
    """Read the quotes that `write_quotes` wrote."""
    with path.open(encoding="utf-8", newline="") as file:
        return QuoteBook(tuple(PrintedQuote(**row) for row in csv.DictReader(file)))
