"""A trace as JSON or CSV, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from wavedeck.audit.csv_rows import csv_rows
from wavedeck.audit.ledger import Print
from wavedeck.audit.trace.back import RowTrace
from wavedeck.audit.trace.say import HIDDEN, INTERNAL
from wavedeck.audit.trace.trace import Trace


def record_of(trace: Trace) -> dict[str, Any]:
    """Return a trace as plain data, ready for JSON."""
    terms = trace.terms
    return {
        "label": HIDDEN.format(state=trace.figure.state) if trace.is_internal else INTERNAL,
        "address": trace.figure.address,
        "printed": {
            "field": trace.field,
            "value": trace.value,
            "rounded": trace.rounded,
            "text": trace.printed,
            "prints": [asdict(one) for one in trace.prints],
        },
        "figure": asdict(trace.figure),
        "formula": {
            "text": terms.formula,
            "filled": terms.filled,
            "sum_of_rows": trace.total,
            "adds_up": trace.adds_up,
            "rests_on": list(terms.rests_on),
        },
        "definition": asdict(trace.definition),
        "weighting": asdict(trace.weighting) if trace.weighting else None,
        "model": dict(trace.card),
        "tests": [asdict(one) for one in trace.tests],
        "file": {
            "name": trace.file.name,
            "sha256": trace.file.checksum,
            "declared": trace.file.declared,
        },
        "respondents": trace.all_rows,
        "rows": [asdict(one) for one in trace.rows],
    }


def json_of(record: Mapping[str, Any] | Sequence[Any]) -> str:
    """Return plain data as JSON."""
    return json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False)


def csv_of(trace: Trace) -> str:
    """Return the rows of a trace as CSV, one line per respondent."""
    return csv_rows(_csv_rows(trace))


def _csv_rows(trace: Trace) -> Iterator[dict[str, Any]]:
    for one in trace.rows:
        yield {
            "address": trace.figure.address,
            "state": trace.figure.state,
            "file": trace.file.name,
            "sha256": trace.file.checksum,
            "row": one.row,
            "respondent": one.id,
            **{f"raw {name}": text for name, text in one.raw.items()},
            **one.cleaned,
            **one.values,
            "weight": one.weight,
            "part_of_estimate": one.share,
            "cleaning": "; ".join(f"{own.column} {own.rule}" for own in one.changes),
        }


def csv_of_row(found: RowTrace) -> str:
    """Return the figures of a raw row as CSV, one line per figure."""
    return csv_rows(
        {
            "file": found.file,
            "row": found.row,
            "disposition": found.disposition.disposition,
            "rule": found.disposition.rule,
            "address": one.address,
            "state": one.state,
            "estimate": one.estimate,
            "value": one.value,
            "weight": one.weight,
            "part_of_estimate": one.share,
            "columns": " ".join(one.columns),
            "slides": "; ".join(f"{report}: {', '.join(own)}" for report, own in one.slides.items()),
        }
        for one in found.figures
    )


def csv_of_prints(prints: Sequence[Print]) -> str:
    """Return the numbers at a place of a deck as CSV."""
    return csv_rows(asdict(one) for one in prints)
