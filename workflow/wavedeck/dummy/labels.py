"""What a raw file says about its own columns and codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wavedeck.dummy.response_sets import ResponseSet, response_sets
from wavedeck.study.base import text_in
from wavedeck.study.codebook import Question


@dataclass(frozen=True)
class FileLabels:
    """Labels for a file format that carries them.

    Attributes
    ----------
    date
        Date that the file bears.
    columns
        Raw column -> what it asks.
    codes
        Raw column -> raw code -> what it means.
    missing
        Raw column -> codes that are no answer.
    sets
        Columns of questions with several answers.
    """

    date: dt.date
    columns: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    missing: Mapping[str, tuple[str, ...]]
    sets: tuple[ResponseSet, ...] = ()


def labels_of(
    questions: Iterable[Question], *, language: str, missing: Mapping[str, str], date: dt.date
) -> FileLabels:
    """Return the labels of the columns of some questions.

    Parameters
    ----------
    questions
        The questions of one wave.
    language
        Language of the labels.
    missing
        Kind of missing answer -> its label.
    date
        Date that the file bears.
    """
    asked = tuple(questions)
    names = dict(pair for question in asked for pair in _columns(question, language))
    values = {
        column: _values(question, language, missing) for question in asked for column in _coded(question)
    }
    absent = {column: _absent(question) for question in asked for column in _coded(question)}
    return FileLabels(
        date,
        names,
        {column: codes for column, codes in values.items() if codes},
        {column: codes for column, codes in absent.items() if codes},
        response_sets(asked, language),
    )


def _columns(question: Question, language: str) -> Iterator[tuple[str, str]]:
    label = text_in(question.label, language)
    for column in question.raw_columns:
        yield column, label
    if isinstance(question.columns, dict):
        for category, column in question.columns.items():
            yield column, f"{label}: {text_in(question.categories[category], language)}"


def _coded(question: Question) -> tuple[str, ...]:
    return () if question.type == "multi" and isinstance(question.columns, dict) else question.raw_columns


def _values(question: Question, language: str, missing: Mapping[str, str]) -> dict[str, str]:
    codes = question.codes or {name: name for name in question.categories}
    answers = {
        code: text_in(question.categories[name], language)
        for code, name in codes.items()
        if name in question.categories
    }
    return answers | {code: missing.get(kind, kind) for code, kind in question.missing.items() if code}


def _absent(question: Question) -> tuple[str, ...]:
    return tuple(code for code in question.missing if code)
