"""Claims: sentences bound to a condition on figures, and what became of each."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Literal

from wavedeck.figures.formats import format_figure
from wavedeck.figures.records import Figure
from wavedeck.figures.store import FigureStore
from wavedeck.intake.write import write_text
from wavedeck.narrative.basis import Basis
from wavedeck.study.errors import NarrativeError

Prints = Literal["sentence", "alternative", "nothing"]
CLAIM_COLUMNS = ("slide", "id", "claim", "holds", "prints", "figures")
COMPARED = ("previous", "stated", "rest")


@dataclass(frozen=True)
class Claim:
    """One claim of a text as it came out.

    Attributes
    ----------
    name
        Its name in the template.
    holds
        Whether its condition holds.
    prints
        What stands on the slide.
    rests_on
        The figures that its condition asked for.
    """

    name: str
    holds: bool
    prints: Prints
    rests_on: tuple[Basis, ...]


@dataclass(frozen=True)
class ClaimLine:
    """One line of the list of claims of a report."""

    slide: int
    id: str
    claim: str
    holds: bool
    prints: Prints
    figures: str

    def __str__(self) -> str:
        """Return the claim as one line for a person."""
        outcome = {"alternative": "the alternative is printed", "nothing": "the sentence is left out"}
        figures = f"; it rests on {self.figures}" if self.figures else ""
        told = "holds" if self.holds else f"does not hold, {outcome[self.prints]}"
        return f"slide {self.slide} ({self.id}), claim '{self.claim}' {told}{figures}"


def figures_behind(rests_on: Iterable[Basis], store: FigureStore, language: str) -> str:
    """Return the figures of a claim with what they print; hidden ones with their state alone."""
    kinds: dict[str, list[str]] = {}
    for basis in rests_on:
        kinds.setdefault(basis.address, []).extend([basis.kind] if basis.kind else [])
    return "; ".join(
        _told(address, list(dict.fromkeys(kinds[address])), store, language) for address in kinds
    )


def _told(address: str, kinds: Sequence[str], store: FigureStore, language: str) -> str:
    if address not in store:
        return f"{address} over {', '.join(kinds)}" if kinds else address
    tests = [f"{kind}: {_outcome(store, address, kind)}" for kind in kinds if kind in COMPARED]
    return f"{address} = {_printed(store[address], language)}" + (f" [{', '.join(tests)}]" if tests else "")


def _printed(figure: Figure, language: str) -> str:
    if not figure.is_shown or figure.estimate is None:
        return figure.state.replace("_", " ")
    return format_figure(figure.estimate, figure.unit, figure.decimals, language)


def _outcome(store: FigureStore, address: str, kind: str) -> str:
    item = store.comparison(address, kind)
    return {"+": "higher", "-": "lower", "none": "same"}.get(item.mark if item else "", "not tested")


def write_claims(lines: Iterable[ClaimLine], path: Path) -> None:
    """Write the claims of a report as CSV."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CLAIM_COLUMNS)
    for line in lines:
        row = {**vars(line), "holds": "yes" if line.holds else "no"}
        writer.writerow([row[name] for name in CLAIM_COLUMNS])
    write_text(text.getvalue(), path)


def read_claims(path: Path) -> list[ClaimLine]:
    """Read the claims of a report."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        ClaimLine(
            slide=int(row["slide"]),
            id=row["id"],
            claim=row["claim"],
            holds=row["holds"] == "yes",
            prints=row["prints"],  # type: ignore[arg-type]
            figures=row["figures"],
        )
        for row in rows
    ]


def failing(lines: Iterable[ClaimLine]) -> list[ClaimLine]:
    """Return the claims that do not hold."""
    return [line for line in lines if not line.holds]


def require_all(lines: Iterable[ClaimLine], report: str) -> None:
    """Refuse a report with claims that do not hold.

    Raises
    ------
    NarrativeError
        Naming each with its slide and figures.
    """
    lost = failing(lines)
    if lost:
        told = "\n".join(f"- {line}" for line in lost)
        what = "1 claim does not hold" if len(lost) == 1 else f"{len(lost)} claims do not hold"
        raise NarrativeError(f"{report}: {what}, and the study is strict about claims:\n{told}")
