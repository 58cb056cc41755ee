"""Clean as a study declares, in SQL: rules, duplicates, routing; then who is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wavedeck.audit.recompute.cell import declared, why
from wavedeck.audit.recompute.conditions import Columns, condition_sql
from wavedeck.audit.recompute.questions import answer_columns, layers_of, read_question
from wavedeck.audit.recompute.rawfile import RawFile
from wavedeck.audit.recompute.sql import Session, all_of, name, number, text
from wavedeck.study.codebook import Question
from wavedeck.study.conditions import IsAnswered, leaves_of, parse_condition, variables_of
from wavedeck.study.settings import Cleaning, CleaningRule

ANSWERS = "answers"
KINDS_OF_ROUTING = {"set_missing": "not_asked", "leave_uncoded": "uncoded"}


def make_answers(
    session: Session, questions: Sequence[Question], raw: RawFile, cleaning: Cleaning
) -> Columns:
    """Make the table ``answers`` of the table ``raw``: every question decoded, nothing cleaned yet."""
    readings = [read_question(question, raw, cleaning) for question in questions]
    select = "FROM raw"
    for layer in layers_of(readings):
        select = f"SELECT {layer}\nFROM ({select})" if select != "FROM raw" else f"SELECT {layer}\nFROM raw"
    session.run(f"CREATE OR REPLACE TABLE {ANSWERS} AS {select}")
    session.run(f"ALTER TABLE {ANSWERS} ADD COLUMN _dropped VARCHAR DEFAULT ''")
    columns = Columns()
    for question in questions:
        note(columns, question, raw)
    return columns


def note(columns: Columns, question: Question, raw: RawFile) -> None:
    """Note which columns a question has."""
    if question.type == "multi":
        columns.several.add(question.name)
        columns.ticks.update(answer_columns(question, raw))
    else:
        (columns.numbers if question.is_numeric else columns.words).add(question.name)


def apply_rules(
    session: Session,
    questions: Sequence[Question],
    columns: Columns,
    cleaning: Cleaning,
    *,
    part: str,
    wave: str,
) -> None:
    """Apply the rules of cleaning.yaml in order."""
    for rule in cleaning.rules:
        in_part = rule.parts is None or part in rule.parts
        if in_part and (rule.waves is None or wave in rule.waves) and _is_known(rule, columns):
            where = condition_sql(rule.where, columns) if rule.where else "TRUE"
            if rule.action == "drop":
                _set(session, [f"_dropped = {text(rule.id)}"], f"_dropped = '' AND {where}")
            else:
                owned = [one for one in questions if rule.variable in (one.name, one.variable)]
                changes = [change for one in owned for change in _changes(rule, one, columns)]
                _set(session, changes, where)


def _is_known(rule: CleaningRule, columns: Columns) -> bool:
    """Tell whether a wave asked what the rule's condition reads."""
    leaves = leaves_of(parse_condition(rule.where)) if rule.where else ()
    return all(isinstance(leaf, IsAnswered) or leaf.variable in columns for leaf in leaves)


def _changes(rule: CleaningRule, question: Question, columns: Columns) -> Iterator[str]:
    own = [one for one in columns.ticks if one.rpartition(".")[0] == question.name]
    recoded = rule.action == "recode"
    yield f"{why(question.name)} = {'NULL' if recoded else text(rule.to or 'invalid')}"
    if question.name in columns.several:
        for tick in own:
            yield f"{name(tick)} = {tick == f'{question.name}.{rule.to}' if recoded else 'NULL'}"
    elif not recoded:
        yield f"{name(question.name)} = NULL"
    else:
        to = number(float(str(rule.to))) if question.is_numeric else text(str(rule.to))
        yield f"{name(question.name)} = {to}"


def _set(session: Session, changes: Sequence[str], where: str) -> None:
    if changes:
        session.run(f"UPDATE {ANSWERS} SET {', '.join(changes)}\nWHERE {where}")


def name_respondents(session: Session, identifier: str, columns: Columns, cleaning: Cleaning) -> None:
    """Add the id of each row, and drop those whose id was seen, as declared."""
    session.run(f"ALTER TABLE {ANSWERS} ADD COLUMN _id VARCHAR")
    known = "NULL"
    if identifier in columns:
        known = f"shortest({name(identifier)})" if identifier in columns.numbers else name(identifier)
    _set(session, [f"_id = coalesce({known}, 'row-' || _row)"], "TRUE")
    if identifier in columns and cleaning.duplicates in ("keep_first", "keep_last"):
        order = "_row" if cleaning.duplicates == "keep_first" else "_row DESC"
        again = (
            f"SELECT _row FROM (SELECT _row, row_number() OVER (PARTITION BY _id ORDER BY {order}) AS turn "
            f"FROM {ANSWERS} WHERE _dropped = '') WHERE turn > 1"
        )
        _set(session, [f"_dropped = {text(f'duplicates:{cleaning.duplicates}')}"], f"_row IN ({again})")


def apply_routing(
    session: Session, questions: Sequence[Question], columns: Columns, cleaning: Cleaning
) -> None:
    """Say who was not asked, question by question; those that rest on no earlier one go together."""
    waiting: list[str] = []
    touched: set[str] = set()
    for question in questions:
        if not question.asked_if:
            continue
        conditions = [parse_condition(where) for where in question.asked_if]
        if any(variable in touched for one in conditions for variable in variables_of(one)):
            _set(session, waiting, "TRUE")
            waiting, touched = [], set()
        asked = all_of(condition_sql(one, columns) for one in conditions)
        waiting += _routed(question, asked, columns, cleaning)
        touched.add(question.name)
    _set(session, waiting, "TRUE")


def _routed(question: Question, asked: str, columns: Columns, cleaning: Cleaning) -> Iterator[str]:
    reason = why(question.name)
    kind = KINDS_OF_ROUTING.get(declared(cleaning.routing, question))
    answered = f"{reason} IS NULL"
    kept = text(kind) if kind else "NULL"
    yield f"{reason} = CASE WHEN {asked} THEN {reason} WHEN {answered} THEN {kept} ELSE 'not_asked' END"
    if kind:
        own = [one for one in columns.ticks if one.rpartition(".")[0] == question.name]
        for column in own if question.name in columns.several else [question.name]:
            yield f"{name(column)} = CASE WHEN {asked} THEN {name(column)} END"
