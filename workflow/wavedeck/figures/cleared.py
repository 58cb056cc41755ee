"""Texts that an editor cleared for quoting, redacted once more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from wavedeck.figures.redaction import longest_number, redact
from wavedeck.intake.delivered import ROW, read_delivered
from wavedeck.study.findings import Finding, Severity
from wavedeck.study.verbatims import Redaction, VerbatimFile

COLUMNS = ("respondent", "variable", "cleared", "language", "text")
YES, NO = ("yes", "ja", "1"), ("no", "nee", "0", "")


@dataclass(frozen=True)
class ClearedAnswer:
    """One answer that may be quoted.

    Attributes
    ----------
    respondent
        Id of who gave it.
    row
        1-based line in the file.
    given
        Language it was given in.
    texts
        Language -> text.
    """

    respondent: str
    row: int
    given: str
    texts: Mapping[str, str]


@dataclass
class Cleared:
    """The cleared answers of one file, and what was found wrong in it."""

    file: str
    answers: dict[str, list[ClearedAnswer]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def of(self, variable: str) -> list[ClearedAnswer]:
        """Return the cleared answers to a question, in the order of the file."""
        return self.answers.get(variable, [])


def read_cleared(path: Path, *, declared: VerbatimFile, wave: str, rules: Redaction) -> Cleared:
    """Read a file of cleared texts and redact them.

    Raises
    ------
    RawDataError
        When the file is missing or unreadable, or lacks a column.
    """
    file = declared.path(wave)
    rows = read_delivered(path, file=file, declared=declared, columns=COLUMNS)
    cleared = Cleared(file)
    marks = rows["cleared"].str.casefold()
    _report(cleared, rows[~marks.isin(YES + NO)], "unclear_mark", _mark_problem, "stop")
    usable = _redacted(cleared, rows[marks.isin(YES)], rules)
    twice = usable.duplicated(["respondent", "variable", "language"])
    _report(cleared, usable[twice], "repeated_text", _repeated, "warning")
    cleared.answers = _answers(usable[~twice])
    return cleared


def _mark_problem(row: pd.Series) -> str:
    return f"cleared says '{row['cleared']}'; write yes or no"


def _repeated(row: pd.Series) -> str:
    return f"a second text in language '{row['language']}' for one answer; the first is taken"


def _redacted(cleared: Cleared, rows: pd.DataFrame, rules: Redaction) -> pd.DataFrame:
    """Return the rows with redacted texts, those without text or with long numbers left out."""
    results = [redact(text, rules) for text in rows["text"]]
    rows = rows.assign(text=[one.text for one in results], found=[", ".join(one.found) for one in results])
    _report(cleared, rows[rows["found"] != ""], "redacted", _redacted_what, "warning")
    _report(cleared, rows[rows["text"] == ""], "empty_text", lambda _: "cleared, but without text", "warning")
    long = rows["text"].map(longest_number) > rules.digits
    problem = f"a text still has more than {rules.digits} digits in a row; it is not quoted"
    _report(cleared, rows[long], "digits", lambda _: problem, "warning")
    return rows[~long & (rows["text"] != "")]


def _redacted_what(row: pd.Series) -> str:
    return f"a cleared text still held what must not be printed ({row['found']}); it was taken out"


def _report(
    cleared: Cleared, rows: pd.DataFrame, rule: str, message: Callable[[pd.Series], str], severity: Severity
) -> None:
    """Note a finding for each distinct message, never the text itself."""
    if rows.empty:
        return
    for text, same in rows.groupby(rows.apply(message, axis=1), sort=False):
        finding = Finding(
            severity=severity,
            rule=rule,
            file=cleared.file,
            message=str(text),
            row=int(same[ROW].iloc[0]),
            column="cleared" if rule == "unclear_mark" else "text",
            count=len(same),
        )
        cleared.findings.append(finding)


def _answers(rows: pd.DataFrame) -> dict[str, list[ClearedAnswer]]:
    found: dict[str, list[ClearedAnswer]] = {}
    for variable, answer in _each_answer(rows):
        found.setdefault(variable, []).append(answer)
    return found


def _each_answer(rows: pd.DataFrame) -> Iterator[tuple[str, ClearedAnswer]]:
    for (variable, respondent), own in rows.groupby(["variable", "respondent"], sort=False):
        texts = dict(zip(own["language"], own["text"], strict=True))
        yield str(variable), ClearedAnswer(str(respondent), int(own[ROW].iloc[0]), next(iter(texts)), texts)
