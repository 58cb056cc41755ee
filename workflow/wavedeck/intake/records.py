"""The cleaning log, the dispositions and the findings as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from wavedeck.intake.state import Change, State
from wavedeck.study.findings import Finding

LOG_COLUMNS = ["file", "row", "id", "variable", "column", "raw", "value", "rule", "reason"]
FINDING_COLUMNS = ["severity", "rule", "file", "row", "column", "value", "message", "count"]


def change_log(state: State, ids: Sequence[str]) -> pd.DataFrame:
    """Return every changed or removed value, in the order of the raw file."""
    parts = [_changes(state, change, ids) for change in state.changes]
    if not parts:
        return pd.DataFrame(columns=LOG_COLUMNS)
    return pd.concat(parts, ignore_index=True).sort_values("row", kind="stable", ignore_index=True)


def _changes(state: State, change: Change, ids: Sequence[str]) -> pd.DataFrame:
    columns = {
        "file": state.raw.file,
        "row": state.raw.rows[change.positions],
        "id": [ids[position] for position in change.positions],
        "variable": change.variable,
        "column": change.column,
        "raw": change.raws,
        "value": change.results,
        "rule": change.rule,
        "reason": change.reason,
    }
    return pd.DataFrame(columns, columns=LOG_COLUMNS)


def disposition_table(state: State, ids: Sequence[str]) -> pd.DataFrame:
    """Return what became of every raw row."""
    return pd.DataFrame(
        {
            "file": state.raw.file,
            "row": state.raw.rows,
            "id": ids,
            "disposition": np.where(state.kept, "kept", "dropped"),
            "rule": state.dropped,
        }
    )


def finding_table(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return findings as a table, those that stop first."""
    order = ["stop", "warning", "note"]
    rows = sorted(findings, key=lambda finding: order.index(finding.severity))
    table = pd.DataFrame(
        [[getattr(finding, column) for column in FINDING_COLUMNS] for finding in rows],
        columns=FINDING_COLUMNS,
    )
    return table.astype({"row": "Int64"})
