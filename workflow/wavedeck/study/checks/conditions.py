"""Check that the variables and categories of conditions exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wavedeck.study.checks.vocabulary import FREE_TYPES, Problems, Vocabulary, unknown
from wavedeck.study.conditions import IsAnswered, IsBetween, IsOneOf, leaves_of, parse_condition
from wavedeck.study.shape import Location

Leaf = IsOneOf | IsBetween | IsAnswered


def check_condition(
    raw: Mapping[str, Any] | None, path: Location, names: Vocabulary, *, parts: Iterable[str] | None = None
) -> Problems:
    """Check every variable and category of a condition, for the parts that use it."""
    for place, leaf in _leaves(raw or {}, path):
        if leaf.variable not in names.fields:
            yield place, names.unknown_field(leaf.variable)
            continue
        yield from names.check_field(leaf.variable, place, parts)
        yield from _check_values(leaf, place, names)


def _leaves(raw: Mapping[str, Any], path: Location) -> Iterator[tuple[Location, Leaf]]:
    for key, value in raw.items():
        place = (*path, key)
        if key in ("any", "all"):
            for position, inner in enumerate(value):
                yield from _leaves(inner, (*place, position))
        elif key == "not":
            yield from _leaves(value, place)
        else:
            for leaf in leaves_of(parse_condition({key: value})):
                yield place, leaf


def _check_values(leaf: Leaf, place: Location, names: Vocabulary) -> Problems:
    known = names.fields[leaf.variable]
    if isinstance(leaf, IsBetween) and not known.is_numeric:
        yield place, f"variable '{leaf.variable}' is no number; name its categories"
    if not isinstance(leaf, IsOneOf) or known.type in FREE_TYPES or known.type == "numeric":
        return
    for category in leaf.categories:
        if category not in known.categories:
            yield place, unknown(f"category of '{leaf.variable}'", category, known.categories)
