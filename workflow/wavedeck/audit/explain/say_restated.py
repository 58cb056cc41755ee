"""Restatements as text, JSON and CSV: a list that may be shown to a commissioner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from wavedeck.audit.explain.lines import counted, section, some, table
from wavedeck.audit.explain.restated import KINDS, Restatement, Restatements, restatement_rows

NOTHING = "no earlier report is in data/published; wavedeck seal keeps there what was delivered"
QUIET = ("digits",)
FIRST = 30


def text_of_restated(found: Restatements) -> Iterator[str]:
    """Yield what was delivered, and what it is now."""
    yield f"{found.study} {found.wave}: figures of earlier waves against what was delivered"
    if not found.deliveries:
        yield NOTHING
        return
    for wave, folder in found.deliveries.items():
        yield f"  report of {wave}: {folder}"
    if not found.entries:
        yield "no figure differs"
    for kind, said in KINDS.items():
        own = [one for one in found.entries if one.kind == kind]
        if own and kind in QUIET:
            yield from ("", f"{said}: {counted(len(own), 'figure')}; --format csv lists them")
        else:
            yield from section(f"{said}: {counted(len(own), 'figure')}", _table(own))


def _table(entries: list[Restatement]) -> Iterator[str]:
    if not entries:
        return
    head = ("figure", "report", "slides then", "then", "now", "base then", "now", "mark then", "now")
    rows = [
        (
            one.address,
            one.delivered,
            one.slides_then,
            *(one.printed_then, one.printed_now, one.base_then, one.base_now, one.mark_then, one.mark_now),
        )
        for one in sorted(entries, key=lambda one: not one.slides_then)
    ]
    yield from some(table([head, *rows]), FIRST + 1, then="--format csv lists all of them")


def record_of_restated(found: Restatements) -> dict[str, Any]:
    """Return restatements as plain data, ready for JSON."""
    return {
        "study": found.study,
        "wave": found.wave,
        "deliveries": dict(found.deliveries),
        "restatements": [asdict(one) for one in found.entries],
    }


def csv_of_restated(found: Restatements) -> str:
    """Return restatements as CSV, one line per figure."""
    return restatement_rows(found.entries).rstrip("\n")
