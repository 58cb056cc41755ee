"""Rows of a coding file that belong to one open question, and what is found wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from wavedeck.intake.answers import Rows
from wavedeck.intake.delivered import ROW
from wavedeck.intake.records import LOG_COLUMNS
from wavedeck.study.codebook import Question
from wavedeck.study.findings import Finding, Severity


@dataclass
class Matching:
    """The codes of one open question, row by row, and what was found wrong with them."""

    question: Question
    file: str
    codes: pd.DataFrame
    findings: list[Finding] = field(default_factory=list)
    log: list[pd.DataFrame] = field(default_factory=list)

    def report(self, rows: Rows, rule: str, message: str, severity: Severity) -> None:
        """Note a finding about some rows of the file."""
        concerned, column = self.codes[rows], "respondent" if rule == "unknown_respondent" else "code"
        if len(concerned):
            first = concerned.iloc[0]
            finding = Finding(
                severity=severity,
                rule=rule,
                file=self.file,
                message=message,
                row=int(first[ROW]),
                column=column,
                value=str(first[column]),
                count=len(concerned),
            )
            self.findings.append(finding)

    def leave_out(self, rows: Rows, rule: str, reason: str) -> None:
        """Take rows out, and log them."""
        gone = self.codes[rows]
        if len(gone):
            entry = {
                "file": self.file,
                "row": gone[ROW],
                "id": gone["respondent"],
                "variable": self.question.name,
                "column": "code",
                "raw": gone["code"],
                "value": "",
                "rule": rule,
                "reason": reason,
            }
            self.log.append(pd.DataFrame(entry, columns=LOG_COLUMNS))
        self.codes = self.codes[~rows]
