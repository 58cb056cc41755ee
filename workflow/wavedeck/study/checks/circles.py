"""Find names that are defined by each other in a circle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wavedeck.study.conditions import parse_condition, variables_of
from wavedeck.study.groups import CROSS
from wavedeck.study.settings import Groups

References = Mapping[str, Sequence[str]]


def find_circle(references: References) -> tuple[str, ...]:
    """Return the names of one circle, the first repeated at the end; empty when there is none.

    >>> find_circle({"a": ["b"], "b": ["c"], "c": ["b"]})
    ('b', 'c', 'b')
    """
    done: set[str] = set()
    for name in references:
        circle = _follow(name, references, (), done)
        if circle:
            return circle
    return ()


def group_references(groups: Groups) -> dict[str, list[str]]:
    """Return for each group and breakdown the names that it rests on."""
    found = {
        name: _singles([*(group.union or ()), *([group.within] if group.within else ())])
        for name, group in groups.groups.items()
    }
    for name, breakdown in groups.breakdowns.items():
        found.setdefault(name, []).extend(_singles(breakdown.groups or ()))
    return found


def derived_references(groups: Groups) -> dict[str, list[str]]:
    """Return for each derived variable the variables that it rests on."""
    return {
        name: [
            variable
            for category in derived.categories.values()
            for variable in variables_of(parse_condition(category.where))
        ]
        for name, derived in groups.derived.items()
    }


def _singles(names: Sequence[str]) -> list[str]:
    return [single for name in names for single in name.split(CROSS)]


def _follow(name: str, references: References, trail: tuple[str, ...], done: set[str]) -> tuple[str, ...]:
    if name in trail:
        return (*trail[trail.index(name) :], name)
    if name in done:
        return ()
    for other in references.get(name, ()):
        circle = _follow(other, references, (*trail, name), done)
        if circle:
            return circle
    done.add(name)
    return ()
