"""Tell who was asked what, and find answers of people who were not."""

from __future__ import annotations

import numpy as np

from wavedeck.intake.answers import Rows
from wavedeck.intake.checks import DONE
from wavedeck.intake.clean import CLEANING_FILE, rows_where
from wavedeck.intake.harmonise import action_for
from wavedeck.intake.state import State
from wavedeck.study.codebook import Question
from wavedeck.study.conditions import AllOf, Condition, parse_condition, variables_of
from wavedeck.study.findings import Finding
from wavedeck.study.settings import Action, Cleaning


def apply_routing(state: State, cleaning: Cleaning) -> None:
    """Mark everyone who was not asked, question by question in the order of the codebook."""
    for name in list(state.answers):
        question = state.answers[name].question
        if question.asked_if:
            _route(state, question, cleaning)


def _route(state: State, question: Question, cleaning: Cleaning) -> None:
    condition = AllOf(tuple(parse_condition(where) for where in question.asked_if))
    unknown = [name for name in variables_of(condition) if name not in state.answers]
    if unknown:
        state.findings.append(_unknown_filter(state, question, unknown[0]))
        return
    not_asked = ~rows_where(condition, state)
    answers = state.answers[question.name]
    violations = not_asked & answers.answered
    state.answers[question.name] = answers.without(not_asked & ~answers.answered, "not_asked")
    if (violations & state.kept).any():
        _settle(state, question, violations, condition, action_for(cleaning.routing, question))


def _settle(state: State, question: Question, rows: Rows, condition: Condition, action: Action) -> None:
    state.findings.append(_violation(state, question, rows, condition, action))
    if action in ("set_missing", "leave_uncoded"):
        state.set_missing(
            question.name,
            rows,
            "not_asked" if action == "set_missing" else "uncoded",
            rule=f"routing:{action}",
            reason=f"not asked of this respondent; declared under routing in {CLEANING_FILE}",
        )


def _violation(state: State, question: Question, rows: Rows, condition: Condition, action: Action) -> Finding:
    positions = np.flatnonzero(rows & state.kept)
    filters = ", ".join(f"'{name}'" for name in dict.fromkeys(variables_of(condition)))
    advice = "correct asked_if in codebook.yaml, or declare routing in cleaning.yaml"
    message = (
        f"answers to '{question.name}' of people not asked it, going by {filters}; {DONE[action] or advice}"
    )
    return Finding(
        severity="stop" if action == "stop" else "warning",
        rule="routing",
        file=state.raw.file,
        message=message,
        row=int(state.raw.rows[positions[0]]),
        column="+".join(question.raw_columns),
        value=state.answers[question.name].texts(positions[:1])[0],
        count=len(positions),
    )


def _unknown_filter(state: State, question: Question, name: str) -> Finding:
    message = (
        f"asked_if of '{question.name}' reads '{name}', which has no answers in this wave; "
        "correct asked_if or waves in codebook.yaml"
    )
    return Finding(severity="stop", rule="routing", file=state.raw.file, message=message)
