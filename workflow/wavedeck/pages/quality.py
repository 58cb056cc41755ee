"""Weighting, cleaning, dispositions and findings: counts for everybody, lines for the house."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from wavedeck.audit.cards.conditions import names_persons
from wavedeck.pages.report import Report
from wavedeck.study.conditions import IsAnswered, leaves_of, parse_condition
from wavedeck.study.load import Study

STATED = ("method", "largest_deviation")
SPREAD = ("effective_base", "deff", "efficiency", "minimum", "maximum")
CHANGE = ("row", "variable", "column", "raw", "value", "rule", "reason")
FINDING = ("severity", "rule", "row", "column", "value", "message", "count")
FEW = "<{minimum}"


def quality_of(report: Report, weightings: Mapping[str, Any], *, internal: bool) -> list[dict[str, Any]]:
    """Return what happened to the data of each wave and part.

    Parameters
    ----------
    report
        The report.
    weightings
        Cells of the weighting as its cards show them, by ``part/wave``.
    internal
        Whether small counts are written out.

    Returns
    -------
    list of dict
        Newest wave first; dispositions, cleaning and findings as rows of words and a count.
    """
    least = 0 if internal else smallest_count(report)
    return [_part(report, wave, part, weightings, least) for wave, part in report.waves_and_parts]


def smallest_count(report: Report) -> int:
    """Return the smallest count that may leave the house; 0 where the study declares no such rule."""
    rule = report.study.settings.suppression.disclosure
    return rule.minimum if rule else 0


def _part(report: Report, wave: str, part: str, weightings: Mapping[str, Any], least: int) -> dict[str, Any]:
    folder, key = report.part(part, wave), f"{part}/{wave}"
    dispositions = [(one["disposition"], one["rule"]) for one in read_rows(folder / "dispositions.csv")]
    rules = [(one["rule"],) for one in read_rows(folder / "cleaning_log.csv")]
    findings = [(one["severity"], one["rule"]) for one in findings_of(folder)]
    weighting = weightings.get(key, {})
    return {
        "key": key,
        "part_label": report.said(report.study.settings.parts[part].label),
        "wave_label": report.wave_label(wave),
        "file": report.study.raw_file(part, wave),
        "reasons": reasons_of(report.study),
        "certificate": certificate_of(folder / "certificate.json", weighting, least),
        "dispositions": counted(dispositions, least),
        "cleaning": counted(rules, least),
        "findings": counted(findings, least),
    }


def reasons_of(study: Study) -> dict[str, str]:
    """Return why rules of cleaning are there, by id; not of those that pick out persons."""
    return {one.id: one.reason for one in study.cleaning.rules if not _picks_persons(one.where, study)}


def _picks_persons(where: Mapping[str, Any] | None, study: Study) -> bool:
    leaves = leaves_of(parse_condition(dict(where))) if where else ()
    return any(
        names_persons(one.variable, study.codebook) for one in leaves if not isinstance(one, IsAnswered)
    )


def counted(rows: Iterable[tuple[str, ...]], least: int) -> list[list[str | int]]:
    """Return how often each row of words occurs, most often first; small counts as what they stay under.

    >>> counted([("kept",), ("dropped",), ("kept",)], 2)
    [['kept', 2], ['dropped', '<2']]
    """
    found = sorted(Counter(rows).items(), key=lambda one: (-one[1], one[0]))
    return [[*words, public_count(count, least)] for words, count in found]


def public_count(count: int, least: int) -> int | str:
    """Return a count, or what it stays under when it is too small to leave the house."""
    return count if count >= least else FEW.format(minimum=least)


def certificate_of(path: Path, weighting: Mapping[str, Any], least: int) -> dict[str, Any]:
    """Return what the weighting says of itself.

    Where the count of a cell is withheld, so is how the weights spread: it would give the count away.
    """
    own = json.loads(path.read_text(encoding="utf-8"))
    proof = own.get("proof") or []
    withheld = weighting.get("withheld", "")
    names = STATED if withheld else (*STATED, *SPREAD)
    return {
        **{name: own[name] for name in names if own.get(name) is not None},
        **{name: public_count(own[name], least) for name in ("respondents", "unplaced") if own.get(name)},
        "rows": list(weighting.get("cells", ())),
        **({"withheld": withheld} if withheld else {}),
        **({"proof": {"holds": sum(one["holds"] for one in proof), "all": len(proof)}} if proof else {}),
    }


def logs_of(folder: Path) -> dict[str, Any]:
    """Return each change, each finding and each dropped row; for the house only."""
    dropped = [one for one in read_rows(folder / "dispositions.csv") if one["disposition"] != "kept"]
    return {
        "changes": [[one[name] for name in CHANGE] for one in read_rows(folder / "cleaning_log.csv")],
        "findings": [[one[name] for name in FINDING] for one in findings_of(folder)],
        "dropped": [[one["row"], one["rule"]] for one in dropped],
    }


def findings_of(folder: Path) -> list[dict[str, str]]:
    """Return the findings of intake and of impact."""
    return [
        row
        for name in ("findings.csv", "impact_findings.csv")
        if (folder / name).is_file()
        for row in read_rows(folder / name)
    ]


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV file as rows by column."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
