"""Multiple-response sets in SPSS files: which columns belong to one question with several answers.

No library at hand writes them, so the record is put into a finished file, before the end of its dictionary.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wavedeck.study.base import text_in
from wavedeck.study.codebook import Question

HEADER = 176
LONGEST_NAME = 8
_END = struct.pack("<ii", 999, 0)


@dataclass(frozen=True)
class ResponseSet:
    """Columns that hold the answers to one question.

    Attributes
    ----------
    name, label
        What the set is called.
    columns
        Raw columns of the set.
    counted
        Value that means ticked; empty where each column holds one mention.
    """

    name: str
    label: str
    columns: tuple[str, ...]
    counted: str = ""


def response_sets(questions: Iterable[Question], language: str) -> tuple[ResponseSet, ...]:
    """Return the sets of a wave's questions, but for columns whose names are too long for the record.

    Parameters
    ----------
    questions
        The questions of one wave.
    language
        Language of the labels.
    """
    found = []
    for question in questions:
        columns = question.raw_columns
        if question.type == "multi" and len(columns) > 1 and all(map(_fits, columns)):
            counted = question.checked[0] if isinstance(question.columns, dict) else ""
            name = question.name.replace("@", "_").replace(".", "_")
            found.append(ResponseSet(name, text_in(question.label, language), columns, counted))
    return tuple(found)


def _fits(column: str) -> bool:
    return len(column) <= LONGEST_NAME and column.isascii()


def with_response_sets(content: bytes, sets: Sequence[ResponseSet]) -> bytes:
    """Return an SPSS file with multiple-response sets in its dictionary.

    Parameters
    ----------
    content
        A whole file.
    sets
        What is put in.

    References
    ----------
    PSPP developers' guide, system file format: multiple response sets record (type 7, subtype 7).
    """
    if not sets:
        return content
    text = "".join(map(_written, sets)).encode("utf-8")
    record = struct.pack("<iiii", 7, 7, 1, len(text)) + text
    at = content.index(_END, HEADER)
    return content[:at] + record + content[at:]


def _written(one: ResponseSet) -> str:
    kind = f"D{len(one.counted)} {one.counted}" if one.counted else "C"
    columns = " ".join(column.lower() for column in one.columns)
    return f"${one.name}={kind} {len(one.label.encode())} {one.label} {columns}\n"
