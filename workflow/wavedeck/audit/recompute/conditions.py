"""Conditions of a study as SQL over the columns of questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wavedeck.audit.recompute.cell import why
from wavedeck.audit.recompute.sql import all_of, any_of, name, number, texts
from wavedeck.study.conditions import (
    AllOf,
    AnyOf,
    Condition,
    IsAnswered,
    IsBetween,
    IsOneOf,
    NotThat,
    parse_condition,
)


@dataclass
class Columns:
    """Which columns the answers of one wave have.

    Attributes
    ----------
    numbers, words
        Questions answered by a number, and by a category or text.
    ticks
        Columns ``q.<category>``.
    several
        Questions with ticks.
    """

    numbers: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    ticks: set[str] = field(default_factory=set)
    several: set[str] = field(default_factory=set)

    def __contains__(self, question: object) -> bool:
        """Tell whether a question was asked."""
        return question in self.numbers or question in self.words or question in self.several

    def values(self) -> list[str]:
        """Return every column with answers."""
        return sorted({*self.numbers, *self.words, *self.ticks})

    def questions(self) -> list[str]:
        """Return every question."""
        return sorted({*self.numbers, *self.words, *self.several})


def condition_sql(condition: Condition | Mapping[str, object], columns: Columns) -> str:
    """Return a condition as SQL that is TRUE or FALSE for every row, never NULL.

    >>> condition_sql({"not": {"answered": "sex"}}, Columns(words={"sex"}))
    'NOT (("sex!" IS NULL))'
    """
    parsed = parse_condition(condition) if isinstance(condition, Mapping) else condition
    match parsed:
        case AllOf(parts):
            return all_of(condition_sql(part, columns) for part in parts)
        case AnyOf(parts):
            return any_of(condition_sql(part, columns) for part in parts)
        case NotThat(inner):
            return f"NOT {condition_sql(inner, columns)}"
        case IsOneOf(variable, categories):
            return _one_of(variable, categories, columns)
        case IsBetween(variable, low, high):
            return _between(variable, low, high, columns)
        case IsAnswered(variable):
            return f"({why(variable)} IS NULL)" if variable in columns else "FALSE"


def _one_of(variable: str, categories: tuple[str, ...], columns: Columns) -> str:
    if variable in columns.numbers:
        listed = ", ".join(number(float(one)) for one in categories if _is_number(one))
        return f"coalesce({name(variable)} IN ({listed}), FALSE)" if listed else "FALSE"
    if variable in columns.words:
        return f"coalesce({name(variable)} IN ({texts(categories)}), FALSE)"
    ticks = [f"{variable}.{category}" for category in categories]
    return any_of(f"coalesce({name(tick)}, FALSE)" for tick in ticks if tick in columns.ticks)


def _between(variable: str, low: float | None, high: float | None, columns: Columns) -> str:
    if variable not in columns.numbers:
        return "FALSE"
    limits = [f"{name(variable)} >= {number(low)}"] if low is not None else []
    limits += [f"{name(variable)} <= {number(high)}"] if high is not None else []
    return f"coalesce({name(variable)} IS NOT NULL AND {all_of(limits)}, FALSE)"


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True
