"""What raw cells answer, as SQL: codes, numbers, ticks, and why there is no answer.

A question becomes the column ``q`` with the answer and ``q!`` with the reason why there is none; one with
several answers the columns ``q.<category>`` and ``q!``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wavedeck.audit.recompute.cell import Cell, codes_of, declared, why
from wavedeck.audit.recompute.rawfile import RawFile
from wavedeck.audit.recompute.sql import name, number, text, texts
from wavedeck.study.codebook import Question
from wavedeck.study.settings import Cleaning

FREE = ("text", "open", "id", "date", "time")
NPS_ENDS = (0.0, 10.0)
KINDS: Mapping[str, str] = {"stop": "invalid", "set_missing": "invalid", "leave_uncoded": "uncoded"}
WRONG = "('invalid', 'uncoded')"


@dataclass(frozen=True)
class Reading:
    """How one question is read.

    Attributes
    ----------
    layers
        SQL of columns by layer, the first over the raw table, each next one over the one before.
    kept
        Columns that stay.
    """

    layers: tuple[tuple[str, ...], ...]
    kept: tuple[str, ...]


def read_question(question: Question, raw: RawFile, cleaning: Cleaning) -> Reading:
    """Return how one question is read from its raw columns."""
    question = with_set(question, raw)
    if question.type != "multi":
        return _single(question, Cell.of(question.name, question.raw_columns[0], raw), cleaning)
    if isinstance(question.columns, dict):
        return _ticks(question, raw, cleaning)
    return _mentions(question, raw, cleaning)


def with_set(question: Question, raw: RawFile) -> Question:
    """Return a question with the columns of the response set that it names."""
    word = question.columns
    if question.type != "multi" or not isinstance(word, str) or word in raw.columns:
        return question
    declared_set = raw.sets.get(word.removeprefix("$"))
    if declared_set is None:
        return question
    columns = list(declared_set["variable_list"])
    if not declared_set["is_dichotomy"]:
        return question.model_copy(update={"columns": columns})
    counted = str(declared_set.get("counted_value") or "")
    counted = counted.removesuffix(".0")
    by_category = {question.codes.get(column, column): column for column in columns}
    checked = [counted] if counted else question.checked
    return question.model_copy(update={"columns": by_category, "checked": checked})


def _single(question: Question, cell: Cell, cleaning: Cleaning) -> Reading:
    code, found = name(f"{question.name}|code"), name(f"{question.name}|found")
    helper = (f"{cell.listed(codes_of(question))} AS {code}",)
    if question.is_numeric:
        answer, kind = _numeric(question, cell, (code, found), cleaning)
    else:
        answer, kind = _category(question, cell, (code, found), cleaning)
    first = (f"{answer} AS {found}",)
    second = (f"{kind} AS {why(question.name)}",)
    last = (f"CASE WHEN {why(question.name)} IS NULL THEN {found} END AS {name(question.name)}",)
    return Reading((*cell.makes, helper, first, second, last), (name(question.name), why(question.name)))


def _said(cell: Cell, code: str) -> str:
    """Return why a listed or empty cell holds no answer."""
    return (
        f"WHEN {code} LIKE '!%' THEN substr({code}, 2) "
        f"WHEN {code} IS NULL AND {cell.stripped} = '' THEN 'blank'"
    )


def _numeric(question: Question, cell: Cell, helpers: tuple[str, str], cleaning: Cleaning) -> tuple[str, str]:
    """Return the SQL of the number, from the column with the code, and of why there is none, from both."""
    code, found = helpers
    bounded = question.minimum is not None or question.maximum is not None or question.type == "nps"
    closed = bool(question.codes) and question.type != "numeric"
    free = f"{code} IS NULL AND {cell.stripped} <> '' AND NOT ({cell.marked})"
    if question.categories and not bounded:
        free += f" AND shortest({cell.number}) IN ({texts(question.categories)})"
    number_found = "NULL::DOUBLE" if closed else f"CASE WHEN {free} THEN {cell.number} END"
    answer = f"CASE WHEN {code} NOT LIKE '!%' THEN number_in({code}) ELSE {number_found} END"
    unknown = KINDS.get(declared(cleaning.unknown_codes, question), "invalid")
    kind = f"CASE {_said(cell, code)} WHEN {found} IS NULL THEN {text(unknown)}"
    outside = KINDS.get(declared(cleaning.out_of_range, question))
    low, high = _ends(question)
    limits = [f"{found} < {number(low)}"] if low is not None else []
    limits += [f"{found} > {number(high)}"] if high is not None else []
    if outside and limits:
        kind += f" WHEN {' OR '.join(limits)} THEN {text(outside)}"
    return answer, f"{kind} END"


def _ends(question: Question) -> tuple[float | None, float | None]:
    low, high = NPS_ENDS if question.type == "nps" else (None, None)
    return (
        low if question.minimum is None else question.minimum,
        high if question.maximum is None else question.maximum,
    )


def _category(
    question: Question, cell: Cell, helpers: tuple[str, str], cleaning: Cleaning
) -> tuple[str, str]:
    code, found = helpers
    if question.type in FREE and not question.categories:
        own = cell.value
    elif question.codes:
        own = "NULL::VARCHAR"
    elif question.categories:
        own = cell.spelled(list(question.categories))
    else:
        own = cell.value
    action = declared(cleaning.unknown_codes, question)
    marked = "NULL::VARCHAR"
    if action == "keep":
        own, marked = f"coalesce({own}, {cell.value})", cell.value
    answer = (
        f"CASE WHEN {code} IS NOT NULL THEN CASE WHEN {code} NOT LIKE '!%' THEN {code} END "
        f"WHEN {cell.marked} THEN {marked} WHEN {cell.stripped} <> '' THEN {own} END"
    )
    kind = f"CASE {_said(cell, code)} WHEN {found} IS NULL THEN {text(KINDS.get(action, 'invalid'))} END"
    return answer, kind


def _mentions(question: Question, raw: RawFile, cleaning: Cleaning) -> Reading:
    """Return how a question is read whose columns hold one category each."""
    parts = []
    for place, column in enumerate(question.raw_columns):
        own = question.model_copy(update={"name": f"{question.name}|{place}", "columns": column})
        parts.append(_single(own, Cell.of(own.name, column, raw), cleaning))
    names = [f"{question.name}|{place}" for place in range(len(parts))]
    categories = list(question.categories) or list(dict.fromkeys(question.codes.values()))
    ticks = {
        category: " OR ".join(f"coalesce({name(one)} = {text(category)}, FALSE)" for one in names)
        for category in categories
    }
    return _joined(question.name, parts, names, ticks)


def _ticks(question: Question, raw: RawFile, cleaning: Cleaning) -> Reading:
    """Return how a question is read that has a column of ticks for each category."""
    assert isinstance(question.columns, dict)
    known = {code: "0" for code in question.unchecked if code.strip()}
    known |= dict.fromkeys(question.checked, "1")
    known |= {code: f"!{kind}" for code, kind in question.missing.items()}
    kind = KINDS.get(declared(cleaning.unknown_codes, question), "invalid")
    parts, names = [], []
    for category, column in question.columns.items():
        own = f"{question.name}|{category}"
        cell = Cell.of(own, column, raw)
        code = name(f"{own}|code")
        reason = f"CASE {_said(cell, code)} WHEN {code} IS NULL THEN {text(kind)} END AS {why(own)}"
        parts.append(Reading((*cell.makes, (f"{cell.listed(known)} AS {code}",), (reason,)), ()))
        names.append(own)
    ticks = {
        category: f"coalesce({name(f'{own}|code')} = '1', FALSE)"
        for category, own in zip(question.columns, names, strict=True)
    }
    return _joined(question.name, parts, names, ticks)


def _joined(word: str, parts: Sequence[Reading], names: Sequence[str], ticks: Mapping[str, str]) -> Reading:
    depth = max(len(part.layers) for part in parts)
    layers = [
        tuple(sql for part in parts for sql in (part.layers[place] if place < len(part.layers) else ()))
        for place in range(depth)
    ]
    reasons = [why(one) for one in names]
    answered = " OR ".join(f"{reason} IS NULL" for reason in reasons)
    wrong = [f"CASE WHEN {one} IN {WRONG} THEN {one} END" for one in reversed(reasons)]
    first = [f"nullif({one}, 'blank')" for one in reasons]
    joined = (
        f"CASE WHEN {answered} THEN NULL ELSE coalesce({', '.join([*wrong, *first])}, 'blank') END"
        f" AS {why(word)}"
    )
    each = tuple(
        f"CASE WHEN {why(word)} IS NULL THEN {sql} END AS {name(f'{word}.{category}')}"
        for category, sql in ticks.items()
    )
    kept = (*(name(f"{word}.{category}") for category in ticks), why(word))
    return Reading((*layers, (joined,), each), kept)


def answer_columns(question: Question, raw: RawFile) -> tuple[str, ...]:
    """Return the names of a question's columns, without the reason."""
    question = with_set(question, raw)
    if question.type != "multi":
        return (question.name,)
    if isinstance(question.columns, dict) and not question.coded_from:
        return tuple(f"{question.name}.{category}" for category in question.columns)
    categories = list(question.categories) or list(dict.fromkeys(question.codes.values()))
    return tuple(f"{question.name}.{category}" for category in categories)


def layers_of(readings: Sequence[Reading]) -> Iterator[str]:
    """Yield the columns of the selects that read all questions, each to stand around the one before."""
    for place in range(max((len(one.layers) for one in readings), default=0)):
        found = [sql for one in readings if place < len(one.layers) for sql in one.layers[place]]
        yield ",\n  ".join(["*" if place else "_row", *found])
    yield ",\n  ".join(["_row", *(sql for one in readings for sql in one.kept)])
