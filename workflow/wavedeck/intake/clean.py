"""Apply what a study declares about values and rows that should not be there."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pyarrow as pa

from wavedeck.intake.answers import Answers, Rows, table_of
from wavedeck.intake.decode import MISSING_KINDS
from wavedeck.intake.harmonise import Issue
from wavedeck.intake.select import holds
from wavedeck.intake.state import State
from wavedeck.intake.values import RawValue
from wavedeck.study.conditions import Condition, IsAnswered, leaves_of, parse_condition, variables_of
from wavedeck.study.errors import did_you_mean
from wavedeck.study.findings import Finding
from wavedeck.study.settings import Cleaning, CleaningRule

CLEANING_FILE = "cleaning.yaml"


def rows_where(condition: Condition, state: State) -> Rows:
    """Tell for which rows a condition holds; a variable that was not asked has no answers."""
    names = [name for name in dict.fromkeys(variables_of(condition)) if name in state.answers]
    rows = {"_row": pa.array(state.raw.rows)}
    return holds(condition, table_of(rows, (state.answers[name] for name in names)))


def log_issues(state: State, issues: Iterable[Issue]) -> None:
    """Record the raw values that harmonising set to missing or left uncoded as declared."""
    lists = {"unknown_code": "unknown_codes", "out_of_range": "out_of_range"}
    for issue in issues:
        if issue.action in ("set_missing", "leave_uncoded"):
            reason = f"declared under {lists[issue.problem]} in {CLEANING_FILE}"
            rule = f"{issue.problem}:{issue.action}"
            state.note(issue.positions, issue.question, issue.column, rule, reason)


def apply_rules(state: State, cleaning: Cleaning, *, part: str, wave: str) -> None:
    """Apply the declared rules of a part and wave, in order."""
    for rule in cleaning.rules:
        in_part = rule.parts is None or part in rule.parts
        if in_part and (rule.waves is None or wave in rule.waves):
            _apply(state, rule)


def _apply(state: State, rule: CleaningRule) -> None:
    rows = _rows(state, rule)
    if rows is None:
        return
    if rule.action == "drop":
        concerned = rows & state.kept
        state.drop(rows, rule=rule.id, reason=rule.reason)
        _report(state, rule, int(concerned.sum()))
        return
    names = [name for name, each in state.answers.items() if rule.variable in (name, each.question.variable)]
    before = len(state.changes)
    for name in names:
        _change(state, rule, name, rows)
    _report(state, rule, sum(len(change.positions) for change in state.changes[before:]))


def _rows(state: State, rule: CleaningRule) -> Rows | None:
    """Return the rows that a rule concerns, or None when its condition was not asked in this wave."""
    if rule.where is None:
        return np.ones(len(state.raw.rows), np.bool_)
    condition = parse_condition(rule.where)
    valued = {leaf.variable for leaf in leaves_of(condition) if not isinstance(leaf, IsAnswered)}
    absent = sorted(name for name in valued if name not in state.answers)
    if not absent:
        return rows_where(condition, state)
    message = f"rule '{rule.id}' reads '{absent[0]}', which has no answers in this wave; nothing was done"
    state.findings.append(Finding(severity="warning", rule=rule.id, file=state.raw.file, message=message))
    return None


def _change(state: State, rule: CleaningRule, name: str, rows: Rows) -> None:
    if rule.action == "recode":
        problem = _bad_target(state.answers[name], rule.to)
        if problem:
            _stop(state, rule, f"recodes '{name}' to '{rule.to}', which {problem}")
            return
        state.recode(name, rows, str(rule.to), rule=rule.id, reason=rule.reason)
        return
    kind = rule.to or "invalid"
    if kind not in MISSING_KINDS:
        hint = did_you_mean(kind, MISSING_KINDS)
        _stop(state, rule, f"sets '{name}' to '{kind}', which is no kind of missing{hint}")
        return
    state.set_missing(name, rows, kind, rule=rule.id, reason=rule.reason)


def _bad_target(answers: Answers, to: str | None) -> str:
    if to is None:
        return "is missing; write the category or number under 'to'"
    if answers.question.is_numeric:
        return "" if RawValue(to).number() is not None else "is not a number"
    known = answers.question.categories
    return "" if not known or to in known else f"is not one of its categories{did_you_mean(to, known)}"


def _stop(state: State, rule: CleaningRule, message: str) -> None:
    text = f"rule '{rule.id}' in {CLEANING_FILE} {message}"
    state.findings.append(Finding(severity="stop", rule=rule.id, file=state.raw.file, message=text))


def _report(state: State, rule: CleaningRule, count: int) -> None:
    if not count:
        return
    done = {"drop": "dropped", "recode": "recoded", "set_missing": "set to missing"}[rule.action]
    message = f"rule '{rule.id}' {done} {count} of {len(state.raw.rows)} rows: {rule.reason}"
    state.findings.append(Finding(severity="warning", rule=rule.id, file=state.raw.file, message=message))


def check_ids(state: State, id_name: str, cleaning: Cleaning) -> None:
    """Find ids that are missing or stand on several rows, and drop duplicates as declared."""
    answers = state.answers[id_name]
    _missing_ids(state, answers)
    ids = pd.Series(identifiers(state, id_name))
    kept = pd.Series(state.kept)
    twice = ids[kept].duplicated(keep=False)
    if not twice.any():
        return
    if cleaning.duplicates in ("keep_first", "keep_last"):
        keep = "first" if cleaning.duplicates == "keep_first" else "last"
        doomed = ids[kept].duplicated(keep=keep)  # type: ignore[arg-type]
        rows = np.zeros(len(ids), np.bool_)
        rows[doomed.index[doomed]] = True
        _warn_duplicates(state, rows, answers, cleaning.duplicates)
        rule = f"duplicates:{cleaning.duplicates}"
        state.drop(rows, rule=rule, reason=f"declared under duplicates in {CLEANING_FILE}")
        return
    _report_duplicates(state, ids, twice, answers, cleaning.duplicates)


def identifiers(state: State, id_name: str) -> list[str]:
    """Return the id of each row; ``row-<line>`` where it has none."""
    positions = np.arange(len(state.raw.rows))
    answers = state.answers[id_name]
    texts = answers.texts(positions)
    return [
        text if known else f"row-{row}"
        for text, known, row in zip(texts, answers.answered, state.raw.rows, strict=True)
    ]


def _missing_ids(state: State, answers: Answers) -> None:
    positions = np.flatnonzero(~answers.answered & state.kept)
    if len(positions):
        message = f"no id in column {answers.question.raw_columns[0]}; the row is known by its number instead"
        state.findings.append(
            Finding(
                severity="warning",
                rule="missing_id",
                file=state.raw.file,
                message=message,
                row=int(state.raw.rows[positions[0]]),
                column=answers.question.raw_columns[0],
                count=len(positions),
            )
        )


def _warn_duplicates(state: State, rows: Rows, answers: Answers, action: str) -> None:
    positions = np.flatnonzero(rows)
    message = f"ids that stand on several rows, dropped as declared ({action} in {CLEANING_FILE})"
    state.findings.append(
        Finding(
            severity="warning",
            rule="duplicate_id",
            file=state.raw.file,
            message=message,
            row=int(state.raw.rows[positions[0]]),
            column=answers.question.raw_columns[0],
            count=len(positions),
        )
    )


def _report_duplicates(state: State, ids: pd.Series, twice: pd.Series, answers: Answers, action: str) -> None:
    column = answers.question.raw_columns[0]
    for text, group in ids[twice.index[twice]].groupby(ids, sort=False):
        rows = [int(state.raw.rows[position]) for position in group.index]
        others = ", ".join(map(str, rows[1:6])) + (" ..." if len(rows) > 6 else "")
        message = f"id '{text}' in column {column} stands again on row {others}"
        advice = "remove one, or declare duplicates: keep_first, keep_last or keep_all in cleaning.yaml"
        state.findings.append(
            Finding(
                severity="stop" if action == "stop" else "warning",
                rule="duplicate_id",
                file=state.raw.file,
                message=f"{message}; {advice if action == 'stop' else 'all kept as declared'}",
                row=rows[0],
                column=column,
                value=str(text),
                count=len(rows),
            )
        )
