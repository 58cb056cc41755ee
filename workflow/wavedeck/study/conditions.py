"""Conditions on responses, as written in `where:` and `asked_if:`.

A condition is a mapping; all its entries must hold::

    boarding_area: [a, b]          one of these categories (several answers: any of them)
    overall: {min: 4, max: 5}      a number between, ends included; either end may be left out
    answered: [overall]            these variables were answered
    any: [{...}, {...}]            at least one holds
    all: [{...}, {...}]            each holds
    not: {...}                     it does not hold
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, Field


@dataclass(frozen=True)
class IsOneOf:
    """The variable has one of these categories."""

    variable: str
    categories: tuple[str, ...]


@dataclass(frozen=True)
class IsBetween:
    """The variable is a number in a closed interval."""

    variable: str
    minimum: float | None
    maximum: float | None


@dataclass(frozen=True)
class IsAnswered:
    """The variable was answered."""

    variable: str


@dataclass(frozen=True)
class AllOf:
    """Every condition holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one condition holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class NotThat:
    """The condition does not hold."""

    condition: Condition


Condition = IsOneOf | IsBetween | IsAnswered | AllOf | AnyOf | NotThat


def parse_condition(raw: Mapping[str, Any]) -> Condition:
    """Read a condition from its mapping.

    Raises
    ------
    ValueError
        When an entry has none of the forms of this module.
    """
    if not isinstance(raw, Mapping):
        raise ValueError(f"'{raw}' is no condition; write {{variable: category}}")
    parts = tuple(_entry(key, value) for key, value in raw.items())
    if not parts:
        raise ValueError("a condition needs at least one entry, e.g. {gender: female}")
    return parts[0] if len(parts) == 1 else AllOf(parts)


def variables_of(condition: Condition) -> Iterator[str]:
    """Yield the names of all variables that a condition reads."""
    match condition:
        case AllOf(conditions) | AnyOf(conditions):
            for part in conditions:
                yield from variables_of(part)
        case NotThat(inner):
            yield from variables_of(inner)
        case IsOneOf(variable) | IsBetween(variable) | IsAnswered(variable):
            yield variable


def leaves_of(condition: Condition) -> Iterator[IsOneOf | IsBetween | IsAnswered]:
    """Yield the conditions on single variables within a condition."""
    match condition:
        case AllOf(conditions) | AnyOf(conditions):
            for part in conditions:
                yield from leaves_of(part)
        case NotThat(inner):
            yield from leaves_of(inner)
        case _:
            yield condition


def _entry(key: str, value: Any) -> Condition:
    if key in ("any", "all"):
        if not isinstance(value, list) or not value:
            raise ValueError(f"'{key}' takes a list of conditions")
        parts = tuple(parse_condition(part) for part in value)
        return AnyOf(parts) if key == "any" else AllOf(parts)
    if key == "not":
        return NotThat(parse_condition(value))
    if key == "answered":
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
            raise ValueError("'answered' takes a variable or a list of variables")
        return AllOf(tuple(IsAnswered(name) for name in names))
    return _leaf(key, value)


def _leaf(variable: str, value: Any) -> Condition:
    if isinstance(value, Mapping):
        if not value or set(value) - {"min", "max"}:
            raise ValueError(_takes(variable))
        return IsBetween(variable, _number(variable, value.get("min")), _number(variable, value.get("max")))
    categories = value if isinstance(value, list) else [value]
    if not categories or not all(_is_category(item) for item in categories):
        raise ValueError(_takes(variable))
    return IsOneOf(variable, tuple(str(item) for item in categories))


def _is_category(value: Any) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def _number(variable: str, value: Any) -> float | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise ValueError(f"'{value}' is no number, for min or max of '{variable}'")
    return value


def _takes(variable: str) -> str:
    return (
        f"'{variable}' takes a category (text or whole number), a list of categories or {{min: .., max: ..}}"
    )


def _checked(raw: dict[str, Any]) -> dict[str, Any]:
    parse_condition(raw)
    return raw


Where = Annotated[
    dict[str, Any],
    AfterValidator(_checked),
    Field(description="A condition on responses; all entries must hold (see study/conditions.py)."),
]
