"""Let a codebook name a multiple-response set that an SPSS file declares."""

from __future__ import annotations

from collections.abc import Sequence

from wavedeck.intake.raw import RawTable, ResponseSet
from wavedeck.study.codebook import Question


def with_response_sets(raw: RawTable, questions: Sequence[Question]) -> tuple[Question, ...]:
    """Return the questions with names of response sets replaced by the columns of the set.

    In a set of dichotomies each column stands for a category: the one to which `codes` leads from
    the column's name, or the name itself.
    """
    return tuple(_expanded(raw, question) for question in questions)


def _expanded(raw: RawTable, question: Question) -> Question:
    name = question.columns
    if question.type != "multi" or not isinstance(name, str) or name in raw.columns:
        return question
    found = raw.sets.get(name.removeprefix("$"))
    return question if found is None else question.model_copy(update=_columns(found, question))


def _columns(found: ResponseSet, question: Question) -> dict[str, object]:
    if found.kind == "mentions":
        return {"columns": list(found.columns)}
    categories = {question.codes.get(column, column): column for column in found.columns}
    return {"columns": categories, "checked": [found.counted] if found.counted else question.checked}
