"""What one raw value means for one question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from wavedeck.intake.values import RawValue, shortest
from wavedeck.study.codebook import MissingKind, Question

MISSING_KINDS: tuple[MissingKind, ...] = get_args(MissingKind)
FREE_TYPES = frozenset({"text", "open", "id", "date", "time"})
NPS_RANGE = (0.0, 10.0)
Problem = Literal["", "unknown_code", "out_of_range"]


@dataclass(frozen=True)
class Decoded:
    """The meaning of a raw value: an answer, or why there is none, or what is wrong with it."""

    answer: str | float | None = None
    missing: MissingKind | None = None
    problem: Problem = ""


def decode(question: Question, value: RawValue) -> Decoded:
    """Return what a raw value means for a question.

    The exact text counts first; then the text without blanks around it, the number it spells
    (``3.0`` is ``3``), and the label that the file gives it. A code that the file marks as missing
    is unknown unless the codebook names it.
    """
    listed = _listed(question, value) if question.codes or question.missing else None
    if listed is not None:
        return listed
    if not value.text.strip():
        return Decoded(missing="blank")
    if value.marked_missing:
        return Decoded(problem="unknown_code")
    return _number(question, value) if question.is_numeric else _own_code(question, value)


def tick(question: Question, value: RawValue) -> Decoded:
    """Return whether a raw value ticks a category: answer 1.0, 0.0, or missing when it says nothing."""
    for spelling in value.spellings():
        if spelling in question.missing:
            return Decoded(missing=question.missing[spelling])
        if spelling in question.checked:
            return Decoded(answer=1.0)
        if spelling in question.unchecked and spelling.strip():
            return Decoded(answer=0.0)
    return Decoded(problem="unknown_code") if value.text.strip() else Decoded(missing="blank")


def _listed(question: Question, value: RawValue) -> Decoded | None:
    for spelling in value.spellings():
        if spelling in question.missing:
            return Decoded(missing=question.missing[spelling])
        if spelling in question.codes:
            return _target(question, question.codes[spelling])
    return None


def _target(question: Question, target: str) -> Decoded:
    if question.is_numeric:
        return _in_range(question, float(target))
    return Decoded(answer=target)


def _number(question: Question, value: RawValue) -> Decoded:
    number = value.number()
    closed = bool(question.codes) and question.type != "numeric"
    if number is None or closed:
        return Decoded(problem="unknown_code")
    bounded = question.minimum is not None or question.maximum is not None or question.type == "nps"
    if question.categories and not bounded and shortest(number) not in question.categories:
        return Decoded(problem="unknown_code")
    return _in_range(question, number)


def _in_range(question: Question, number: float) -> Decoded:
    low, high = NPS_RANGE if question.type == "nps" else (float("-inf"), float("inf"))
    low = low if question.minimum is None else question.minimum
    high = high if question.maximum is None else question.maximum
    return Decoded(answer=number, problem="" if low <= number <= high else "out_of_range")


def _own_code(question: Question, value: RawValue) -> Decoded:
    if question.type in FREE_TYPES and not question.categories:
        return Decoded(answer=value.text)
    if question.codes:
        return Decoded(problem="unknown_code")
    known = (spelling for spelling in value.spellings() if spelling in question.categories)
    answer = next(known, None if question.categories else value.text)
    return Decoded(answer=answer, problem="" if answer is not None else "unknown_code")


def wrong_targets(question: Question) -> Mapping[str, str]:
    """Return the codes of a question that lead to no category (or number) of it."""
    if question.is_numeric:
        return {code: to for code, to in question.codes.items() if RawValue(to).number() is None}
    known = question.categories
    return {code: to for code, to in question.codes.items() if known and to not in known}
