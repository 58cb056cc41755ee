"""The rows behind a figure: what the raw file, the responses and the cleaning log say of each."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wavedeck.audit.trace.logs import Change, changes_of
from wavedeck.audit.trace.place import WaveData
from wavedeck.audit.trace.raw import RawFile, coded_cells
from wavedeck.audit.trace.rests import group_variables, with_sources
from wavedeck.audit.trace.terms import Terms
from wavedeck.figures.records import Figure
from wavedeck.study.codebook import Question

ID_LENGTH = 10


@dataclass(frozen=True)
class Row:
    """One respondent behind a figure.

    Attributes
    ----------
    row
        Line (CSV, Excel) or case (SPSS) in the raw file.
    id
        Pseudonym, or the id itself where that was asked for.
    raw
        Raw column -> text in the file.
    cleaned
        Question -> answer as the figures see it; ``!`` and the reason where there is none.
    values
        What counts: one number per side of the figure.
    weight, share
        Weight, and the part of the estimate that comes from this row.
    changes
        What cleaning changed in these answers.
    """

    row: int
    id: str
    raw: Mapping[str, str]
    cleaned: Mapping[str, str]
    values: Mapping[str, float | None]
    weight: float
    share: float | None
    changes: tuple[Change, ...]


def pseudonym(identifier: str, file: RawFile) -> str:
    """Return a name for a respondent that only who has the raw file can make."""
    return hmac.new(file.secret, identifier.encode(), hashlib.sha256).hexdigest()[:ID_LENGTH]


def rows_of(
    terms: Terms, questions: Sequence[Question], data: WaveData, file: RawFile, shown: int, *, show_ids: bool
) -> tuple[Row, ...]:
    """Return the first rows, with what the raw file, the responses and the cleaning log say of them."""
    if not shown:
        return ()
    places = terms.places[:shown]
    table = data.responses([one.name for one in questions]).take(pa.array(places))
    numbers, ids = table["_row"].to_pylist(), [str(one) for one in table["_id"].to_pylist()]
    raw = file.cells(numbers, [column for one in questions for column in one.raw_columns])
    cleaned = {one.name: answers_as_text(table, one.name) for one in questions}
    coded = {one.name: coded_cells(data, one.coded_from, ids) for one in questions if one.coded_from}
    changes = _by_row(changes_of(data, numbers), {one.name for one in questions})
    return tuple(
        Row(
            row=number,
            id=ids[i] if show_ids else pseudonym(ids[i], file),
            raw={
                **raw.get(number, {}),
                **{f"{name} (codes)": own.get(ids[i], "") for name, own in coded.items()},
            },
            cleaned={name: texts[i] for name, texts in cleaned.items()},
            values={name: _finite(own[i]) for name, own in terms.values.items()},
            weight=float(terms.weight[i]),
            share=None if terms.share is None else float(terms.share[i]),
            changes=changes.get(number, ()),
        )
        for i, number in enumerate(numbers)
    )


def asked_of(figure: Figure, terms: Terms, data: WaveData) -> tuple[Question, ...]:
    """Return the questions behind the values and behind who belongs to the group."""
    book = data.study.group_book
    names = with_sources(group_variables(figure.group, book), book)
    asked = data.questions
    behind = [one for one in asked if names & {one.name, one.variable}]
    return tuple({one.name: one for one in (*terms.questions, *behind)}.values())


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def answers_as_text(table: pa.Table, name: str) -> list[str]:
    """Return the cleaned answers to a question as text; ``!`` and the reason where there is none."""
    texts = _each(table[name]) if name in table.column_names else _ticked(table, name)
    if f"{name}!" in table.column_names:
        reasons = _each(table[f"{name}!"])
        texts = np.where(reasons != "", "!" + reasons, texts)
    return [str(text) for text in texts]


def _each(column: pa.ChunkedArray) -> np.ndarray:
    """Return the text of each value, shape (n,), object; every different one is written once."""
    combined = column.combine_chunks()
    found = combined if isinstance(combined, pa.DictionaryArray) else combined.dictionary_encode()
    words = np.array([*(_text(one) for one in found.dictionary.to_pylist()), ""], object)
    return np.asarray(words[found.indices.fill_null(-1).to_numpy(zero_copy_only=False)])


def _ticked(table: pa.Table, name: str) -> np.ndarray:
    """Return the categories that each respondent ticked, shape (n,), object."""
    ticks = [one for one in table.column_names if one.startswith(f"{name}.")]
    found = [pc.fill_null(table[one], False).to_numpy() for one in ticks]
    matrix = np.column_stack(found) if found else np.zeros((table.num_rows, 0), bool)
    patterns, codes = np.unique(matrix, axis=0, return_inverse=True)
    names = [one.removeprefix(f"{name}.") for one in ticks]
    words = ["; ".join(one for one, is_on in zip(names, own, strict=True) if is_on) for own in patterns]
    return np.array([*words, ""], object)[codes.reshape(-1)]


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


def _by_row(changes: Sequence[Change], questions: set[str]) -> dict[int, tuple[Change, ...]]:
    found: dict[int, tuple[Change, ...]] = {}
    for one in changes:
        if one.variable in questions:
            found[one.row] = (*found.get(one.row, ()), one)
    return found
