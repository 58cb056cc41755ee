"""What verification and recomputation said, and checksums of what went in and came out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict
from typing import Any

from pyarrow import csv

from wavedeck.pages.files import sum_of
from wavedeck.pages.report import VERIFICATIONS, Report

Verdict = tuple[str, str, str]
_SUMMARY = re.compile(
    r"(?P<file>\S+): (?P<numbers>\d+) numbers accounted for(?: \((?P<kinds>.*)\))?; (?P<problems>.*)\."
)
_COUNT = re.compile(r"(\d+) ([a-z ]+)")
PROBLEMS = ("orphans", "mismatches", "leaks", "changes")


def checks_of(report: Report, *, bare: int) -> dict[str, Any]:
    """Return what was checked, in counts.

    Parameters
    ----------
    report
        The report.
    bare
        Numbers on the pages that no line of the ledger has a place for.
    """
    said = [report.draft(name, ".txt").read_text(encoding="utf-8") for name in VERIFICATIONS]
    return {
        "verification": [summary_of(line) for text in said for line in text.splitlines()],
        "bare": bare,
        "recomputation": [[*verdict, count] for verdict, count in _counts(report)],
        "inputs": [asdict(sum_of(report.project / name, name)) for name in report.raw_files],
        "outputs": [asdict(sum_of(path, name)) for name, path in sorted(report.outputs.items())],
    }


def summary_of(line: str) -> dict[str, Any]:
    """Return what verification said of a file, by kind; any other line as it is.

    >>> summary_of("a.pdf: 1 numbers accounted for (1 base); 0 orphans, 1 other changes.")["problems"]
    [['orphans', 0], ['changes', 1]]
    """
    found = _SUMMARY.fullmatch(line)
    if found is None:
        return {"line": line}
    kinds = [[kind, int(count)] for count, kind in _COUNT.findall(found["kinds"] or "")]
    problems = [[_problem(kind), int(count)] for count, kind in _COUNT.findall(found["problems"])]
    return {"file": found["file"], "numbers": int(found["numbers"]), "kinds": kinds, "problems": problems}


def _problem(said: str) -> str:
    return next((one for one in PROBLEMS if one in said), said)


def recomputed_estimates(report: Report) -> tuple[list[Verdict], dict[str, int]]:
    """Return what the second route said of each estimate: the verdicts, and address -> which of them."""
    verdicts: dict[Verdict, int] = {}
    found = {}
    for address, field, *verdict in _read(report, ["address", "field", "verdict", "route", "reason"]):
        if field == "estimate":
            own: Verdict = (verdict[0], verdict[1], verdict[2])
            found[address] = verdicts.setdefault(own, len(verdicts))
    return list(verdicts), found


def _counts(report: Report) -> list[tuple[Verdict, int]]:
    found = Counter(_read(report, ["verdict", "route", "reason"]))
    return sorted(found.items(), key=lambda one: (one[0][0] != "same", -one[1], one[0]))  # type: ignore[arg-type]


def _read(report: Report, names: list[str]) -> list[tuple[str, ...]]:
    options = csv.ConvertOptions(
        include_columns=names, column_types=dict.fromkeys(names, "string"), strings_can_be_null=False
    )
    table = csv.read_csv(report.store / "recompute.csv", convert_options=options)
    columns = [table[name].to_pylist() for name in names]
    return list(zip(*columns, strict=True))
