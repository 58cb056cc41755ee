"""Derived variables and groups, in SQL."""

from __future__ import annotations

from pathlib import Path

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.recompute.cell import why
from wavedeck.audit.recompute.conditions import Columns, condition_sql
from wavedeck.audit.recompute.sql import Session, all_of, any_of, name, text, texts
from wavedeck.study.groups import ALL, CROSS
from wavedeck.study.load import Study

PEOPLE = "people"


def make_people(session: Session, study: Study, columns: Columns, *, part: str) -> None:
    """Make the table ``people``: who is kept, with derived variables beside their answers."""
    derived = []
    for word, own in study.groups.derived.items():
        if (own.parts is None or part in own.parts) and word not in columns:
            cases = " ".join(
                f"WHEN {condition_sql(one.where, columns)} THEN {text(category)}"
                for category, one in own.categories.items()
            )
            derived += [
                f"CASE {cases} END AS {name(word)}",
                f"CASE WHEN {name(word)} IS NULL THEN 'blank' END AS {why(word)}",
            ]
            columns.words.add(word)
    select = ",\n  ".join(["*", *derived])
    session.run(f"CREATE OR REPLACE TABLE {PEOPLE} AS SELECT {select}\nFROM answers WHERE _dropped = ''")


def group_sql(word: str, study: Study, columns: Columns, root: Path, under_way: tuple[str, ...] = ()) -> str:
    """Return who belongs to a group, as SQL over the table ``people``."""
    if word in under_way:
        raise AuditError(f"group '{word}' rests on itself")
    if word == ALL:
        return "TRUE"
    if CROSS in word:
        return all_of(group_sql(one, study, columns, root, under_way) for one in word.split(CROSS))
    if word not in study.groups.groups:
        return _of_breakdown(word, study, columns)
    declared, inner = study.groups.groups[word], (*under_way, word)
    found = []
    if declared.within:
        found.append(group_sql(declared.within, study, columns, root, inner))
    if declared.where:
        found.append(condition_sql(declared.where, columns))
    if declared.union:
        found.append(any_of(group_sql(one, study, columns, root, inner) for one in declared.union))
    if declared.ids:
        found.append(_listed(root / declared.ids.file, declared.ids.variable, columns))
    return all_of(found)


def _of_breakdown(word: str, study: Study, columns: Columns) -> str:
    for breakdown, declared in study.groups.breakdowns.items():
        category = word.removeprefix(f"{breakdown}_")
        if (
            declared.variable
            and word.startswith(f"{breakdown}_")
            and _has(declared.variable, category, study)
        ):
            return condition_sql({declared.variable: [category]}, columns)
    raise AuditError(f"'{word}' is no group of study '{study.name}'")


def _has(variable: str, category: str, study: Study) -> bool:
    if variable in study.groups.derived:
        return category in study.groups.derived[variable].categories
    return variable in study.codebook.variables and category in study.codebook.answers(variable).categories


def _listed(path: Path, variable: str, columns: Columns) -> str:
    if variable not in columns:
        return "FALSE"
    words = [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    return f"coalesce(CAST({name(variable)} AS VARCHAR) IN ({texts(words)}), FALSE)"
