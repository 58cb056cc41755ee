"""Hold a raw file against the codebook: its columns, its codes, its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from wavedeck.intake.decode import wrong_targets
from wavedeck.intake.harmonise import Issue
from wavedeck.intake.raw import RawTable
from wavedeck.intake.state import State
from wavedeck.study.codebook import Question
from wavedeck.study.earlier import EarlierQuestion
from wavedeck.study.findings import Finding, Severity
from wavedeck.study.settings import Action, Cleaning, Part

DONE: dict[Action, str] = {
    "stop": "",
    "set_missing": "set to missing",
    "leave_uncoded": "left uncoded",
    "keep": "kept",
}


def missing_columns(
    raw: RawTable, questions: Iterable[Question], *, taken: Iterable[str] = ()
) -> Iterator[Finding]:
    """Yield a finding for each raw column that the codebook names and the file lacks.

    Columns `taken` by questions of earlier waves are never suggested instead.
    """
    questions = tuple(questions)
    claimed = {column for question in questions for column in question.raw_columns} | set(taken)
    free = [column for column in raw.columns if column not in claimed]
    for question in questions:
        for column in question.raw_columns:
            if column not in raw.columns:
                yield _missing_column(raw, question, column, free)


def _missing_column(raw: RawTable, question: Question, column: str, free: list[str]) -> Finding:
    close = _alike(column, free)
    hint = f"; did you mean '{close}'? Then name" if close else "; name"
    advice = "it under by_wave, columns" if close else "the right column, or the waves that asked it,"
    message = f"column '{column}' of '{question.name}' is not in the file{hint} {advice} in codebook.yaml"
    return Finding(
        severity="stop", rule="missing_column", file=raw.file, message=message, row=1, column=column
    )


def _alike(column: str, free: list[str]) -> str:
    """Return the column that was perhaps renamed: the same letters, a new ending, or nearly so."""
    wanted = _letters(column)
    same = [name for name in free if _letters(name) == wanted]
    longer = [name for name in free if _continues(name, column) or _continues(column, name)]
    return next(iter([*same, *longer, *get_close_matches(column, free, n=1)]), "")


def _letters(column: str) -> str:
    return "".join(sign for sign in column.casefold() if sign.isalnum())


def _continues(name: str, start: str) -> bool:
    """Tell whether a name is another with an ending: v12_total or v12a of v12, never v123."""
    rest = name.casefold().removeprefix(start.casefold())
    return rest != name.casefold() and rest != "" and not rest[0].isdigit()


def unexpected_columns(
    raw: RawTable,
    questions: Iterable[Question],
    *,
    part: Part,
    cleaning: Cleaning,
    wave: str,
    earlier: Mapping[str, EarlierQuestion],
) -> Iterator[Finding]:
    """Yield a finding for each raw column that the codebook does not know and the study does not ignore."""
    claimed = {column for question in questions for column in question.raw_columns}
    severity: Severity = "stop" if cleaning.unexpected_columns == "stop" else "warning"
    for column in raw.columns:
        if column not in claimed and not any(_matches(column, each) for each in part.ignore_columns):
            yield Finding(
                severity=severity,
                rule="unexpected_column",
                file=raw.file,
                message=_unexpected(column, wave, earlier.get(column)),
                row=1,
                column=column,
            )


def _unexpected(column: str, wave: str, owner: EarlierQuestion | None) -> str:
    ignore = "or the column to ignore_columns in study.yaml"
    if owner is None:
        return f"column '{column}' is not in the codebook; add it there, {ignore}"
    limited = f"column '{column}' belongs to '{owner.name}', which is limited to {', '.join(owner.waves)}"
    return f'{limited}; add "{wave}" to its waves: in codebook.yaml, {ignore}'


def _matches(column: str, pattern: str) -> bool:
    """Tell whether a name fits a pattern in which only `*` and `?` are wildcards."""
    wild = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(wild, column, re.DOTALL) is not None


def codebook_slips(raw: RawTable, questions: Iterable[Question]) -> Iterator[Finding]:
    """Yield a finding for each code that leads to no category, and each set of columns of a single answer."""
    for question in questions:
        for code, target in wrong_targets(question).items():
            valid = "a number" if question.is_numeric else f"one of {', '.join(question.categories)}"
            message = f"codebook.yaml maps code '{code}' of '{question.name}' to '{target}'; write {valid}"
            yield Finding(severity="stop", rule="codebook", file=raw.file, message=message, value=code)
        if question.type != "multi" and not isinstance(question.columns, str):
            message = f"'{question.name}' has several columns but is of type {question.type}; make it multi"
            yield Finding(severity="stop", rule="codebook", file=raw.file, message=message)


def issue_findings(state: State, issues: Sequence[Issue]) -> Iterator[Finding]:
    """Yield a finding for each raw value without a place in the codebook, counted over rows kept."""
    for issue in issues:
        positions = issue.positions[state.kept[issue.positions]]
        if len(positions):
            yield Finding(
                severity="stop" if issue.action == "stop" else "warning",
                rule=issue.problem,
                file=state.raw.file,
                message=_explain(issue),
                row=int(state.raw.rows[positions[0]]),
                column=issue.column,
                value=issue.value.text,
                count=len(positions),
            )


def _explain(issue: Issue) -> str:
    label = f" ('{issue.value.label}' in the file)" if issue.value.label else ""
    label += " marked as missing in the file" if issue.value.marked_missing else ""
    name = issue.question.name
    if issue.problem == "unknown_code":
        code = f"column {issue.column} has code '{issue.value.text}'{label}"
        fact = f"{code}, which is not in the codebook for '{name}'"
        places = "checked, unchecked" if isinstance(issue.question.columns, dict) else "codes"
        advice = f"add it to {places} or missing, or declare unknown_codes in cleaning.yaml"
    else:
        number = f"column {issue.column} has {issue.value.text}{label}"
        fact = f"{number}, outside {_range(issue.question)} of '{name}'"
        advice = "correct minimum and maximum, or declare out_of_range in cleaning.yaml"
    return f"{fact}; {DONE[issue.action] or advice}"


def _range(question: Question) -> str:
    low = 0 if question.type == "nps" and question.minimum is None else question.minimum
    high = 10 if question.type == "nps" and question.maximum is None else question.maximum
    ends = [f"{word} {end:g}" for word, end in (("from", low), ("to", high)) if end is not None]
    return f"the range {' '.join(ends)}"
