"""Two builds held against each other, as JSON or CSV for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from wavedeck.audit.csv_rows import csv_rows
from wavedeck.audit.explain.changes import CODE, KINDS, Change, Comparison
from wavedeck.audit.explain.detail import Detail, respondents_of
from wavedeck.figures.export import printed_figure
from wavedeck.figures.records import Figure

HIDDEN = "INTERNAL: this figure may not be published in both builds"


def record_of_builds(found: Comparison) -> dict[str, Any]:
    """Return what differs between two builds as plain data, ready for JSON."""
    return {
        "study": found.second.study.name,
        "a": _side(found.first.label, found.first.wave),
        "b": _side(found.second.label, found.second.wave),
        "figures_in_both": len(found.pairs.both),
        "causes": dict(sorted(found.counts.items())),
        "inputs": {" ".join(unit): sorted(kinds) for unit, kinds in found.kinds.items()},
        "failed": {f"{step} of {' '.join(unit)}": why for (step, unit), why in found.failed.items()},
        "not_as_inputs_give_it": {
            side: [" ".join(one) for one in units] for side, units in found.unlike.items()
        },
        "changes": [record_of_change(one, found) for one in found.changes],
        "renamed": [list(pair) for pair in found.pairs.renamed],
        "new": list(found.pairs.new),
        "gone": list(found.pairs.gone),
    }


def _side(label: str, wave: str) -> dict[str, str]:
    return {"label": label, "wave": wave}


def record_of_change(one: Change, found: Comparison) -> dict[str, Any]:
    """Return one figure and its parts as plain data."""
    return {
        "address": one.address,
        "address_in_a": one.before,
        "label": HIDDEN if one.is_internal else "",
        "a": _figure(one.old, found.language),
        "b": _figure(one.now, found.language),
        "change": one.difference,
        "parts": [{"causes": list(part.causes), "change": part.change} for part in one.parts],
        "state_changed_by": list(one.state_causes),
    }


def _figure(one: Figure, language: str) -> dict[str, Any]:
    return {
        "value": one.estimate,
        "printed": printed_figure(one, language),
        "base": one.base,
        "state": one.state,
    }


def record_of_detail(found: Comparison, detail: Detail, rows_shown: int | None = 0) -> dict[str, Any]:
    """Return everything about the change of one figure as plain data.

    Parameters
    ----------
    rows_shown
        How many respondents are listed, under pseudonyms; all when None.
    """
    rows = detail.rows
    return {
        **record_of_change(detail.change, found),
        "files": [{"file": name, "a": old, "b": now} for name, old, now in detail.files],
        "respondents": {**rows.counts, "changed_in_figure": rows.touched} if rows else None,
        "definition": [asdict(one) for one in detail.definition],
        "weighting": [asdict(one) for one in detail.weighting],
        "cells": [asdict(one) for one in detail.cells],
        "failed": dict(detail.failed),
        "rows": [asdict(one) for one in respondents_of(found, detail, rows_shown)],
    }


def csv_of_detail(detail: Detail) -> str:
    """Return the parts of one figure's change as CSV, one line per cause."""
    change, via = detail.change, dict(detail.change.via)
    return csv_rows(
        {
            "address": change.address,
            "a": change.old.estimate,
            "b": change.now.estimate,
            "causes": part.name,
            "value_after": change.now.estimate if part.causes[-1] == CODE else via.get(part.causes[-1]),
            "change": part.change,
            "label": HIDDEN if change.is_internal else "",
        }
        for part in change.parts
    )


def csv_of_builds(found: Comparison) -> str:
    """Return what differs between two builds as CSV, one line per figure."""
    return csv_rows(_rows(found))


def _rows(found: Comparison) -> Iterator[dict[str, Any]]:
    for one in found.changes:
        yield _row((one.address, one.before), _kind(one), one.old, one.now, found.language) | _parts(one)
    for address in found.pairs.new:
        yield _row((address, ""), "new", None, found.now[address], found.language)
    for address in found.pairs.gone:
        yield _row(("", address), "gone", found.old[address], None, found.language)


def _kind(one: Change) -> str:
    kinds = {"value": one.is_moved, "state": one.is_restated, "renamed": one.address != one.before}
    return " ".join(kind for kind, holds in kinds.items() if holds)


def _row(
    pair: tuple[str, str], what: str, old: Figure | None, now: Figure | None, language: str
) -> dict[str, Any]:
    address, before = pair
    hidden = any(one is not None and not one.is_shown for one in (old, now))
    row: dict[str, Any] = {"address": address, "address_in_a": before, "what": what}
    for side, one in (("a", old), ("b", now)):
        record = _figure(one, language) if one else {}
        row |= {f"{name}_{side}": record.get(name) for name in ("value", "printed", "base", "state")}
    return {**row, "label": "INTERNAL" if hidden else ""}


def _parts(one: Change) -> dict[str, Any]:
    single = {cause: one.part_of(cause) for cause in (*KINDS, CODE)} if one.parts else {}
    joined = [part for part in one.parts if len(part.causes) > 1]
    return {
        "change": one.difference,
        **single,
        "joined": sum(part.change for part in joined) if joined else None,
        "joined_causes": "; ".join(part.name for part in joined),
    }
