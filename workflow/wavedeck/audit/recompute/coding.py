"""Codes of open answers, from the coding file to ticks, in SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from wavedeck.audit.recompute.cell import Cell, codes_of, declared, why
from wavedeck.audit.recompute.cleaning import ANSWERS, note
from wavedeck.audit.recompute.conditions import Columns
from wavedeck.audit.recompute.delimited import read_delimited
from wavedeck.audit.recompute.rawfile import RawFile
from wavedeck.audit.recompute.sql import Session, name, text, texts
from wavedeck.study.codebook import Question
from wavedeck.study.load import Study
from wavedeck.study.settings import Cleaning


def add_codes(session: Session, study: Study, root: Path, columns: Columns, *, part: str, wave: str) -> None:
    """Add the columns of coded questions to ``answers``, where the part has a coding file in this wave."""
    file = study.verbatims.coding(part, wave)
    if file is None:
        return
    path = file.path(wave)
    raw = read_delimited(
        session, root / path, file=path, delimiter=file.delimiter, encoding=file.encoding, table="coding"
    )
    for question in study.codebook.questions(part, wave):
        if question.coded_from and question.coded_from in columns:
            _match(session, question, raw, study.cleaning)
            _add(session, question, study)
            note(columns, question, raw)


def _match(session: Session, question: Question, raw: RawFile, cleaning: Cleaning) -> None:
    """Make the table ``codes``: which respondent got which code, and what it means."""
    columns = {word: f"stripped({name(raw.columns[word])})" for word in ("respondent", "variable", "code")}
    cell = Cell("code", "code", "number_in(code)", "NULL", "FALSE")
    own = "NULL" if question.codes else cell.spelled(list(question.categories))
    known = codes_of(question)
    without = ""
    if cleaning.coding.without_answer == "leave_out":
        without = f" AND {why(question.coded_from)} IS NULL"
    session.run(
        f"CREATE OR REPLACE TABLE codes AS SELECT _row, coalesce({cell.listed(known)}, {own}) AS meaning\n"
        f"FROM (SELECT {columns['respondent']} AS respondent, {columns['code']} AS code FROM coding "
        f"WHERE {columns['variable']} = {text(question.coded_from)})\n"
        f"JOIN (SELECT min(_row) AS _row, _id FROM {ANSWERS} WHERE _dropped = '' GROUP BY _id) "
        f"ON _id = respondent JOIN {ANSWERS} USING (_row)\nWHERE TRUE{without}"
    )


def _add(session: Session, question: Question, study: Study) -> None:
    base = study.verbatims.base(question.name)
    source = why(question.coded_from)
    counted = {"coded": "FALSE", "answered": f"{source} IS NULL"}.get(
        base, f"coalesce({source}, '') <> 'not_asked'"
    )
    unknown = "_unknown" if declared(study.cleaning.unknown_codes, question) == "set_missing" else "FALSE"
    session.run(
        f"CREATE OR REPLACE TABLE coded AS SELECT _row, "
        f"{', '.join(_ticks(question))}, max(CASE WHEN meaning LIKE '!%' THEN substr(meaning, 2) END) "
        "AS _kind, "
        f"bool_or(meaning IS NULL) AS _unknown,\n  coalesce(bool_or(meaning IN "
        f"({texts(question.categories)})), FALSE) AS _any FROM codes GROUP BY _row"
    )
    reason = (
        f"CASE WHEN coalesce(_any, FALSE) THEN NULL WHEN coalesce({unknown}, FALSE) THEN 'invalid' "
        f"WHEN {counted} THEN NULL ELSE coalesce(_kind, {source}, 'uncoded') END"
    )
    each = [
        f"CASE WHEN {why(question.name)} IS NULL THEN coalesce(coded.{name(category)}, FALSE) END "
        f"AS {name(f'{question.name}.{category}')}"
        for category in question.categories
    ]
    session.run(
        f"CREATE OR REPLACE TABLE {ANSWERS} AS SELECT {ANSWERS}.*, {reason} AS {why(question.name)},\n  "
        f"{', '.join(each)}\nFROM {ANSWERS} LEFT JOIN coded USING (_row)"
    )


def _ticks(question: Question) -> Iterator[str]:
    for category in question.categories:
        yield f"coalesce(bool_or(meaning = {text(category)}), FALSE) AS {name(category)}"


def coded_from(questions: Sequence[Question]) -> set[str]:
    """Return the open questions that codes were given to."""
    return {question.coded_from for question in questions if question.coded_from}
