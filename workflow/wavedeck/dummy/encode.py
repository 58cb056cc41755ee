"""Write answers down with the columns and codes of one wave's raw file."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from wavedeck.dummy.draw import Respondents
from wavedeck.intake.select import MISSING_MARK
from wavedeck.intake.values import shortest
from wavedeck.study.codebook import Question
from wavedeck.study.errors import ConfigError


def raw_frame(respondents: Respondents) -> pd.DataFrame:
    """Return the raw file's columns of text, one row per respondent."""
    columns: dict[str, list[str]] = {}
    for question in respondents.questions:
        if question.coded_from:
            continue
        columns |= _encoded(question, respondents.answers)
    return pd.DataFrame(columns, dtype=object)


def codes_of(question: Question) -> dict[str, str]:
    """Return answer -> raw code; the first code counts where several mean the same."""
    codes: dict[str, str] = {}
    for code, answer in question.codes.items():
        codes.setdefault(answer, code)
    return codes


def _encoded(question: Question, answers: pd.DataFrame) -> dict[str, list[str]]:
    empty = [_missing_code(question, kind) for kind in answers[question.name + MISSING_MARK]]
    if question.type != "multi":
        return {question.raw_columns[0]: _single(question, answers[question.name], empty)}
    ticks = {name: list(answers[f"{question.name}.{name}"]) for name in _offered(question)}
    return (
        _dichotomies(question, ticks, empty)
        if isinstance(question.columns, dict)
        else _mentions(question, ticks, empty)
    )


def _offered(question: Question) -> list[str]:
    return list(question.columns if isinstance(question.columns, dict) else question.categories)


def _missing_code(question: Question, kind: str | None) -> str | None:
    if kind is None:
        return None
    declared: dict[str, str] = {meaning: code for code, meaning in question.missing.items()}
    if kind in declared or kind in ("blank", "not_asked"):
        return declared.get(kind, "")
    raise ConfigError(
        f"'{question.name}' has answers '{kind}', for which the codebook of this wave has no code; "
        "add one under missing"
    )


def _single(question: Question, answers: pd.Series, empty: list[str | None]) -> list[str]:
    codes = codes_of(question)
    return [
        _code(codes, answer) if code is None else code for answer, code in zip(answers, empty, strict=True)
    ]


def _code(codes: Mapping[str, str], answer: str | float) -> str:
    text = answer if isinstance(answer, str) else shortest(answer)
    return codes.get(text, text)


def _dichotomies(question: Question, ticks: dict[str, list], empty: list[str | None]) -> dict[str, list[str]]:
    assert isinstance(question.columns, dict)
    signs = {True: question.checked[0], False: question.unchecked[0]}
    return {
        column: [
            signs[bool(tick)] if code is None else code for tick, code in zip(ticks[name], empty, strict=True)
        ]
        for name, column in question.columns.items()
    }


def _mentions(question: Question, ticks: dict[str, list], empty: list[str | None]) -> dict[str, list[str]]:
    codes, width = codes_of(question), len(question.raw_columns)
    rows = []
    for at, code in enumerate(empty):
        named = (
            [_code(codes, name) for name, ticked in ticks.items() if ticked[at]] if code is None else [code]
        )
        rows.append((named + [""] * width)[:width])
    return dict(zip(question.raw_columns, map(list, zip(*rows, strict=True)), strict=True))
