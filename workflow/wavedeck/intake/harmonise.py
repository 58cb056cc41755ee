"""Turn raw columns into answers, one distinct value at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wavedeck.intake.answers import ANSWERED, Answers
from wavedeck.intake.decode import MISSING_KINDS, Decoded, decode, tick
from wavedeck.intake.raw import RawColumn, RawTable
from wavedeck.intake.values import RawValue
from wavedeck.study.codebook import MissingKind, Question
from wavedeck.study.settings import Action, Cleaning

WRONG = tuple(MISSING_KINDS.index(kind) for kind in ("invalid", "uncoded"))
BLANK = MISSING_KINDS.index("blank")
_KIND_OF_ACTION: dict[str, MissingKind] = {
    "stop": "invalid",
    "set_missing": "invalid",
    "leave_uncoded": "uncoded",
}


@dataclass(frozen=True)
class Issue:
    """One raw value that the codebook has no place for, and what is done about it.

    Attributes
    ----------
    positions
        Positions of the rows that hold it, shape (n,), int64.
    """

    question: Question
    column: str
    value: RawValue
    problem: str
    action: Action
    positions: NDArray[np.int64]


@dataclass(frozen=True)
class Harmonised:
    """The answers to one question and the raw values that made trouble."""

    answers: Answers
    issues: tuple[Issue, ...] = field(default=())


@dataclass(frozen=True)
class _Read:
    """One raw column after decoding: position of the answer per row, and why there is none."""

    found: NDArray[np.int32]
    distinct: tuple[str | float, ...]
    missing: NDArray[np.int8]
    issues: tuple[Issue, ...]


def action_for(actions: Mapping[str, Action], question: Question) -> Action:
    """Return what is declared for a question: under its own name, its variable's, or ``default``."""
    for name in (question.name, question.variable, "default"):
        if name in actions:
            return actions[name]
    return "stop"


def harmonise(question: Question, raw: RawTable, cleaning: Cleaning) -> Harmonised:
    """Return the answers to one question whose raw columns all exist.

    Parameters
    ----------
    question
        The question, with its columns and codes in this wave.
    raw
        The raw file.
    cleaning
        What is done with codes not in the codebook and numbers out of range.
    """
    if question.type != "multi":
        return _single(question, raw, cleaning)
    if isinstance(question.columns, dict):
        return _dichotomies(question, raw, cleaning)
    return _mentions(question, raw, cleaning)


def _single(question: Question, raw: RawTable, cleaning: Cleaning) -> Harmonised:
    read = _read(question, question.raw_columns[0], raw, cleaning, decode)
    if question.is_numeric:
        known = np.array([*read.distinct, np.nan], np.float64)
        return Harmonised(Answers(question, read.missing, numbers=known[read.found]), read.issues)
    levels = tuple(str(answer) for answer in read.distinct)
    return Harmonised(Answers(question, read.missing, codes=read.found, levels=levels), read.issues)


def _mentions(question: Question, raw: RawTable, cleaning: Cleaning) -> Harmonised:
    reads = [_read(question, column, raw, cleaning, decode) for column in question.raw_columns]
    ticks = {category: np.zeros(len(raw.rows), np.bool_) for category in _categories(question, reads)}
    for read in reads:
        for position, answer in enumerate(read.distinct):
            ticks[str(answer)] |= read.found == position
    answered = np.logical_or.reduce([read.missing == ANSWERED for read in reads])
    missing = np.where(answered, ANSWERED, _why_missing(reads)).astype(np.int8)
    return Harmonised(Answers(question, missing, ticks=ticks), _issues(reads))


def _dichotomies(question: Question, raw: RawTable, cleaning: Cleaning) -> Harmonised:
    assert isinstance(question.columns, dict)
    reads = [_read(question, column, raw, cleaning, tick) for column in question.columns.values()]
    ticks = {}
    for category, read in zip(question.columns, reads, strict=True):
        known = np.array([*read.distinct, 0.0], np.float64)
        ticks[category] = np.asarray(known[read.found] == 1.0)
    answered = np.logical_or.reduce([read.missing == ANSWERED for read in reads])
    missing = np.where(answered, ANSWERED, _why_missing(reads)).astype(np.int8)
    return Harmonised(Answers(question, missing, ticks=ticks), _issues(reads))


def _categories(question: Question, reads: list[_Read]) -> list[str]:
    declared = list(question.categories) or list(dict.fromkeys(question.codes.values()))
    found = sorted({str(answer) for read in reads for answer in read.distinct} - set(declared))
    return declared + found


def _why_missing(reads: list[_Read]) -> NDArray[np.int8]:
    """Return the kind of the first column that says more than blank; wrong values come first."""
    missing = reads[0].missing
    for read in reads[1:]:
        missing = np.where(missing == BLANK, read.missing, missing)
    for read in reads:
        missing = np.where(np.isin(read.missing, WRONG), read.missing, missing)
    return missing


def _issues(reads: list[_Read]) -> tuple[Issue, ...]:
    return tuple(issue for read in reads for issue in read.issues)


def _read(
    question: Question,
    column: str,
    raw: RawTable,
    cleaning: Cleaning,
    meaning: Callable[[Question, RawValue], Decoded],
) -> _Read:
    source, values = raw.columns[column], raw.distinct(column)
    decoded = [meaning(question, value) for value in values]
    actions = [_action(question, result, cleaning) for result in decoded]
    kept = [_settled(*each) for each in zip(decoded, actions, source.values, strict=True)]
    distinct = tuple(dict.fromkeys(result.answer for result in kept if result.answer is not None))
    place: dict[str | float | None, int] = {answer: i for i, answer in enumerate(distinct)}
    found = np.array([place.get(result.answer, -1) for result in kept], np.int32)
    missing = np.array([_missing_code(result) for result in kept], np.int8)
    troubled = [code for code, result in enumerate(decoded) if result.problem]
    issues = tuple(
        Issue(question, column, values[code], decoded[code].problem, actions[code], positions)
        for code, positions in _positions(source, troubled)
    )
    return _Read(found[source.codes], distinct, missing[source.codes], issues)


def _action(question: Question, result: Decoded, cleaning: Cleaning) -> Action:
    if not result.problem:
        return "keep"
    declared = cleaning.unknown_codes if result.problem == "unknown_code" else cleaning.out_of_range
    action = action_for(declared, question)
    no_answer = question.is_numeric or isinstance(question.columns, dict)
    cannot_keep = action == "keep" and result.answer is None and no_answer
    return "stop" if cannot_keep else action


def _settled(result: Decoded, action: Action, text: str) -> Decoded:
    if action != "keep":
        return Decoded(missing=_KIND_OF_ACTION[action], problem=result.problem)
    return Decoded(answer=text) if result.answer is None and result.missing is None else result


def _missing_code(result: Decoded) -> int:
    return ANSWERED if result.missing is None else MISSING_KINDS.index(result.missing)


def _positions(source: RawColumn, wanted: list[int]) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Yield some distinct values of a column, each with the positions of its rows."""
    if not wanted:
        return
    rows = np.flatnonzero(np.isin(source.codes, wanted))
    ordered = rows[np.argsort(source.codes[rows], kind="stable")]
    starts = np.searchsorted(source.codes[ordered], wanted)
    ends = np.searchsorted(source.codes[ordered], wanted, side="right")
    for code, start, end in zip(wanted, starts, ends, strict=True):
        yield code, ordered[start:end]
