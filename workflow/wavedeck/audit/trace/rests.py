"""What a variable rests on: conditions in words, variables behind them, raw columns behind those."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wavedeck.audit.trace.place import WaveData
from wavedeck.study.codebook import Question
from wavedeck.study.conditions import (
    AllOf,
    AnyOf,
    Condition,
    IsAnswered,
    IsBetween,
    IsOneOf,
    NotThat,
    parse_condition,
    variables_of,
)
from wavedeck.study.groups import CROSS, GroupBook
from wavedeck.study.weights import Cell


def in_words(condition: Condition) -> str:
    """Write a condition out.

    >>> in_words(parse_condition({"sex": "male", "age": {"min": 40}}))
    'sex is male and age is 40 or more'
    """
    match condition:
        case IsOneOf(variable, categories):
            return f"{variable} is {' or '.join(categories)}"
        case IsBetween(variable, low, high):
            return f"{variable} is {_between(low, high)}"
        case IsAnswered(variable):
            return f"{variable} was answered"
        case AllOf(parts):
            return " and ".join(_inner(part) for part in parts)
        case AnyOf(parts):
            return " or ".join(_inner(part) for part in parts)
        case NotThat(inner):
            return f"not ({in_words(inner)})"


def _inner(part: Condition) -> str:
    return f"({in_words(part)})" if isinstance(part, AllOf | AnyOf) else in_words(part)


def _between(low: float | None, high: float | None) -> str:
    if low is None:
        return f"{high:g} or less"
    return f"{low:g} or more" if high is None else f"from {low:g} to {high:g}"


def group_in_words(name: str, book: GroupBook) -> str:
    """Write out who belongs to a group."""
    if CROSS in name:
        return " and ".join(f"({group_in_words(one, book)})" for one in name.split(CROSS))
    found = book.definition(name)
    parts = [group_in_words(one, book) for one in found.within]
    if found.condition is not None:
        parts.append(in_words(found.condition))
    if found.union:
        parts.append(" or ".join(f"({group_in_words(one, book)})" for one in found.union))
    if found.ids is not None:
        parts.append(f"{found.ids.variable} is listed in {found.ids.file}")
    return " and ".join(parts) or "everybody"


def group_variables(name: str, book: GroupBook) -> Iterator[str]:
    """Yield the variables that decide who belongs to a group."""
    for single in name.split(CROSS):
        found = book.definition(single)
        if found.condition is not None:
            yield from variables_of(found.condition)
        if found.ids is not None:
            yield found.ids.variable
        for other in (*found.within, *found.union):
            yield from group_variables(other, book)


def with_sources(variables: Iterable[str], book: GroupBook) -> set[str]:
    """Return variables with those that derived ones are made of."""
    found: set[str] = set()
    waiting = list(variables)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            derived = book.groups.derived.get(name)
            for category in derived.categories.values() if derived else ():
                waiting += variables_of(parse_condition(category.where))
    return found


class Sources:
    """The raw columns that a variable's answers rest on, in one wave of one part.

    Parameters
    ----------
    data
        The wave.
    """

    def __init__(self, data: WaveData) -> None:
        self.data = data
        self.book = data.study.group_book
        asked = data.questions
        self.questions = {one.name: one for one in asked}
        self._known: dict[str, frozenset[str]] = {}

    def of(self, variables: Iterable[str]) -> frozenset[str]:
        """Return the raw columns of variables: their own, of who was asked them, and of rules on them."""
        return frozenset().union(*(self._of(name) for name in with_sources(variables, self.book)))

    def of_group(self, group: str) -> frozenset[str]:
        """Return the raw columns that decide who belongs to a group."""
        return self.of(group_variables(group, self.book))

    def of_weights(self) -> frozenset[str]:
        """Return the raw columns that weights rest on."""
        declared = self.data.study.weighting.parts.get(self.data.part)
        if declared is None or declared.method == "none":
            return frozenset()
        if declared.method == "given":
            return self.of([str(declared.variable)])
        margins = self.of(margin.variable for margin in declared.margins.values())
        return margins.union(*(self.of_group(group) for group in _cell_groups(declared.cells)))

    def _of(self, name: str) -> frozenset[str]:
        if name not in self._known:
            self._known[name] = frozenset()
            asked = self._asked(name)
            own = {column for question in asked for column in question.raw_columns}
            before = {one for question in asked for one in self._before(question)}
            self._known[name] = frozenset(own) | self.of(before)
        return self._known[name]

    def _asked(self, name: str) -> list[Question]:
        if name in self.questions:
            return [self.questions[name]]
        return [one for one in self.questions.values() if one.variable == name]

    def _before(self, question: Question) -> Iterator[str]:
        """Yield what decides whether an answer stands: routing, declared rules, the open answer."""
        if question.coded_from:
            yield question.coded_from
        for where in question.asked_if:
            yield from variables_of(parse_condition(where))
        for rule in self.data.study.cleaning.rules:
            if rule.where and rule.variable in (question.name, question.variable):
                yield from variables_of(parse_condition(rule.where))


def _cell_groups(cells: Mapping[str, Cell]) -> Iterator[str]:
    for cell in cells.values():
        yield cell.group
        yield from _cell_groups(cell.cells)
