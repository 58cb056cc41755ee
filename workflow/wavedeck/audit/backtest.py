"""Hold what was published against what the ledger says was printed, slide by slide."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Literal

from wavedeck.audit.ledger import Print
from wavedeck.audit.numbers import fraction_in, numbers_in
from wavedeck.audit.published import Published
from wavedeck.figures.formats import round_half_up
from wavedeck.figures.store import FigureStore
from wavedeck.intake.write import write_text
from wavedeck.study.errors import did_you_mean

Status = Literal["agreed", "differing", "not printed", "not reproducible"]
STATUSES: tuple[Status, ...] = ("agreed", "differing", "not printed", "not reproducible")
UNCERTAIN = "uncertain in the source"
ROUGH = Decimal("0.5")


@dataclass(frozen=True)
class Outcome:
    """What became of one published value.

    Attributes
    ----------
    id, value, address, field, slide
        The value as published.
    status
        agreed; differing (the slide prints another value); not printed (on that slide); not
        reproducible (a reason is declared).
    ours
        What the slide prints instead, or what the store holds.
    remark
        Where it is printed instead, or the reason.
    """

    id: str
    value: str
    address: str
    field: str
    slide: str
    status: Status
    ours: str
    remark: str


@dataclass(frozen=True)
class Backtest:
    """All outcomes, in the order of published.csv."""

    outcomes: tuple[Outcome, ...]

    @property
    def counts(self) -> Counter[str]:
        """Return how many rows have each status."""
        return Counter(one.status for one in self.outcomes)

    @property
    def open(self) -> tuple[Outcome, ...]:
        """Return the rows that do not agree and have no reason."""
        return tuple(one for one in self.outcomes if one.status in ("differing", "not printed"))

    @property
    def passes(self) -> bool:
        """Tell whether every row without a reason agrees."""
        return not self.open

    def share_with_reason(self) -> float:
        """Return the percentage of rows with a reason, those uncertain in the source left out."""
        counted = [one for one in self.outcomes if one.status == "not reproducible"]
        certain = [one for one in counted if not one.remark.startswith(UNCERTAIN)]
        return 100 * len(certain) / len(self.outcomes) if self.outcomes else 0.0


def backtest(
    rows: Sequence[Published], ledger: Iterable[Print], store: FigureStore, *, language: str
) -> Backtest:
    """Compare every published value with the report.

    A row agrees when its slide prints the figure with that value. Each print serves one row: a value
    published in a chart and in the text beside it needs two.

    Parameters
    ----------
    rows
        What was published.
    ledger
        What the report prints.
    store
        The publishable store, for marks and for figures that are not printed.
    language
        Language of the report.
    """
    prints = Prints(ledger, language)
    outcomes = {row.line: _outcome(row, prints, store) for row in _reasonless_first(rows)}
    return Backtest(tuple(outcomes[row.line] for row in rows))


def _reasonless_first(rows: Sequence[Published]) -> list[Published]:
    """Return the rows in the order in which they may claim prints."""
    return sorted(rows, key=lambda row: bool(row.reason))


class Prints:
    """The prints of a report by address and field, each claimed at most once.

    Parameters
    ----------
    ledger
        Lines of the ledger.
    language
        Language of the report.
    """

    def __init__(self, ledger: Iterable[Print], language: str) -> None:
        self.language = language
        self.known: dict[tuple[str, str], list[Print]] = defaultdict(list)
        for one in ledger:
            if one.on_slide:
                self.known[one.address, one.field].append(one)
        self.claimed: set[tuple[int, str]] = set()

    def of(self, row: Published, *, slide: bool = True) -> list[Print]:
        """Return the prints of a row's figure, on its slide or on others."""
        field = "estimate" if row.is_mark else row.field
        return [one for one in self.known[row.address, field] if (one.slide == row.slide) == slide]

    def claim(self, row: Published) -> bool:
        """Claim a print that says what the row says; False when none is left."""
        for one in self.of(row):
            key = (id(one), row.field)
            if key not in self.claimed and self.says(one, row):
                self.claimed.add(key)
                return True
        return False

    def says(self, one: Print, row: Published) -> bool:
        """Tell whether a print has the published value."""
        if row.is_mark:
            return True
        if row.field == "fraction":
            percent = fraction_in(one.printed, self.language)
            return percent is not None and round_half_up(percent, _decimals(row.value)) == row.number
        return row.number in numbers_in(one.printed, self.language)


def _decimals(value: str) -> int:
    return len(value.partition(".")[2])


def _outcome(row: Published, prints: Prints, store: FigureStore) -> Outcome:
    wrong_mark = _wrong_mark(row, store)
    if not wrong_mark and prints.claim(row):
        remark = f"agrees although a reason is given: {row.reason}" if row.reason else ""
        return _made(row, "agreed", row.value, remark)
    here = prints.of(row)
    others = [one.printed for one in here if not prints.says(one, row)]
    ours = wrong_mark or "; ".join(dict.fromkeys(others)) or _stored(row, store)
    if row.reason:
        return _made(row, "not reproducible", ours, row.reason)
    if wrong_mark or (here and len(others) == len(here)):
        return _made(row, "differing", ours, "")
    return _made(row, "not printed", ours, _where(row, prints, store))


def _wrong_mark(row: Published, store: FigureStore) -> str:
    """Return the mark of the store where it is another than published, else nothing."""
    if not row.is_mark:
        return ""
    found = store.comparison(row.address, row.field.removesuffix(".mark"))
    mark = found.mark if found and found.mark else "no test"
    return "" if mark == row.value else mark


def _where(row: Published, prints: Prints, store: FigureStore) -> str:
    """Say where a value is printed instead, or why it is nowhere."""
    if any(prints.says(one, row) for one in prints.of(row)):
        return "printed once too few on this slide"
    elsewhere = [one.slide for one in prints.of(row, slide=False) if prints.says(one, row)]
    if elsewhere:
        return f"printed on slide {', '.join(dict.fromkeys(elsewhere))}"
    if row.address not in store and not row.address.startswith("study/"):
        return f"the store has no such figure{did_you_mean(row.address, store.figures)}"
    return "printed nowhere"


def _stored(row: Published, store: FigureStore) -> str:
    """Return what the store holds, with the decimals published and one more."""
    if row.address not in store:
        return ""
    figure = store[row.address]
    kind, _, field = row.field.rpartition(".")
    source = store.comparison(row.address, kind) if kind else figure
    value = getattr(source, "estimate" if field == "fraction" else field, None)
    if isinstance(value, int | float):
        return f"store: {round_half_up(value, _decimals(row.value) + 1)}"
    return f"store: {figure.state}"


def _made(row: Published, status: Status, ours: str, remark: str) -> Outcome:
    return Outcome(row.id, row.value, row.address, row.field, row.slide, status, ours, remark)


def write_backtest(found: Backtest, path: Path) -> None:
    """Write all outcomes as CSV."""
    names = [field.name for field in fields(Outcome)]
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([getattr(one, name) for name in names] for one in found.outcomes)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(text.getvalue(), path)


def lines_of(found: Backtest) -> Iterator[str]:
    """Yield what a person reads: the rows that do not agree, then the counts."""
    for one in found.open:
        what = "published" if one.status == "differing" else "not printed:"
        ours = f", ours {one.ours}" if one.ours else ""
        remark = f" ({one.remark})" if one.remark else ""
        yield f"slide {one.slide}: {one.address} {one.field}: {what} {one.value}{ours}{remark} [{one.id}]"
    counts = ", ".join(f"{found.counts[status]} {status}" for status in STATUSES)
    yield f"{len(found.outcomes)} published values: {counts}."
    yield f"{found.share_with_reason():.1f}% of the values have a reason why they cannot be reproduced."
